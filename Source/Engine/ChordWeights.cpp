#include "Engine/ChordWeights.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <stdexcept>

namespace organum::engine
{

namespace
{

// Between beats a note outside the chord is heard as passing by.
constexpr double betweenBeats = 0.5;

double countOf(std::uint32_t classes)
{
    return static_cast<double>(std::bitset<12>(classes).count());
}

} // namespace

ChordWeights::ChordWeights(const Vocabulary& vocabularyIn, const Request& requestIn,
                           const std::vector<std::uint8_t>& allowedIn)
    : vocabulary(vocabularyIn)
    , request(requestIn)
    , allowed(allowedIn)
    , penalty(request.chords.any() ? request.chords.penalty() : 0.0)
    , beat(4, request.metre.denominator)
{
    fittingIds.fill(-1.0);
    if (!request.chords.any())
        return;
    for (std::int64_t id = 0; id < vocabulary.pitchCount(); ++id) {
        std::uint32_t classes = 0;
        for (const int pitch : vocabulary.chord(id))
            classes |= 1u << (pitch % 12);
        if (classes == 0 && id > Vocabulary::unknown)
            forPitches.unmoved = id;
        classesOf.push_back(classes);
        perClass.push_back(classes == 0 ? 0.0 : 1.0 / countOf(classes));
    }
    for (std::int64_t id = 2; id < vocabulary.durationCount(); ++id)
        if (shortest == Vocabulary::unknown ||
            vocabulary.duration(id) < vocabulary.duration(shortest))
            shortest = id;
    forPitches.of.resize(classesOf.size());
    forDurations.of.resize(static_cast<std::size_t>(vocabulary.durationCount()));
    if (!request.chords.isStrict())
        return;
    const auto length = request.metre.barLength() * score::Quarters(request.bars);
    for (std::size_t i = 0; i < request.chords.chords.size(); ++i) {
        const auto& chord = request.chords.chords[i];
        if (chord.onset < length && fitting(chord.pitchClasses) == 0.0)
            throw std::invalid_argument(
                "Checking the request: of chord " + std::to_string(i + 1) + ", at quarter " +
                chord.onset.toString() +
                ", the model has no note in the scale and between the pitches asked for. Widen the "
                "range or the scale, or let the chords be obeyed less strictly.");
    }
}

double ChordWeights::fitting(std::uint32_t classes)
{
    auto& count = fittingIds[classes & ChordWishes::anyPitchClass];
    if (count < 0.0) {
        count = 0.0;
        for (std::size_t id = 0; id < classesOf.size(); ++id)
            if (allowed[id] != 0 && classesOf[id] != 0 && (classesOf[id] & ~classes) == 0)
                count += 1.0;
    }
    return count;
}

score::Quarters ChordWeights::endOf(std::int64_t duration, const score::Quarters& at,
                                    const score::Quarters& left) const
{
    return at + std::min(vocabulary.duration(duration), left);
}

bool ChordWeights::divide(const score::Quarters& at, const score::Quarters& end)
{
    accent = request.metre.accent(at) > 0 ? 1.0 : betweenBeats;
    parts.clear();
    bool any = false;
    for (auto time = at; time < end;) {
        const auto next = request.chords.changeAfter(time, end);
        const auto* chord = request.chords.at(time);
        any = any || chord != nullptr;
        parts.push_back({((next - time) / beat).toDouble(),
                         chord == nullptr ? ChordWishes::anyPitchClass : chord->pitchClasses});
        time = next;
    }
    return any;
}

double ChordWeights::fraction(std::int64_t pitch, std::uint32_t classes) const
{
    const auto id = static_cast<std::size_t>(pitch);
    const auto outside = classesOf[id] & ~classes;
    return outside == 0 ? 0.0 : countOf(outside) * perClass[id];
}

double ChordWeights::degree(std::int64_t pitch) const
{
    double beats = 0.0;
    for (const auto& part : parts)
        beats += part.beats * fraction(pitch, part.classes);
    return std::max(std::min(beats, 1.0), accent * fraction(pitch, parts.front().classes));
}

double ChordWeights::weightOf(double degree) const
{
    return degree == 0.0 ? 1.0 : std::exp(-penalty * degree);
}

template <typename DegreeOf>
const ChoiceWeights* ChordWeights::weighPitches(const DegreeOf& degreeOf)
{
    // Most ids are outside to the same few degrees.
    double last = 0.0;
    double weight = 1.0;
    for (std::size_t id = 0; id < classesOf.size(); ++id) {
        const double degree = degreeOf(static_cast<std::int64_t>(id));
        if (degree != last) {
            last = degree;
            weight = weightOf(degree);
        }
        forPitches.of[id] = weight;
    }
    return &forPitches;
}

const ChoiceWeights* ChordWeights::pitches(const score::Quarters& at)
{
    const auto* chord = request.chords.any() ? request.chords.at(at) : nullptr;
    if (chord == nullptr)
        return nullptr;
    accent = request.metre.accent(at) > 0 ? 1.0 : betweenBeats;
    return weighPitches(
        [&](std::int64_t id) { return accent * fraction(id, chord->pitchClasses); });
}

const ChoiceWeights* ChordWeights::durationsGiven(std::int64_t pitch, const score::Quarters& at,
                                                  const score::Quarters& left)
{
    if (!request.chords.any() || classesOf[static_cast<std::size_t>(pitch)] == 0)
        return nullptr;
    forDurations.of.assign(forDurations.of.size(), 0.0);
    for (std::int64_t id = 2; id < vocabulary.durationCount(); ++id) {
        divide(at, endOf(id, at, left));
        const double atOnce = accent * fraction(pitch, parts.front().classes);
        forDurations.of[static_cast<std::size_t>(id)] = weightOf(degree(pitch) - atOnce);
    }
    keepOne();
    return &forDurations;
}

const ChoiceWeights* ChordWeights::durations(const score::Quarters& at, const score::Quarters& left)
{
    if (!request.chords.any())
        return nullptr;
    bool any = false;
    forDurations.of.assign(forDurations.of.size(), 0.0);
    for (std::int64_t id = 2; id < vocabulary.durationCount(); ++id) {
        any = divide(at, endOf(id, at, left)) || any;
        double after = 0.0; // beats beyond the first change
        auto common = parts.front().classes;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            common &= parts[i].classes;
            after += parts[i].beats;
        }
        const double now = fitting(parts.front().classes);
        const double throughout = fitting(common);
        forDurations.of[static_cast<std::size_t>(id)] =
            now == 0.0 ? 1.0
                       : (throughout + (now - throughout) * weightOf(std::min(after, 1.0))) / now;
    }
    if (!any)
        return nullptr;
    keepOne();
    return &forDurations;
}

