#pragma once

// The takes as a strip of thumbnails, oldest first: choose, star, name, mark A and B, delete; below
// them the way between A and B, and takes from MIDI files.

#include "Interface/Knob.h"
#include "Interface/TakeThumb.h"
#include "Plugin/Processor.h"

#include <cstdint>
#include <functional>
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
    /** Gives each take the thumbnail it had: a name that is being typed stays with its take. */
    void matchThumbs();
    std::unique_ptr<TakeThumb> thumbOf(std::uint64_t number);
    /** Does something to the take of that number, if it is still there. */
    void withTake(std::uint64_t number, const std::function<void(std::size_t place)>& action);
    void step(const TakeThumb& from, int by);
    void showMenu(TakeThumb& thumb);
    void choose(int item, TakeThumb& thumb);
    void placeThumbs();
    void showMorph();
    void showNew();
    void goTo(int place);

    plugin::Processor& processor;
    plugin::TakeHistory::Snapshot shown;
    bool everShown = false;
    juce::Label caption;
    juce::Viewport view;
    List list;
    std::vector<std::unique_ptr<TakeThumb>> thumbs; ///< by place
    std::vector<std::uint64_t> numbers;             ///< of their takes
    juce::TextButton toggle{"A / B"};
    juce::Label morphCaption;
    KeyboardSlider morph;
    juce::TextButton open{"Open MIDI..."};
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace organum::editor
