// Catch2's main() with JUCE's message thread around it, as the plugin expects of its host.

#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <juce_events/juce_events.h>

int main(int argumentCount, char** arguments)
{
    const juce::ScopedJuceInitialiser_GUI juceIsUp;
    return Catch::Session().run(argumentCount, arguments);
}
