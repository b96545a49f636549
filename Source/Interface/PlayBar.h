#pragma once

// The row that says how a take is played: mode, clock, swing and humanising, panic; and what the
// musician must know of it: that a call is being listened to, that bars were late.

#include "Interface/Knob.h"
#include "Interface/Parts.h"
#include "Plugin/Processor.h"

#include <memory>
#include <vector>

namespace organum::editor
{

class PlayBar : public juce::Component
{
public:
    explicit PlayBar(plugin::Processor& processorIn);
    void resized() override;

    /** Shows what belongs to the mode, and what happens now. */
    void refresh();

    static constexpr int height = 56;

private:
    /** A control with a caption above. */
    struct Cell
    {
        std::unique_ptr<juce::Label> caption;
        juce::Component* control = nullptr;
        int width = 80;
    };
    Cell& add(const juce::String& caption, juce::Component& control, int width);
    void show(Cell& cell, bool visible);

    plugin::Processor& processor;
    juce::ComboBox mode, grid, swingStep;
    juce::ComboBoxParameterAttachment modeAttachment, gridAttachment, stepAttachment;
    NumberBox callBars, tempo, swing, timing, velocity;
    juce::ToggleButton runFree{"Run free"};
    juce::ToggleButton asPlayed{"Save as played"};
    juce::ButtonParameterAttachment freeAttachment, asPlayedAttachment;
    juce::TextButton panic{"Panic"};
    juce::Label news;
    std::vector<Cell> cells;
    std::size_t gridCell = 0;
    std::size_t callCell = 0;
    std::size_t tempoCell = 0;
};

} // namespace organum::editor
