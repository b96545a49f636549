#include "Score/Notation.h"

#include "Score/Elements.h"
#include "Score/NotationVoices.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace organum::score
{
namespace
{

struct NamedValue
{
    const char* name;
    Quarters length;
};

const std::array<NamedValue, 8>& namedValues()
{
    static const std::array<NamedValue, 8> values = {{{"breve", {8, 1}},
                                                      {"whole", {4, 1}},
                                                      {"half", {2, 1}},
                                                      {"quarter", {1, 1}},
                                                      {"eighth", {1, 2}},
                                                      {"16th", {1, 4}},
                                                      {"32nd", {1, 8}},
                                                      {"64th", {1, 16}}}};
    return values;
}

bool isMultiple(const Quarters& time, const Quarters& unit)
{
    return (time / unit).denominator() == 1;
}

/** Cuts a stretch in two, tying its notes. */
std::pair<Stretch, Stretch> cut(Stretch whole, const Quarters& at)
{
    Stretch rest = whole;
    whole.end = at;
    rest.start = at;
    for (auto& pitch : whole.pitches)
        pitch.tiedOnwards = true;
    for (auto& pitch : rest.pitches)
        pitch.tiedFromBefore = true;
    return {std::move(whole), std::move(rest)};
}

/** The longest written value that fits and stands where readers expect it: on a multiple of
    itself, for notes also of its half (syncopation). */
NotatedValue longestValue(const Quarters& position, const Quarters& room, bool isRest)
{
    for (const auto& [name, length] : namedValues()) {
        const auto unit = isRest || length <= Quarters(1, 16) ? length : length / Quarters(2);
        if (!isMultiple(position, unit))
            continue;
        NotatedValue value;
        value.type = name;
        value.duration = length * Quarters(3, 2);
        value.dotted = true;
        if (!isRest && Quarters(1, 16) < length && value.duration <= room)
            return value;
        value.duration = length;
        value.dotted = false;
        if (length <= room)
            return value;
    }
    NotatedValue smallest;
    smallest.type = namedValues().back().name;
    smallest.duration = room;
    return smallest;
}

/** One voice of one bar to written values. */
class BarNotator
{
public:
    BarNotator(std::vector<Stretch> stretchesIn, const Quarters& length)
        : stretches(std::move(stretchesIn))
        , barLength(length)
    {
    }

    NotatedVoice notated()
    {
        if (stretches.size() == 1 && stretches[0].pitches.empty()) {
            NotatedValue silence;
            silence.duration = barLength;
            return {silence};
        }
        for (const auto& window : windowsOf(barLength)) {
            const bool isTriplet =
                std::any_of(stretches.begin(), stretches.end(), [&](const Stretch& s) {
                    return window.start < s.start && s.start < window.end &&
                           !isMultiple(s.start - window.start, Quarters(1, binaryGrid));
                });
            if (isTriplet) {
                cutAt(window.start);
                cutAt(window.end);
                triplets.push_back(window);
            }
        }
        for (const auto& stretch : stretches)
            write(stretch);
        markTriplets();
        return std::move(voice);
    }

private:
    void cutAt(const Quarters& time)
    {
        for (std::size_t i = 0; i < stretches.size(); ++i)
            if (stretches[i].start < time && time < stretches[i].end) {
                auto [before, after] = cut(stretches[i], time);
                stretches[i] = std::move(before);
                stretches.insert(stretches.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                 std::move(after));
                return;
            }
    }

    const Span* tripletAt(const Quarters& time) const
    {
        for (const auto& window : triplets)
            if (window.start <= time && time < window.end)
                return &window;
        return nullptr;
    }

    void write(Stretch stretch)
    {
        const auto* triplet = tripletAt(stretch.start);
        // Inside a triplet values are written half as long again as they sound.
        const Quarters stretchFactor = triplet != nullptr ? Quarters(3, 2) : Quarters(1);
        const auto origin = triplet != nullptr ? triplet->start : Quarters(0);
        while (stretch.start < stretch.end) {
            auto value = longestValue((stretch.start - origin) * stretchFactor,
                                      (stretch.end - stretch.start) * stretchFactor,
                                      stretch.pitches.empty());
            value.onset = stretch.start;
            value.duration = value.duration / stretchFactor;
            value.inTriplet = triplet != nullptr;
            const auto end = value.onset + value.duration;
            if (end < stretch.end) {
                auto [before, after] = cut(std::move(stretch), end);
                value.pitches = std::move(before.pitches);
                stretch = std::move(after);
            } else {
                value.pitches = stretch.pitches;
                stretch.start = stretch.end;
            }
            voice.push_back(std::move(value));
        }
    }

    void markTriplets()
    {
        for (const auto& window : triplets)
            for (auto& value : voice) {
                if (value.onset < window.start || !(value.onset < window.end))
                    continue;
                value.startsTriplet = value.onset == window.start;
                value.endsTriplet = value.onset + value.duration == window.end;
                for (const auto& [name, length] : namedValues())
                    if (length * Quarters(2) == window.end - window.start)
                        value.tripletType = name;
            }
    }

    std::vector<Stretch> stretches;
    Quarters barLength;
    std::vector<Span> triplets;
    NotatedVoice voice;
};

/** What a voice holds in one bar, with rests between; `next` walks through the voice. */
std::vector<Stretch> contentOf(const BarSpan& bar, const std::vector<Stretch>& voice,
                               std::size_t& next)
{
    std::vector<Stretch> content;
    const auto barEnd = bar.start + bar.length;
    Quarters now = bar.start;
    for (std::size_t i = next; i < voice.size() && voice[i].start < barEnd; ++i) {
        auto stretch = voice[i];
        if (stretch.end <= bar.start)
            continue;
        if (stretch.start < bar.start)
            stretch = cut(std::move(stretch), bar.start).second;
        if (barEnd < stretch.end)
            stretch = cut(std::move(stretch), barEnd).first;
        else
            next = i + 1;
        if (now < stretch.start)
            content.push_back({now, stretch.start, {}});
        now = stretch.end;
        content.push_back(std::move(stretch));
    }
    if (now < barEnd)
        content.push_back({now, barEnd, {}});
    for (auto& stretch : content) {
        stretch.start -= bar.start;
        stretch.end -= bar.start;
    }
    return content;
}

} // namespace

std::vector<BarSpan> barsOf(const Score& score, std::size_t most)
{
    const BarGrid grid(score.metres);
    const auto end = std::max(score.end(), Quarters(1, binaryGrid));
    std::vector<BarSpan> bars;
    for (std::int64_t number = 0;; ++number) {
        const auto start = grid.barStart(number);
        if (!(start < end) && !bars.empty())
            return bars;
        if (bars.size() >= most)
            throw std::invalid_argument("The score has more than " + std::to_string(most) +
                                        " bars for each part; write a shorter piece.");
        const auto position = grid.at(start);
        BarSpan bar;
        bar.start = start.roundedToGrid(binaryGrid);
        bar.length = grid.barStart(number + 1).roundedToGrid(binaryGrid) - bar.start;
        bar.metre = {bar.start, position.numerator, position.denominator};
        if (Quarters(0) < bar.length)
            bars.push_back(bar);
    }
}

std::vector<std::vector<NotatedVoice>> notate(const Part& part, const std::vector<BarSpan>& bars)
{
    const auto notes = writtenNotes(part, bars);
    auto voices = inVoices(notes);
    if (voices.empty())
        voices.push_back(notes.empty() ? std::vector<Stretch>() : sliced(notes));
    std::vector<std::size_t> next(voices.size(), 0);
    std::vector<std::vector<NotatedVoice>> result;
    for (const auto& bar : bars) {
        std::vector<NotatedVoice> written;
        for (std::size_t v = 0; v < voices.size(); ++v) {
            auto content = contentOf(bar, voices[v], next[v]);
            const bool silent = content.size() == 1 && content[0].pitches.empty();
            if (v == 0 || !silent)
                written.push_back(BarNotator(std::move(content), bar.length).notated());
        }
        result.push_back(std::move(written));
    }
    return result;
}

SpelledPitch spelled(int pitch, int keySharps)
{
    // Places on the line of fifths: F = -1, C = 0, G = 1 ...; a fifth is seven semitones, and seven
    // is its own inverse modulo twelve.
    int fifths = pitch * 7 % 12;
    while (fifths < keySharps - 3)
        fifths += 12;
    while (fifths > keySharps + 8)
        fifths -= 12;
    const int place = fifths + 1 + 7 * 4; // never negative
    SpelledPitch result;
    result.letter = "FCGDAEB"[place % 7];
    result.alteration = place / 7 - 4;
    // The letter's own octave: C flat 4 sounds in octave 3.
    result.octave = (pitch - result.alteration + 12) / 12 - 2;
    return result;
}

} // namespace organum::score