const ChoiceWeights* ChordWeights::pitchesGiven(std::int64_t duration, const score::Quarters& at,
                                                const score::Quarters& left)
{
    if (!request.chords.any())
        return nullptr;
    const auto end = endOf(duration, at, left);
    if (!divide(at, end))
        return nullptr;
    if (request.chords.isStrict() && fitting(request.chords.common(at, end)) == 0.0)
        parts.resize(1);
    return weighPitches([this](std::int64_t id) { return degree(id); });
}

void ChordWeights::keepOne()
{
    auto& weights = forDurations.of;
    if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0.0; }))
        weights[static_cast<std::size_t>(shortest)] = 1.0;
}

score::Quarters ChordWeights::sounding(const Token& token, const score::Quarters& at,
                                       const score::Quarters& left) const
{
    const auto end = endOf(token.duration, at, left);
    if (!request.chords.any() || !request.chords.isStrict())
        return end - at;
    const auto classes = classesOf[static_cast<std::size_t>(token.pitch)];
    for (auto time = at; time < end; time = request.chords.changeAfter(time, end)) {
        const auto* chord = request.chords.at(time);
        if (chord != nullptr && (classes & ~chord->pitchClasses) != 0)
            return time - at;
    }
    return end - at;
}

} // namespace organum::engine
