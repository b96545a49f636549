#pragma once

// What wished chords make of the choices of a network that writes element by element: a weight for
// every id. The network's chances are multiplied with it, so that among notes that fit equally well
// its own proportions stay.

#include "Engine/Distribution.h"
#include "Engine/Request.h"
#include "Engine/Vocabulary.h"

#include <array>

namespace organum::engine
{

/** A note is outside to a degree between 0 and 1: the share of its pitch classes that do not belong
    to the chord where it begins, halved between beats, where passing notes are at home; or, when
    that is more, the beats for which it sounds outside. Its weight is e^(-penalty * degree). A
    strict wish gives every note that is outside for any time the weight 0. Rests keep the chance
    that they have without chords. */
class ChordWeights
{
public:
    /** `allowed`: ids that scale and range leave. Throws std::invalid_argument when a strict wish
        asks for a chord of which no note is left. All three must outlive this object. */
    ChordWeights(const Vocabulary& vocabularyIn, const Request& requestIn,
                 const std::vector<std::uint8_t>& allowedIn);

    /** All return null where nothing is wished. `at` is where the element begins, `left` the time
        to the end of the music; what is returned holds until the next call. Pitch first: */
    const ChoiceWeights* pitches(const score::Quarters& at);
    const ChoiceWeights* durationsGiven(std::int64_t pitch, const score::Quarters& at,
                                        const score::Quarters& left);
    /** Duration first: a duration counts for as much as the notes that could have it. */
    const ChoiceWeights* durations(const score::Quarters& at, const score::Quarters& left);
    const ChoiceWeights* pitchesGiven(std::int64_t duration, const score::Quarters& at,
                                      const score::Quarters& left);

    /** How long a chosen element sounds: its duration, cut to `left` and, of a strict wish, to the
        change of chord after which it would be outside. Needed where even the shortest duration
        is too long; no note is ever dropped. */
    score::Quarters sounding(const Token& token, const score::Quarters& at,
                             const score::Quarters& left) const;

private:
    /** The part of a note that lies in one chord, or between chords. */
    struct Part
    {
        double beats = 0.0;
        std::uint32_t classes = ChordWishes::anyPitchClass;
    };

    score::Quarters endOf(std::int64_t duration, const score::Quarters& at,
                          const score::Quarters& left) const;
    /** Fills `parts`. Returns whether any of them is in a chord. */
    bool divide(const score::Quarters& at, const score::Quarters& end);
    double fraction(std::int64_t pitch, std::uint32_t classes) const;
    /** Of a note that begins at `parts`' beginning and fills them. */
    double degree(std::int64_t pitch) const;
    double weightOf(double degree) const;
    template <typename DegreeOf>
    const ChoiceWeights* weighPitches(const DegreeOf& degreeOf);
    /** Allowed ids whose pitch classes all belong to the set. */
    double fitting(std::uint32_t classes);
    /** Lets the shortest duration be when none is short enough. */
    void keepOne();

    const Vocabulary& vocabulary;
    const Request& request;
    const std::vector<std::uint8_t>& allowed;
    const double penalty;
    const score::Quarters beat;
    std::vector<std::uint32_t> classesOf; ///< of each id
    std::vector<double> perClass;         ///< of each id: 1 / its number of pitch classes
    std::int64_t shortest = Vocabulary::unknown;
    std::array<double, 4096> fittingIds; ///< by set of pitch classes; < 0: not yet counted
    std::vector<Part> parts;
    double accent = 1.0; ///< of the parts' beginning: 1 on a beat, 1/2 between beats
    ChoiceWeights forPitches;
    ChoiceWeights forDurations;
};

} // namespace organum::engine
