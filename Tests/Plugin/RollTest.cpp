// The piano roll under a hand: mouse, keys and screen readers.

#include "EditorParts.h"
#include "Interface/NoteText.h"
#include "Interface/PianoRoll.h"
#include "Interface/RollToolbar.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

constexpr std::int64_t quarter = player::ticksPerQuarter;

/** A roll with a take of its own that takes every edit. */
struct RollBench
{
    RollBench()
    {
        auto take = std::make_shared<Take>();
        take->bars = 2;
        for (int i = 0; i < 8; ++i)
            take->notes.push_back({i * quarter, quarter, 60 + i, 80, 0});
        now = take;
        roll.setSize(900, 400);
        roll.notes().onEdit = [this](const TakePointer& before, const Take& changed,
                                     const editor::EditName& name) {
            CHECK(before == now);
            now = std::make_shared<const Take>(changed);
            names.push_back(name);
            roll.setTake(now, {});
            return now;
        };
        roll.setTake(now, {});
    }

    juce::Point<float> placeOf(std::size_t note) const
    {
        return roll.shownView().areaOf(now->notes[note]).getCentre();
    }
    juce::MouseEvent at(juce::Point<float> place, int keys = 0,
                        juce::Point<float> from = {-1.0f, -1.0f})
    {
        const auto source = juce::Desktop::getInstance().getMainMouseSource();
        const auto time = juce::Time::getCurrentTime();
        return {source, place, juce::ModifierKeys(juce::ModifierKeys::leftButtonModifier | keys),
                0.0f,   0.0f,  0.0f,
                0.0f,   0.0f,  &roll,
                &roll,  time,  from.x < 0.0f ? place : from,
                time,   1,     true};
    }
    void drag(juce::Point<float> from, juce::Point<float> to, int keys = 0)
    {
        roll.mouseDown(at(from, keys));
        for (const float share : {0.3f, 0.7f, 1.0f})
            roll.mouseDrag(at(from + (to - from) * share, keys, from));
        roll.mouseUp(at(to, keys, from));
    }
    bool press(const juce::KeyPress& key) { return roll.keyPressed(key); }
    bool press(int code, int keys = 0) { return press(juce::KeyPress(code, keys, 0)); }

    const juce::ScopedJuceInitialiser_GUI juce;
    editor::PianoRoll roll;
    TakePointer now;
    std::vector<editor::EditName> names;
};

constexpr int shift = juce::ModifierKeys::shiftModifier;
constexpr int command = juce::ModifierKeys::commandModifier;

} // namespace

TEST_CASE("a drag moves a note on the grid, in one step")
{
    RollBench bench;
    const auto& view = bench.roll.shownView();
    const auto from = bench.placeOf(2);
    const float step = view.xOfTick(quarter) - view.xOfTick(0);
    bench.drag(from, from.translated(1.1f * step, -5.0f * view.rowHeight()));
    REQUIRE(bench.names.size() == 1);
    CHECK(bench.names[0].label == "Move notes");
    const auto& selected = bench.roll.notes().selection();
    REQUIRE(selected.size() == 1);
    CHECK(bench.now->notes[selected[0]] == TakeNote{3 * quarter, quarter, 67, 80, 0, true});
    // A small sideways way is none: the pitch alone changes.
    const auto other = bench.placeOf(0);
    bench.drag(other, other.translated(2.0f, 2.0f * view.rowHeight()));
    CHECK(bench.now->notes[0] == TakeNote{0, quarter, 58, 80, 0, true});
    // And none at all is no edit.
    bench.drag(bench.placeOf(4), bench.placeOf(4));
    CHECK(bench.names.size() == 2);
}

TEST_CASE("the end of a note is pulled, and Ctrl changes how loud it is")
{
    RollBench bench;
    const auto& view = bench.roll.shownView();
    const auto area = view.areaOf(bench.now->notes[5]);
    const juce::Point<float> end(area.getRight() - 2.0f, area.getCentreY());
    bench.drag(end, end.translated(view.xOfTick(quarter) - view.xOfTick(0), 0.0f));
    CHECK(bench.now->notes[5] == TakeNote{5 * quarter, 2 * quarter, 65, 80, 0, true});
    bench.drag(bench.placeOf(1), bench.placeOf(1).translated(0.0f, -20.0f), command);
    CHECK(bench.now->notes[1].velocity == 100);
    bench.drag(bench.placeOf(1), bench.placeOf(1).translated(0.0f, 300.0f), command);
    CHECK(bench.now->notes[1].velocity == 1);
}

