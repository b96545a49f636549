#pragma once

// Controllers and keys that move parameters. The audio thread only notes down what came, without a
// lock, and takes it out of the music; another thread sets the parameters, since hosts' listeners
// may wait for each other.

#include <juce_audio_basics/juce_audio_basics.h>

#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

namespace organum::plugin
{

/** What a keyboard or a controller sends, on whichever channel. */
struct MidiSource
{
    bool isNote = false;
    int number = 0; ///< of the controller or the key, 0..127

    int place() const { return (isNote ? 128 : 0) + number; }
    static MidiSource at(int place) { return {place >= 128, place % 128}; }
    /** For the user, e.g. "controller 21" or "key C3". */
    std::string name() const;
    bool operator==(const MidiSource& other) const { return place() == other.place(); }
};

/** A source and the place of the parameter that it moves. */
struct MidiMapping
{
    MidiSource source;
    int parameter = -1;
    bool operator==(const MidiMapping& other) const
    {
        return source == other.source && parameter == other.parameter;
    }
};

class MidiLearn
{
public:
    static constexpr int mostParameters = 256;
    static constexpr int sources = 256;
    static constexpr int nothing = -1;

    MidiLearn();

    /** Parameters at which something happens when they go on, rather than being on: a controller
        presses them by crossing its middle. Before the first block. */
    void setButtons(const std::bitset<mostParameters>& which) { buttons = which; }

    /** Audio thread: notes down what is mapped and takes it out of `midi`. A key that was down
        before it was mapped is still released there. */
    void listen(juce::MidiBuffer& midi);

    // ---- any thread but the audio thread -------------------------------------------------------

    /** The next controller that moves or key that is pressed belongs to this parameter, in place of
        what it had. */
    void learn(int parameter) { wanted = parameter; }
    void stopLearning() { wanted = nothing; }
    /** The parameter that waits for its source, or `nothing`. */
    int learning() const { return wanted; }
    void map(const MidiMapping& mapping);
    /** Takes away the parameter's sources. */
    void forget(int parameter);
    void forgetAll();
    /** In place of all that there are. */
    void replace(const std::vector<MidiMapping>& mappings);
    /** By source: controllers first. */
    std::vector<MidiMapping> mappings() const;
    /** Grows with every change of the mappings. */
    std::uint32_t revision() const { return changes; }

    /** What came for a parameter since it was last asked for. */
    struct Move
    {
        int parameter = 0;
        int presses = 0;     ///< of keys, or of a button by a controller
        int value = nothing; ///< of a controller, 0..127
        int velocity = 0;    ///< of the last key
    };
    /** One thread at a time. */
    std::vector<Move> collect();

private:
    bool hear(const juce::MidiMessageMetadata& message);
    void assign(int source, int parameter);

    std::array<std::atomic<std::int16_t>, sources> targets;
    std::atomic<int> wanted{nothing};
    std::atomic<std::uint32_t> changes{0};

    struct Inbox
    {
        std::atomic<int> presses{0};
        std::atomic<int> velocity{0};
        std::atomic<int> value{nothing};
    };
    std::array<Inbox, mostParameters> inboxes;
    std::atomic<bool> anything{false};

    // The audio thread's.
    std::bitset<mostParameters> buttons;
    std::array<std::uint8_t, 128> stood{}; ///< where each controller was
    std::bitset<16 * 128> swallowed;       ///< keys whose beginning was taken out
    struct Short
    {
        int offset = 0;
        int size = 0;
        std::array<std::uint8_t, 3> bytes{};
    };
    std::array<Short, 1024> kept;
};

} // namespace organum::plugin
