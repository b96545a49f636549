// The one function a plugin format asks for. Compiled once for each shape.

#include "Plugin/Processor.h"

juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter();

juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter()
{
#if JucePlugin_IsMidiEffect
    return new organum::plugin::Processor(organum::plugin::Shape::midiEffect);
#else
    return new organum::plugin::Processor(organum::plugin::Shape::instrument);
#endif
}
