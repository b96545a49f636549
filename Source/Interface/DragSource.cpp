#include "Interface/DragSource.h"

namespace organum::editor
{

namespace
{

constexpr int threshold = 6; ///< pixels before a press becomes a drag

/** What the window system is told: on X11 an address, in which JUCE escapes nothing by itself. */
juce::String dragName(const juce::File& file)
{
#if JUCE_LINUX || JUCE_BSD
    return juce::URL(file).toString(false);
#else
    return file.getFullPathName();
#endif
}

} // namespace

DragSource::DragSource(const juce::String& title, const juce::String& captionIn)
    : caption(captionIn)
{
    setTitle(title);
    setDescription("Drag from here into a track of the host");
    setTooltip("Drag from here into a track of the host");
    setMouseCursor(juce::MouseCursor::DraggingHandCursor);
}

void DragSource::setTint(const colour::Role& colourIn)
{
    tint = colourIn;
    repaint();
}

void DragSource::paint(juce::Graphics& g)
{
    const auto bounds = getLocalBounds().toFloat().reduced(0.5f);
    const float alpha = isEnabled() ? 1.0f : 0.45f;
    if (isEnabled() && isMouseOver()) {
        g.setColour(colour::raised);
        g.fillRoundedRectangle(bounds, corner);
    }
    g.setColour(colour::line.withMultipliedAlpha(alpha));
    g.drawRoundedRectangle(bounds, corner, 1.0f);
    if (tint) {
        g.setColour(tint->withMultipliedAlpha(alpha));
        g.fillRoundedRectangle(bounds.reduced(6.0f, 0.0f).removeFromBottom(6.0f).withHeight(3.0f),
                               1.5f);
    }
    g.setColour(colour::dimText.withMultipliedAlpha(alpha));
    const bool hasDots = bounds.getWidth() > 96.0f;
    for (int row = 0; hasDots && row < 3; ++row)
        for (int column = 0; column < 2; ++column)
            g.fillEllipse(bounds.getX() + 10.0f + 5.0f * static_cast<float>(column),
                          bounds.getCentreY() - 6.0f + 5.0f * static_cast<float>(row), 2.0f, 2.0f);
    g.setFont(fontOf(14.0f));
    g.drawText(caption, hasDots ? bounds.withTrimmedLeft(26.0f) : bounds,
               hasDots ? juce::Justification::centredLeft : juce::Justification::centred, true);
}

void DragSource::mouseDrag(const juce::MouseEvent& event)
{
    if (dragging || !isEnabled() || !content || event.getDistanceFromDragStart() < threshold)
        return;
    dragging = true;
    const juce::File file = content();
    if (file == juce::File())
        return;
    // The release of the mouse does not come here everywhere, so the end of the drag counts, too:
    // else only the first would work.
    const juce::Component::SafePointer<DragSource> self(this);
    juce::DragAndDropContainer::performExternalDragDropOfFiles({dragName(file)}, false, this,
                                                               [self] {
                                                                   if (self != nullptr)
                                                                       self->finish();
                                                               });
}

void DragSource::finish()
{
#if JUCE_LINUX || JUCE_BSD
    // On X11 what nobody takes ends before the release of the button gets here, and what somebody
    // takes after it.
    const bool wasTaken = !dragging;
#else
    const bool wasTaken = true; // nothing is told
#endif
    dragging = false;
    const auto* window = getTopLevelComponent();
    const auto place = juce::Desktop::getMousePosition();
    if (ended)
        ended(wasTaken && window != nullptr && !window->getScreenBounds().contains(place));
}

} // namespace organum::editor
