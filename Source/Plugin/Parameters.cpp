#include "Plugin/Parameters.h"

#include "Plugin/Identity.h"
#include "Score/Scale.h"

#include <cmath>
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

template <typename Parameter>
Parameter* added(juce::AudioProcessor& processor, std::unique_ptr<Parameter> parameter)
{
    Parameter* raw = parameter.get();
    processor.addParameter(parameter.release());
    return raw;
}

juce::NormalisableRange<float> range(float low, float high, float step, float centre)
{
    juce::NormalisableRange<float> result(low, high, step);
    if (centre > low)
        result.setSkewForCentre(centre);
    return result;
}

juce::AudioParameterFloat* addNumber(juce::AudioProcessor& processor, const char* id,
                                     const char* name, juce::NormalisableRange<float> values,
                                     float initial, int decimals)
{
    const auto attributes = juce::AudioParameterFloatAttributes()
                                .withStringFromValueFunction([decimals](float value, int) {
                                    return decimals == 0 ? juce::String(juce::roundToInt(value))
                                                         : juce::String(value, decimals);
                                })
                                .withValueFromStringFunction(
                                    [](const juce::String& text) { return text.getFloatValue(); });
    return added(processor, std::make_unique<juce::AudioParameterFloat>(idOf(id), name, values,
                                                                        initial, attributes));
}

juce::AudioParameterBool* addSwitch(juce::AudioProcessor& processor, const char* id,
                                    const char* name, bool initial)
{
    return added(processor, std::make_unique<juce::AudioParameterBool>(idOf(id), name, initial));
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
            .withStringFromValueFunction([modelName](int place, int) {
                const juce::String name = modelName(place);
                return juce::String(place + 1) + (name.isEmpty() ? "" : " " + name);
            })
            .withValueFromStringFunction(
                [](const juce::String& text) { return text.getIntValue() - 1; });
    return added(processor, std::make_unique<juce::AudioParameterInt>(
                                idOf(parameter_id::model), "Model", 0, Parameters::modelPlaces - 1,
                                0, attributes));
}

} // namespace

std::uint32_t Settings::pitchClassMask() const
{
    const auto& all = score::scales();
    if (scale < 0 || scale >= static_cast<int>(all.size()))
        return 0xFFFu;
    return score::pitchClasses(all[static_cast<std::size_t>(scale)], key);
}

Parameters::Parameters(juce::AudioProcessor& processor, std::function<juce::String(int)> modelName)
    : model(addModel(processor, std::move(modelName)))
    , bars(addNumber(processor, parameter_id::bars, "Bars", range(1, 256, 1, 16), 16, 0))
    , seed(added(processor, std::make_unique<juce::AudioParameterInt>(idOf(parameter_id::seed),
                                                                      "Seed", 0, largestSeed, 1)))
    , pitchTemperature(addNumber(processor, parameter_id::pitchTemperature, "Pitch temperature",
                                 range(0.05f, 4.0f, 0.01f, 1.0f), 1.0f, 2))
    , durationTemperature(addNumber(processor, parameter_id::durationTemperature,
                                    "Duration temperature", range(0.05f, 4.0f, 0.01f, 1.0f), 1.0f,
                                    2))
    , topP(addNumber(processor, parameter_id::topP, "Top-p", range(0.05f, 1.0f, 0.01f, 0.0f), 0.95f,
                     2))
    , key(added(processor, std::make_unique<juce::AudioParameterChoice>(idOf(parameter_id::key),
                                                                        "Key", tonicNames(), 0)))
    , scale(added(processor, std::make_unique<juce::AudioParameterChoice>(
                                 idOf(parameter_id::scale), "Scale", scaleNames(), 0)))
    , channel(added(processor, std::make_unique<juce::AudioParameterInt>(
                                   idOf(parameter_id::channel), "Channel", 1, 16, 1)))
    , follow(addSwitch(processor, parameter_id::follow, "Play with host", true))
    , thru(addSwitch(processor, parameter_id::thru, "MIDI thru", false))
    , preview(addSwitch(processor, parameter_id::preview, "Preview sound", true))
    , generate(addSwitch(processor, parameter_id::generate, "Generate", false))
    , continueTake(addSwitch(processor, parameter_id::continueTake, "Continue", false))
{
}

Settings Parameters::settings() const
{
    Settings settings;
    settings.model = model->get();
    settings.bars = juce::jlimit(1, 256, juce::roundToInt(bars->get()));
    settings.seed = static_cast<std::uint64_t>(seed->get());
    settings.pitchTemperature = static_cast<double>(pitchTemperature->get());
    settings.durationTemperature = static_cast<double>(durationTemperature->get());
    settings.topP = static_cast<double>(topP->get());
    settings.key = key->getIndex();
    settings.scale = scale->getIndex();
    return settings;
}

} // namespace organum::plugin
