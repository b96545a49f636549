#pragma once

// The row of buttons under the knobs: compose, step through takes, listen, and get the notes out.

#include "Interface/ExportBar.h"
#include "Interface/Theme.h"
#include "Plugin/Processor.h"

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
    ExportBar& exports() { return exportBar; }

    static constexpr int height = 52;
    static constexpr int variations = 8; ///< at once

private:
    void addButton(juce::Button& button, const juce::String& title, const juce::String& hint,
                   std::function<void()> action);

    plugin::Processor& processor;
    juce::TextButton generate{"Generate"};
    juce::TextButton continueTake{"Continue"};
    juce::TextButton answer{"Answer"};
    juce::TextButton vary{juce::String(variations) + " variations"};
    juce::ToggleButton autoApply{"Auto"};
    juce::TextButton previous{"<"};
    juce::TextButton next{">"};
    juce::Label takeNumber;
    juce::TextButton audition{"Listen"};
    ExportBar exportBar;
};

} // namespace organum::editor
