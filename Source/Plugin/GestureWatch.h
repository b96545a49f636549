#pragma once

// Hears when a hand takes hold of a knob, wherever that knob is drawn, so that each turn of it is
// one step of undo.

#include <juce_audio_processors/juce_audio_processors.h>

#include <functional>
#include <utility>

namespace organum::plugin
{

class GestureWatch : public juce::AudioProcessorListener
{
public:
    /** Each is called on the message thread with the parameter's place. */
    GestureWatch(juce::AudioProcessor& processorIn, std::function<void(int)> beginIn,
                 std::function<void(int)> endIn)
        : processor(processorIn)
        , begin(std::move(beginIn))
        , end(std::move(endIn))
    {
        processor.addListener(this);
    }
    ~GestureWatch() override { processor.removeListener(this); }

    /** Also called on audio threads, by automation. */
    void audioProcessorParameterChanged(juce::AudioProcessor*, int, float) override {}
    void audioProcessorChanged(juce::AudioProcessor*, const ChangeDetails&) override {}
    void audioProcessorParameterChangeGestureBegin(juce::AudioProcessor*, int place) override
    {
        begin(place);
    }
    void audioProcessorParameterChangeGestureEnd(juce::AudioProcessor*, int place) override
    {
        end(place);
    }

private:
    juce::AudioProcessor& processor;
    const std::function<void(int)> begin, end;
};

} // namespace organum::plugin
