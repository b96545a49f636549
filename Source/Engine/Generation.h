#pragma once

// A request to a network that writes element by element, under way.

#include "Engine/ChordWeights.h"
#include "Engine/Constraints.h"
#include "Engine/Distribution.h"
#include "Engine/Model.h"
#include "Engine/Primer.h"

#include <optional>

namespace organum::engine
{

/** The takes of a request, sampled together, each with a network state of its own and products
    row by row: a take does not depend on how many others there are. One thread at a time. */
class Generation : public Composition
{
public:
    /** Checks the request and hears nothing yet. Throws std::invalid_argument. */
    Generation(std::shared_ptr<const StepModel> modelIn, Request requestIn);

    /** Hears one primer element or adds one element, in every unfinished take. Returns whether
        anything is left to do. Throws std::exception. */
    bool step() override;

    std::vector<Take> releaseTakes() override { return std::move(results); }

private:
    struct Voice
    {
        std::unique_ptr<StepState> state;
        std::uint64_t seed = 0;
        score::Quarters time;    ///< end of what is there, from the start of the new music
        score::Quarters silence; ///< rests since the last new note
        std::uint64_t index = 0; ///< of the next new element
        std::vector<std::vector<float>> attention;
        std::size_t attentionSize = 0; ///< floats in all rows
        bool done = false;
    };

    void sample(Voice& voice, Take& take);
    Token choose(Voice& voice, GeneratedElement& element, const score::Quarters& left);
    /** The id at which a branch goes on, if there is one at this element. */
    std::optional<std::int64_t> branched(const Voice& voice, const std::vector<float>& logits,
                                         const std::vector<std::uint8_t>& allowed,
                                         const ChoiceWeights* weights) const;
    std::int64_t choosePitch(const Voice& voice, const std::vector<float>& logits,
                             const std::vector<std::uint8_t>& allowed, const ChoiceWeights* weights,
                             GeneratedElement& element);
    std::int64_t chooseDuration(const Voice& voice, const std::vector<float>& logits,
                                const std::vector<std::uint8_t>& allowed,
                                const ChoiceWeights* weights, GeneratedElement& element);
    void explain(Voice& voice, Take& take);
    /** Most floats one table of one take may hold. */
    std::size_t explanationShare() const;
    void finish(Voice& voice, Take& take);

    const std::shared_ptr<const StepModel> model;
    const Request request;
    const score::Quarters length;
    Constraints constraints;
    ChordWeights chordWeights;
    const Primer primer;
    std::size_t primerHeard = 0;
    std::vector<Voice> voices;
    std::vector<Take> results;
    Distribution pitchChances;
    Distribution durationChances;
};

/** The same for a network alone. */
std::vector<Take> generate(std::shared_ptr<const StepModel> model, const Request& request,
                           const std::function<bool()>& goOn = {});

/** 96 on a downbeat, 88 on another beat, 80 between beats. */
int velocityOf(const Metre& metre, const score::Quarters& time);

} // namespace organum::engine
