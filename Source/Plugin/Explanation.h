#pragma once

// Why the notes of a take are what they are: what else the network considered, what it listened to,
// how sure it was. Recomputed when it is asked for by the very request that wrote the take, never
// kept in a project, and only given when the recomputed notes are those of the take.

#include "Engine/organum_engine.h"
#include "Plugin/Take.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace organum::plugin
{

struct Wish;

/** A pitch and its share of a column. */
struct HeatCell
{
    static constexpr int rest = -1;
    int pitch = rest;
    float value = 0.0f;
};

/** One decision of a network that writes element by element. Times in ticks of the take. */
struct ExplainedElement
{
    std::int64_t onset = 0; ///< < 0 where it was heard before the take
    std::int64_t duration = 0;
    std::vector<int> pitches; ///< chosen; empty: a rest, or an element that was not chosen
    float pitchChance = 1.0f; ///< of the chosen chord; what the element's likelihood uses
    float durationChance = 1.0f;
    float uncertainty = 0.0f; ///< entropy of the chords in bits
    /** Sums to 1; a chord's chance is shared by its pitches, so that a pitch that only sounds alone
        has exactly its chance. The likeliest first. */
    std::vector<HeatCell> cells;
};

struct Explanation
{
    TakePointer take;
    std::string problem;    ///< for the user: why there is nothing to be seen; empty: there is
    std::int64_t start = 0; ///< ticks: what lies before was heard, but is not explained

    // Of music without voices.
    std::vector<ExplainedElement> elements; ///< those that were heard first, then the new ones
    std::size_t heardElements = 0;
    std::vector<float> attention; ///< [new elements, elements]; empty where a network has none

    // Of music with voices: [steps, voices, 128], a step is a sixteenth. How much each pitch was on
    // before decoding; a row sums to 1 less the chance of silence.
    std::vector<float> activation;

    // By note of the take; -1: not explained.
    std::vector<int> elementOfNote; ///< place in `elements`
    std::vector<float> surprise;    ///< bits: -log2 of the chance of what was chosen
    std::vector<float> uncertainty; ///< bits: entropy of what there was to choose from

    bool isShown() const { return take != nullptr && problem.empty(); }
    /** Of a voice's pitch at a time; 0 outside. */
    float activationAt(int voice, std::int64_t tick, int pitch) const;
    /** The weights of what a new element listened to, by element; null: not known. */
    const float* attentionOf(int element) const;
    /** The element that lasts at a time, -1 for none. */
    int elementAt(std::int64_t tick) const;
};

using ExplanationPointer = std::shared_ptr<const Explanation>;

constexpr std::int64_t activationStep = player::ticksPerQuarter / 4; ///< ticks

/** Of what the engine recomputed for `wish`, whose take it is about. */
Explanation explanationOf(const organum_take& taken, const Wish& wish);

} // namespace organum::plugin
