#include "Interface/VoiceStrip.h"

namespace organum::editor
{

VoiceStrip::VoiceStrip(plugin::VoiceControls& controls, const juce::String& nameIn,
                       const colour::Role& tintIn)
    : name(nameIn)
    , tint(tintIn)
    , lock(*controls.lock, "Lock", name + " lock",
           "The " + name.toLowerCase() + " stays as it is while the others are composed anew")
    , mute(*controls.mute, "Mute", name + " mute", "The " + name.toLowerCase() + " is silent")
    , dice("Reroll " + name.toLowerCase(),
           "Another melody and groove for the " + name.toLowerCase() + " by chance")
    , channel(*controls.channel, name + " channel",
              "The MIDI channel on which the " + name.toLowerCase() + " plays", "Ch ")
{
    dice.onClick = [this] {
        if (onReroll)
            onReroll();
    };
    for (juce::Component* child :
         {static_cast<juce::Component*>(&lock), static_cast<juce::Component*>(&mute),
          static_cast<juce::Component*>(&dice), static_cast<juce::Component*>(&channel)})
        addAndMakeVisible(child);
}

juce::Rectangle<int> VoiceStrip::nameArea() const
{
    return getLocalBounds().removeFromTop(22);
}

void VoiceStrip::paint(juce::Graphics& g)
{
    auto area = nameArea().toFloat();
    g.setColour(tint);
    g.fillRoundedRectangle(area.removeFromLeft(10.0f).withSizeKeepingCentre(10.0f, 10.0f), 2.0f);
    g.setColour(colour::text);
    g.setFont(fontOf(13.5f));
    g.drawText(name, area.withTrimmedLeft(6.0f), juce::Justification::centredLeft, true);
}

void VoiceStrip::resized()
{
    auto area = getLocalBounds().withTrimmedTop(22 + 4);
    const auto line = [&area](juce::Component& left, juce::Component& right, int leftWidth) {
        auto both = area.removeFromTop(28);
        area.removeFromTop(6);
        left.setBounds(both.removeFromLeft(leftWidth));
        both.removeFromLeft(6);
        right.setBounds(both);
    };
    line(lock, mute, (area.getWidth() - 6) / 2);
    line(dice, channel, 28);
}

} // namespace organum::editor
