#include "Plugin/VoiceParameters.h"

#include "Plugin/Identity.h"
#include "Plugin/ParameterBuilders.h"

#include <iterator>

namespace organum::plugin
{

namespace
{

juce::ParameterID idOf(const juce::String& name)
{
    return {name, parameter_id::voicesVersionHint};
}

/** "melody_soprano" -> "Melody soprano". */
juce::String titleOf(const char* id)
{
    const auto words = juce::String(id).replaceCharacter('_', ' ');
    return words.substring(0, 1).toUpperCase() + words.substring(1);
}

const juce::NormalisableRange<float> zeroToOne(0.0f, 1.0f, 0.01f);
const juce::NormalisableRange<float> minusOneToOne(-1.0f, 1.0f, 0.01f);

static_assert(std::size(parameter_id::latents) == latentCount, "every knob needs its id");
static_assert(std::size(parameter_id::voices) == largestVoices, "every voice needs its id");

} // namespace

VoiceParameters::VoiceParameters(juce::AudioProcessor& processor)
{
    const Settings initial;
    for (std::size_t i = 0; i < latents.size(); ++i) {
        const juce::String id = parameter_id::latents[i];
        const juce::String title = titleOf(parameter_id::latents[i]);
        const LatentSetting& knob = initial.latents[i];
        latents[i].seedA = addInteger(processor, idOf(id + "_seed_a"), title + " seed A", 0,
                                      Settings::largestSeed, knob.seedA);
        latents[i].seedB = addInteger(processor, idOf(id + "_seed_b"), title + " seed B", 0,
                                      Settings::largestSeed, knob.seedB);
        latents[i].morph =
            addNumber(processor, idOf(id + "_morph"), title + " morph", zeroToOne, knob.morph, 2);
    }
    rules = addNumber(processor, idOf(parameter_id::rules), "Rule strength", zeroToOne,
                      initial.rules, 2);
    for (std::size_t i = 0; i < voices.size(); ++i) {
        const juce::String id = parameter_id::voices[i];
        const juce::String title = titleOf(parameter_id::voices[i]);
        voices[i].lock = addSwitch(processor, idOf(id + "_lock"), title + " lock", false);
        voices[i].mute = addSwitch(processor, idOf(id + "_mute"), title + " mute", false);
        voices[i].channel = addInteger(processor, idOf(id + "_channel"), title + " channel", 1, 16,
                                       static_cast<int>(i) + 1);
    }
    for (std::size_t i = 0; i < macros.size(); ++i) {
        const juce::String number(static_cast<int>(i) + 1);
        macros[i] = addNumber(processor, idOf(parameter_id::macro + number), "Macro " + number,
                              minusOneToOne, initial.macros[i], 2);
    }
}

void VoiceParameters::read(Settings& settings) const
{
    for (std::size_t i = 0; i < latents.size(); ++i)
        settings.latents[i] = {latents[i].seedA->get(), latents[i].seedB->get(),
                               latents[i].morph->get()};
    settings.rules = rules->get();
    for (std::size_t i = 0; i < macros.size(); ++i)
        settings.macros[i] = macros[i]->get();
}

void VoiceParameters::apply(const Settings& settings)
{
    for (std::size_t i = 0; i < latents.size(); ++i) {
        setPlain(*latents[i].seedA, static_cast<float>(settings.latents[i].seedA));
        setPlain(*latents[i].seedB, static_cast<float>(settings.latents[i].seedB));
        setPlain(*latents[i].morph, settings.latents[i].morph);
    }
    setPlain(*rules, settings.rules);
    for (std::size_t i = 0; i < macros.size(); ++i)
        setPlain(*macros[i], settings.macros[i]);
}

std::uint32_t VoiceParameters::lockedVoices() const
{
    std::uint32_t mask = 0;
    for (std::size_t i = 0; i < voices.size(); ++i)
        mask |= voices[i].lock->get() ? 1u << i : 0u;
    return mask;
}

std::uint32_t VoiceParameters::mutedVoices() const
{
    std::uint32_t mask = 0;
    for (std::size_t i = 0; i < voices.size(); ++i)
        mask |= voices[i].mute->get() ? 1u << i : 0u;
    return mask;
}

std::array<int, largestVoices> VoiceParameters::channels() const
{
    std::array<int, largestVoices> result{};
    for (std::size_t i = 0; i < voices.size(); ++i)
        result[i] = voices[i].channel->get() - 1;
    return result;
}

} // namespace organum::plugin
