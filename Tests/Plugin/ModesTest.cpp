// The modes in the whole plugin: with a worker, a history of takes and a saved project.

#include "Exported.h"
#include "Workbench.h"

#include "Score/MidiFile.h"

#include <set>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

constexpr std::int64_t barSamples = 4 * 24000;

void setMode(Processor& processor, player::Mode mode)
{
    setKnob(processor.parameters().playing.modeChoice, static_cast<float>(mode));
}

/** The notes that began in `bars` bars from that place on, as samples from there and pitches. */
std::vector<std::pair<std::int64_t, int>> listen(BlockRunner& host, double firstBar, double bars)
{
    // Blocks from the bar line on, so that offsets compare.
    host.locate(4.0 * firstBar);
    host.processor.generation().catchUp(5000);
    host.playing = false;
    host.block();
    host.processor.generation().catchUp(5000);
    host.playing = true;
    const std::int64_t start = host.blocks * BlockRunner::blockSize;
    const std::size_t before = host.heard.size();
    host.runInTime(4.0 * bars);
    std::vector<std::pair<std::int64_t, int>> notes;
    for (std::size_t i = before; i < host.heard.size(); ++i) {
        const auto& [sample, bytes] = host.heard[i];
        const bool isInside = sample - start < static_cast<std::int64_t>(bars) * barSamples;
        if ((bytes[0] & 0xf0) == 0x90 && isInside)
            notes.emplace_back(sample - start, bytes[1]);
    }
    return notes;
}

} // namespace

TEST_CASE("endless: the take goes on, is written ahead, and no bar is late")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    setMode(processor, player::Mode::endless);
    const auto notes = listen(host, 0, 40);
    CHECK(notes.size() == 40 * 8);
    CHECK(processor.lateBars() == 0);
    CHECK(processor.takes().takes.size() == 1); // what goes on is no new take
    std::set<std::vector<int>> bars;
    for (std::size_t bar = 0; bar < 40; ++bar) {
        std::vector<int> pitches;
        for (std::size_t i = 0; i < 8; ++i)
            pitches.push_back(notes[bar * 8 + i].second);
        bars.insert(pitches);
    }
    CHECK(bars.size() == 40); // no bar repeats
    // The fake engine repeats the last pitch it has heard: each stretch follows the one before.
    for (std::size_t bar = 4; bar < 40; bar += EndlessMusic::stretch)
        CHECK(notes[bar * 8].second == notes[bar * 8 - 1].second);
}

TEST_CASE("endless: going back gives the same bars, also in a reopened project")
{
    for (const std::string model : {"plain", "choir"}) {
        const Workbench bench({model});
        juce::MemoryBlock state;
        std::vector<std::pair<std::int64_t, int>> first;
        {
            Processor processor(Shape::midiEffect);
            BlockRunner host(processor);
            setKnob(processor.parameters().bars, 4.0f);
            composeAndWait(processor);
            state = stateOf(processor);
            setMode(processor, player::Mode::endless);
            const std::size_t size = stateOf(processor).getSize();
            first = listen(host, 0, 30);
            REQUIRE(first.size() >= 30 * 4);
            const auto again = listen(host, 10, 8);
            std::vector<std::pair<std::int64_t, int>> expected;
            for (const auto& [sample, pitch] : first)
                if (sample >= 10 * barSamples && sample < 18 * barSamples)
                    expected.emplace_back(sample - 10 * barSamples, pitch);
            CHECK(again == expected);
            state = stateOf(processor);
            CHECK(state.getSize() == size); // what can be written again is not saved
        }
        Processor reopened(Shape::midiEffect);
        reopened.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
        BlockRunner host(reopened);
        const auto late = listen(host, 22, 8);
        std::vector<std::pair<std::int64_t, int>> expected;
        for (const auto& [sample, pitch] : first)
            if (sample >= 22 * barSamples)
                expected.emplace_back(sample - 22 * barSamples, pitch);
        CHECK(late == expected);
        CHECK(reopened.lateBars() == 0);
    }
}

TEST_CASE("endless: another take, by Generate or undo, has an endless life of its own")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    setKnob(processor.parameters().bars, 2.0f);
    composeAndWait(processor);
    setMode(processor, player::Mode::endless);
    const auto first = listen(host, 6, 4);
    *processor.parameters().seed = 555;
    composeAndWait(processor);
    const auto second = listen(host, 6, 4);
    CHECK_FALSE(second == first);
    processor.undo();
    CHECK(listen(host, 6, 4) == first);
}

