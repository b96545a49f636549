#include "Interface/TakeStrip.h"
#include "EditorParts.h"
#include "Score/MidiFile.h"

#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

std::vector<editor::TakeThumb*> thumbsIn(juce::Component& window)
{
    std::vector<editor::TakeThumb*> thumbs;
    visit(window, [&thumbs](juce::Component& component) {
        if (auto* thumb = dynamic_cast<editor::TakeThumb*>(&component))
            thumbs.push_back(thumb);
    });
    return thumbs;
}

void waitForTakes(Processor& processor, std::size_t count)
{
    REQUIRE(eventually([&] { return processor.takes().takes.size() == count; }));
    REQUIRE(processor.generation().waitUntilIdle(2000));
}

} // namespace

TEST_CASE("the strip shows every take, and keys choose, star, name, mark and delete them")
{
    const Workbench bench({"bach-choir"});
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    composeAndWait(processor);
    control<juce::TextButton>(*editor, "Variations").onClick();
    waitForTakes(processor, 9);
    editor->refresh();
    auto thumbs = thumbsIn(*editor);
    REQUIRE(thumbs.size() == 9);
    CHECK(thumbs[0]->getTitle() == "Take 1, 16 bars, plays");
    CHECK(thumbs[1]->getTitle() == "Take 2, 16 bars");
    CHECK(thumbs[2]->keyPressed(juce::KeyPress(juce::KeyPress::returnKey)));
    CHECK(processor.takes().current == 2);
    CHECK(thumbs[2]->keyPressed(juce::KeyPress('s')));
    CHECK(thumbs[2]->keyPressed(juce::KeyPress('a')));
    CHECK(thumbs[4]->keyPressed(juce::KeyPress('b')));
    CHECK(thumbs[4]->keyPressed(juce::KeyPress('n')));
    auto& name = control<juce::TextEditor>(*editor, "Name of take 5");
    name.setText("Chorus", false);
    name.onReturnKey();
    editor->refresh();
    CHECK(thumbs[2]->getTitle() == "Take 3, 16 bars, plays, starred, marked A");
    CHECK(thumbs[4]->getTitle() == "Chorus, take 5, 16 bars, marked B");
    snapshot(*editor, "takes");
    CHECK(thumbs[0]->keyPressed(juce::KeyPress(juce::KeyPress::deleteKey)));
    editor->refresh();
    thumbs = thumbsIn(*editor);
    REQUIRE(thumbs.size() == 8);
    CHECK(thumbs[3]->getTitle() == "Chorus, take 4, 16 bars, marked B");
    CHECK(editor->keyPressed(juce::KeyPress('x')));
    CHECK(processor.takes().current == 3);
    CHECK(editor->keyPressed(juce::KeyPress('z', juce::ModifierKeys::commandModifier, 0)));
    CHECK(editor->keyPressed(juce::KeyPress('z', juce::ModifierKeys::commandModifier, 0)));
    CHECK(processor.takes().takes.size() == 9);

    for (editor::TakeThumb* thumb : thumbsIn(*editor)) {
        auto handler = thumb->createAccessibilityHandler();
        CHECK(handler->getTitle().isNotEmpty());
        CHECK(handler->getActions().contains(juce::AccessibilityActionType::press));
    }
}

TEST_CASE("a click on the star of a thumbnail stars, and one on its notes chooses")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    composeAndWait(processor);
    composeAndWait(processor);
    editor->refresh();
    auto* thumb = thumbsIn(*editor).front();
    const auto click = [thumb](juce::Point<float> place) {
        const auto source = juce::Desktop::getInstance().getMainMouseSource();
        const auto time = juce::Time::getCurrentTime();
        thumb->mouseUp(juce::MouseEvent(source, place, juce::ModifierKeys::leftButtonModifier, 0.0f,
                                        0.0f, 0.0f, 0.0f, 0.0f, thumb, thumb, time, place, time, 1,
                                        false));
    };
    click({static_cast<float>(thumb->getWidth()) - 10.0f, 12.0f});
    CHECK(processor.takes().takes[0]->starred);
    CHECK(processor.takes().current == 1);
    click({30.0f, 45.0f});
    CHECK(processor.takes().current == 0);
}

