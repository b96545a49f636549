#pragma once

// The knobs of a model without voices: it writes one note or chord after another.

#include "Interface/CommonControls.h"
#include "Interface/Knob.h"
#include "Interface/Panel.h"
#include "Plugin/Processor.h"

namespace organum::editor
{

class SoloPanel : public Panel
{
public:
    explicit SoloPanel(plugin::Processor& processorIn);
    int preferredHeight() const override { return 132; }
    /** Another seed. */
    void throwDice() override;
    void resized() override;

private:
    /** The third line beside key and scale: the channel, and from which pitch to which. */
    class ChannelAndRange : public juce::Component
    {
    public:
        explicit ChannelAndRange(plugin::Parameters& parameters);
        void resized() override;

    private:
        ChannelMenu channel;
        juce::Label rangeLabel;
        NumberBox lowest, highest;
    };

    plugin::Processor& processor;
    Knob bars, seed;
    DiceButton dice;
    Knob pitchTemperature, durationTemperature, topP;
    ScaleMenus scale;
    juce::Label channelLabel;
    ChannelAndRange channelAndRange;
    HostSwitches switches;
};

} // namespace organum::editor