TEST_CASE("endless: without its model the take's last bars repeat and are counted")
{
    juce::MemoryBlock state;
    {
        const Workbench bench;
        Processor processor(Shape::midiEffect);
        setKnob(processor.parameters().bars, 2.0f);
        composeAndWait(processor);
        setMode(processor, player::Mode::endless);
        state = stateOf(processor);
    }
    const Workbench bench({"other"});
    Processor processor(Shape::midiEffect);
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    BlockRunner host(processor);
    const auto notes = listen(host, 0, 4);
    REQUIRE(notes.size() == 32);
    for (std::size_t i = 0; i < 16; ++i)
        CHECK(notes[i + 16].second == notes[i].second);
    CHECK(processor.lateBars() == 2);
    CHECK(processor.status().message.find("not installed") != std::string::npos);
}

TEST_CASE("endless: what is remembered of the music is bounded")
{
    Take take;
    take.bars = 4;
    take.notes.push_back({0, 100, 60, 90, 0});
    EndlessMusic music;
    music.goOnFrom(std::make_shared<const Take>(take), 1);
    Take dense;
    dense.bars = EndlessMusic::stretch;
    for (int i = 0; i < 4000; ++i)
        dense.notes.push_back({i * 40, 40, 60 + i % 12, 90, 0});
    std::int64_t bar = 0;
    for (int i = 0; i < 200; ++i) {
        const auto next = music.missing(bar);
        if (!next) {
            bar += EndlessMusic::stretch;
            continue;
        }
        CHECK(next->before->bars <= EndlessMusic::heardBars);
        music.add(next->firstBar, dense);
    }
    const auto window = music.publishable(bar);
    REQUIRE(window != nullptr);
    CHECK(window->notes().size() <= EndlessMusic::mostNotes + 20000);
    // Going back to what was forgotten begins the music again from the take.
    const auto again = music.missing(5);
    REQUIRE(again);
    CHECK(again->firstBar == 4);
    CHECK(again->before->bars == 4);
}

TEST_CASE("one-shot: a key of the keyboard plays the take once, and the key itself is not heard")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    setKnob(processor.parameters().bars, 1.0f);
    composeAndWait(processor);
    setMode(processor, player::Mode::oneShot);
    host.run(6.0);
    CHECK(host.noteOns == 0);
    host.press(36);
    host.run(8.0);
    CHECK(host.noteOns == 8);
    CHECK(host.sounding() == 0);
    for (const auto& [sample, bytes] : host.heard)
        CHECK(bytes[1] != 36);
    CHECK(host.heard.front().first == 2 * barSamples); // the next bar line
}

TEST_CASE("run free plays in the plugin while the host stands still, at its own tempo")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    composeAndWait(processor);
    host.playing = false;
    *processor.parameters().playing.runFree = true;
    setKnob(processor.parameters().playing.freeTempo, 240.0f);
    for (int i = 0; i < 188; ++i) // a second: four quarters, eight quavers
        host.block();
    CHECK(host.noteOns == 9);
    *processor.parameters().playing.runFree = false;
    host.block();
    CHECK(host.sounding() == 0);
}

TEST_CASE("call and response: the answer begins with what was played last")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    setMode(processor, player::Mode::callAndResponse);
    setKnob(processor.parameters().playing.callBars, 1.0f);
    for (const int pitch : {61, 63, 66}) {
        host.press(pitch);
        host.runInTime(0.5);
        host.release(pitch);
        host.runInTime(0.5);
    }
    CHECK(processor.isListening());
    host.runInTime(8.0 - host.quarter);
    CHECK_FALSE(host.heard.empty());
    CHECK(host.heard.front().second[1] == 66);
    CHECK(host.heard.front().first == barSamples);
    CHECK(host.noteOns == 8);
    CHECK(processor.lateBars() == 0);
    CHECK(processor.takes().takes.size() == 1);
    host.press(70);
    host.runInTime(8.0);
    CHECK(host.noteOns == 16);
    CHECK(processor.takes().takes.size() == 1); // answers in a row are one step of undo
    host.playing = false;
    host.block();
    CHECK(host.sounding() == 0);
}

TEST_CASE("call and response with four voices answers in four voices")
{
    const Workbench bench({"choir"});
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    setMode(processor, player::Mode::callAndResponse);
    setKnob(processor.parameters().playing.callBars, 1.0f);
    host.press(60);
    host.runInTime(8.0);
    for (std::size_t channel = 1; channel <= 4; ++channel)
        CHECK(host.onsOfChannel[channel] >= 2);
    host.playing = false;
    host.block();
    CHECK(host.sounding() == 0);
}

