#pragma once

// A plugin as a DAW sees it, whatever its format: give it time and a transport, get notes back.
// Written on the formats' plain C and COM interfaces, so that JUCE's wrappers are tested and not
// used to test themselves.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace organum::host
{

/** What a host tells a plugin at the start of a block. */
struct Transport
{
    bool playing = false;
    double ppq = 0.0; ///< quarter notes since the start of the song
    double bpm = 120.0;
    std::int64_t samples = 0; ///< since the start of the song
    int numerator = 4;
    int denominator = 4;
};

struct NoteEvent
{
    bool isOn = false;
    int channel = 0;
    int pitch = 0;
    float velocity = 0.0F; ///< 0..1
    int offset = 0;        ///< samples into the block
};

/** A list of fixed capacity: collecting events must not allocate, or it would be counted against
    the plugin. */
struct NoteEvents
{
    static constexpr std::size_t capacity = 512;
    std::array<NoteEvent, capacity> events{};
    std::size_t count = 0;
    std::size_t dropped = 0;

    void clear() { count = dropped = 0; }
    void add(const NoteEvent& event)
    {
        if (count < capacity)
            events[count++] = event;
        else
            ++dropped;
    }
    const NoteEvent* begin() const { return events.data(); }
    const NoteEvent* end() const { return events.data() + count; }
};

/** The locks that JUCE's VST3 and LV2 wrappers take around processBlock(), not ours to remove: the
    processor's callback lock once, and those of a parameter's listeners for each change the host
    sends. Nothing of ours may hold these while audio runs. */
struct WrapperLocks
{
    std::uint32_t most = 1; ///< in the next block
};

/** What went wrong while hosting; names the bundle. */
class HostError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/** One instance. All calls come from one thread, as many hosts' offline bounce does. */
class HostedPlugin
{
public:
    virtual ~HostedPlugin() = default;

    virtual std::string name() const = 0;
    /** Names of the parameters as the plugin shows them, in its order. */
    virtual std::vector<std::string> parameters() const = 0;
    /** Sets a parameter by its name to a value as the plugin shows it, e.g. 16 bars, 1 = on. It
        arrives with the next block, as automation does. */
    virtual void setParameter(const std::string& parameter, double value) = 0;

    /** What JUCE's wrapper itself does in the next block, apart from the plugin. */
    virtual WrapperLocks wrapperLocks() const = 0;

    virtual void activate(double sampleRate, int largestBlock) = 0;
    virtual void deactivate() = 0;
    /** Runs one block. `events` is cleared first. */
    virtual void process(const Transport& transport, int samples, NoteEvents& events) = 0;

    virtual std::vector<std::uint8_t> saveState() = 0;
    virtual void loadState(const std::vector<std::uint8_t>& state) = 0;
};

/** Opens a bundle's first plugin through GetPluginFactory. Throws HostError. */
std::unique_ptr<HostedPlugin> openVst3(const std::filesystem::path& bundle);

/** Opens a bundle's first plugin through lv2_descriptor. Throws HostError. */
std::unique_ptr<HostedPlugin> openLv2(const std::filesystem::path& bundle);

} // namespace organum::host
