#include "Plugin/BarMix.h"
#include "Plugin/ParameterBuilders.h"
#include "Plugin/Variations.h"
#include "Score/MidiFile.h"
#include "Workbench.h"

#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

void waitForTakes(Processor& processor, std::size_t count)
{
    REQUIRE(eventually([&] { return processor.takes().takes.size() == count; }));
    REQUIRE(processor.generation().waitUntilIdle(2000));
}

void setState(Processor& processor, const juce::MemoryBlock& state)
{
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
}

} // namespace

TEST_CASE("eight variations join the list while the take plays on, and can be made again")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const auto playing = processor.takes().playing();
    processor.vary(8);
    waitForTakes(processor, 9);
    const auto takes = processor.takes();
    CHECK(takes.playing() == playing);
    for (std::size_t i = 0; i < 9; ++i) {
        CHECK(takes.takes[i]->seed == playing->seed + i);
        CHECK(takes.takes[i]->modelHash != 0);
        for (std::size_t k = 0; k < i; ++k)
            CHECK_FALSE(takes.takes[i]->notes == takes.takes[k]->notes);
    }
    // The knobs of the fifth, and Generate: the same music.
    CHECK(processor.selectTake(5));
    composeAndWait(processor);
    CHECK(*processor.takes().playing() == *takes.takes[5]);
}

TEST_CASE("variations of four voices leave locked voices as they are")
{
    const Workbench bench({"choir"});
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    *processor.parameters().voices.voices[0].lock = true;
    processor.vary(3);
    waitForTakes(processor, 4);
    const auto sopranoOf = [](const Take& take) {
        std::vector<TakeNote> notes;
        for (const TakeNote& note : take.notes)
            if (note.voice == 0)
                notes.push_back(note);
        return notes;
    };
    for (const auto& take : processor.takes().takes) {
        CHECK(sopranoOf(*take) == sopranoOf(*first));
        CHECK((take == first || !(take->notes == first->notes)));
    }
}

TEST_CASE("names, stars, marks and all takes survive in the project; deleting spares stars")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    processor.vary(4);
    waitForTakes(processor, 5);
    processor.renameTake(1, "Chorus");
    processor.starTake(2, true);
    processor.markTake(1, 0);
    processor.markTake(3, 1);
    const auto state = stateOf(processor);
    Processor reopened(Shape::midiEffect);
    setState(reopened, state);
    CHECK(stateOf(reopened) == state);
    auto takes = reopened.takes();
    REQUIRE(takes.takes.size() == 5);
    CHECK(takes.takes[1]->name == "Chorus");
    CHECK(takes.takes[2]->starred);
    CHECK(takes.marks == std::array<int, 2>{1, 3});
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(*takes.takes[i] == *processor.takes().takes[i]);

    CHECK(reopened.toggleMarked());
    CHECK(reopened.takes().current == 1);
    CHECK(reopened.toggleMarked());
    CHECK(reopened.takes().current == 3);
    CHECK(reopened.deleteUnstarred());
    takes = reopened.takes();
    REQUIRE(takes.takes.size() == 2);
    CHECK(takes.takes[0]->starred);
    CHECK(takes.marks == std::array<int, 2>{-1, 1});
    CHECK(reopened.undo());
    CHECK(reopened.takes().takes.size() == 5);
    CHECK(reopened.takes().marks == std::array<int, 2>{1, 3});
    reopened.renameTake(0, std::string(63, 'x') + "\xc3\xa9");
    CHECK(reopened.takes().takes[0]->name == std::string(63, 'x'));
}

TEST_CASE("a morph leads from A to B by the knobs, is one take and one step of undo")
{
    const Workbench bench({"choir"});
    Processor processor(Shape::midiEffect);
    CHECK_FALSE(processor.morphing().problem.empty());
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    processor.reroll(latent::all);
    waitForTakes(processor, 2);
    const auto second = processor.takes().playing();
    processor.markTake(0, 0);
    processor.markTake(1, 1);
    REQUIRE(processor.morphing().way == Processor::Morphing::Way::knobs);
    for (const double t : {0.1, 0.3, 0.5}) {
        CHECK(processor.morph(t));
        REQUIRE(eventually([&] {
            const auto now = processor.takes().playing();
            return now->settings->latents[0].morph == Approx(t);
        }));
    }
    REQUIRE(processor.generation().waitUntilIdle(2000));
    const auto takes = processor.takes();
    REQUIRE(takes.takes.size() == 3);
    const auto between = takes.playing();
    CHECK(between->settings->latents[3].seedA == first->settings->latents[3].seedA);
    CHECK(between->settings->latents[3].seedB == second->settings->latents[3].seedA);
    CHECK(processor.parameters().voices.latents[3].morph->get() == Approx(0.5f));
    CHECK_FALSE(between->notes == first->notes);
    CHECK(processor.morph(0.0));
    CHECK(processor.takes().playing() == first);
    CHECK(processor.morph(1.0));
    CHECK(processor.takes().playing() == second);
    CHECK(processor.undo());
    CHECK(processor.takes().playing() == between);
    CHECK(processor.undo());
    CHECK(processor.takes().playing() == second);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    CHECK(processor.takes().takes.size() == 3); // the knobs that undo turned compose nothing
}