TEST_CASE("a name that is being typed stays with its take when the list moves on")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    for (int i = 0; i < 3; ++i)
        composeAndWait(processor);
    editor->refresh();
    const auto named = processor.takes().takes[1];
    auto* thumb = thumbsIn(*editor)[1];
    CHECK(thumb->keyPressed(juce::KeyPress('n')));
    auto& name = control<juce::TextEditor>(*editor, "Name of take 2");
    name.setText("Mine", false);
    REQUIRE(processor.deleteTake(0));
    editor->refresh();
    name.onReturnKey();
    REQUIRE(processor.takes().takes.size() == 2);
    CHECK(processor.takes().takes[0]->name == "Mine");
    CHECK(processor.takes().takes[0]->seed == named->seed);
    CHECK(processor.takes().takes[1]->name.empty());
    // Before the window has seen the change, too; and a take that is gone takes nothing with it.
    editor->refresh();
    const auto thumbs = thumbsIn(*editor);
    REQUIRE(processor.deleteTake(0));
    CHECK(thumbs[1]->keyPressed(juce::KeyPress('s')));
    CHECK(processor.takes().takes[0]->starred);
    thumbs[0]->onRename("gone");
    CHECK(processor.takes().takes[0]->name.empty());
    CHECK(processor.takes().takes.size() == 1);
}

TEST_CASE("the morph is offered where there is a way from A to B, and says why where not")
{
    const Workbench bench({"choir", "plain"});
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    auto& morph = control<juce::Slider>(*editor, "Morph from A to B");
    CHECK_FALSE(morph.isEnabled());
    CHECK(morph.getTooltip().contains("Mark one take A"));
    composeAndWait(processor);
    processor.reroll(latent::all);
    waitForTakes(processor, 2);
    processor.markTake(0, 0);
    processor.markTake(1, 1);
    editor->refresh();
    REQUIRE(morph.isEnabled());
    morph.setValue(0.5, juce::sendNotificationSync);
    waitForTakes(processor, 3);
    editor->refresh();
    snapshot(*editor, "takes-morph");
    *processor.parameters().model = 1;
    composeAndWait(processor);
    processor.markTake(3, 1);
    editor->refresh();
    CHECK_FALSE(morph.isEnabled());
    CHECK(morph.getTooltip().contains("the same model"));
    processor.parameters().seed->setValueNotifyingHost(0.5f);
    composeAndWait(processor);
    processor.markTake(3, 0);
    processor.markTake(4, 1);
    editor->refresh();
    CHECK(morph.isEnabled());
    CHECK(morph.getTooltip().contains("bars of A and of B"));
}

TEST_CASE("a MIDI file dropped on the window is the take, other files are one clear message")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    score::Score score;
    score.parts.emplace_back();
    score.parts[0].notes.push_back({60, 80, {}, 1});
    score::writeMidiFile(bench.folder / "tune.mid", score);
    editor->filesDropped({juce::String((bench.folder / "tune.mid").string())}, 10, 10);
    waitForTakes(processor, 1);
    CHECK(processor.takes().playing()->name == "tune");
    editor->filesDropped({"/somewhere/picture.png"}, 10, 10);
    CHECK(processor.status().message.find("picture.png") != std::string::npos);
    CHECK(processor.takes().takes.size() == 1);
}

TEST_CASE("auto-apply is a switch of the window")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    auto& button = control<juce::ToggleButton>(*editor, "Auto-apply");
    button.setToggleState(true, juce::dontSendNotification);
    button.onClick();
    CHECK(processor.isAutoApplying());
    processor.setAutoApply(false);
    editor->refresh();
    CHECK_FALSE(button.getToggleState());
}
