#include "Engine/Vocabulary.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace organum::engine
{

namespace
{

using Json = nlohmann::json;

// Far above any corpus, small enough that a hostile file cannot take gigabytes of tables.
constexpr std::size_t maximumSize = 1u << 16;

[[noreturn]] void damaged(const std::string& what)
{
    throw std::invalid_argument("Reading a model's vocabulary: " + what +
                                ". Train and save the model anew.");
}

template <typename Value>
void sortUnique(std::vector<Value>& values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::string> namesIn(const Json& json, const char* key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array())
        damaged(std::string("the list \"") + key + "\" is missing");
    if (found->size() < 3 || found->size() > maximumSize)
        damaged(std::string("the list \"") + key + "\" has " + std::to_string(found->size()) +
                " entries; 3 to " + std::to_string(maximumSize) + " are possible");
    std::vector<std::string> names;
    for (const auto& entry : *found) {
        if (!entry.is_string())
            damaged(std::string("the list \"") + key + "\" holds something that is not a name");
        names.push_back(entry.get<std::string>());
    }
    return names;
}

} // namespace

Vocabulary::Vocabulary(std::vector<std::vector<int>> chords, std::vector<score::Quarters> durations)
{
    for (auto& chord : chords) {
        sortUnique(chord);
        if (!chord.empty() && (chord.front() < 0 || chord.back() > 127))
            throw std::invalid_argument(
                "Building a vocabulary: a chord has a pitch outside MIDI's 0 to 127.");
    }
    for (const auto& duration : durations)
        if (duration <= score::Quarters{})
            throw std::invalid_argument("Building a vocabulary: the duration " +
                                        duration.toString() + " is not positive.");
    sortUnique(chords);
    sortUnique(durations);
    if (chords.size() + 2 > maximumSize || durations.size() + 2 > maximumSize)
        throw std::invalid_argument("Building a vocabulary: more than " +
                                    std::to_string(maximumSize) +
                                    " different chords or durations. Use fewer files or parts.");

    chordsById.resize(2);
    durationsById.resize(2);
    for (auto& chord : chords) {
        idOfChord.emplace(chord, static_cast<std::int64_t>(chordsById.size()));
        chordsById.push_back(std::move(chord));
    }
    for (const auto& duration : durations) {
        idOfDuration.emplace(duration, static_cast<std::int64_t>(durationsById.size()));
        durationsById.push_back(duration);
    }
}

Vocabulary Vocabulary::fromElements(const std::vector<std::vector<score::Element>>& pieces)
{
    std::vector<std::vector<int>> chords;
    std::vector<score::Quarters> durations;
    for (const auto& piece : pieces) {
        for (const auto& element : piece) {
            chords.push_back(element.pitches);
            durations.push_back(element.duration);
        }
        // Kept short between pieces, so that a large corpus does not pile up.
        sortUnique(chords);
        sortUnique(durations);
    }
    return {std::move(chords), std::move(durations)};
}

Vocabulary Vocabulary::fromJson(const std::string& text)
{
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        damaged("it is not a JSON object");
    const auto pitchNames = namesIn(json, "pitches");
    const auto durationNames = namesIn(json, "durations");

    std::vector<std::vector<int>> chords;
    for (std::size_t i = 2; i < pitchNames.size(); ++i) {
        auto chord = score::parseChordName(pitchNames[i]);
        if (!chord)
            damaged("\"" + pitchNames[i].substr(0, 40) + "\" is no chord name");
        chords.push_back(std::move(*chord));
    }
    std::vector<score::Quarters> durations;
    for (std::size_t i = 2; i < durationNames.size(); ++i) {
        try {
            durations.push_back(score::Quarters::fromString(durationNames[i]));
        } catch (const std::exception&) {
            damaged("\"" + durationNames[i].substr(0, 40) + "\" is no duration");
        }
        if (durations.back() <= score::Quarters{})
            damaged("the duration \"" + durationNames[i].substr(0, 40) + "\" is not positive");
    }

    Vocabulary vocabulary;
    try {
        vocabulary = Vocabulary(std::move(chords), std::move(durations));
    } catch (const std::invalid_argument& error) {
        damaged(error.what());
    }
    // The place in the list is the id the network learnt, so another order would be other music.
    if (Json::parse(vocabulary.toJson()) !=
        Json{{"pitches", json["pitches"]}, {"durations", json["durations"]}})
        damaged("its names are not in order, or one is given twice");
    return vocabulary;
}

std::string Vocabulary::toJson() const
{
    nlohmann::ordered_json json;
    json["pitches"] = Json::array();
    json["durations"] = Json::array();
    for (std::int64_t id = 0; id < pitchCount(); ++id)
        json["pitches"].push_back(pitchName(id));
    for (std::int64_t id = 0; id < durationCount(); ++id)
        json["durations"].push_back(durationName(id));
    return json.dump();
}

std::int64_t Vocabulary::pitchId(const std::vector<int>& chord) const
{
    const auto found = idOfChord.find(chord);
    return found == idOfChord.end() ? unknown : found->second;
}

std::int64_t Vocabulary::durationId(const score::Quarters& duration) const
{
    const auto found = idOfDuration.find(duration);
    return found == idOfDuration.end() ? unknown : found->second;
}

Token Vocabulary::encode(const score::Element& element) const
{
    return {pitchId(element.pitches), durationId(element.duration)};
}

std::vector<Token> Vocabulary::encode(const std::vector<score::Element>& elements) const
{
    std::vector<Token> tokens;
    tokens.reserve(elements.size());
    for (const auto& element : elements)
        tokens.push_back(encode(element));
    return tokens;
}

std::string Vocabulary::pitchName(std::int64_t id) const
{
    if (id == start)
        return "START";
    if (id == unknown)
        return "unknown";
    return score::chordName(chord(id));
}

std::string Vocabulary::durationName(std::int64_t id) const
{
    if (id == start)
        return "0";
    if (id == unknown)
        return "unknown";
    return duration(id).toString();
}

bool Vocabulary::operator==(const Vocabulary& other) const
{
    return chordsById == other.chordsById && durationsById == other.durationsById;
}

} // namespace organum::engine
