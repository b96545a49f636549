#include "Interface/DragSource.h"

namespace organum::editor
{

DragSource::DragSource()
{
    setTitle("Drag MIDI");
    setDescription("Drag from here into a track of the host");
    setTooltip("Drag from here into a track of the host");
    setMouseCursor(juce::MouseCursor::DraggingHandCursor);
}

void DragSource::paint(juce::Graphics& g)
{
    const auto bounds = getLocalBounds().toFloat().reduced(0.5f);
    const float alpha = isEnabled() ? 1.0f : 0.45f;
    g.setColour(colour::line.withMultipliedAlpha(alpha));
    g.drawRoundedRectangle(bounds, corner, 1.0f);
    g.setColour(colour::dimText.withMultipliedAlpha(alpha));
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 2; ++column)
            g.fillEllipse(bounds.getX() + 10.0f + 5.0f * static_cast<float>(column),
                          bounds.getCentreY() - 6.0f + 5.0f * static_cast<float>(row), 2.0f, 2.0f);
    g.setFont(fontOf(14.0f));
    g.drawText("Drag MIDI", bounds.withTrimmedLeft(24.0f), juce::Justification::centredLeft, true);
}

void DragSource::mouseDrag(const juce::MouseEvent& event)
{
    if (dragging || !isEnabled() || !content || event.getDistanceFromDragStart() < 6)
        return;
    dragging = true;
    const juce::File file = content();
    if (file != juce::File())
        juce::DragAndDropContainer::performExternalDragDropOfFiles({file.getFullPathName()}, false,
                                                                   this);
}

} // namespace organum::editor
