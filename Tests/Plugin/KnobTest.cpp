// Knobs under a hand: the double click, the fine drag and the wheel, by the events that a window
// system sends.

#include "Interface/Knob.h"
#include "EditorParts.h"
#include "Interface/Learning.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

juce::MouseEvent at(juce::Component& part, juce::Point<float> place, int keys,
                    juce::Point<float> from, int clicks = 1)
{
    const auto source = juce::Desktop::getInstance().getMainMouseSource();
    const auto time = juce::Time::getCurrentTime();
    return {source, place,  juce::ModifierKeys(keys),
            0.0f,   0.0f,   0.0f,
            0.0f,   0.0f,   &part,
            &part,  time,   from,
            time,   clicks, place != from};
}

/** Pulls the knob up by so many pixels; how far its value went, as a share of its range. */
double pull(juce::Slider& slider, float pixels, int keys = 0)
{
    const double before = slider.getValue();
    keys |= juce::ModifierKeys::leftButtonModifier;
    const juce::Point<float> from{static_cast<float>(slider.getWidth()) / 2.0f, 20.0f};
    slider.mouseDown(at(slider, from, keys, from));
    for (int step = 1; step <= 10; ++step)
        slider.mouseDrag(at(
            slider, from.translated(0.0f, -pixels * static_cast<float>(step) / 10.0f), keys, from));
    slider.mouseUp(at(slider, from.translated(0.0f, -pixels), keys, from));
    return (slider.getValue() - before) / slider.getRange().getLength();
}

void doubleClick(juce::Slider& slider)
{
    const juce::Point<float> place{static_cast<float>(slider.getWidth()) / 2.0f, 20.0f};
    slider.mouseDoubleClick(at(slider, place, juce::ModifierKeys::leftButtonModifier, place, 2));
}

void turnWheel(juce::Slider& slider, float by)
{
    juce::MouseWheelDetails wheel{};
    wheel.deltaY = by;
    const juce::Point<float> place{static_cast<float>(slider.getWidth()) / 2.0f, 20.0f};
    slider.mouseWheelMove(at(slider, place, 0, place), wheel);
}

/** All sliders of the window that are there to be turned. */
std::vector<juce::Slider*> slidersOf(editor::Editor& window)
{
    std::vector<juce::Slider*> all;
    visit(window, [&](juce::Component& each) {
        if (auto* slider = dynamic_cast<editor::KeyboardSlider*>(&each))
            all.push_back(slider);
    });
    return all;
}

/** A window with one knob that is looked at. */
struct OneKnob
{
    const Workbench bench{{"plain"}};
    Processor processor{Shape::instrument};
    std::unique_ptr<editor::Editor> window = opened(processor);
    juce::Slider& slider = control<juce::Slider>(*window, "Top-p");

    explicit OneKnob(double value) { slider.setValue(value, juce::sendNotificationSync); }
};

} // namespace

TEST_CASE("a double click brings every knob back to its default, as one step of undo")
{
    const Workbench bench({"plain", "choir-macros"});
    for (const int model : {0, 1}) {
        Processor processor(Shape::instrument);
        *processor.parameters().model = model;
        auto window = opened(processor);
        window->refresh();
        const auto sliders = slidersOf(*window);
        CHECK(sliders.size() > 4);
        for (juce::Slider* slider : sliders) {
            INFO(slider->getTitle());
            CHECK(slider->isDoubleClickReturnEnabled());
            const double usual = slider->getDoubleClickReturnValue();
            const int place = editor::parameterOf(slider, processor);
            if (place < 0 || !slider->isEnabled())
                continue;
            auto& parameter = *processor.getParameters()[place];
            CHECK(slider->valueToProportionOfLength(usual) ==
                  Approx(parameter.getDefaultValue()).margin(1e-4));
            slider->setValue(usual == slider->getMaximum() ? slider->getMinimum()
                                                           : slider->getMaximum(),
                             juce::sendNotificationSync);
            const double moved = slider->getValue();
            REQUIRE(moved != usual);
            doubleClick(*slider);
            CHECK(slider->getValue() == usual);
            REQUIRE(processor.undo());
            CHECK(slider->getValue() == Approx(moved));
        }
    }
}

// The fine drag was JUCE's own, by speed: at a hand's usual pace it moved no knob at all.
TEST_CASE("a drag with Shift turns a knob finely, and a drag is one step of undo")
{
    OneKnob one(0.2);
    juce::Slider& slider = one.slider;
    Processor& processor = one.processor;
    const double before = slider.getValue();
    const double coarse = pull(slider, 60.0f);
    CHECK(coarse > 0.1);
    REQUIRE(processor.undo());
    CHECK(slider.getValue() == Approx(before));
    const double fine = pull(slider, 60.0f, juce::ModifierKeys::shiftModifier);
    CHECK(fine == Approx(coarse / 8.0).margin(0.006)); // a step of this knob is 0.01
}

TEST_CASE("the wheel turns a knob, up for more and down for less")
{
    OneKnob one(0.5);
    juce::Slider& slider = one.slider;
    Processor& processor = one.processor;
    const double before = slider.getValue();
    turnWheel(slider, 0.3f);
    const double more = slider.getValue();
    CHECK(more > before);
    CHECK(processor.parameters().topP->get() == Approx(more));
    juce::Thread::sleep(5); // JUCE takes two turns at one moment for one
    turnWheel(slider, -0.3f);
    juce::Thread::sleep(5);
    turnWheel(slider, -0.3f);
    CHECK(slider.getValue() < more);
    REQUIRE(processor.undo());
}

TEST_CASE("a knob turned by a key is one step of undo and a gesture for the host")
{
    OneKnob one(0.5);
    juce::Slider& slider = one.slider;
    Processor& processor = one.processor;
    CHECK(slider.keyPressed(juce::KeyPress(juce::KeyPress::upKey)));
    CHECK(slider.getValue() > 0.5);
    REQUIRE(processor.undo());
    CHECK(slider.getValue() == Approx(0.5));
}
