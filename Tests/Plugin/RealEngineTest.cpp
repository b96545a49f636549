// The plugin with the engine that ships, and small models with random weights.

#include "EditorParts.h"
#include "RealBench.h"

#include <fstream>
#include <random>
#include <set>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

std::vector<TakeNote> notesOf(const Take& take, int voice, int bar = -1)
{
    std::vector<TakeNote> notes;
    for (const TakeNote& note : take.notes)
        if (note.voice == voice && (bar < 0 || note.onset / take.barLength() == bar))
            notes.push_back(note);
    return notes;
}

bool isMapped(const std::string& library)
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.find(library) != std::string::npos)
            return true;
    return false;
}

} // namespace

TEST_CASE("the real engine composes for the plugin, which plays it, and nothing loads before")
{
    const RealBench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    host.run(1.0);
    CHECK_FALSE(isMapped("libtorch"));
    *processor.parameters().model = RealBench::solo;
    *processor.parameters().scale = 1;
    composeAndWait(processor);
    CHECK(isMapped("libtorch"));
    const auto take = processor.takes().playing();
    INFO(processor.status().message);
    REQUIRE(take->notes.size() > 4);
    CHECK(take->bars == 16);
    for (const TakeNote& note : take->notes)
        CHECK((0xAB5u >> (note.pitch % 12) & 1u) == 1u); // C major
    host.run(64.0);
    CHECK(host.noteOns > 4);

    const Take first = *take;
    composeAndWait(processor);
    CHECK(*processor.takes().playing() == first); // the same seed gives the same music
    processor.continueTake();
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 3; }));
    CHECK(processor.takes().playing()->bars == 32);
}

TEST_CASE("instances share the real engine, and may go while it composes")
{
    const RealBench bench;
    for (int round = 0; round < 3; ++round) {
        Processor one(Shape::instrument);
        Processor two(Shape::midiEffect);
        *one.parameters().model = RealBench::solo;
        *two.parameters().model = round % 2;                // with voices and without
        one.parameters().bars->setValueNotifyingHost(1.0f); // 256 bars
        one.generate();
        composeAndWait(two);
        CHECK(two.takes().playing()->bars == 16);
    }
}

TEST_CASE("a damaged bundle is refused by its header, without the engine")
{
    const RealBench bench;
    std::ofstream(bench.folder / "aaa.organum") << "no bundle at all";
    Processor processor(Shape::instrument);
    processor.generate();
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    CHECK(processor.status().message.find("aaa.organum") != std::string::npos);
}

TEST_CASE("no note of new music leaves the range, and one that leaves nothing is refused in words")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::solo;
    composeAndWait(processor);
    const auto pitches = [&] {
        std::set<int> all;
        for (const TakeNote& note : processor.takes().playing()->notes)
            all.insert(note.pitch);
        return all;
    };
    const auto free = pitches();
    REQUIRE(free.size() > 3);
    const int low = *std::next(free.begin()), high = *std::prev(free.end(), 2);
    *processor.parameters().lowest = low;
    *processor.parameters().highest = high;
    const auto before = processor.takes().playing();
    processor.generate();
    nextTake(processor, before);
    REQUIRE_FALSE(pitches().empty());
    CHECK(*pitches().begin() >= low);
    CHECK(*pitches().rbegin() <= high);
    *processor.parameters().lowest = 126;
    *processor.parameters().highest = 127;
    processor.generate();
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    CHECK(processor.status().message.size() > 20);
}

TEST_CASE("the real engine composes four voices that follow the plugin's knobs")
{
    const RealBench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    auto& voices = processor.parameters().voices;
    *processor.parameters().model = RealBench::choir;
    setKnob(processor.parameters().bars, 8.0f);
    setKnob(voices.rules, 0.0f);
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    REQUIRE(first->voiceNames == std::vector<std::string>{"Soprano", "Alto", "Tenor", "Bass"});
    CHECK(first->bars == 8);
    for (int voice = 0; voice < 4; ++voice)
        CHECK(notesOf(*first, voice).size() > 4);
    host.run(32.0);
    for (std::size_t channel = 1; channel <= 4; ++channel)
        CHECK(host.onsOfChannel[channel] > 4);

    // With the rules off a voice's own knobs are heard by that voice alone.
    for (const int knob : {latent::melody + 1, latent::groove + 1}) {
        const auto before = processor.takes().playing();
        setKnob(voices.latents[static_cast<std::size_t>(knob)].morph, 0.5f);
        const auto after = nextTake(processor, before);
        CHECK_FALSE((notesOf(*after, 1) == notesOf(*before, 1)));
        for (const int other : {0, 2, 3})
            CHECK((notesOf(*after, other) == notesOf(*before, other)));
    }
    // Back where they were, they give the same music again.
    const auto before = processor.takes().playing();
    setKnob(voices.latents[latent::melody + 1].morph, 0.0f);
    const auto between = nextTake(processor, before);
    setKnob(voices.latents[latent::groove + 1].morph, 0.0f);
    CHECK((nextTake(processor, between)->notes == first->notes));
}

