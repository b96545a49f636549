// The built bundles in JUCE's own hosting code, as many DAWs use it: what plugin checkers ask at
// their strictest, without any such program at hand.

#include <juce_audio_processors/juce_audio_processors.h>

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <thread>

namespace
{

using Plugin = std::unique_ptr<juce::AudioPluginInstance>;

constexpr double usualRate = 48000.0;
constexpr int usualBlock = 256;

class PlayHead : public juce::AudioPlayHead
{
public:
    juce::Optional<PositionInfo> getPosition() const override
    {
        PositionInfo info;
        info.setIsPlaying(true);
        info.setBpm(120.0);
        info.setPpqPosition(quarter.load());
        info.setTimeInSamples(static_cast<juce::int64>(quarter.load() * 24000.0));
        info.setTimeSignature(juce::AudioPlayHead::TimeSignature{4, 4});
        return info;
    }
    std::atomic<double> quarter{0.0};
};

/** A format and the bundle's name in it. */
struct Bundle
{
    bool isLv2 = false;
    const char* name = "";
    bool isInstrument() const { return std::string(name) == "Organum"; }
};

juce::PluginDescription describe(juce::AudioPluginFormat& format, const Bundle& bundle)
{
    const juce::String folder(ORGANUM_PLUGINS);
    juce::OwnedArray<juce::PluginDescription> found;
    if (bundle.isLv2) {
        // Looking through the folder makes its bundles known by their URIs.
        for (const auto& id : format.searchPathsForPlugins(juce::FileSearchPath(folder), true))
            if (id == (bundle.isInstrument() ? "https://organum.audio/lv2/organum"
                                             : "https://organum.audio/lv2/organum-midi"))
                format.findAllTypesForFile(found, id);
    } else {
        format.findAllTypesForFile(found, folder + "/" + bundle.name + ".vst3");
    }
    INFO(bundle.name << (bundle.isLv2 ? " as LV2" : " as VST3"));
    REQUIRE(found.size() == 1);
    return *found[0];
}

/** Formats live as long as the test: plugins point to them. */
struct Host
{
    explicit Host(const Bundle& bundleIn)
        : bundle(bundleIn)
    {
        if (bundle.isLv2)
            format = std::make_unique<juce::LV2PluginFormat>();
        else
            format = std::make_unique<juce::VST3PluginFormat>();
        description = describe(*format, bundle);
    }

    Plugin open() const
    {
        juce::String problem;
        auto plugin =
            format->createInstanceFromDescription(description, usualRate, usualBlock, problem);
        INFO(problem.toStdString());
        REQUIRE(plugin != nullptr);
        return plugin;
    }

    Bundle bundle;
    std::unique_ptr<juce::AudioPluginFormat> format;
    juce::PluginDescription description;
};

void dispatch(int milliseconds)
{
    juce::MessageManager::getInstance()->runDispatchLoopUntil(milliseconds);
}

juce::AudioProcessorParameter& parameter(juce::AudioPluginInstance& plugin,
                                         const juce::String& name)
{
    for (auto* each : plugin.getParameters())
        if (each->getName(100) == name)
            return *each;
    FAIL("no parameter " << name.toStdString());
    return *plugin.getParameters()[0];
}

juce::MemoryBlock stateOf(juce::AudioPluginInstance& plugin)
{
    juce::MemoryBlock state;
    plugin.getStateInformation(state);
    return state;
}

/** Runs blocks and judges what comes out. Its owner is the audio thread. */
class Runner
{
public:
    Runner(juce::AudioPluginInstance& pluginIn, double rateIn, int lengthIn)
        : plugin(pluginIn)
        , rate(rateIn)
        , length(lengthIn)
        , audio(std::max(plugin.getTotalNumInputChannels(), plugin.getTotalNumOutputChannels()),
                lengthIn)
    {
        plugin.setPlayHead(&head);
    }
    ~Runner() { plugin.setPlayHead(nullptr); }

    void block() { block(length); }
    void block(int samples)
    {
        juce::AudioBuffer<float> part(audio.getArrayOfWritePointers(), audio.getNumChannels(),
                                      samples);
        part.clear();
        midi.clear();
        plugin.processBlock(part, midi);
        for (int channel = 0; channel < part.getNumChannels(); ++channel)
            for (int i = 0; i < samples; ++i)
                judge(part.getSample(channel, i));
        for (const auto message : midi) {
            if (message.samplePosition < 0 || message.samplePosition >= samples)
                ++faults;
            noteOns += message.getMessage().isNoteOn() ? 1 : 0;
        }
        head.quarter = head.quarter + samples * 120.0 / 60.0 / rate;
    }

