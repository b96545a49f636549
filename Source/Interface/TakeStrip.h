#pragma once

// The takes as a strip of thumbnails, oldest first: choose, star, name, mark A and B, delete; below
// them the way between A and B, and takes from MIDI files.

#include "Interface/Knob.h"
#include "Interface/TakeThumb.h"
#include "Plugin/Processor.h"

#include <memory>
#include <vector>

namespace organum::editor
{

class TakeStrip : public juce::Component
{
public:
    static constexpr int width = 168;

    explicit TakeStrip(plugin::Processor& processorIn);

    /** Shows the takes as they are; cheap when nothing has changed. */
    void refresh();
    /** Asks for a MIDI file and makes a take of it. */
    void openMidi();

    void paint(juce::Graphics& g) override;
    void resized() override;

private:
    /** Holds the thumbnails within the scrolled view. */
    class List : public juce::Component
    {
    public:
        List() { setTitle("Takes"); }
        std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;
    };
    void addThumb();
    void showMenu(std::size_t place);
    void placeThumbs();
    void showMorph();
    void goTo(int place);

    plugin::Processor& processor;
    plugin::TakeHistory::Snapshot shown;
    bool everShown = false;
    juce::Label caption;
    juce::Viewport view;
    List list;
    std::vector<std::unique_ptr<TakeThumb>> thumbs;
    juce::TextButton toggle{"A / B"};
    juce::Label morphCaption;
    KeyboardSlider morph;
    juce::TextButton open{"Open MIDI..."};
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace organum::editor
