#include "Plugin/Parameters.h"

#include "Plugin/Identity.h"
#include "Plugin/ParameterBuilders.h"
#include "Score/Elements.h"
#include "Score/Scale.h"

#include <memory>
#include <utility>

namespace organum::plugin
{

namespace
{

juce::ParameterID idOf(const char* name)
{
    return {name, parameter_id::versionHint};
}

juce::NormalisableRange<float> range(float low, float high, float step, float centre)
{
    juce::NormalisableRange<float> result(low, high, step);
    if (centre > low)
        result.setSkewForCentre(centre);
    return result;
}

juce::StringArray tonicNames()
{
    juce::StringArray names;
    for (int tonic = 0; tonic < 12; ++tonic)
        names.add(score::tonicName(tonic));
    return names;
}

juce::StringArray scaleNames()
{
    juce::StringArray names;
    for (const score::Scale& scale : score::scales()) {
        const juce::String name(scale.name);
        names.add(name.substring(0, 1).toUpperCase() + name.substring(1));
    }
    return names;
}

juce::AudioParameterInt* addModel(juce::AudioProcessor& processor,
                                  std::function<juce::String(int)> modelName)
{
    const auto attributes =
        juce::AudioParameterIntAttributes()
            .withStringFromValueFunction([modelName = std::move(modelName)](int place, int) {
                const juce::String name = modelName(place);
                return juce::String(place + 1) + (name.isEmpty() ? "" : " " + name);
            })
            .withValueFromStringFunction(
                [](const juce::String& text) { return text.getIntValue() - 1; });
    return added(processor, std::make_unique<juce::AudioParameterInt>(
                                idOf(parameter_id::model), "Model", 0, Parameters::modelPlaces - 1,
                                0, attributes));
}

/** A pitch by its name, or "any" where it leaves the range open. */
juce::AudioParameterInt* addPitch(juce::AudioProcessor& processor, const char* id,
                                  const juce::String& name, int open)
{
    const auto attributes = juce::AudioParameterIntAttributes()
                                .withStringFromValueFunction([open](int pitch, int) {
                                    return pitch == open
                                               ? juce::String("any")
                                               : juce::String(score::readablePitchName(pitch));
                                })
                                .withValueFromStringFunction([open](const juce::String& text) {
                                    return Parameters::pitchFromText(text, open).value_or(open);
                                });
    return added(processor, std::make_unique<juce::AudioParameterInt>(
                                juce::ParameterID{id, parameter_id::rangeVersionHint}, name, 0,
                                Settings::largestPitch, open, attributes));
}

} // namespace

Parameters::Parameters(juce::AudioProcessor& processor, std::function<juce::String(int)> modelName)
    : model(addModel(processor, std::move(modelName)))
    , bars(addNumber(processor, idOf(parameter_id::bars), "Bars",
                     range(1, Settings::largestBars, 1, 16), 16, 0))
    , seed(addInteger(processor, idOf(parameter_id::seed), "Seed", 0, largestSeed, 1))
    , pitchTemperature(addNumber(processor, idOf(parameter_id::pitchTemperature),
                                 "Pitch temperature", range(0.05f, 4.0f, 0.01f, 1.0f), 1.0f, 2))
    , durationTemperature(addNumber(processor, idOf(parameter_id::durationTemperature),
                                    "Duration temperature", range(0.05f, 4.0f, 0.01f, 1.0f), 1.0f,
                                    2))
    , topP(addNumber(processor, idOf(parameter_id::topP), "Top-p", range(0.05f, 1.0f, 0.01f, 0.0f),
                     0.95f, 2))
    , key(added(processor, std::make_unique<juce::AudioParameterChoice>(idOf(parameter_id::key),
                                                                        "Key", tonicNames(), 0)))
    , scale(added(processor, std::make_unique<juce::AudioParameterChoice>(
                                 idOf(parameter_id::scale), "Scale", scaleNames(), 0)))
    , channel(addInteger(processor, idOf(parameter_id::channel), "Channel", 1, 16, 1))
    , follow(addSwitch(processor, idOf(parameter_id::follow), "Play with host", true))
    , thru(addSwitch(processor, idOf(parameter_id::thru), "MIDI thru", false))
    , preview(addSwitch(processor, idOf(parameter_id::preview), "Preview sound", true))
    , generate(addSwitch(processor, idOf(parameter_id::generate), "Generate", false))
    , continueTake(addSwitch(processor, idOf(parameter_id::continueTake), "Continue", false))
    , voices(processor)
    , playing(processor)
    , lowest(addPitch(processor, parameter_id::lowest, "Lowest pitch", 0))
    , highest(addPitch(processor, parameter_id::highest, "Highest pitch", Settings::largestPitch))
{
}

std::optional<int> Parameters::pitchFromText(const juce::String& text, int open)
{
    const juce::String typed = text.trim();
    return typed.equalsIgnoreCase("any") ? open : score::pitchFromText(typed.toStdString());
}

Settings Parameters::settings() const
{
    Settings settings;
    settings.model = model->get();
    settings.bars = juce::jlimit(1, Settings::largestBars, juce::roundToInt(bars->get()));
    settings.seed = seed->get();
    settings.pitchTemperature = pitchTemperature->get();
    settings.durationTemperature = durationTemperature->get();
    settings.topP = topP->get();
    settings.key = key->getIndex();
    settings.scale = scale->getIndex();
    settings.lowest = lowest->get();
    settings.highest = highest->get();
    voices.read(settings);
    settings.harmony = harmony.get();
    return settings;
}

void Parameters::apply(const Settings& settings)
{
    setPlain(*bars, static_cast<float>(settings.bars));
    setPlain(*seed, static_cast<float>(settings.seed));
    setPlain(*pitchTemperature, settings.pitchTemperature);
    setPlain(*durationTemperature, settings.durationTemperature);
    setPlain(*topP, settings.topP);
    setPlain(*key, static_cast<float>(settings.key));
    setPlain(*scale, static_cast<float>(settings.scale));
    setPlain(*lowest, static_cast<float>(settings.lowest));
    setPlain(*highest, static_cast<float>(settings.highest));
    voices.apply(settings);
    harmony.set(settings.harmony);
}

} // namespace organum::plugin