TEST_CASE("notes are framed, added to by Shift, and deleted")
{
    RollBench bench;
    const auto& view = bench.roll.shownView();
    const auto& selected = bench.roll.notes().selection();
    bench.drag({view.xOfTick(quarter / 8), view.yOf(64)},
               {view.xOfTick(2 * quarter + 100), view.area().getBottom() - 1.0f});
    CHECK(selected == Selection{0, 1, 2});
    bench.drag(bench.placeOf(6), bench.placeOf(6), shift);
    CHECK(selected == Selection{0, 1, 2, 6});
    bench.drag(bench.placeOf(1), bench.placeOf(1), shift); // and away again
    CHECK(selected == Selection{0, 2, 6});
    CHECK(bench.names.empty());
    CHECK(bench.press(juce::KeyPress::deleteKey));
    CHECK(bench.now->notes.size() == 5);
    CHECK(selected.empty());
    bench.press('a', command);
    CHECK(selected.size() == 5);
}

TEST_CASE("a double click writes a note or takes one away, and the pencil writes with one click")
{
    RollBench bench;
    const auto& view = bench.roll.shownView();
    const juce::Point<float> empty(view.xOfTick(quarter + quarter / 3),
                                   view.yOf(70) + view.rowHeight() * 0.5f);
    bench.roll.mouseDoubleClick(bench.at(empty));
    REQUIRE(bench.now->notes.size() == 9);
    const auto place = bench.roll.notes().selection().at(0);
    CHECK(bench.now->notes[place] == TakeNote{quarter + quarter / 4, quarter / 4, 70, 88, 0, true});
    bench.roll.mouseDoubleClick(bench.at(bench.placeOf(place)));
    CHECK(bench.now->notes.size() == 8);
    bench.roll.gestures().setTool(editor::RollTool::draw);
    bench.drag(empty, empty);
    CHECK(bench.now->notes.size() == 9);
}

TEST_CASE("every edit can be done by keys alone")
{
    RollBench bench;
    const auto& notes = bench.roll.notes();
    CHECK(bench.press(juce::KeyPress::rightKey)); // nothing selected: the first note
    CHECK(notes.selection() == Selection{0});
    CHECK(bench.press(juce::KeyPress('.', 0, '.')));
    CHECK(notes.selection() == Selection{1});
    bench.press(juce::KeyPress::upKey);
    bench.press(juce::KeyPress::upKey, shift);
    bench.press(juce::KeyPress::rightKey);
    bench.press(juce::KeyPress::rightKey, shift);
    bench.press(juce::KeyPress::upKey, command);
    REQUIRE(notes.selection().size() == 1);
    CHECK(bench.now->notes[notes.selection()[0]] ==
          TakeNote{quarter + quarter / 4, quarter + quarter / 4, 74, 84, 0, true});
    for (const auto& name : bench.names)
        CHECK_FALSE(name.group.empty()); // held keys are one step of undo
    CHECK(bench.press(juce::KeyPress('u', 0, 'u')));
    CHECK(editedPlaces(*bench.now).empty());
    const auto count = bench.now->notes.size();
    CHECK(bench.press(juce::KeyPress::insertKey));
    CHECK(bench.now->notes.size() == count + 1);
    CHECK(bench.press(juce::KeyPress::escapeKey));
    CHECK(notes.selection().empty());
    CHECK_FALSE(bench.press(juce::KeyPress('g', 0, 'g'))); // the window's own keys go on to it
    CHECK_FALSE(bench.press(juce::KeyPress::spaceKey));
}

