#include "EditorParts.h"
#include "Interface/Knob.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

TEST_CASE("the window shows a take, a playhead and every control")
{
    const Workbench bench({"bach-cello", "folk-tunes"});
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    auto editor = opened(processor);
    composeAndWait(processor);
    host.run(21.0);
    editor->refresh();
    const auto image = snapshot(*editor, "editor");
    CHECK(image.getWidth() == 1200 * 3 / 2);
    CHECK(coloursIn(image) > 40);
}

TEST_CASE("a missing engine is shown in the window, which stays usable")
{
    Workbench bench({"bach-cello"});
    setVariable("ORGANUM_ENGINE", "/nowhere/liborganum_engine.so");
    Processor processor(Shape::midiEffect);
    auto editor = opened(processor);
    processor.generate();
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    editor->refresh();
    bool shown = false;
    visit(*editor, [&](juce::Component& component) {
        if (auto* label = dynamic_cast<juce::Label*>(&component))
            shown = shown || label->getText().contains("engine was not found");
    });
    CHECK(shown);
    snapshot(*editor, "editor-no-engine");
}

TEST_CASE("the window can be small, and opened and closed at any time")
{
    const Workbench bench(std::vector<std::string>{});
    Processor processor(Shape::instrument);
    for (int i = 0; i < 5; ++i) {
        auto editor = opened(processor);
        editor->setSize(editor::Editor::smallestWidth, editor::Editor::smallestHeight);
        if (i == 0)
            snapshot(*editor, "editor-small");
        CHECK(editor->getWidth() == editor::Editor::smallestWidth);
    }
}

TEST_CASE("no two controls overlap and none leaves the window")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    for (const auto size : {juce::Point<int>(1200, 800), {1000, 700}, {2000, 1200}}) {
        editor->setSize(size.x, size.y);
        CHECK(checkLayout(*editor) > 25);
    }
}

TEST_CASE("every control has a name for a screen reader and takes the keyboard")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    CHECK(checkControls(*editor) >= 18);
}

TEST_CASE("knobs move by the keyboard")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    editor::Knob knob(*processor.parameters().bars, "Bars", "how many");
    auto& slider = knob.control();
    CHECK(slider.getValue() == 16.0);
    slider.keyPressed(juce::KeyPress(juce::KeyPress::upKey));
    CHECK(processor.parameters().bars->get() == Approx(17.0f));
    slider.keyPressed(juce::KeyPress(juce::KeyPress::pageDownKey));
    CHECK(processor.parameters().bars->get() == Approx(7.0f));
    slider.keyPressed(juce::KeyPress(juce::KeyPress::homeKey));
    CHECK(processor.parameters().bars->get() == Approx(1.0f));
    slider.keyPressed(juce::KeyPress(juce::KeyPress::endKey));
    CHECK(processor.parameters().bars->get() == Approx(256.0f));
}

TEST_CASE("the keys of the window compose and step through takes")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    CHECK(editor->keyPressed(juce::KeyPress('g')));
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 1; }));
    REQUIRE(processor.generation().waitUntilIdle(2000));
    CHECK(editor->keyPressed(juce::KeyPress('c')));
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
    CHECK(editor->keyPressed(juce::KeyPress('z', juce::ModifierKeys::commandModifier, 0)));
    CHECK(processor.takes().current == 0);
    CHECK_FALSE(editor->keyPressed(juce::KeyPress('q')));
}

TEST_CASE("the row of the modes shows what belongs to the mode and what happens")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    auto editor = opened(processor);
    composeAndWait(processor);
    auto& playing = processor.parameters().playing;
    auto& mode = control<juce::ComboBox>(*editor, "Mode");
    auto& grid = control<juce::ComboBox>(*editor, "Trigger grid");
    auto& calls = control<juce::Slider>(*editor, "Call bars");
    auto& news = control<juce::Label>(*editor, "Late bars");
    CHECK(grid.isVisible());
    CHECK_FALSE(grid.isEnabled());
    mode.setSelectedItemIndex(3, juce::sendNotificationSync);
    CHECK(playing.isMode(player::Mode::callAndResponse));
    host.run(1.0);
    editor->refresh();
    CHECK(calls.isVisible());
    CHECK_FALSE(grid.isVisible());
    CHECK(news.getText() == "Listening ...");
    for (const auto size : {juce::Point<int>(1200, 800), {1000, 700}}) {
        editor->setSize(size.x, size.y);
        checkLayout(*editor);
    }
    snapshot(*editor, "editor-call-100", 1.0f);
    mode.setSelectedItemIndex(4, juce::sendNotificationSync);
    editor->refresh();
    CHECK(grid.isEnabled());
    *playing.runFree = true;
    setKnob(playing.swing, 67.0f);
    editor->setSize(1200, 800);
    editor->refresh();
    CHECK(control<juce::Slider>(*editor, "Free tempo").isEnabled());
    snapshot(*editor, "editor-modes-200", 2.0f);
    control<juce::TextButton>(*editor, "Panic").triggerClick();
    CHECK(editor->keyPressed(juce::KeyPress('p')));
}

TEST_CASE("late bars are shown")
{
    const Workbench bench({"plain", "slow"});
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    BlockRunner host(processor);
    setKnob(processor.parameters().bars, 1.0f);
    composeAndWait(processor);
    *processor.parameters().model = 1;
    *processor.parameters().generate = true;
    host.run(5.0);
    editor->refresh();
    CHECK(control<juce::Label>(*editor, "Late bars").getText() == "1 late bar");
}
