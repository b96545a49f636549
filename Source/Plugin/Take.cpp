#include "Plugin/Take.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace organum::plugin
{

namespace
{

player::TimelineNote timelineNote(const TakeNote& note)
{
    return {note.onset, note.onset + note.duration, static_cast<std::uint8_t>(note.pitch),
            static_cast<std::uint8_t>(note.velocity), static_cast<std::uint8_t>(note.voice)};
}

} // namespace

bool TakeNote::operator==(const TakeNote& other) const
{
    return std::tie(onset, duration, pitch, velocity, voice, isEdited) ==
           std::tie(other.onset, other.duration, other.pitch, other.velocity, other.voice,
                    other.isEdited);
}

bool Take::operator==(const Take& other) const
{
    return std::tie(model, modelHash, name, seed, bars, metreNumerator, metreDenominator, notes,
                    notice, voiceNames, settings, starred) ==
           std::tie(other.model, other.modelHash, other.name, other.seed, other.bars,
                    other.metreNumerator, other.metreDenominator, other.notes, other.notice,
                    other.voiceNames, other.settings, other.starred);
}

std::int64_t Take::barLength() const
{
    return 4 * player::ticksPerQuarter * metreNumerator / metreDenominator;
}

std::uint64_t seedOf(const Take& take)
{
    return take.hasVoices() && take.settings
               ? static_cast<std::uint64_t>(take.settings->latents[latent::chords].seedA)
               : take.seed;
}

bool isBySameModel(const Take& a, const Take& b)
{
    return a.modelHash != 0 && b.modelHash != 0 ? a.modelHash == b.modelHash : a.model == b.model;
}

std::string shortName(const std::string& name)
{
    std::size_t size = std::min(name.size(), largestTakeName);
    while (size > 0 && size < name.size() &&
           (static_cast<unsigned char>(name[size]) & 0xC0u) == 0x80u)
        --size; // within a character of UTF-8
    return name.substr(0, size);
}

std::string problemWith(const Take& take)
{
    const int denominator = take.metreDenominator;
    if (take.metreNumerator < 1 || take.metreNumerator > 32 || denominator < 1 ||
        denominator > 32 || (denominator & (denominator - 1)) != 0)
        return "its metre is out of range";
    if (take.bars < 1 || take.bars > largestTakeBars)
        return "its number of bars is out of range";
    if (take.name.size() > largestTakeName)
        return "its name is too long";
    if (take.notes.size() > largestTakeNotes)
        return "it has too many notes";
    if (take.voiceNames.size() == 1 || take.voiceNames.size() > largestVoices)
        return "its number of voices is out of range";
    if (take.settings && !isInRange(*take.settings))
        return "one of its settings is out of range";
    for (const TakeNote& note : take.notes)
        if (note.onset < 0 || note.duration < 1 || note.onset >= take.length() ||
            note.duration > take.length() - note.onset || note.pitch < 0 || note.pitch > 127 ||
            note.velocity < 1 || note.velocity > 127 || note.voice < 0 ||
            note.voice >= take.voices())
            return "one of its notes is out of range";
    return {};
}

std::unique_ptr<const player::Timeline> timelineOf(const Take& take,
                                                   const player::Provenance& provenance)
{
    std::vector<player::TimelineNote> notes;
    notes.reserve(take.notes.size());
    for (const TakeNote& note : take.notes)
        notes.push_back(timelineNote(note));
    return std::make_unique<const player::Timeline>(std::move(notes), take.length(),
                                                    take.barLength(), take.voices(), provenance);
}

Take asPlayed(const Take& take, const player::Feel& feel)
{
    Take played = take;
    const player::FeelPlace place{take.barLength(), take.length(), 0, take.seed};
    for (TakeNote& note : played.notes) {
        const player::FeltNote felt = player::felt(timelineNote(note), feel, place);
        note.onset = felt.onset;
        note.duration = felt.end - felt.onset;
        note.velocity = felt.velocity;
    }
    std::stable_sort(played.notes.begin(), played.notes.end(),
                     [](const TakeNote& a, const TakeNote& b) {
                         return std::tie(a.onset, a.pitch) < std::tie(b.onset, b.pitch);
                     });
    return played;
}

score::Score scoreOf(const Take& take, const Channels& channels, double beatsPerMinute)
{
    const auto quarters = [](std::int64_t ticks) {
        return score::Quarters::fromSteps(ticks, player::ticksPerQuarter);
    };
    score::Score score;
    const std::string& name = take.name.empty() ? take.model : take.name;
    score.title = take.name.empty() && !take.model.empty() ? "New music after " + take.model : name;
    const double tempo = std::clamp(beatsPerMinute, 4.0, 1000.0);
    score.tempos.push_back({{}, static_cast<int>(std::lround(60.0e6 / tempo))});
    score.metres.push_back({{}, take.metreNumerator, take.metreDenominator});
    for (int voice = 0; voice < take.voices(); ++voice) {
        const auto place = static_cast<std::size_t>(voice);
        score::Part part;
        part.name = take.hasVoices() ? take.voiceNames[place] : name;
        part.channel = take.hasVoices() ? channels.voices[place] : channels.solo;
        for (const TakeNote& note : take.notes)
            if (note.voice == voice)
                part.notes.push_back(
                    {note.pitch, note.velocity, quarters(note.onset), quarters(note.duration)});
        std::sort(part.notes.begin(), part.notes.end());
        score.parts.push_back(std::move(part));
    }
    return score;
}

Take joined(const Take& first, const Take& second)
{
    Take whole = first;
    whole.bars += second.bars;
    whole.notice = second.notice;
    whole.settings = second.settings;
    whole.modelHash = second.modelHash;
    whole.name.clear();
    whole.starred = false;
    for (TakeNote note : second.notes) {
        note.onset += first.length();
        whole.notes.push_back(note);
    }
    return whole;
}

} // namespace organum::plugin
