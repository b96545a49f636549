#include "Engine/Voices/VoiceChords.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace organum::engine
{

namespace
{

constexpr auto silence = VoiceScores::silence;
constexpr int stepsPerQuarter = 4;
// A network that takes the likeliest of each step is surer of itself than one that draws lots.
constexpr double voicesFactor = 2.0;
// As for a single line: between beats a note outside the chord is heard as passing by.
constexpr double betweenBeats = 0.5;
// Nats at full strength: more than a network's opinion on most steps.
constexpr double bassNats = 8.0;

double likeliest(const VoiceScores::Row& row, const AllowedPitches& allowed, std::size_t voice)
{
    double found = -std::numeric_limits<double>::infinity();
    for (std::size_t column = 0; column < silence; ++column)
        if (allowed.contains(voice, column))
            found = std::max(found, row[column]);
    return found;
}

bool isToBeWritten(const Request& request, int voice, const WishedChord& chord)
{
    const auto bar = request.metre.barLength();
    for (auto at = static_cast<int>((chord.onset / bar).floor());
         at < request.bars && bar * score::Quarters(at) < chord.end(); ++at)
        if (!request.voices.isLocked(at, voice))
            return true;
    return false;
}

} // namespace

VoiceChords::VoiceChords(const VoiceNetwork& network, const Request& request)
    : voiceCount(network.voices().size())
{
    const auto& wishes = request.chords;
    if (!wishes.any())
        return;
    bassBonus = bassNats * wishes.strength;
    const int count = request.bars * network.stepsPerBar();
    for (int step = 0; step < count; ++step) {
        const score::Quarters middle(2 * step + 1, 2 * stepsPerQuarter);
        const bool onBeat = request.metre.accent({step, stepsPerQuarter}) > 0;
        steps.push_back(
            {wishes.at(middle), voicesFactor * wishes.penalty() * (onBeat ? 1.0 : betweenBeats)});
    }
}

void VoiceChords::weigh(VoiceScores& scores, const AllowedPitches& allowed, int step) const
{
    if (static_cast<std::size_t>(step) >= steps.size())
        return;
    const auto& [chord, penalty] = steps[static_cast<std::size_t>(step)];
    if (chord == nullptr)
        return;
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        auto& row = scores.rows[voice];
        const double before = likeliest(row, allowed, voice);
        const bool isLowest = voice + 1 == voiceCount;
        for (std::size_t column = 0; column < silence; ++column) {
            const auto pitchClass = static_cast<int>(column % 12);
            if ((chord->pitchClasses >> pitchClass & 1u) == 0)
                row[column] -= penalty;
            else if (isLowest && pitchClass == chord->bass)
                row[column] += bassBonus;
        }
        const double after = likeliest(row, allowed, voice);
        if (std::isfinite(before) && std::isfinite(after))
            row[silence] += after - before;
    }
}

void VoiceChords::check(const VoiceNetwork& network, const Request& request,
                        const AllowedPitches& allowed)
{
    const auto& wishes = request.chords;
    if (!wishes.any() || !wishes.isStrict())
        return;
    const auto length = request.metre.barLength() * score::Quarters(request.bars);
    const auto& voices = network.voices();
    for (std::size_t i = 0; i < wishes.chords.size(); ++i) {
        const auto& chord = wishes.chords[i];
        if (chord.onset >= length)
            break;
        for (std::size_t voice = 0; voice < voices.size(); ++voice)
            if (!allowed.any(voice, chord.pitchClasses) &&
                isToBeWritten(request, static_cast<int>(voice), chord))
                throw std::invalid_argument(
                    "Checking the request: of chord " + std::to_string(i + 1) + ", at quarter " +
                    chord.onset.toString() + ", the voice " + voices[voice].name +
                    " has no note in the scale and between the pitches asked for. Widen the range "
                    "or the scale, or let the chords be obeyed less strictly.");
    }
}

} // namespace organum::engine