TEST_CASE("what is locked in the plugin comes back from the real engine to the bit")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    auto& voices = processor.parameters().voices;
    *processor.parameters().model = RealBench::choir;
    setKnob(processor.parameters().bars, 6.0f);
    composeAndWait(processor);
    std::mt19937 random(31);
    for (int round = 0; round < 40; ++round) {
        for (auto& voice : voices.voices)
            *voice.lock = random() % 3 == 0;
        if (random() % 2 == 0)
            processor.toggleBarLock(static_cast<int>(random() % 6));
        const auto before = processor.takes().playing();
        const Locks locks = processor.locks();
        processor.reroll(latent::all);
        const auto after = nextTake(processor, before);
        INFO("round " << round);
        REQUIRE(lockProblem(*after, *before, lockedCells(locks, *before, 6)) == "");
        for (int voice = 0; voice < 4; ++voice)
            if ((locks.voices >> voice & 1u) != 0)
                REQUIRE((notesOf(*after, voice) == notesOf(*before, voice)));
    }
}

TEST_CASE("a metre that the model does not write is refused with a sentence, and music goes on")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    *processor.parameters().model = RealBench::choir;
    composeAndWait(processor);
    const auto before = processor.takes().playing();
    host.metre = {3, 4};
    host.block();
    processor.generate();
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    CHECK(processor.status().message.find("4/4") != std::string::npos);
    CHECK(processor.takes().playing() == before);
    host.run(8.0);
    CHECK(host.noteOns > 0);
}

TEST_CASE("four voices go on after a take")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::choir;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    processor.continueTake();
    const auto longer = nextTake(processor, first);
    CHECK(longer->bars == 8);
    CHECK(std::equal(first->notes.begin(), first->notes.end(), longer->notes.begin()));
}

TEST_CASE("a bounce of endless music and of a dialogue is the live take, with the real engine")
{
    const RealBench bench;
    for (const int model : {RealBench::solo, RealBench::choir}) {
        juce::MemoryBlock project;
        {
            Processor processor(Shape::midiEffect);
            *processor.parameters().model = model;
            setKnob(processor.parameters().bars, 4.0f);
            composeAndWait(processor);
            project = stateOf(processor);
        }
        for (const auto mode : {player::Mode::endless, player::Mode::callAndResponse}) {
            const auto perform = [&](bool offline) {
                Processor processor(Shape::midiEffect);
                processor.setStateInformation(project.getData(),
                                              static_cast<int>(project.getSize()));
                setKnob(processor.parameters().playing.modeChoice, static_cast<float>(mode));
                processor.setNonRealtime(offline);
                BlockRunner host(processor);
                if (!offline)
                    processor.generation().catchUp(10000);
                for (const double place : {0.0, 32.0, 16.0}) {
                    host.locate(place);
                    for (int i = 0; i < 6; ++i) {
                        host.press(60 + i);
                        offline ? host.run(2.0) : host.runInTime(2.0);
                        host.release(60 + i);
                        offline ? host.run(3.0) : host.runInTime(3.0);
                    }
                }
                CHECK(processor.lateBars() == 0);
                return host.heard;
            };
            const auto live = perform(false);
            const auto bounce = perform(true);
            INFO("model " << model << ", mode " << static_cast<int>(mode));
            CHECK(live.size() > 40);
            CHECK((live == bounce));
        }
    }
}

// Run by hand, with the models that ship or those that ORGANUM_MODELS names:
//   organum_tests_plugin_engine "[pictures]"   draws the guide's pictures of the window
//   organum_tests_plugin_engine "[latency]"    from a knob to the new notes

TEST_CASE("pictures of the window with real models", "[.][pictures]")
{
    setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    const auto models = processor.models().entries();
    for (std::size_t i = 0; i < models->size(); ++i) {
        *processor.parameters().model = static_cast<int>(i);
        setKnob(processor.parameters().bars, (*models)[i].hasVoices() ? 8.0f : 16.0f);
        composeAndWait(processor);
        window->refresh();
        const juce::String name((*models)[i].id);
        snapshot(*window, "guide-" + name + "-100", 1.0f);
        snapshot(*window, "guide-" + name + "-200", 2.0f);
    }
}

TEST_CASE("how long a knob takes to be heard, with real models", "[.][latency]")
{
    setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    const auto models = processor.models().entries();
    for (std::size_t i = 0; i < models->size(); ++i) {
        if (!(*models)[i].hasVoices())
            continue;
        *processor.parameters().model = static_cast<int>(i);
        for (const int bars : {2, 8, 64}) {
            setKnob(processor.parameters().bars, static_cast<float>(bars));
            composeAndWait(processor);
            std::vector<double> times;
            for (int round = 1; round <= 40; ++round) {
                const auto before = processor.takes().playing();
                const auto start = std::chrono::steady_clock::now();
                setKnob(processor.parameters().voices.latents[0].morph,
                        static_cast<float>(round) / 40.0f);
                while (processor.takes().playing() == before)
                    std::this_thread::sleep_for(std::chrono::microseconds(200));
                times.push_back(std::chrono::duration<double, std::milli>(
                                    std::chrono::steady_clock::now() - start)
                                    .count());
                REQUIRE(processor.generation().waitUntilIdle(5000));
            }
            std::sort(times.begin(), times.end());
            WARN((*models)[i].title << ", " << bars << " bars: median " << times[20]
                                    << " ms, longest " << times.back() << " ms");
        }
    }
}
