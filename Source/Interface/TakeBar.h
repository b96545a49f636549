#pragma once

// The row of buttons under the knobs: compose, step through takes, listen, and get the notes out.

#include "Interface/DragSource.h"
#include "Interface/Theme.h"
#include "Plugin/Processor.h"

#include <memory>

namespace organum::editor
{

class TakeBar : public juce::Component
{
public:
    explicit TakeBar(plugin::Processor& processorIn);
    void resized() override;

    /** Shows what may be done now. */
    void refresh();
    /** Shows the takes, and whether the engine is at work; only needed after a change. */
    void showTakes(bool isBusy);
    /** Asks for a file and writes the take to it. */
    void saveMidi();
    /** Writes the take; what stands in the way is said in the status. */
    bool writeMidi(const juce::File& file);
    /** The take as a temporary file for a drag; none when there is no take or it cannot be written.
        Hosts read such a file late, so it stays, under a fresh name. */
    juce::File draggedFile();

    static constexpr int height = 52;

private:
    void addButton(juce::Button& button, const juce::String& title, const juce::String& hint,
                   std::function<void()> action);

    plugin::Processor& processor;
    juce::TextButton generate{"Generate"};
    juce::TextButton continueTake{"Continue"};
    juce::TextButton answer{"Answer"};
    juce::TextButton previous{"<"};
    juce::TextButton next{">"};
    juce::Label takeNumber;
    juce::TextButton audition{"Listen"};
    juce::TextButton save{"Save MIDI..."};
    DragSource drag;
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace organum::editor
