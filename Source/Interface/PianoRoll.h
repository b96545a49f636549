#pragma once

// The current take as notes over bars, voices in their colours, with a playhead. Drawn only from
// plain values, so the very same picture can be made without a window.

#include "Interface/BarRuler.h"
#include "Interface/Theme.h"
#include "Plugin/Locks.h"

namespace organum::editor
{

class PianoRoll : public juce::Component
{
public:
    PianoRoll();

    /** Null shows `message` instead. */
    void setTake(plugin::TakePointer takeIn, const juce::String& messageIn);
    /** Which voices are silent (bit v = voice v) and what is locked. */
    void setVoices(std::uint32_t mutedIn, const plugin::Locks& locksIn);
    /** A click on a bar's number. */
    std::function<void(int bar)> onBarToggle;
    /** In quarter notes from the start of the take; negative hides it. */
    void setPlayhead(double quarter);

    void paint(juce::Graphics& g) override;
    void resized() override;

private:
    void paintKeys(juce::Graphics& g, juce::Rectangle<float> keys) const;
    void paintGrid(juce::Graphics& g, juce::Rectangle<float> grid) const;
    void paintNotes(juce::Graphics& g, juce::Rectangle<float> grid) const;
    void paintNote(juce::Graphics& g, juce::Rectangle<float> grid, std::size_t index) const;
    void findUnisons();
    void paintLockedBars(juce::Graphics& g, juce::Rectangle<float> grid) const;
    juce::Colour colourOf(const plugin::TakeNote& note, bool sounds) const;
    void showRuler();
    juce::Rectangle<float> gridArea() const;
    float xOf(double quarter) const;
    float yOf(int pitch) const; ///< top edge of its row
    float rowHeight() const;

    BarRuler ruler;
    plugin::TakePointer take;
    std::vector<char> covers; ///< by note: it sounds with the same note of a lower voice
    std::uint32_t muted = 0;
    plugin::Locks locks;
    juce::String message;
    double playhead = -1.0;
    int lowest = 48; ///< rows shown
    int highest = 84;
};

} // namespace organum::editor