    int faults = 0; ///< samples that are no number or subnormal, events outside of their block
    int noteOns = 0;
    float loudest = 0.0f;

private:
    void judge(float sample)
    {
        const int kind = std::fpclassify(sample);
        if (kind != FP_NORMAL && kind != FP_ZERO)
            ++faults;
        loudest = std::max(loudest, std::abs(sample));
    }

    juce::AudioPluginInstance& plugin;
    double rate;
    int length;
    PlayHead head;
    juce::AudioBuffer<float> audio;
    juce::MidiBuffer midi;
};

/** Composes by the parameter, as automation would. */
void compose(juce::AudioPluginInstance& plugin)
{
    plugin.prepareToPlay(usualRate, usualBlock);
    Runner runner(plugin, usualRate, usualBlock);
    const auto before = stateOf(plugin).getSize();
    auto& button = parameter(plugin, "Generate");
    const auto press = [&](float value) {
        button.setValue(value);
        for (int i = 0; i < 4; ++i)
            runner.block();
    };
    press(0.0f);
    press(1.0f);
    press(0.0f);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (stateOf(plugin).getSize() < before + 16 && std::chrono::steady_clock::now() < end) {
        dispatch(20);
        runner.block();
    }
    REQUIRE(stateOf(plugin).getSize() >= before + 16);
}

bool hasDisplay()
{
    return std::getenv("DISPLAY") != nullptr;
}

void playsEverywhere(const Host& host, juce::AudioPluginInstance& plugin)
{
    // Prepared anew each time, mostly without being released before.
    for (const double rate : {44100.0, 48000.0, 96000.0, 192000.0})
        for (const int length : {1, 17, 64, 128, 256, 512, 1024, 4096}) {
            CAPTURE(rate, length);
            plugin.prepareToPlay(rate, length);
            Runner runner(plugin, rate, length);
            for (int samples = 0; samples < static_cast<int>(rate); samples += length * 4) {
                runner.block();
                runner.block(std::max(1, length / 3)); // hosts give less than they promised
                if (samples > 40 * length)
                    break;
            }
            CHECK(runner.faults == 0);
            if (length == 1024)
                plugin.releaseResources();
        }
    plugin.prepareToPlay(usualRate, usualBlock);
    Runner runner(plugin, usualRate, usualBlock);
    for (int i = 0; i < 32 * 96; ++i) // a loop of 16 bars
        runner.block();
    CHECK(runner.noteOns > 8);
    CHECK(runner.faults == 0);
    CHECK((runner.loudest > 0.0f) == host.bundle.isInstrument());
}

void keepsItsState(const Host& host, juce::AudioPluginInstance& plugin)
{
    const auto state = stateOf(plugin);
    CHECK(stateOf(plugin) == state);
    const auto other = host.open(); // before anything was prepared
    other->setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    dispatch(50);
    CHECK(stateOf(*other) == state);
    REQUIRE(other->getParameters().size() == plugin.getParameters().size());
    for (int i = 0; i < plugin.getParameters().size(); ++i) {
        CAPTURE(plugin.getParameters()[i]->getName(60).toStdString());
        CHECK(std::abs(plugin.getParameters()[i]->getValue() -
                       other->getParameters()[i]->getValue()) < 1.0e-5f);
    }
    const juce::MemoryBlock damaged("no state of ours", 16);
    other->setStateInformation(damaged.getData(), static_cast<int>(damaged.getSize()));
    dispatch(50);
    CHECK(stateOf(*other).getSize() > 16);
}

void takesAutomation(juce::AudioPluginInstance& plugin)
{
    plugin.prepareToPlay(usualRate, usualBlock);
    Runner runner(plugin, usualRate, usualBlock);
    std::mt19937 random(3);
    for (auto* each : plugin.getParameters()) {
        CAPTURE(each->getName(60).toStdString());
        CHECK(each->getName(60).isNotEmpty());
        for (const float value : {0.0f, 0.31f, 1.0f}) {
            const auto text = each->getText(value, 1024);
            CHECK(text.isNotEmpty());
            each->setValue(value);
            runner.block(32);
        }
    }
    for (int slice = 0; slice < 600; ++slice) {
        for (int i = 0; i < 8; ++i) {
            auto& parameters = plugin.getParameters();
            auto* each =
                parameters[static_cast<int>(random() % static_cast<unsigned>(parameters.size()))];
            each->setValue(static_cast<float>(random() % 1001u) / 1000.0f);
        }
        runner.block(32);
    }
    CHECK(runner.faults == 0);
}

/** Runs blocks on a thread of its own until it is destroyed. */
class AudioThread
{
public:
    explicit AudioThread(juce::AudioPluginInstance& plugin)
        : runner(plugin, usualRate, usualBlock)
        , thread([this] {
            while (!stopping) {
                runner.block();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        })
    {
    }
    ~AudioThread() { stop(); }
    int stop()
    {
        stopping = true;
        if (thread.joinable())
            thread.join();
        return runner.faults;
    }

private:
    std::atomic<bool> stopping{false};
    Runner runner;
    std::thread thread;
};

void opensItsWindowWhilePlaying(const Host& host, juce::AudioPluginInstance& plugin)
{
    if (host.bundle.isLv2 && !hasDisplay()) {
        WARN("skipped: an LV2 plugin's window needs a display");
        return;
    }
    plugin.prepareToPlay(usualRate, usualBlock);
    AudioThread audio(plugin);
    for (int i = 0; i < 3; ++i) {
        const std::unique_ptr<juce::AudioProcessorEditor> editor(plugin.createEditorIfNeeded());
        REQUIRE(editor != nullptr);
        dispatch(60);
        plugin.getParameters()[i]->setValueNotifyingHost(0.5f);
        dispatch(20);
    }
    CHECK(audio.stop() == 0);
}

void bearsTwoThreads(juce::AudioPluginInstance& plugin)
{
    plugin.prepareToPlay(usualRate, usualBlock);
    const auto state = stateOf(plugin);
    AudioThread audio(plugin);
    std::atomic<bool> stopping{false};
    const auto turnKnobs = [&](unsigned seed) {
        std::mt19937 random(seed);
        while (!stopping) {
            auto& parameters = plugin.getParameters();
            parameters[static_cast<int>(random() % static_cast<unsigned>(parameters.size()))]
                ->setValue(static_cast<float>(random() % 101u) / 100.0f);
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    };
    std::thread one(turnKnobs, 1u);
    std::thread two([&] {
        for (int i = 0; i < 30; ++i) {
            plugin.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
            juce::MemoryBlock read;
            plugin.getStateInformation(read);
        }
    });
    std::thread three(turnKnobs, 3u);
    for (int i = 0; i < 10; ++i)
        dispatch(20);
    two.join();
    stopping = true;
    one.join();
    three.join();
    CHECK(audio.stop() == 0);
    // Once it is quiet, a state set is the state read.
    dispatch(100);
    plugin.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    dispatch(100);
    CHECK(stateOf(plugin) == state);
}

void changesItsBuses(const Host& host, juce::AudioPluginInstance& plugin)
{
    plugin.releaseResources();
    const auto before = plugin.getBusesLayout();
    CHECK(plugin.getTotalNumInputChannels() == 0);
    CHECK(plugin.getTotalNumOutputChannels() == (host.bundle.isInstrument() ? 2 : 0));
    CHECK(plugin.acceptsMidi());
    CHECK(plugin.producesMidi());
    plugin.enableAllBuses();
    plugin.disableNonMainBuses();
    CHECK(plugin.setBusesLayout(before));
    CHECK(plugin.getBusesLayout() == before);
    if (!host.bundle.isInstrument() || host.bundle.isLv2)
        return;
    auto wide = before;
    wide.outputBuses.getReference(0) = juce::AudioChannelSet::create7point1();
    CHECK_FALSE(plugin.setBusesLayout(wide));
    CHECK(plugin.setBusesLayout(before));
}

void isAGoodGuest(const Bundle& bundle)
{
    const Host host(bundle);
    {
        const auto cold = host.open();
        CHECK(cold->getName() == (bundle.isInstrument() ? "Organum" : "Organum MIDI"));
        CHECK(cold->getParameters().size() >= 60);
        // Processed without a take, and closed at once.
        cold->prepareToPlay(usualRate, usualBlock);
        Runner runner(*cold, usualRate, usualBlock);
        for (int i = 0; i < 10; ++i)
            runner.block();
        CHECK(runner.faults == 0);
        CHECK(runner.noteOns == 0);
    }
    for (int i = 0; i < 5; ++i)
        host.open(); // warm
    const auto plugin = host.open();
    changesItsBuses(host, *plugin);
    compose(*plugin);
    playsEverywhere(host, *plugin);
    keepsItsState(host, *plugin);
    opensItsWindowWhilePlaying(host, *plugin);
    bearsTwoThreads(*plugin);
    takesAutomation(*plugin);
}

} // namespace

TEST_CASE("JUCE hosts the instrument as VST3 through all that checkers ask", "[vst3]")
{
    isAGoodGuest({false, "Organum"});
}

TEST_CASE("JUCE hosts the MIDI effect as VST3 through all that checkers ask", "[vst3]")
{
    isAGoodGuest({false, "OrganumMIDI"});
}

TEST_CASE("JUCE hosts the instrument as LV2 through all that checkers ask", "[lv2]")
{
    isAGoodGuest({true, "Organum"});
}

TEST_CASE("JUCE hosts the MIDI effect as LV2 through all that checkers ask", "[lv2]")
{
    isAGoodGuest({true, "OrganumMIDI"});
}
