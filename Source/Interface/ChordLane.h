#pragma once

// The harmony above the roll: a line to type it into, how strictly it is obeyed, how well the take
// that plays keeps to it, and below, bar by bar over the roll's own bars, the chords.

#include "Interface/ChordRow.h"
#include "Interface/PianoRoll.h"
#include "Plugin/Processor.h"
#include "Score/ChordProgression.h"

namespace organum::editor
{

/** Message thread; the processor and the roll must outlive it. */
class ChordLane : public juce::Component
{
public:
    ChordLane(plugin::Processor& processorIn, PianoRoll& rollIn);

    /** A second row shows the chords where there are any. */
    int preferredHeight() const;
    std::function<void()> onHeightChange;

    /** Shows what the processor holds; cheap while nothing has changed. */
    void refresh();
    /** The keyboard goes to the line. */
    void edit();
    /** What can be done with chords, as a menu: hear them, show numerals, clear. */
    juce::PopupMenu menu();
    /** As if chosen from the menu; what stands in the way is said in the status. */
    void hearChords(plugin::Processor::HeardIn where);
    void clear();
    bool showsNumerals() const { return row.showsNumerals(); }
    void setNumerals(bool on) { row.setNumerals(on); }

    void resized() override;
    void paint(juce::Graphics& g) override;

private:
    void typed();
    void setLine(const std::string& chords);
    /** One bar, counted from 0, gets other chords; no other bar of the take changes. */
    void useBar(int bar, const juce::String& text);
    void use(const std::string& chords);
    void say(const std::string& problem);
    void showConformity();

    plugin::Processor& processor;
    PianoRoll& roll;
    juce::TextButton menuButton{"Chords"};
    juce::TextEditor line;
    juce::Slider strength;
    juce::Label conformity;
    ChordRow row;

    score::ChordProgression progression;
    score::ChordKey key;
    plugin::Harmony shown;
    juce::String given; ///< what the line was given to show; other text was typed
    std::uint32_t shownRevision = 0;
    bool everShown = false;
    juce::Rectangle<float> shownView; ///< first quarter, quarters shown, width, bars
};

} // namespace organum::editor
