#include "Interface/Editor.h"

#include "Workbench.h"

#include <set>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

std::unique_ptr<juce::AudioProcessorEditor> opened(Processor& processor)
{
    return std::unique_ptr<juce::AudioProcessorEditor>(processor.createEditor());
}

juce::Image snapshot(juce::Component& component, const juce::String& name)
{
    const auto image = component.createComponentSnapshot(component.getLocalBounds(), true, 1.5f);
    const juce::File folder(ORGANUM_SCREENSHOTS);
    folder.createDirectory();
    const juce::File file = folder.getChildFile(name + ".png");
    file.deleteFile();
    juce::FileOutputStream stream(file);
    juce::PNGImageFormat().writeImageToStream(image, stream);
    return image;
}

int coloursIn(const juce::Image& image)
{
    std::set<juce::uint32> colours;
    for (int y = 0; y < image.getHeight(); y += 3)
        for (int x = 0; x < image.getWidth(); x += 3)
            colours.insert(image.getPixelAt(x, y).getARGB());
    return static_cast<int>(colours.size());
}

void visit(juce::Component& component, const std::function<void(juce::Component&)>& action)
{
    for (juce::Component* child : component.getChildren()) {
        action(*child);
        visit(*child, action);
    }
}

} // namespace

TEST_CASE("the window shows a take, a playhead and every control")
{
    const Workbench bench({"bach-cello", "folk-tunes"});
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    auto editor = opened(processor);
    composeAndWait(processor);
    host.run(21.0);
    dynamic_cast<editor::Editor&>(*editor).refresh();
    const auto image = snapshot(*editor, "editor");
    CHECK(image.getWidth() == 960 * 3 / 2);
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
    dynamic_cast<editor::Editor&>(*editor).refresh();
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
        editor->setSize(900, 480);
        if (i == 0)
            snapshot(*editor, "editor-small");
        CHECK(editor->getWidth() == 900);
    }
}

TEST_CASE("no two controls overlap and none leaves the window")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    for (const auto size : {juce::Point<int>(960, 580), {900, 480}, {2000, 1200}}) {
        editor->setSize(size.x, size.y);
        std::vector<juce::Component*> shown;
        for (juce::Component* child : editor->getChildren())
            if (child->isVisible() && dynamic_cast<juce::TooltipWindow*>(child) == nullptr &&
                dynamic_cast<juce::ResizableCornerComponent*>(child) == nullptr)
                shown.push_back(child);
        REQUIRE(shown.size() > 15);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            INFO(shown[i]->getTitle() << " at " << size.x);
            CHECK(editor->getLocalBounds().contains(shown[i]->getBounds()));
            CHECK_FALSE(shown[i]->getBounds().isEmpty());
            for (std::size_t k = 0; k < i; ++k)
                CHECK_FALSE(shown[i]->getBounds().intersects(shown[k]->getBounds()));
        }
    }
}

TEST_CASE("every control has a name for a screen reader and takes the keyboard")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto editor = opened(processor);
    int controls = 0;
    visit(*editor, [&](juce::Component& component) {
        const bool isControl = dynamic_cast<juce::ComboBox*>(&component) != nullptr ||
                               (dynamic_cast<juce::Button*>(&component) != nullptr) ||
                               (dynamic_cast<juce::Slider*>(&component) != nullptr);
        if (!isControl)
            return;
        ++controls;
        INFO(component.getName());
        CHECK(component.getTitle().isNotEmpty());
        CHECK((component.getWantsKeyboardFocus() || !component.isEnabled()));
    });
    CHECK(controls >= 18);
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
