#pragma once

// The chords over the bars of the roll. A double click opens a bar for other chords.

#include "Interface/PianoRoll.h"
#include "Score/ChordProgression.h"

#include <functional>
#include <memory>

namespace organum::editor
{

class ChordRow : public juce::Component, public juce::SettableTooltipClient
{
public:
    explicit ChordRow(const PianoRoll& rollIn);

    void show(const score::ChordProgression& progressionIn, const score::ChordKey& keyIn);
    bool showsNumerals() const { return numerals; }
    void setNumerals(bool on);

    /** A bar, counted from 0, got other chords. */
    std::function<void(int bar, const juce::String& text)> onBar;
    /** Opens a line in that bar: Return or a click elsewhere takes it, Escape does not. */
    void editBar(int bar);

    void paint(juce::Graphics& g) override;
    void mouseDown(const juce::MouseEvent&) override { closeLine(true); }
    void mouseDoubleClick(const juce::MouseEvent& event) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    juce::String textOf(const score::ChordSymbol& chord) const;
    /** From one bar line to the next, clipped to what the roll shows. */
    juce::Rectangle<int> placeOf(int bar) const;
    void closeLine(bool keeps);

    const PianoRoll& roll;
    score::ChordProgression progression;
    score::ChordKey key;
    bool numerals = false;
    std::unique_ptr<juce::TextEditor> line; ///< while a bar is edited
    int edited = 0;                         ///< that bar
    juce::String opened;                    ///< what stood in the line at first
};

} // namespace organum::editor
