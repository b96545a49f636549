#include "Interface/MidiLight.h"

namespace organum::editor
{

namespace
{

constexpr int framesLit = 4;

} // namespace

MidiLight::MidiLight()
{
    setTitle("MIDI out");
    setTooltip("Lights up while notes leave Organum. If it does and nothing sounds, see "
               "\"How to route\" in the menu beside it");
}

void MidiLight::show(std::uint32_t blocksWithNotes)
{
    const bool wasLit = isLit();
    if (everSeen && blocksWithNotes != seen)
        lit = framesLit;
    else if (lit > 0)
        --lit;
    seen = blocksWithNotes;
    everSeen = true;
    if (isLit() != wasLit)
        repaint();
}

void MidiLight::paint(juce::Graphics& g)
{
    auto area = getLocalBounds().toFloat();
    const auto lamp = area.removeFromLeft(14.0f).withSizeKeepingCentre(9.0f, 9.0f);
    g.setColour(isLit() ? colour::accent : colour::line);
    g.fillEllipse(lamp);
    g.setColour(colour::dimText);
    g.setFont(fontOf(12.5f));
    g.drawText("MIDI", area.withTrimmedLeft(3.0f), juce::Justification::centredLeft, false);
}

std::unique_ptr<juce::AccessibilityHandler> MidiLight::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler>(*this, juce::AccessibilityRole::image);
}

} // namespace organum::editor
