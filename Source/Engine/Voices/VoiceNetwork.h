#pragma once

// A network of several voices as decoders see it: for each step and voice it scores every pitch,
// perhaps in the light of what was chosen before. Networks that write bars at a stroke and networks
// that listen to each step they have played both fit; nothing else knows which is at work.

#include "Engine/Latents.h"
#include "Engine/Voices/VoiceSketch.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace organum::engine
{

/** Scores of one step: natural logarithms of how much each pitch is on; -infinity = never. */
struct VoiceScores
{
    static constexpr std::size_t silence = 128; ///< column of silence
    static constexpr std::size_t columns = 129; ///< MIDI pitches, then silence
    using Row = std::array<double, columns>;

    std::array<Row, VoiceWishes::mostVoices> rows;
};

using VoicePitches = std::array<int, VoiceWishes::mostVoices>; ///< MIDI or VoiceSketch::silent

/** One way on from one of the hypotheses that a decoder follows at the same time. */
struct VoiceBranch
{
    std::size_t parent = 0;
    VoicePitches pitches{};
};

/** What one take asks of the network. */
struct VoicePlan
{
    const Request& request;
    const Latents& latents;
    std::uint64_t seed = 0; ///< the take's
};

/** One take's way through the network. One thread at a time. */
class VoicePass
{
public:
    VoicePass() = default;
    virtual ~VoicePass() = default;
    VoicePass(const VoicePass&) = delete;
    VoicePass& operator=(const VoicePass&) = delete;

    /** Begins the span of steps whose first is `first`, with one hypothesis: the sketch, where all
        before is decided; given cells in and after the span are there to be heard. The sketch must
        stay until the span is done. */
    virtual void beginSpan(const VoiceSketch& sketch, int first) = 0;
    /** Scores of the present step under one hypothesis. Does not depend on the others. */
    virtual void scores(std::size_t hypothesis, VoiceScores& scores) = 0;
    /** On to the span's next step: hypothesis i becomes branches[i]. */
    virtual void advance(const std::vector<VoiceBranch>& branches) = 0;
};

struct VoiceInfo
{
    std::string name;
    int lowest = 0; ///< range of the voice in what was learnt; beyond lies a fault
    int highest = 127;
};

/** [pairs SA ST SB AT AB TB][on a beat, between beats][interval class, upper - lower mod 12]: how
    much more often than chance two voices stand so, in nats. */
using IntervalWishes = std::array<float, 6 * 2 * 12>;

/** A loaded network of voices. Immutable: share it freely between threads. */
class VoiceNetwork
{
public:
    VoiceNetwork() = default;
    virtual ~VoiceNetwork() = default;
    VoiceNetwork(const VoiceNetwork&) = delete;
    VoiceNetwork& operator=(const VoiceNetwork&) = delete;

    virtual const std::vector<VoiceInfo>& voices() const = 0; ///< the highest first; 1 to 4
    /** At most VoiceWishes::macroCount, with directions for this network's vectors. */
    virtual const std::vector<Macro>& macros() const
    {
        static const std::vector<Macro> none;
        return none;
    }
    /** What intervals the voices should prefer beyond what the network says; null: none. */
    virtual const IntervalWishes* intervalWishes() const { return nullptr; }
    /** Steps decided together: a decoder looks ahead to their end. */
    virtual int spanSteps() const = 0;
    virtual int stepsPerBar() const = 0; ///< a step is a sixteenth
    /** Whether a voice can ever sing a pitch, whatever the request's key. */
    virtual bool canSing(int voice, int pitch) const = 0;
    /** Score above which a pitch is on for the threshold decoder. */
    virtual double threshold() const = 0;
    /** Whether given cells and the primer change what the network plays beside and after them. */
    virtual bool hearsGivenCells() const = 0;

    /** It may refer to this network and the plan, which must outlive it. */
    virtual std::unique_ptr<VoicePass> begin(const VoicePlan& plan) const = 0;
    virtual std::int64_t parameterCount() const = 0;
};

} // namespace organum::engine
