#include "Analysis/ChordDetection.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace organum::analysis
{
namespace
{

using Chroma = std::array<double, 12>;

// Weights of a beat's evidence, in shares of what sounds in it. Chosen on the first hundred songs
// of POP909 and constructed cases; see the tests for what they reach elsewhere.
constexpr double outsideCost = 1.0;
constexpr double missingCost = 0.10;
constexpr double rootGain = 0.10;
constexpr double bassGain = 0.25;
constexpr double changeOnBar = 0.45;
constexpr double changeInMiddle = 0.6;
constexpr double changeElsewhere = 0.9;

struct Template
{
    const char* quality;
    double cost; ///< of a rarer chord, which explains more notes without more reason
};
constexpr Template templates[] = {{"", 0.0},      {"m", 0.0},    {"7", 0.10},    {"m7", 0.14},
                                  {"maj7", 0.14}, {"dim", 0.10}, {"m7b5", 0.14}, {"sus4", 0.14}};

struct Candidate
{
    int root = 0;
    std::size_t quality = 0;
    std::uint16_t notes = 0;
    double cost = 0.0;
};

std::vector<Candidate> candidates()
{
    std::vector<Candidate> all;
    for (const auto& each : templates) {
        const auto chord = score::parseChord(std::string("C") + each.quality, {});
        for (int root = 0; root < 12; ++root) {
            const auto moved = score::chordOn(root, chord.quality, {});
            all.push_back({root, chord.quality, moved.pitchClasses(), each.cost});
        }
    }
    return all;
}

/** What sounds in a beat: time by pitch class, and by pitch class of the lowest note. */
struct Beat
{
    Chroma chroma{};
    Chroma bass{};
    double sum = 0.0;
};

std::vector<Beat> beatsOf(const std::vector<score::Note>& notes, int count,
                          const score::Quarters& length)
{
    std::vector<Beat> beats(static_cast<std::size_t>(count));
    std::vector<std::pair<double, int>> lowest(beats.size(), {0.0, 128});
    const double unit = length.toDouble();
    for (const auto& note : notes) {
        const double onset = note.onset.toDouble() / unit;
        const double end = note.end().toDouble() / unit;
        const auto first = std::max(0.0, std::floor(onset));
        for (auto beat = first; beat < end && beat < count; beat += 1.0) {
            const double share = std::min(end, beat + 1.0) - std::max(onset, beat);
            if (share <= 0.0)
                continue;
            auto& found = beats[static_cast<std::size_t>(beat)];
            found.chroma[static_cast<std::size_t>(note.pitch % 12)] += share;
            found.sum += share;
            auto& low = lowest[static_cast<std::size_t>(beat)];
            // The lowest pitch of a beat counts when it lasts a good part of it.
            if (share >= 0.24 && note.pitch < low.second)
                low = {share, note.pitch};
        }
    }
    for (std::size_t i = 0; i < beats.size(); ++i)
        if (lowest[i].second < 128)
            beats[i].bass[static_cast<std::size_t>(lowest[i].second % 12)] = 1.0;
    return beats;
}

double scoreOf(const Beat& beat, const Candidate& chord)
{
    if (beat.sum <= 0.0)
        return 0.0;
    double score = -chord.cost;
    for (std::size_t note = 0; note < 12; ++note) {
        const double share = beat.chroma[note] / beat.sum;
        const bool belongs = (chord.notes >> note & 1u) != 0;
        score += belongs ? share : -outsideCost * share;
        if (belongs && share == 0.0)
            score -= missingCost;
    }
    const auto root = static_cast<std::size_t>(chord.root);
    score += beat.chroma[root] > 0.0 ? rootGain : 0.0;
    return score + bassGain * beat.bass[root];
}

/** The likeliest candidate of each beat. */
std::vector<std::size_t> likeliestWay(const std::vector<Beat>& beats,
                                      const std::vector<Candidate>& chords, int beatsPerBar)
{
    const auto count = chords.size();
    std::vector<std::vector<std::size_t>> from(beats.size(), std::vector<std::size_t>(count));
    std::vector<double> best(count, 0.0);
    for (std::size_t beat = 0; beat < beats.size(); ++beat) {
        const auto place = static_cast<int>(beat) % beatsPerBar;
        const bool isMiddle = beatsPerBar % 2 == 0 && place == beatsPerBar / 2;
        const double change = place == 0 ? changeOnBar
                              : isMiddle ? changeInMiddle
                                         : changeElsewhere;
        const auto leader =
            static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
        std::vector<double> next(count);
        for (std::size_t i = 0; i < count; ++i) {
            const bool stays = beat == 0 || best[i] >= best[leader] - change;
            from[beat][i] = stays ? i : leader;
            next[i] = (stays ? best[i] : best[leader] - change) + scoreOf(beats[beat], chords[i]);
        }
        best = std::move(next);
    }
    std::vector<std::size_t> way(beats.size());
    auto at = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
    for (auto beat = beats.size(); beat-- > 0;) {
        way[beat] = at;
        at = from[beat][at];
    }
    return way;
}

/** A chord tone that lies lowest for more than half of a chord's beats; -1 for the root. */
int bassOf(const std::vector<Beat>& beats, std::size_t first, std::size_t end,
           const Candidate& chord)
{
    Chroma bass{};
    double sum = 0.0;
    for (auto beat = first; beat < end; ++beat)
        for (std::size_t note = 0; note < 12; ++note) {
            bass[note] += beats[beat].bass[note];
            sum += beats[beat].bass[note];
        }
    const auto lowest = static_cast<int>(std::max_element(bass.begin(), bass.end()) - bass.begin());
    const bool named = sum > 0.0 && lowest != chord.root && (chord.notes >> lowest & 1u) != 0 &&
                       bass[static_cast<std::size_t>(lowest)] > 0.5 * sum;
    return named ? lowest : -1;
}

} // namespace

score::ChordProgression detectChords(const std::vector<score::Note>& notes, int bars,
                                     int beatsPerBar, const score::Quarters& barLength,
                                     const score::ChordKey& key)
{
    if (bars < 1 || beatsPerBar < 1 || barLength <= score::Quarters(0))
        throw std::invalid_argument("Detecting chords: there must be a bar and a beat at least.");
    const auto beat = barLength / score::Quarters(beatsPerBar);
    const auto beats = beatsOf(notes, bars * beatsPerBar, beat);
    const auto chords = candidates();
    const auto way = likeliestWay(beats, chords, beatsPerBar);
    std::vector<score::ChordSpan> spans;
    const auto perBar = static_cast<std::size_t>(beatsPerBar);
    const auto isSilent = [&](std::size_t bar) {
        return std::all_of(beats.begin() + static_cast<std::ptrdiff_t>(bar * perBar),
                           beats.begin() + static_cast<std::ptrdiff_t>((bar + 1) * perBar),
                           [](const Beat& each) { return each.sum <= 0.0; });
    };
    for (std::size_t first = 0; first < way.size();) {
        auto end = first + 1;
        if (isSilent(first / perBar)) {
            first = (first / perBar + 1) * perBar;
            continue;
        }
        while (end < way.size() && way[end] == way[first] && !isSilent(end / perBar))
            ++end;
        const auto& chord = chords[way[first]];
        spans.push_back(
            {beat * score::Quarters(static_cast<std::int64_t>(first)),
             beat * score::Quarters(static_cast<std::int64_t>(end - first)),
             score::chordOn(chord.root, chord.quality, key, bassOf(beats, first, end, chord))});
        first = end;
    }
    return score::ChordProgression::fromSpans(spans, bars, beatsPerBar, barLength);
}

score::ChordKey detectKey(const std::vector<score::Note>& notes)
{
    static constexpr Chroma major = {5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0};
    static constexpr Chroma minor = {5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0};
    Chroma chroma{};
    for (const auto& note : notes)
        chroma[static_cast<std::size_t>(note.pitch % 12)] += note.duration.toDouble();
    score::ChordKey best;
    double highest = -std::numeric_limits<double>::infinity();
    for (const bool isMinor : {false, true}) {
        const auto& profile = isMinor ? minor : major;
        double mean = 0.0;
        for (const double weight : profile)
            mean += weight / 12.0;
        double spread = 0.0;
        for (const double weight : profile)
            spread += (weight - mean) * (weight - mean);
        for (int tonic = 0; tonic < 12; ++tonic) {
            double fit = 0.0;
            for (int step = 0; step < 12; ++step)
                fit += (profile[static_cast<std::size_t>(step)] - mean) *
                       chroma[static_cast<std::size_t>((tonic + step) % 12)];
            fit /= std::sqrt(spread);
            if (fit > highest + 1e-9) {
                highest = fit;
                best = {tonic, isMinor};
            }
        }
    }
    return best;
}

} // namespace organum::analysis
