#include "Interface/ChordLane.h"

#include "EditorParts.h"

using namespace organum;
using namespace organum::test;

namespace
{

editor::ChordLane& laneOf(juce::Component& window)
{
    return control<editor::ChordLane>(window, "Chord lane");
}

} // namespace

TEST_CASE("chords that are typed are taken with Return, and shown bar by bar")
{
    const Workbench bench;
    plugin::Processor processor(plugin::Shape::midiEffect);
    composeAndWait(processor);
    const auto window = opened(processor);
    auto& lane = laneOf(*window);
    const int before = lane.getHeight();
    auto& line = control<juce::TextEditor>(lane, "Chords");
    line.setText("| C | Am F |");
    line.onReturnKey();
    CHECK(processor.harmony().chords == "| C | Am F |");
    CHECK(lane.getHeight() > before);
    CHECK(control<juce::Component>(lane, "Chords by bar").getDescription() == "| C | Am F |");
    CHECK(control<juce::Label>(lane, "Conformity").getText().contains("% in chords"));
    lane.clear();
    CHECK_FALSE(processor.harmony().any());
    CHECK(lane.getHeight() == before);
}

TEST_CASE("a double click on a bar gives that bar other chords, and no other bar")
{
    const Workbench bench;
    plugin::Processor processor(plugin::Shape::midiEffect);
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    const auto window = opened(processor);
    auto& lane = laneOf(*window);
    auto& row = control<editor::ChordRow>(lane, "Chords by bar");
    const auto type = [&](const juce::String& chords, auto end) {
        processor.setHarmony({chords.toStdString(), 0.5f});
        window->refresh();
        end();
        window->refresh();
        return juce::String(processor.harmony().chords);
    };
    const auto edit = [&](int bar, const juce::String& text, bool takes = true) {
        row.editBar(bar);
        auto& line = control<juce::TextEditor>(row, "Chords of bar " + juce::String(bar + 1));
        line.setText(text);
        takes ? line.onReturnKey() : line.onEscapeKey();
        CHECK(row.getNumChildComponents() == 0);
    };
    CHECK(type("| C | Am F |", [&] { edit(1, "G7"); }) == "| C | G7 |");
    CHECK(type("| C | Am F |", [&] { edit(1, "G7", false); }) == "| C | Am F |");
    // The third bar repeats the first: written out, so that the fourth stays as it is.
    CHECK(type("| C | Am F |", [&] { edit(2, "Dm . . E"); }) == "| C | Am F | Dm . . E | Am F |");
    CHECK(type("| I | vi IV |", [&] { edit(0, "ii"); }) == "| ii | vi IV |");
    CHECK(type("| C | F |", [&] { edit(0, ""); }) == "| N.C. | F |");
    CHECK(type("| C | F |", [&] { edit(0, "nonsense"); }) == "| C | F |");
    CHECK(processor.status().message.find("no chord") != std::string::npos);
    CHECK(type("| C | F |", [&] { edit(0, "G"); }) == "| G | F |");
    CHECK(processor.undo());
    CHECK(processor.harmony().chords == "| C | F |");

    // Chords that vanish, or are other ones, while a bar is edited: nothing was typed for them.
    for (const char* next : {"", "| Am | Dm |"}) {
        type("| C | F |", [&] { row.editBar(1); });
        auto& open = control<juce::TextEditor>(row, "Chords of bar 2");
        open.setText("G7");
        const auto late = open.onFocusLost; // JUCE brings this message later
        processor.setHarmony({next, 0.5f});
        window->refresh();
        late();
        CHECK(row.getNumChildComponents() == 0);
        CHECK(processor.harmony().chords == next);
    }
    // The same for the line of all chords, in which nothing was typed.
    type("| C | F |", [&] {});
    auto& all = control<juce::TextEditor>(lane, "Chords");
    const auto shownBefore = all.getText();
    processor.setHarmony({"| Am | Dm |", 0.5f});
    all.setText(shownBefore, false); // as it stays while it has the keyboard
    all.onFocusLost();
    CHECK(processor.harmony().chords == "| Am | Dm |");
    // Going on to another bar takes what was typed in the first.
    type("| C | F |", [&] {
        row.editBar(0);
        control<juce::TextEditor>(row, "Chords of bar 1").setText("G7");
        row.editBar(1);
        CHECK(control<juce::TextEditor>(row, "Chords of bar 2").getText() == "F");
        control<juce::TextEditor>(row, "Chords of bar 2").onEscapeKey();
    });
    CHECK(processor.harmony().chords == "| G7 | F |");
    CHECK(type("| C | F |", [&] { edit(0, "C:G | Am"); }) == "| C G Am | F |");
    CHECK(type("| C | F |", [&] { edit(300, "G"); }) == "| C | F |");
    CHECK(processor.status().message.find("256") != std::string::npos);
    CHECK(type("| I | F |", [&] { edit(0, "V"); }) == "| V | F |");

    // By the mouse: the bar under it.
    type("| C | F |", [&] {});
    window->refresh();
    const auto& view = control<editor::PianoRoll>(*window, "Piano roll").shownView();
    const juce::Point<float> place(view.xOf(1.5 * view.barQuarters()), 10.0f);
    const auto now = juce::Time::getCurrentTime();
    row.mouseDoubleClick({juce::Desktop::getInstance().getMainMouseSource(),
                          place,
                          {},
                          0.0f,
                          0.0f,
                          0.0f,
                          0.0f,
                          0.0f,
                          &row,
                          &row,
                          now,
                          place,
                          now,
                          2,
                          false});
    CHECK(control<juce::TextEditor>(row, "Chords of bar 2").getText() == "F");
}

