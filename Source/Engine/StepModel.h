#pragma once

// A network as samplers and evaluation see it: told one element after another, it says what may
// come next. Networks that decide the duration first and the pitch given it, or the other way
// round, or both at once, all fit; nothing else in the engine knows which network is at work.

#include "Engine/Vocabulary.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace organum::engine
{

enum class Stream
{
    pitch,
    duration
};

enum class Sampler
{
    stream, ///< one step an element, whatever the history's length
    window  ///< the book's procedure: all of the last elements anew for each one
};

/** One element that was played. */
struct Heard
{
    score::Element element; ///< as played, even where the vocabulary does not know it
    Token token;
    score::BarPosition at;   ///< where it begins
    score::BarPosition next; ///< where whatever follows begins
};

/** What one take has heard so far. One thread at a time. */
class StepState
{
public:
    virtual ~StepState() = default;

    /** Forgets everything: what comes next is the first element and begins at `first`. */
    virtual void start(const score::BarPosition& first) = 0;
    virtual void advance(const Heard& heard) = 0;

    /** Logarithms of the chances, up to a common constant, of each id of the stream chosen first;
        then of the other, given the id chosen first (a network may not care which). A score of
        -infinity means never. References stay valid until the state is next touched. To be asked
        in this order after each start() or advance(). */
    virtual const std::vector<float>& firstLogits() = 0;
    virtual const std::vector<float>& secondLogits(std::int64_t firstChoice) = 0;

    /** While on, what was just repeated in full is not repeated once more of itself. For sampling
        only, where a loop would feed itself; off after construction. A network that cannot
        deliberately repeat need not care. */
    virtual void refuseLoops(bool) {}

    /** Weight of each element heard in the last answer, oldest first; sums to 1, or all are 0 when
        nothing was heard or nothing heard counted. */
    virtual void attention(std::vector<float>& row) = 0;
};

/** A loaded network. Immutable: share it freely between threads. */
class StepModel
{
public:
    explicit StepModel(Vocabulary words)
        : vocabulary(std::move(words))
    {
    }
    virtual ~StepModel() = default;
    StepModel(const StepModel&) = delete;
    StepModel& operator=(const StepModel&) = delete;

    /** The stream whose id is chosen first. */
    virtual Stream first() const = 0;
    /** A state on which start() was not yet called. It may refer to this model, which must outlive
        it. A network whose definition is its step answers both samplers with the same one. */
    virtual std::unique_ptr<StepState> newState(Sampler sampler) const = 0;
    virtual std::int64_t parameterCount() const = 0;

    const Vocabulary vocabulary;
};

} // namespace organum::engine