TEST_CASE("takes of a model without ideas are morphed by their bars, at once, as one step of undo")
{
    const Workbench bench({"plain"});
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    processor.parameters().seed->setValueNotifyingHost(0.5f);
    composeAndWait(processor);
    const auto second = processor.takes().playing();
    REQUIRE(first->notes != second->notes);
    processor.markTake(0, 0);
    processor.markTake(1, 1);
    REQUIRE(processor.morphing().way == Processor::Morphing::Way::bars);
    for (const double t : {0.25, 0.4, 0.5})
        CHECK(processor.morph(t));
    REQUIRE(processor.takes().takes.size() == 3);
    const auto between = processor.takes().playing();
    CHECK(*between == mixedByBars(*first, *second, 0.5));
    CHECK(processor.morph(1.0));
    CHECK(processor.takes().playing() == second);
    CHECK(processor.undo());
    CHECK(processor.takes().playing() == between);
    CHECK(processor.undo());
    CHECK(processor.takes().playing() == second);
}

TEST_CASE("auto-apply composes as knobs turn, and off goes back to the take from before")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    setAsGesture(*processor.parameters().topP, 0.9f);
    std::this_thread::sleep_for(std::chrono::milliseconds(80));
    CHECK(processor.takes().playing() == first);
    processor.setAutoApply(true);
    std::this_thread::sleep_for(std::chrono::milliseconds(80));
    CHECK(processor.takes().playing() == first); // what was turned before does not count
    setAsGesture(*processor.parameters().seed, 99.0f);
    REQUIRE(eventually([&] { return processor.takes().playing()->seed == 99; }));

    const auto state = stateOf(processor);
    Processor reopened(Shape::midiEffect);
    setState(reopened, state);
    CHECK(reopened.isAutoApplying());
    reopened.setAutoApply(false);
    CHECK(reopened.takes().current == 0);

    processor.setAutoApply(false);
    CHECK(processor.takes().playing() == first);
    CHECK(processor.parameters().seed->get() == 1);
    setAsGesture(*processor.parameters().seed, 5.0f);
    std::this_thread::sleep_for(std::chrono::milliseconds(80));
    CHECK(processor.takes().playing() == first);
    CHECK(processor.takes().takes.size() == 2);
}

TEST_CASE("an opened MIDI file is the take that is gone on from; a bad one is one message")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    score::Score score;
    score.parts.emplace_back();
    for (int i = 0; i < 8; ++i)
        score.parts[0].notes.push_back({60 + i, 80, score::Quarters(i), 1});
    score::writeMidiFile(bench.folder / "tune.mid", score);
    processor.openMidi(bench.folder / "tune.mid");
    waitForTakes(processor, 1);
    CHECK(processor.takes().playing()->name == "tune");
    CHECK(processor.takes().playing()->bars == 2);
    processor.continueTake();
    waitForTakes(processor, 2);
    const auto grown = processor.takes().playing();
    CHECK(grown->bars == 18);
    CHECK(grown->notes[7].pitch == 67);
    CHECK(grown->notes[8].pitch == 67); // the fake engine echoes the primer's last pitch

    std::ofstream(bench.folder / "bad.mid") << "no music";
    const auto before = processor.takes();
    processor.openMidi(bench.folder / "bad.mid");
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    CHECK(processor.status().message.find("bad.mid") != std::string::npos);
    CHECK(processor.takes() == before);
}

TEST_CASE("who listens to one of eight variations gets the others all the same")
{
    const Workbench bench({"slow"});
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().bars, 8.0f);
    composeAndWait(processor);
    processor.vary(8);
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
    CHECK(processor.nextTake());
    waitForTakes(processor, 9);
    CHECK(processor.takes().current == 1);
    // Undo leads before them: what is still to come belongs to what was.
    processor.vary(8);
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 10; }));
    CHECK(processor.undo());
    REQUIRE(processor.generation().waitUntilIdle(5000));
    CHECK(processor.takes().takes.size() <= 11);
}

TEST_CASE("auto-apply that is switched off while it composes leaves the take and the knobs alone")
{
    const Workbench bench({"slow"});
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().bars, 16.0f);
    composeAndWait(processor);
    const auto before = processor.takes().playing();
    const int seed = processor.parameters().seed->get();
    processor.setAutoApply(true);
    setKnob(processor.parameters().seed, static_cast<float>(seed + 5));
    REQUIRE(eventually([&] { return processor.status().phase == Phase::composing; }));
    processor.setAutoApply(false);
    REQUIRE(processor.generation().waitUntilIdle(5000));
    CHECK(processor.takes().playing() == before);
    CHECK(processor.parameters().seed->get() == seed);
}

TEST_CASE("a morph that is taken back at once ends at A, with the knobs of A")
{
    const Workbench bench({"choir"});
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    processor.reroll(latent::all);
    waitForTakes(processor, 2);
    processor.markTake(0, 0);
    processor.markTake(1, 1);
    CHECK(processor.morph(0.0));
    const auto knobs = processor.parameters().settings();
    CHECK(processor.morph(0.1));
    CHECK(processor.morph(0.0));
    REQUIRE(processor.generation().waitUntilIdle(5000));
    CHECK(processor.takes().current == 0);
    CHECK(processor.parameters().settings() == knobs);
}
