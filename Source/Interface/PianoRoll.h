#pragma once

// The current take as notes over bars, with a playhead. Drawn only from plain values, so the very
// same picture can be made without a window.

#include "Interface/Theme.h"
#include "Plugin/Take.h"

namespace organum::editor
{

class PianoRoll : public juce::Component
{
public:
    PianoRoll();

    /** Null shows `message` instead. */
    void setTake(plugin::TakePointer takeIn, const juce::String& messageIn);
    /** In quarter notes from the start of the take; negative hides it. */
    void setPlayhead(double quarter);

    void paint(juce::Graphics& g) override;

private:
    void paintKeys(juce::Graphics& g, juce::Rectangle<float> keys) const;
    void paintGrid(juce::Graphics& g, juce::Rectangle<float> grid) const;
    void paintNotes(juce::Graphics& g, juce::Rectangle<float> grid) const;
    juce::Rectangle<float> gridArea() const;
    float xOf(double quarter) const;
    float yOf(int pitch) const; ///< top edge of its row
    float rowHeight() const;

    plugin::TakePointer take;
    juce::String message;
    double playhead = -1.0;
    int lowest = 48; ///< rows shown
    int highest = 84;
};

} // namespace organum::editor
