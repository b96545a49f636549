#include "Plugin/PlayingParameters.h"

#include "Plugin/Identity.h"
#include "Plugin/ParameterBuilders.h"

namespace organum::plugin
{

namespace
{

juce::ParameterID idOf(const char* name)
{
    return {name, parameter_id::playingVersionHint};
}

juce::AudioParameterChoice* addChoice(juce::AudioProcessor& processor, const char* id,
                                      const char* name, const juce::StringArray& choices,
                                      int initial)
{
    return added(processor,
                 std::make_unique<juce::AudioParameterChoice>(idOf(id), name, choices, initial));
}

const juce::NormalisableRange<float> percent(0.0f, 100.0f, 1.0f);

} // namespace

PlayingParameters::PlayingParameters(juce::AudioProcessor& processor)
    : modeChoice(addChoice(processor, parameter_id::mode, "Mode",
                           {"Loop", "Endless", "One-shot", "Call and response", "Hold", "Latch"},
                           0))
    , grid(addChoice(processor, parameter_id::triggerGrid, "Trigger grid",
                     {"At once", "1/16", "1/8", "1/4", "Bar"}, 4))
    , callBars(addInteger(processor, idOf(parameter_id::callBars), "Call bars", 1, mostCallBars, 2))
    , runFree(addSwitch(processor, idOf(parameter_id::runFree), "Run free", false))
    , freeTempo(addNumber(processor, idOf(parameter_id::freeTempo), "Free tempo",
                          {20.0f, 300.0f, 0.1f}, 120.0f, 1))
    , swing(addNumber(processor, idOf(parameter_id::swing), "Swing", percent, 0.0f, 0))
    , swingStep(
          addChoice(processor, parameter_id::swingStep, "Swing step", {"Eighths", "Sixteenths"}, 0))
    , timing(addNumber(processor, idOf(parameter_id::humaniseTiming), "Humanise timing", percent,
                       0.0f, 0))
    , velocity(addNumber(processor, idOf(parameter_id::humaniseVelocity), "Humanise velocity",
                         percent, 0.0f, 0))
    , saveAsPlayed(addSwitch(processor, idOf(parameter_id::saveAsPlayed), "Save as played", false))
    , panic(addSwitch(processor, idOf(parameter_id::panic), "Panic", false))
    , previousTake(addSwitch(processor, idOf(parameter_id::previousTake), "Previous take", false))
    , nextTake(addSwitch(processor, idOf(parameter_id::nextTake), "Next take", false))
{
}

player::ModeSettings PlayingParameters::mode(std::int64_t barTicks) const
{
    player::ModeSettings settings;
    settings.mode =
        static_cast<player::Mode>(juce::jlimit(0, player::modeCount - 1, modeChoice->getIndex()));
    settings.grid =
        static_cast<player::Grid>(juce::jlimit(0, player::gridCount - 1, grid->getIndex()));
    settings.callBars = callBars->get();
    settings.barTicks = barTicks;
    return settings;
}

player::Feel PlayingParameters::feel() const
{
    player::Feel feel;
    feel.swing = swing->get() / 100.0f;
    feel.swingStep =
        swingStep->getIndex() == 0 ? player::ticksPerQuarter / 2 : player::ticksPerQuarter / 4;
    feel.timing = timing->get() / 100.0f;
    feel.velocity = velocity->get() / 100.0f;
    return feel;
}

} // namespace organum::plugin