TEST_CASE("chords that cannot be read stay in the line, and the status says why")
{
    const Workbench bench;
    plugin::Processor processor(plugin::Shape::midiEffect);
    const auto window = opened(processor);
    auto& line = control<juce::TextEditor>(laneOf(*window), "Chords");
    line.setText("| C | X |");
    line.onReturnKey();
    CHECK(line.getText() == "| C | X |");
    CHECK_FALSE(processor.harmony().any());
    CHECK(processor.status().message.find("\"X\" is no chord") != std::string::npos);
    line.onEscapeKey();
    CHECK(line.getText().isEmpty());
}

TEST_CASE("the strength reads off, soft and strict")
{
    const Workbench bench;
    plugin::Processor processor(plugin::Shape::midiEffect);
    const auto window = opened(processor);
    auto& dial = control<juce::Slider>(laneOf(*window), "Chord strength");
    CHECK(dial.getTextFromValue(0.0) == "off");
    CHECK(dial.getTextFromValue(0.5) == "soft 50 %");
    CHECK(dial.getTextFromValue(1.0) == "strict");
    CHECK(dial.getValueFromText("strict") == 1.0);
    CHECK(dial.getValueFromText("30 %") == Approx(0.3));
    dial.setValue(1.0, juce::sendNotificationSync);
    CHECK(processor.harmony().strength == 1.0f);
}

TEST_CASE("chords that are heard in a take come into the line, and undo takes them out")
{
    const Workbench bench;
    plugin::Processor processor(plugin::Shape::midiEffect);
    composeAndWait(processor);
    const auto window = opened(processor);
    auto& lane = laneOf(*window);
    lane.hearChords(plugin::Processor::HeardIn::take);
    REQUIRE(processor.harmony().any());
    auto& line = control<juce::TextEditor>(lane, "Chords");
    CHECK(line.getText().toStdString() == processor.harmony().chords);
    CHECK(processor.undo());
    window->refresh();
    CHECK(line.getText().isEmpty());
    lane.hearChords(plugin::Processor::HeardIn::played);
    CHECK(processor.status().message.find("no notes") != std::string::npos);
}

TEST_CASE("the chord lane has a layout without overlaps, and names for all its parts")
{
    const Workbench bench;
    plugin::Processor processor(plugin::Shape::midiEffect);
    composeAndWait(processor);
    REQUIRE(processor.setHarmony({"| C | Am F | G7 . . C | % |", 0.5f}).empty());
    const auto window = opened(processor);
    auto& lane = laneOf(*window);
    lane.setNumerals(true);
    CHECK(checkControls(lane) >= 2);
    for (juce::Component* child : lane.getChildren())
        CHECK(child->getTitle().isNotEmpty());
    CHECK(coloursIn(snapshot(*window, "chords")) > 20);
    window->setSize(editor::Editor::smallestWidth, editor::Editor::smallestHeight);
    CHECK(coloursIn(snapshot(lane, "chords-narrow")) > 10);
}
