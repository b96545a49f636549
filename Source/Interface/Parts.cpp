#include "Interface/Parts.h"

namespace organum::editor
{

void setUpCaption(juce::Label& label, const juce::String& text, juce::Justification justification)
{
    label.setText(text, juce::dontSendNotification);
    label.setFont(fontOf(12.5f));
    label.setBorderSize({});
    label.setJustificationType(justification);
    label.setAccessible(false);
}

DiceButton::DiceButton(const juce::String& title, const juce::String& hint)
    : Button(title)
{
    setUp(*this, title, hint);
}

void DiceButton::paintButton(juce::Graphics& g, bool isOver, bool isDown)
{
    const auto bounds = getLocalBounds().toFloat().reduced(0.5f);
    const auto fill = isDown ? colour::line.darker(0.2f) : isOver ? colour::line : colour::raised;
    g.setColour(fill.withMultipliedAlpha(isEnabled() ? 1.0f : 0.45f));
    g.fillRoundedRectangle(bounds, corner);
    const float size = std::min(bounds.getWidth(), bounds.getHeight()) - 8.0f;
    const auto die = bounds.withSizeKeepingCentre(size, size);
    g.setColour(colour::text.withMultipliedAlpha(isEnabled() ? 0.9f : 0.4f));
    g.drawRoundedRectangle(die, size * 0.2f, 1.2f);
    const float pip = size * 0.17f;
    for (const auto place : {juce::Point<float>(0.28f, 0.28f),
                             {0.72f, 0.28f},
                             {0.5f, 0.5f},
                             {0.28f, 0.72f},
                             {0.72f, 0.72f}})
        g.fillEllipse(
            juce::Rectangle<float>(pip, pip).withCentre(die.getRelativePoint(place.x, place.y)));
    if (hasKeyboardFocus(false)) {
        g.setColour(colour::text.withAlpha(0.75f));
        g.drawRoundedRectangle(bounds.reduced(0.75f), corner, 1.5f);
    }
}

SwitchButton::SwitchButton(juce::AudioParameterBool& parameter, const juce::String& label,
                           const juce::String& title, const juce::String& hint)
    : TextButton(label)
    , attachment(parameter, *this)
{
    setUp(*this, title, hint);
    setClickingTogglesState(true);
}

ChannelMenu::ChannelMenu(juce::AudioParameterInt& parameter, const juce::String& title,
                         const juce::String& hint, const juce::String& prefix)
    : attachment(parameter, [this](float channel) {
        setSelectedId(juce::roundToInt(channel), juce::dontSendNotification);
    })
{
    setUp(*this, title, hint);
    for (int channel = 1; channel <= 16; ++channel)
        addItem(prefix + juce::String(channel), channel);
    onChange = [this] {
        attachment.setValueAsCompleteGesture(static_cast<float>(getSelectedId()));
    };
    attachment.sendInitialUpdate();
}

} // namespace organum::editor
