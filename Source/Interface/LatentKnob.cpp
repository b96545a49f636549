#include "Interface/LatentKnob.h"

namespace organum::editor
{

SeedBox::SeedBox(juce::AudioParameterInt& parameter, const juce::String& letter,
                 const juce::String& hint)
    : NumberBox(parameter, {}, hint)
{
    textFromValueFunction = [letter](double value) {
        return letter + " " + juce::String(juce::roundToInt(value));
    };
    valueFromTextFunction = [](const juce::String& text) {
        return text.retainCharacters("0123456789").getDoubleValue();
    };
    updateText();
}

LatentKnob::LatentKnob(const plugin::LatentParameters& parameters, const juce::String& label,
                       const juce::String& name, const juce::String& meaning,
                       const colour::Role& tint)
    : morphAttachment(*parameters.morph, morph)
    , seedA(*parameters.seedA, "A",
            name + " on the left of the knob: the same number gives the "
                   "same idea")
    , seedB(*parameters.seedB, "B", name + " on the right of the knob")
    , dice("Reroll " + name.toLowerCase(), "Another A for " + name.toLowerCase() + " by chance")
{
    setUpCaption(caption, label, juce::Justification::centred);
    addAndMakeVisible(caption);
    morph.setSliderStyle(juce::Slider::RotaryHorizontalVerticalDrag);
    morph.setTextBoxStyle(juce::Slider::TextBoxBelow, false, 56, 16);
    setRole(morph, juce::Slider::rotarySliderFillColourId, tint);
    const auto hint = meaning + " From idea A (0) to idea B (1).";
    setUp(morph, parameters.morph->getName(64), hint);
    morph.setDescription(hint);
    morph.setDoubleClickReturnValue(true, 0.0);
    dice.onClick = [this] {
        if (onReroll)
            onReroll();
    };
    for (juce::Component* child :
         {static_cast<juce::Component*>(&morph), static_cast<juce::Component*>(&seedA),
          static_cast<juce::Component*>(&dice), static_cast<juce::Component*>(&seedB)})
        addAndMakeVisible(child);
}

void LatentKnob::resized()
{
    auto area = getLocalBounds();
    caption.setBounds(area.removeFromTop(16));
    auto bottom = area.removeFromBottom(22);
    area.removeFromBottom(3);
    constexpr int dieSize = 20;
    const int knobWidth = std::min(area.getWidth() - 2 * dieSize, 60);
    morph.setBounds(area.withSizeKeepingCentre(knobWidth, area.getHeight()));
    dice.setBounds(
        juce::Rectangle<int>(dieSize, dieSize).withPosition(morph.getRight(), morph.getY() + 2));
    bottom = bottom.withSizeKeepingCentre(std::min(bottom.getWidth(), 120), bottom.getHeight());
    seedA.setBounds(bottom.removeFromLeft(bottom.getWidth() / 2).withTrimmedRight(1));
    seedB.setBounds(bottom.withTrimmedLeft(1));
}

} // namespace organum::editor
