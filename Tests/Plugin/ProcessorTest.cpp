#include "Exported.h"
#include "Workbench.h"

#include "Plugin/State.h"
#include "Score/MidiFile.h"

#include <random>
#include <set>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

TEST_CASE("a new plugin is silent, and constructing it starts no thread and reads no model")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    CHECK(processor.models().entriesIfRead() == nullptr);
    BlockRunner host(processor);
    host.run(8.0);
    CHECK(host.noteOns == 0);
    CHECK(host.loudest == 0.0f);
}

TEST_CASE("what is composed plays in time with the host and stops with it")
{
    const Workbench bench;
    for (const Shape shape : {Shape::instrument, Shape::midiEffect}) {
        Processor processor(shape);
        BlockRunner host(processor);
        composeAndWait(processor);
        host.run(16.0);
        CHECK(host.noteOns == 32); // quavers
        CHECK((host.loudest > 0.0f) == (shape == Shape::instrument));
        CHECK(host.loudest < 0.9f);
        host.playing = false;
        host.block();
        CHECK(host.sounding() == 0);
        CHECK(processor.playhead() < 0.0);
    }
}

TEST_CASE("bypass and release leave no note hanging")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    composeAndWait(processor);
    host.run(1.2);
    REQUIRE(host.sounding() == 1);
    SECTION("bypass")
    {
        host.block(true);
        CHECK(host.sounding() == 0);
    }
    SECTION("release and prepare")
    {
        processor.releaseResources();
        processor.prepareToPlay(48000.0, BlockRunner::blockSize);
        host.playing = false;
        host.block();
        CHECK(host.sounding() == 0);
    }
}

TEST_CASE("the take follows the host's metre")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    host.metre = {7, 8};
    host.block();
    setKnob(processor.parameters().bars, 5.0f);
    composeAndWait(processor);
    const auto take = processor.takes().playing();
    CHECK(take->metreNumerator == 7);
    CHECK(take->metreDenominator == 8);
    CHECK(take->length() == 5 * 7 * player::ticksPerQuarter / 2);
}

TEST_CASE("key and scale reach the engine")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().key, 2.0f);   // D
    setKnob(processor.parameters().scale, 1.0f); // major
    composeAndWait(processor);
    for (const TakeNote& note : processor.takes().playing()->notes)
        CHECK((std::set<int>{2, 4, 6, 7, 9, 11, 1}.count(note.pitch % 12)) == 1);
}

TEST_CASE("incoming notes are swallowed, and pass with MIDI thru")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    host.playing = false;
    host.midi.addEvent(juce::MidiMessage::noteOn(3, 64, juce::uint8(100)), 10);
    host.block();
    CHECK(host.lastEvents == 0);
    *processor.parameters().thru = true;
    host.midi.addEvent(juce::MidiMessage::noteOn(3, 64, juce::uint8(100)), 10);
    host.midi.addEvent(juce::MidiMessage::controllerEvent(3, 1, 20), 20);
    host.block();
    CHECK(host.lastEvents == 2);
    for (int i = 0; i < 2000; ++i)
        host.midi.addEvent(juce::MidiMessage::controllerEvent(1, 1, i % 128), i % 256);
    host.block();
    CHECK(host.lastEvents == static_cast<int>(MidiExchange::thruLimit) - 1); // one key is held
}

TEST_CASE("a key that went through is released through, full block or thru switched off")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    host.playing = false;
    *processor.parameters().thru = true;
    for (int pitch = 0; pitch < 128; ++pitch)
        host.midi.addEvent(juce::MidiMessage::noteOn(2, pitch, juce::uint8(100)), pitch);
    host.block();
    CHECK(host.sounding(2) == 96); // each with room for its end
    *processor.parameters().thru = false;
    for (int i = 0; i < 300; ++i)
        host.midi.addEvent(juce::MidiMessage::controllerEvent(1, 1, i % 128), 0);
    for (int pitch = 0; pitch < 128; ++pitch)
        host.midi.addEvent(juce::MidiMessage::noteOff(2, pitch), 10);
    host.block();
    CHECK(host.sounding() == 0);
    CHECK(host.lastEvents == 96);
}

TEST_CASE("a played phrase is answered by music that follows it")
{
    const Workbench bench({"notice"});
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    processor.answer(); // nothing was played yet
    CHECK(processor.status().phase == Phase::idle);
    playPhrase(host, processor, {60, 64, 67});
    processor.answer();
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 1; }));
    REQUIRE(processor.generation().waitUntilIdle(2000));
    const auto take = processor.takes().playing();
    CHECK(take->bars == 16);
    CHECK(take->notes.front().pitch == 67); // the fake engine echoes the primer's last pitch
    CHECK(processor.status().message.find("nearest known") != std::string::npos);
}

TEST_CASE("a host with a small MIDI buffer gets a large one without an allocation")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    host.midi = {};
    composeAndWait(processor);
    host.run(4.0); // every block runs with the guard armed
    CHECK(host.noteOns == 8);
}

TEST_CASE("automation of Generate and Continue composes once for each press")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    auto& values = processor.parameters();
    *values.generate = true;
    host.block();
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 1; }));
    for (int i = 0; i < 20; ++i)
        host.block();
    *values.generate = false;
    host.block();
    *values.continueTake = true;
    host.block();
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
    REQUIRE(processor.generation().waitUntilIdle(2000));
    CHECK(processor.takes().playing()->bars == 32);
    CHECK(processor.takes().takes.size() == 2);
}

