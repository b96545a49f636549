#include "Interface/VelocityStrip.h"

#include "Interface/Theme.h"

#include <cmath>

namespace organum::editor
{

namespace
{

constexpr float reach = 7.0f; ///< of a click beside a stem, pixels
constexpr float headRadius = 2.5f;

} // namespace

VelocityStrip::VelocityStrip(NoteHand& handIn, const RollView& viewIn)
    : hand(handIn)
    , view(viewIn)
{
    setTitle("Velocities");
    setTooltip("How loud each note is: drag a stem up or down (on the roll: Ctrl and drag, or Ctrl "
               "with the arrow keys)");
    setMouseCursor(juce::MouseCursor::UpDownResizeCursor);
}

float VelocityStrip::xOf(const plugin::TakeNote& note) const
{
    return view.xOfTick(note.onset) - static_cast<float>(getX());
}

float VelocityStrip::heightOf(int velocity) const
{
    return static_cast<float>(velocity) / 127.0f * (static_cast<float>(getHeight()) - 6.0f);
}

void VelocityStrip::paint(juce::Graphics& g)
{
    g.fillAll(colour::background);
    g.setColour(colour::line);
    g.fillRect(0, 0, getWidth(), 1);
    if (hand.take() == nullptr)
        return;
    const auto& notes = hand.take()->notes;
    const float bottom = static_cast<float>(getHeight());
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const float x = xOf(notes[i]) + headRadius;
        const float top = bottom - heightOf(notes[i].velocity);
        const bool isSelected = hand.isSelected(i);
        g.setColour(isSelected ? colour::text : colourOf ? colourOf(i) : colour::accent);
        g.fillRect(juce::Rectangle<float>(x - (isSelected ? 1.0f : 0.5f), top,
                                          isSelected ? 2.0f : 1.0f, bottom - top));
        g.fillEllipse(
            juce::Rectangle<float>(2.0f * headRadius, 2.0f * headRadius).withCentre({x, top}));
    }
}

std::optional<std::size_t> VelocityStrip::noteAt(float x) const
{
    std::optional<std::size_t> found;
    float nearest = reach;
    if (hand.take() == nullptr)
        return found;
    const auto& notes = hand.take()->notes;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        // Of stems at one place a selected one comes first.
        const float way =
            std::abs(xOf(notes[i]) + headRadius - x) - (hand.isSelected(i) ? 0.5f : 0.0f);
        if (way < nearest) {
            nearest = way;
            found = i;
        }
    }
    return found;
}

void VelocityStrip::mouseDown(const juce::MouseEvent& event)
{
    const auto note = noteAt(event.position.x);
    if (!note)
        return;
    anchor = *note;
    if (!hand.isSelected(anchor))
        hand.select({anchor});
    hand.begin("Change velocity");
    mouseDrag(event);
}

void VelocityStrip::mouseDrag(const juce::MouseEvent& event)
{
    if (!hand.isInGesture() || hand.original() == nullptr)
        return;
    const float height = static_cast<float>(getHeight()) - 6.0f;
    const float share = (static_cast<float>(getHeight()) - event.position.y) / height;
    const int wanted = juce::jlimit(1, 127, juce::roundToInt(share * 127.0f));
    hand.show(plugin::louder(*hand.original(), hand.startSelection(),
                             wanted - hand.original()->notes.at(anchor).velocity));
}

void VelocityStrip::mouseUp(const juce::MouseEvent&)
{
    hand.end();
}

/** The roll tells velocities to screen readers; here they would be told twice. */
std::unique_ptr<juce::AccessibilityHandler> VelocityStrip::createAccessibilityHandler()
{
    return createIgnoredAccessibilityHandler(*this);
}

} // namespace organum::editor