TEST_CASE("the grid can be any, also none")
{
    RollBench bench;
    const auto& view = bench.roll.shownView();
    for (std::size_t i = 0; i < editor::noteGrids.size(); ++i) {
        bench.roll.notes().setGrid(i);
        const auto from = bench.placeOf(3);
        const auto before = bench.now->notes[3].onset;
        bench.drag(from, from.translated(view.xOfTick(1234) - view.xOfTick(0) + 4.0f, 0.0f));
        const auto onset = bench.now->notes[3].onset;
        const auto grid = editor::noteGrids[i].ticks;
        INFO(editor::noteGrids[i].name);
        CHECK((grid == 0 ? onset != before : onset % grid == 0));
    }
}

TEST_CASE("other music ends a gesture without an edit")
{
    RollBench bench;
    const auto from = bench.placeOf(2);
    bench.roll.mouseDown(bench.at(from));
    bench.roll.mouseDrag(bench.at(from.translated(80.0f, 0.0f), 0, from));
    auto other = std::make_shared<Take>(*bench.now);
    other->notes.resize(2);
    bench.roll.setTake(other, {});
    bench.roll.mouseDrag(bench.at(from.translated(90.0f, 0.0f), 0, from));
    bench.roll.mouseUp(bench.at(from.translated(90.0f, 0.0f), 0, from));
    CHECK(bench.names.empty());
    CHECK(bench.roll.notes().take()->notes.size() == 2);
}

TEST_CASE("zooming keeps the place under the mouse, and bars' numbers go along")
{
    RollBench bench;
    const auto& view = bench.roll.shownView();
    const juce::Point<float> place(600.0f, 200.0f);
    const auto tick = view.tickAt(place.x);
    juce::MouseWheelDetails wheel{};
    wheel.deltaY = 0.5f;
    bench.roll.mouseWheelMove(bench.at(place, command), wheel);
    CHECK(view.zoom() > 1.5);
    CHECK(std::abs(static_cast<double>(view.tickAt(place.x) - tick)) < 60.0);
    wheel.deltaY = -0.5f;
    bench.roll.mouseWheelMove(bench.at(place), wheel);
    CHECK(view.first() > 0.0);
    CHECK(control<juce::ScrollBar>(bench.roll, "Bars in sight").isVisible());
    bench.roll.setZoom(1.0);
    CHECK(view.first() == 0.0);
    CHECK_FALSE(control<juce::ScrollBar>(bench.roll, "Bars in sight").isVisible());
}

TEST_CASE("a screen reader reads the notes and steps through them")
{
    RollBench bench;
    const auto access = bench.roll.createAccessibilityHandler();
    REQUIRE(access->getValueInterface() != nullptr);
    auto& value = *access->getValueInterface();
    CHECK(value.getCurrentValueAsString() == "No note selected");
    CHECK(bench.roll.getDescription().contains("2 bars, 8 notes"));
    value.setValue(3.0);
    CHECK(value.getCurrentValueAsString() == "D4, bar 1, beat 3, 1/4, velocity 80");
    CHECK(value.getCurrentValue() == 3.0);
    CHECK(access->getActions().invoke(juce::AccessibilityActionType::press));
    CHECK(value.getCurrentValue() == 4.0);
    CHECK(access->getActions().contains(juce::AccessibilityActionType::showMenu));
    bench.press(juce::KeyPress::upKey);
    CHECK(value.getCurrentValueAsString() == "E4, bar 1, beat 4, 1/4, velocity 80, edited");
    CHECK(bench.roll.getDescription().contains("1 edited"));
}

TEST_CASE("the window edits the take that plays, and unlocks it again")
{
    const Workbench bench({"choir"});
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    composeAndWait(processor);
    window->refresh();
    auto& roll = control<editor::PianoRoll>(*window, "Piano roll");
    auto& unlock = control<juce::TextButton>(*window, "Unlock edited notes");
    CHECK_FALSE(unlock.isEnabled());
    roll.keyPressed(juce::KeyPress(juce::KeyPress::rightKey));
    for (int i = 0; i < 3; ++i)
        roll.keyPressed(juce::KeyPress(juce::KeyPress::upKey));
    CHECK(editedPlaces(*processor.takes().playing()).size() == 1);
    window->refresh();
    CHECK(unlock.isEnabled());
    CHECK(control<juce::Label>(*window, "Selected notes").getText().contains("edited"));
    snapshot(*window, "editor-edited", 1.0f);
    unlock.onClick();
    CHECK(editedPlaces(*processor.takes().playing()).empty());
}