TEST_CASE("restoring a state presses no button")
{
    const Workbench bench;
    Processor first(Shape::midiEffect);
    *first.parameters().generate = true;
    const auto state = stateOf(first);
    Processor second(Shape::midiEffect);
    BlockRunner host(second);
    host.block();
    second.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    for (int i = 0; i < 10; ++i)
        host.block();
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    CHECK(second.takes().takes.empty());
    CHECK(second.parameters().generate->get());
}

TEST_CASE("one steps through the takes, and what plays and the knobs follow")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    *processor.parameters().seed = 77;
    composeAndWait(processor);
    CHECK_FALSE(*processor.takes().playing() == *first);
    processor.previousTake();
    CHECK(*processor.takes().playing() == *first);
    CHECK(processor.parameters().seed->get() == 1); // the knobs of that take
    processor.previousTake();
    CHECK(processor.takes().current == 0);
    processor.nextTake();
    CHECK(processor.takes().current == 1);
}

TEST_CASE("a project reopens to the same notes without model and engine")
{
    juce::MemoryBlock state;
    Take take;
    {
        const Workbench bench;
        Processor processor(Shape::instrument);
        setKnob(processor.parameters().pitchTemperature, 0.7f);
        composeAndWait(processor);
        state = stateOf(processor);
        CHECK(state == stateOf(processor));
        take = *processor.takes().playing();
    }
    Workbench bare(std::vector<std::string>{});
    setVariable("ORGANUM_ENGINE", (bare.folder / "nowhere.so").string());
    Processor processor(Shape::instrument);
    std::thread elsewhere(
        [&] { processor.setStateInformation(state.getData(), static_cast<int>(state.getSize())); });
    elsewhere.join();
    CHECK(*processor.takes().playing() == take);
    CHECK(stateOf(processor) == state);
    CHECK(processor.parameters().pitchTemperature->get() == Approx(0.7f));
    BlockRunner host(processor);
    host.run(4.0);
    CHECK(host.noteOns == 8);
    processor.generate();
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    INFO(processor.status().message);
    CHECK(processor.status().message.find("plain") != std::string::npos);
    CHECK(processor.status().message.find("not installed") != std::string::npos);
    host.run(4.0);
    CHECK(host.noteOns >= 16);
}

TEST_CASE("a project finds its model by name where other models are installed too")
{
    juce::MemoryBlock state;
    {
        const Workbench bench({"folk"});
        Processor processor(Shape::instrument);
        state = stateOf(processor);
    }
    const Workbench bench({"bach", "chorale", "folk"});
    Processor processor(Shape::instrument);
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    CHECK(processor.parameters().model->get() == 2);
    composeAndWait(processor);
    CHECK(processor.takes().playing()->model == "Model folk");
}

TEST_CASE("a damaged or newer state is refused with a sentence and changes nothing")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    composeAndWait(processor);
    const auto before = stateOf(processor);
    auto damaged = before;
    damaged[20] = static_cast<char>(damaged[20] ^ 1);
    auto newer = before;
    newer[8] = 9;
    for (const auto& bad : {damaged, newer, juce::MemoryBlock("nonsense", 8)}) {
        processor.setStateInformation(bad.getData(), static_cast<int>(bad.getSize()));
        CHECK(processor.status().phase == Phase::failed);
        CHECK(processor.status().message.find("not used") != std::string::npos);
        CHECK(stateOf(processor) == before);
    }
}

TEST_CASE("without any model the user is told where to put one")
{
    const Workbench bench(std::vector<std::string>{});
    Workbench::hideSharedModels();
    Processor processor(Shape::instrument);
    processor.generate();
    CHECK(processor.status().message.find(".organum") != std::string::npos);
}

TEST_CASE("the saved MIDI file holds the take")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    CHECK(exportedMidi(processor).empty());
    composeAndWait(processor);
    const auto bytes = exportedMidi(processor);
    const auto read = score::readMidi(bytes.data(), bytes.size(), "take");
    CHECK(read.warnings.empty());
    CHECK(read.score.noteCount() == processor.takes().playing()->notes.size());
    CHECK(read.score.end() == score::Quarters(64));
}

TEST_CASE("sixty thousand blocks of anything leave no allocation and no hanging note")
{
    const Workbench bench({"plain", "slow"});
    Processor processor(Shape::instrument);
    composeAndWait(processor);
    const auto state = stateOf(processor);
    {
        BlockRunner host(processor);
        std::mt19937 random(9);
        std::atomic<bool> done{false};
        std::thread musician([&] {
            std::mt19937 own(4);
            while (!done) {
                switch (own() % 6) {
                case 0:
                    processor.generate();
                    break;
                case 1:
                    processor.continueTake();
                    break;
                case 2:
                    processor.undo();
                    break;
                case 3:
                    processor.setAudition(own() % 2 == 0);
                    break;
                case 4:
                    processor.setStateInformation(state.getData(),
                                                  static_cast<int>(state.getSize()));
                    break;
                default:
                    setKnob(processor.parameters().seed, static_cast<float>(own() % 1000));
                    break;
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
        });
        for (int i = 0; i < 60000; ++i) {
            if (random() % 300 == 0)
                host.quarter = static_cast<double>(random() % 1000) / 7.0 - 8.0;
            if (random() % 500 == 0)
                host.playing = !host.playing;
            if (random() % 700 == 0)
                setKnob(processor.parameters().channel, static_cast<float>(1 + random() % 16));
            host.block(random() % 400 == 0);
        }
        done = true;
        musician.join();
        processor.setAudition(false);
        host.playing = false;
        host.block();
        CHECK(host.sounding() == 0);
    }
}
