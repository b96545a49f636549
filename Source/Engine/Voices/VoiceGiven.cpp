#include "Engine/Voices/VoiceGiven.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <limits>

namespace organum::engine
{

namespace
{

constexpr int stepsPerQuarter = 4;
constexpr std::int64_t mostContext = 4096;

/** The steps a note touches, however little: first to end, cut to the span allowed. */
struct Touched
{
    int first = 0;
    int end = 0;
};

Touched touched(const score::Quarters& onset, const score::Quarters& end, int lowest, int highest)
{
    const score::Quarters steps(stepsPerQuarter);
    const auto clipped = [&](std::int64_t step) {
        return static_cast<int>(std::clamp<std::int64_t>(step, lowest, highest));
    };
    return {clipped((onset * steps).floor()), clipped(-(-(end * steps)).floor())};
}

/** Sounding pitches of a step, each once, the highest first. */
using Chord = std::vector<int>;

/** The voices, ascending, that a chord of no more pitches than voices fits best. */
std::vector<int> fittingVoices(const Chord& chord, const std::vector<VoiceInfo>& voices)
{
    const auto count = static_cast<int>(voices.size());
    std::vector<int> best;
    int smallest = std::numeric_limits<int>::max();
    for (unsigned mask = 0; mask < 1u << count; ++mask) {
        std::vector<int> chosen;
        for (int voice = 0; voice < count; ++voice)
            if ((mask >> voice & 1u) != 0)
                chosen.push_back(voice);
        if (chosen.size() != chord.size())
            continue;
        int distance = 0; // twice, from the middle of the range
        for (std::size_t i = 0; i < chord.size(); ++i) {
            const auto& voice = voices[static_cast<std::size_t>(chosen[i])];
            distance += std::abs(2 * chord[i] - voice.lowest - voice.highest);
        }
        if (distance < smallest) {
            smallest = distance;
            best = chosen;
        }
    }
    return best;
}

void deal(const std::vector<Chord>& chords, const std::vector<VoiceInfo>& voices,
          VoiceSketch& sketch)
{
    Chord line; // every pitch, when no two sound at once
    for (const auto& chord : chords)
        line.insert(line.end(), chord.begin(), chord.end());
    const bool isLine = std::all_of(chords.begin(), chords.end(),
                                    [](const Chord& chord) { return chord.size() <= 1; });
    std::vector<int> lineVoice{0};
    if (isLine && !line.empty()) {
        std::sort(line.begin(), line.end());
        lineVoice = fittingVoices({line[line.size() / 2]}, voices);
    }
    for (std::size_t i = 0; i < chords.size(); ++i) {
        auto chord = chords[i];
        while (chord.size() > voices.size())
            chord.erase(chord.end() - 2);
        const auto chosen = isLine ? lineVoice : fittingVoices(chord, voices);
        for (std::size_t k = 0; k < chord.size(); ++k)
            sketch.give(static_cast<int>(i) - sketch.context, chosen[k], chord[k]);
    }
}

int barOf(const Request& request, const score::Quarters& time)
{
    return static_cast<int>((time / request.metre.barLength()).floor());
}

/** Of notes at once the highest counts; silence gives way to any. */
void giveHighest(VoiceSketch& sketch, int step, int voice, int pitch)
{
    if (!sketch.isGiven(step, voice) || sketch.at(step, voice) < pitch)
        sketch.give(step, voice, pitch);
}

} // namespace

int primerSteps(const Request& request)
{
    const auto steps = -(-(request.primerLength * score::Quarters(stepsPerQuarter))).floor();
    return static_cast<int>(std::min(steps, mostContext));
}

void givePrimer(const Request& request, const std::vector<VoiceInfo>& voices, VoiceSketch& sketch)
{
    const auto& given = request.voices.primerVoices;
    const bool dealt =
        std::all_of(given.begin(), given.end(), [](int voice) { return voice == 0; });
    const auto count = static_cast<int>(voices.size());
    for (int step = -sketch.context; step < 0; ++step)
        for (int voice = 0; voice < count; ++voice)
            sketch.give(step, voice, VoiceSketch::silent);

    std::vector<Chord> chords(static_cast<std::size_t>(sketch.context));
    for (std::size_t i = 0; i < request.primer.size(); ++i) {
        const auto& note = request.primer[i];
        const score::Quarters half(1, 2 * stepsPerQuarter);
        // To the nearest step; a note sounds for one at least.
        auto at = touched(note.onset - request.primerLength + half,
                          note.end() - request.primerLength - half, -sketch.context, 0);
        at.end = std::min(std::max(at.end, at.first + 1), 0);
        for (int step = at.first; step < at.end; ++step) {
            if (dealt)
                chords[static_cast<std::size_t>(step + sketch.context)].push_back(note.pitch);
            else if (given[i] < count)
                giveHighest(sketch, step, given[i], note.pitch);
        }
    }
    if (!dealt)
        return;
    for (auto& chord : chords) {
        std::sort(chord.begin(), chord.end(), std::greater<>());
        chord.erase(std::unique(chord.begin(), chord.end()), chord.end());
    }
    deal(chords, voices, sketch);
}

std::vector<VoicedNote> keptNotes(const Request& request, int voices)
{
    const auto length = request.metre.barLength() * score::Quarters(request.bars);
    std::vector<VoicedNote> kept;
    for (std::size_t i = 0; i < request.voices.lockedNotes.size(); ++i) {
        auto voiced = request.voices.lockedNotes[i];
        auto& note = voiced.note;
        if (voiced.voice >= voices || note.onset >= length ||
            (!request.voices.isHeld(i) &&
             !request.voices.isLocked(barOf(request, note.onset), voiced.voice)))
            continue;
        note.duration = std::min(note.end(), length) - note.onset;
        kept.push_back(voiced);
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const VoicedNote& a, const VoicedNote& b) { return a.note < b.note; });
    return kept;
}

void giveLocks(const Request& request, const std::vector<VoicedNote>& kept, VoiceSketch& sketch)
{
    for (const auto& [note, voice] : kept) {
        const auto at = touched(note.onset, note.end(), 0, sketch.steps);
        for (int step = at.first; step < at.end; ++step)
            giveHighest(sketch, step, voice, note.pitch);
    }
    const auto isLocked = [&](int step, int voice) {
        return request.voices.isLocked(barOf(request, {step, stepsPerQuarter}), voice);
    };
    for (std::size_t i = 0; i < request.voices.lockedNotes.size(); ++i) {
        const auto& [note, voice] = request.voices.lockedNotes[i];
        if (voice >= sketch.voices || request.voices.isHeld(i) ||
            request.voices.isLocked(barOf(request, note.onset), voice))
            continue;
        const auto at = touched(note.onset, note.end(), 0, sketch.steps);
        for (int step = at.first; step < at.end; ++step)
            if (isLocked(step, voice))
                giveHighest(sketch, step, voice, note.pitch);
    }
    for (int step = 0; step < sketch.steps; ++step)
        for (int voice = 0; voice < sketch.voices; ++voice)
            if (!sketch.isGiven(step, voice) && isLocked(step, voice))
                sketch.give(step, voice, VoiceSketch::silent);
}

} // namespace organum::engine
