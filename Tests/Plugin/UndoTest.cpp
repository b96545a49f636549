#include "Plugin/ParameterBuilders.h"
#include "Workbench.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

TEST_CASE("undo and redo lead through everything that hands did, one step a gesture")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    auto& values = processor.parameters();
    composeAndWait(processor);
    const auto first = processor.takes().playing();

    values.pitchTemperature->beginChangeGesture();
    for (int i = 1; i <= 30; ++i)
        setKnob(values.pitchTemperature, 1.0f + static_cast<float>(i) / 100.0f);
    values.pitchTemperature->endChangeGesture();
    setAsGesture(*values.seed, 77.0f);
    composeAndWait(processor);
    const auto second = processor.takes().playing();
    processor.toggleBarLock(2);
    processor.starTake(0, true);
    Take edited = *second;
    edited.notes.pop_back();
    processor.undoStack().remember("Delete note");
    CHECK(processor.changeTake(second, edited));
    CHECK(processor.deleteTake(0));
    CHECK(processor.takes().takes.size() == 1);

    CHECK(processor.undo()); // the deletion
    REQUIRE(processor.takes().takes.size() == 2);
    CHECK(processor.takes().takes[0]->starred);
    CHECK(*processor.takes().playing() == edited);
    CHECK(processor.undo()); // the edit
    CHECK(processor.takes().playing() == second);
    CHECK(processor.undo()); // the star
    CHECK_FALSE(processor.takes().takes[0]->starred);
    CHECK(processor.undo()); // the lock
    CHECK_FALSE(processor.locks().any());
    CHECK(processor.undoStack().undoLabel() == "Generate");
    CHECK(processor.undo());
    CHECK(processor.takes().playing() == first);
    CHECK(processor.takes().takes.size() == 2); // no take is lost
    CHECK(values.seed->get() == 77);
    CHECK(processor.undo());
    CHECK(values.seed->get() == 1);
    CHECK(processor.undo());
    CHECK(values.pitchTemperature->get() == Approx(1.0f));
    CHECK_FALSE(processor.undo());

    int steps = 0;
    while (processor.redo())
        ++steps;
    CHECK(steps == 7);
    CHECK(processor.takes().takes.size() == 1);
    CHECK(*processor.takes().playing() == edited);
    CHECK(values.seed->get() == 77);
    CHECK(values.pitchTemperature->get() == Approx(1.3f));
    CHECK(processor.locks().bars == std::vector<int>{2});
}

TEST_CASE("what plays follows undo, and the takes chosen in a row are one step")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    for (int seed = 1; seed <= 4; ++seed) {
        *processor.parameters().seed = seed;
        composeAndWait(processor);
    }
    CHECK(processor.selectTake(0));
    CHECK_FALSE(processor.selectTake(0));
    CHECK_FALSE(processor.selectTake(9));
    CHECK(processor.nextTake());
    CHECK(processor.undo());
    CHECK(processor.takes().current == 3);
    CHECK(processor.parameters().seed->get() == 4);
    host.run(4.0);
    std::vector<int> pitches;
    for (const TakeNote& note : processor.takes().playing()->notes)
        if (note.onset < 4 * player::ticksPerQuarter)
            pitches.push_back(note.pitch);
    std::vector<int> heard;
    for (const auto& [sample, message] : host.heard)
        if ((message[0] & 0xf0) == 0x90)
            heard.push_back(message[1]);
    CHECK(heard == pitches);
}

TEST_CASE("no step of undo leads out of the project that is open")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    composeAndWait(processor);
    const auto state = stateOf(processor);
    processor.toggleBarLock(1);
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    CHECK_FALSE(processor.undo());
    CHECK_FALSE(processor.redo());
    CHECK(stateOf(processor) == state);
}

TEST_CASE("a star does not begin endless music anew")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    setKnob(processor.parameters().bars, 2.0f);
    composeAndWait(processor);
    *processor.parameters().playing.modeChoice = static_cast<int>(player::Mode::endless);
    host.runInTime(40.0);
    processor.starTake(0, true);
    host.runInTime(8.0);
    CHECK(processor.takes().playing()->starred);
    CHECK(processor.lateBars() == 0);
}
