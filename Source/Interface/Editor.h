#pragma once

// The plugin's window. It shows what the processor holds and asks it for things; it keeps no state
// of its own, so it may be opened and closed at any time.

#include "Interface/DragSource.h"
#include "Interface/Knob.h"
#include "Interface/PianoRoll.h"
#include "Interface/Theme.h"
#include "Plugin/Processor.h"

#include <memory>

namespace organum::editor
{

class Editor : public juce::AudioProcessorEditor, private juce::Timer
{
public:
    explicit Editor(plugin::Processor& processorIn);
    ~Editor() override;

    void paint(juce::Graphics& g) override;
    void resized() override;
    bool keyPressed(const juce::KeyPress& key) override;

    /** Brings everything up to date at once; the timer does the same 30 times a second. */
    void refresh();

private:
    void timerCallback() override { refresh(); }
    void buildHeader();
    void buildControls();
    void buildButtons();
    void fillModelMenu();
    void showStatus();
    void throwDice();
    void saveMidi();
    void setUpButton(juce::Button& button, const juce::String& title, const juce::String& hint,
                     std::function<void()> action);

    plugin::Processor& processor;
    Theme theme;
    juce::TooltipWindow tooltips{this, 600};

    juce::Label wordmark;
    juce::ComboBox modelMenu;
    juce::Label status;
    PianoRoll roll;

    Knob bars;
    Knob seed;
    Knob pitchTemperature;
    Knob durationTemperature;
    Knob topP;
    juce::TextButton dice{"Dice"};
    juce::Label keyLabel, scaleLabel, channelLabel;
    juce::ComboBox keyMenu, scaleMenu, channelMenu;
    std::unique_ptr<juce::ComboBoxParameterAttachment> keyAttachment, scaleAttachment;
    std::unique_ptr<juce::ParameterAttachment> channelAttachment;
    juce::ToggleButton follow{"Play with host"};
    juce::ToggleButton thru{"MIDI thru"};
    juce::ToggleButton preview{"Preview sound"};
    std::unique_ptr<juce::ButtonParameterAttachment> followAttachment, thruAttachment,
        previewAttachment;

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

    juce::Rectangle<int> headerArea, controlsArea;
    std::uint32_t shownRevision = 0;
    bool everShown = false;
    std::shared_ptr<const plugin::ModelEntries> shownModels;
};

} // namespace organum::editor
