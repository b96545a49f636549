// The one function a plugin format asks for. Compiled once for each shape.

#include "Plugin/Processor.h"

#include <memory>

juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter();

juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter()
{
#if JucePlugin_IsMidiEffect
    constexpr auto shape = organum::plugin::Shape::midiEffect;
#else
    constexpr auto shape = organum::plugin::Shape::instrument;
#endif
    auto made = std::make_unique<organum::plugin::Processor>(shape);
    made->welcomeUser();
    return made.release();
}
