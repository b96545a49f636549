#include "Interface/Knob.h"

#include "Interface/Parts.h"

namespace organum::editor
{

void KeyboardSlider::mouseDown(const juce::MouseEvent& event)
{
    const bool isFine = event.mods.isShiftDown();
    // Pixels for the whole range. JUCE's own fine drag goes by speed, and so slowly that a hand
    // moves nothing with it; here it is the same drag, only longer.
    constexpr int usualDrag = 250;
    constexpr int fineDrag = 8 * usualDrag;
    setMouseDragSensitivity(isFine ? fineDrag : usualDrag);
    // Numbers in boxes have ranges too large for that and are dragged by speed.
    setVelocityModeParameters(isFine ? 0.15 : 1.0, 1, 0.0, false);
    Slider::mouseDown(event);
}

bool KeyboardSlider::keyPressed(const juce::KeyPress& key)
{
    const double step = getInterval() > 0.0 ? getInterval() : getRange().getLength() / 100.0;
    double value = getValue();
    if (key == juce::KeyPress::upKey || key == juce::KeyPress::rightKey)
        value += step;
    else if (key == juce::KeyPress::downKey || key == juce::KeyPress::leftKey)
        value -= step;
    else if (key == juce::KeyPress::pageUpKey)
        value += 10.0 * step;
    else if (key == juce::KeyPress::pageDownKey)
        value -= 10.0 * step;
    else if (key == juce::KeyPress::homeKey)
        value = getMinimum();
    else if (key == juce::KeyPress::endKey)
        value = getMaximum();
    else
        return juce::Slider::keyPressed(key);
    const ScopedDragNotification gesture(*this); // one step of undo, and a touch for the host
    setValue(value, juce::sendNotificationSync);
    return true;
}

NumberBox::NumberBox(juce::RangedAudioParameter& parameter, const juce::String& unit,
                     const juce::String& hint)
    : attachment(parameter, *this)
{
    setSliderStyle(juce::Slider::LinearBar);
    setVelocityBasedMode(true);
    setUp(*this, parameter.getName(64), hint);
    setDescription(hint);
    setTextValueSuffix(unit);
    setDoubleClickReturnValue(true, parameter.convertFrom0to1(parameter.getDefaultValue()));
    updateText();
}

Knob::Knob(juce::RangedAudioParameter& parameter, const juce::String& label,
           const juce::String& hint)
    : attachment(parameter, slider)
{
    name.setText(label, juce::dontSendNotification);
    name.setFont(fontOf(12.5f));
    name.setJustificationType(juce::Justification::centred);
    name.setAccessible(false); // the slider itself carries the title
    slider.setSliderStyle(juce::Slider::RotaryHorizontalVerticalDrag);
    slider.setTextBoxStyle(juce::Slider::TextBoxBelow, false, 72, 20);
    slider.setTitle(parameter.getName(64));
    slider.setColour(juce::Slider::textBoxOutlineColourId, juce::Colours::transparentBlack);
    setRole(slider, juce::Slider::textBoxTextColourId, colour::text);
    slider.setTooltip(hint);
    slider.setDescription(hint);
    slider.setWantsKeyboardFocus(true);
    slider.setDoubleClickReturnValue(true, parameter.convertFrom0to1(parameter.getDefaultValue()));
    addAndMakeVisible(name);
    addAndMakeVisible(slider);
}

void Knob::resized()
{
    auto area = getLocalBounds();
    name.setBounds(area.removeFromTop(18));
    slider.setBounds(area);
}

} // namespace organum::editor
