#pragma once

// Controls that every model has: the scale, and how the plugin behaves in its host.

#include "Interface/Parts.h"
#include "Plugin/Parameters.h"

#include <vector>

namespace organum::editor
{

/** Key and scale, with room for one more control: one below the other, or side by side where the
    room is low and wide. */
class ScaleMenus : public juce::Component
{
public:
    explicit ScaleMenus(plugin::Parameters& parameters);
    void resized() override;

    /** Puts something of the panel's own into the third line, with a caption before it if there is
        one. Neither is owned. */
    void setThirdLine(juce::Label* caption, juce::Component* control);

private:
    juce::Label keyLabel, scaleLabel;
    juce::ComboBox keyMenu, scaleMenu;
    juce::ComboBoxParameterAttachment keyAttachment, scaleAttachment;
    juce::Label* thirdLabel = nullptr;
    juce::Component* third = nullptr;
};

/** Play with host, MIDI thru and, where there is sound, the preview: likewise. */
class HostSwitches : public juce::Component
{
public:
    HostSwitches(plugin::Parameters& parameters, bool hasSound);
    void resized() override;

private:
    juce::ToggleButton follow{"Play with host"};
    juce::ToggleButton thru{"MIDI thru"};
    juce::ToggleButton preview{"Preview sound"};
    juce::ButtonParameterAttachment followAttachment, thruAttachment, previewAttachment;
};

} // namespace organum::editor
