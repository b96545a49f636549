#include "Training/Music/MusicData.h"

#include "Training/Random.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace organum::training
{
namespace
{

std::vector<int> moved(const std::vector<int>& pitches, int shift)
{
    auto result = pitches;
    for (auto& pitch : result)
        pitch += shift;
    return result;
}

struct Range
{
    int lowest = 127;
    int highest = 0;
    void include(const Piece& piece)
    {
        for (const auto& element : piece.elements)
            for (const auto pitch : element.pitches) {
                lowest = std::min(lowest, pitch);
                highest = std::max(highest, pitch);
            }
    }
};

} // namespace

MusicData::MusicData(std::vector<Piece> piecesIn, Split splitIn)
    : theSplit(std::move(splitIn))
{
    std::map<std::string, Piece*> byName;
    for (auto& piece : piecesIn)
        byName[piece.name] = &piece;
    const auto take = [&](const std::vector<std::string>& names, std::vector<std::size_t>& part) {
        for (const auto& name : names) {
            part.push_back(allPieces.size());
            allPieces.push_back(std::move(*byName.at(name)));
        }
    };
    take(theSplit.train, trainPieces);
    take(theSplit.validation, validationPieces);
    take(theSplit.test, testPieces);

    Range range;
    for (const auto i : trainPieces)
        range.include(allPieces[i]);
    const auto low = std::max(0, range.lowest - 6);
    const auto high = std::min(127, range.highest + 6);
    for (const auto& piece : allPieces) {
        Range own;
        own.include(piece);
        std::vector<int> shifts;
        for (int shift = -6; shift <= 5; ++shift)
            if (shift == 0 || (own.lowest + shift >= low && own.highest + shift <= high))
                shifts.push_back(shift);
        shiftsOf.push_back(std::move(shifts));
    }

    std::set<std::vector<int>> chords;
    std::set<score::Quarters> durations;
    std::map<std::vector<int>, std::set<std::size_t>> piecesWithShape;
    std::map<score::Quarters, std::set<std::size_t>> piecesWithDuration;
    for (const auto i : trainPieces) {
        std::set<std::vector<int>> own;
        for (const auto& element : allPieces[i].elements) {
            durations.insert(element.duration);
            piecesWithDuration[element.duration].insert(i);
            if (own.insert(element.pitches).second && !element.isRest())
                piecesWithShape[moved(element.pitches, -element.pitches.front())].insert(i);
        }
        for (const auto& chord : own)
            for (const auto shift : shiftsOf[i])
                chords.insert(moved(chord, shift));
    }
    for (const auto& [shape, holders] : piecesWithShape)
        if (holders.size() == 1)
            rareShapes.insert(shape);
    for (const auto& [duration, holders] : piecesWithDuration)
        if (holders.size() == 1)
            rareDurations.insert(duration);
    theVocabulary =
        engine::Vocabulary({chords.begin(), chords.end()}, {durations.begin(), durations.end()});
}

const std::vector<std::size_t>& MusicData::part(const std::string& which) const
{
    theSplit.part(which); // refuses other names
    return which == "train" ? trainPieces : which == "test" ? testPieces : validationPieces;
}

engine::Metre MusicData::commonMetre() const
{
    std::map<std::pair<int, int>, std::size_t> counts;
    for (const auto i : trainPieces)
        for (const auto& bar : allPieces[i].bars)
            ++counts[{bar.numerator, bar.denominator}];
    const auto most =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return {most->first.first, most->first.second};
}

int MusicData::commonProgram() const
{
    std::map<int, std::size_t> counts;
    for (const auto i : trainPieces)
        ++counts[allPieces[i].program];
    return std::max_element(counts.begin(), counts.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

std::size_t MusicData::elementCount(const std::string& which) const
{
    std::size_t count = 0;
    for (const auto i : part(which))
        count += allPieces[i].elements.size();
    return count;
}

std::vector<engine::Token> MusicData::encode(std::size_t piece, int shift) const
{
    std::vector<engine::Token> tokens;
    tokens.reserve(allPieces[piece].elements.size());
    for (const auto& element : allPieces[piece].elements)
        tokens.push_back({theVocabulary.pitchId(moved(element.pitches, shift)),
                          theVocabulary.durationId(element.duration)});
    return tokens;
}

std::vector<engine::Token> MusicData::encodeForTraining(std::size_t piece, int shift,
                                                        double unknownChance, std::uint64_t seed,
                                                        std::uint64_t turn) const
{
    auto tokens = encode(piece, shift);
    const auto& elements = allPieces[piece].elements;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto hidden = [&](const char* purpose, std::int64_t id) {
            return randomUniform(purpose, seed, {turn, static_cast<std::uint64_t>(id)}) <
                   unknownChance;
        };
        const auto& pitches = elements[i].pitches;
        if (!pitches.empty() && rareShapes.count(moved(pitches, -pitches.front())) &&
            hidden("unknown chord", tokens[i].pitch))
            tokens[i].pitch = engine::Vocabulary::unknown;
        if (rareDurations.count(elements[i].duration) &&
            hidden("unknown duration", tokens[i].duration))
            tokens[i].duration = engine::Vocabulary::unknown;
    }
    return tokens;
}

} // namespace organum::training