TEST_CASE("hosts step through takes by automation, once for each press")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    for (int seed = 1; seed <= 3; ++seed) {
        *processor.parameters().seed = seed;
        composeAndWait(processor);
    }
    auto& playing = processor.parameters().playing;
    *playing.previousTake = true;
    host.runInTime(1.0);
    CHECK(processor.takes().current == 1);
    CHECK(processor.parameters().seed->get() == 2);
    *playing.previousTake = false;
    host.runInTime(1.0);
    *playing.previousTake = true;
    host.runInTime(1.0);
    CHECK(processor.takes().current == 0);
    *playing.nextTake = true;
    host.runInTime(1.0);
    CHECK(processor.takes().current == 1);
}

TEST_CASE("panic, by button or by automation, ends every note")
{
    const Workbench bench;
    for (const bool automated : {false, true}) {
        Processor processor(Shape::instrument);
        BlockRunner host(processor);
        composeAndWait(processor);
        host.run(1.2);
        REQUIRE(host.sounding() == 1);
        if (automated)
            *processor.parameters().playing.panic = true;
        else
            processor.panic();
        host.block();
        CHECK(host.sounding() == 0);
        CHECK(host.lastEvents == 3); // the note's end and two controllers
        host.block();
        CHECK(host.lastEvents == 0);
    }
}

TEST_CASE("a project reopens in its mode, with its swing and its clock")
{
    const Workbench bench;
    juce::MemoryBlock state;
    {
        Processor processor(Shape::instrument);
        auto& playing = processor.parameters().playing;
        setMode(processor, player::Mode::latch);
        setKnob(playing.grid, 2.0f);
        setKnob(playing.callBars, 7.0f);
        *playing.runFree = true;
        setKnob(playing.freeTempo, 93.5f);
        setKnob(playing.swing, 67.0f);
        setKnob(playing.swingStep, 1.0f);
        setKnob(playing.timing, 20.0f);
        setKnob(playing.velocity, 30.0f);
        state = stateOf(processor);
    }
    Processor processor(Shape::instrument);
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    CHECK(stateOf(processor) == state);
    const auto& playing = processor.parameters().playing;
    CHECK(playing.isMode(player::Mode::latch));
    CHECK(playing.mode(1).grid == player::Grid::eighth);
    CHECK(playing.callBars->get() == 7);
    CHECK(playing.freeTempo->get() == Approx(93.5f));
    CHECK(playing.feel().swing == Approx(0.67f));
    CHECK(playing.feel().swingStep == player::ticksPerQuarter / 4);
}

TEST_CASE("a project of an earlier release opens in a loop, straight, with the host")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    setMode(processor, player::Mode::endless);
    setKnob(processor.parameters().playing.swing, 50.0f);
    const std::string old = readWholeFile(fixture("Plugin/state-1.bin"));
    processor.setStateInformation(old.data(), static_cast<int>(old.size()));
    CHECK(processor.parameters().playing.isMode(player::Mode::loop));
    CHECK(processor.parameters().playing.feel().isPlain());
    CHECK_FALSE(processor.parameters().playing.runFree->get());
}

TEST_CASE("the saved MIDI file is as written, or as played if that is wished for")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto& playing = processor.parameters().playing;
    composeAndWait(processor);
    const auto plain = exportedMidi(processor);
    setKnob(playing.swing, 67.0f);
    setKnob(playing.timing, 50.0f);
    setKnob(playing.velocity, 50.0f);
    CHECK(exportedMidi(processor) == plain);
    const Take before = *processor.takes().playing();
    *playing.saveAsPlayed = true;
    const auto played = exportedMidi(processor);
    CHECK(played != plain);
    const auto read = score::readMidi(played.data(), played.size(), "take");
    CHECK(read.warnings.empty());
    CHECK(read.score.noteCount() == before.notes.size());
    CHECK(read.score.end() <= score::Quarters(64));
    CHECK(*processor.takes().playing() == before);
}

// While a stretch of endless music was being written, the knob's wish waited; when the stretch was
// done the next one took its place, and the last turn of the knob was never heard.
TEST_CASE("endless: the last turn of a knob is heard, however busy the engine is with what follows")
{
    const Workbench bench({"slow-choir"});
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    setMode(processor, player::Mode::endless);
    auto& seed = *processor.parameters().voices.latents[2].seedA;
    for (int turn = 1; turn <= 12; ++turn) {
        setKnob(&seed, static_cast<float>(100 + turn));
        for (int i = 0; i < 6; ++i) {
            host.run(0.25);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    CHECK(eventually([&] {
        host.block();
        return processor.takes().playing()->settings->latents[2].seedA == 112;
    }));
}
