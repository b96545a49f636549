#include "Plugin/Wish.h"

#include "Plugin/HarmonyReading.h"

#include "Plugin/EditedNotes.h"

#include <algorithm>

namespace organum::plugin
{

namespace
{

constexpr auto noModels =
    "There is no model yet. Put a .organum file into ~/.local/share/organum/models.";

/** Another seed for every stretch that is added, or each would draw the same random numbers. */
std::uint64_t seedOffset(const Wish& wish, const WishContext& context)
{
    const std::int64_t before =
        wish.continues != nullptr ? wish.continues->bars : context.barsBefore;
    return 1000003u * static_cast<std::uint64_t>(before);
}

VoicesWish voicesOf(const Settings& settings, const ModelEntry& model, const Wish& wish,
                    const WishContext& context)
{
    VoicesWish voices;
    voices.names = model.voices;
    for (std::size_t i = 0; i < voices.latents.size(); ++i) {
        const LatentSetting& knob = settings.latents[i];
        // Style and groove stay when the take is continued; what differs from bar to bar goes on.
        const auto place = static_cast<int>(i);
        const bool changesByBar =
            place == latent::chords || (place >= latent::melody && place < latent::groove);
        const std::uint64_t offset = changesByBar ? seedOffset(wish, context) : 0u;
        voices.latents[i] = {static_cast<std::uint64_t>(knob.seedA) + offset,
                             static_cast<std::uint64_t>(knob.seedB) + offset,
                             static_cast<double>(knob.morph)};
    }
    for (std::size_t i = 0; i < voices.macros.size() && i < model.macros.size(); ++i)
        voices.macros[i] = static_cast<double>(settings.macros[i]);
    voices.rules = static_cast<double>(settings.rules);
    voices.locks = context.locks;
    if (wish.continues == nullptr && context.locks.any() && context.current != nullptr &&
        context.current->hasVoices())
        voices.kept = context.current;
    return voices;
}

} // namespace

WishOrProblem makeWish(const Settings& settings, Origin origin, const WishContext& context)
{
    if (!context.missingModel.empty())
        return {{},
                "The project's model \"" + context.missingModel + "\" is not installed. Put " +
                    context.missingModel +
                    ".organum into ~/.local/share/organum/models, or choose another model."};
    if (context.models.empty())
        return {{}, noModels};
    if (settings.model >= static_cast<int>(context.models.size()))
        return {{},
                "There is no model at place " + std::to_string(settings.model + 1) +
                    ". Choose one of the list."};
    const ModelEntry& entry = context.models[static_cast<std::size_t>(settings.model)];
    if (!entry.problem.empty())
        return {{}, entry.problem};

    Wish wish;
    wish.model = entry.file;
    wish.modelName = entry.title;
    wish.bars = settings.bars;
    wish.pitchTemperature = static_cast<double>(settings.pitchTemperature);
    wish.durationTemperature = static_cast<double>(settings.durationTemperature);
    wish.topP = static_cast<double>(settings.topP);
    wish.pitchClassMask = settings.pitchClassMask();
    if (!entry.hasVoices()) { // each voice has a range of its own
        wish.lowestPitch = std::min(settings.lowest, settings.highest);
        wish.highestPitch = std::max(settings.lowest, settings.highest);
    }
    wish.metreNumerator = context.metreNumerator;
    wish.metreDenominator = context.metreDenominator;
    wish.settings = settings;
    if (origin == Origin::played)
        wish.answers = context.played;
    if (origin == Origin::take)
        wish.continues = context.current;
    if (entry.hasVoices())
        wish.bars = std::clamp(wish.bars, fewestVoiceBars, mostVoiceBars);
    if (wish.continues != nullptr && wish.continues->bars + wish.bars > largestTakeBars)
        return {{},
                "The take cannot grow beyond " + std::to_string(largestTakeBars) +
                    " bars. Save it and generate a new one."};
    wish.seed = static_cast<std::uint64_t>(settings.seed) + seedOffset(wish, context);
    if (entry.hasVoices())
        wish.voices = voicesOf(settings, entry, wish, context);
    // Music with other voices has no place for edited notes; it stands alone.
    if (const TakePointer& now = context.current; wish.continues == nullptr && now != nullptr &&
                                                  now->hasVoices() == entry.hasVoices() &&
                                                  hasEditedNotes(*now))
        wish.edited = now;
    // What is kept keeps its bars, too.
    const TakePointer kept =
        wish.voices && wish.voices->kept != nullptr ? wish.voices->kept : wish.edited;
    if (const TakePointer& before = kept != nullptr ? kept : wish.continues; before != nullptr) {
        wish.metreNumerator = before->metreNumerator;
        wish.metreDenominator = before->metreDenominator;
    }
    try {
        // The harmony's first bar is the first of the whole music, whatever part of it is composed.
        const std::int64_t before =
            wish.continues != nullptr ? wish.continues->bars : context.barsBefore;
        wish.chords = chordPlaces(settings, before, wish);
        wish.chordStrength = static_cast<double>(settings.harmony.strength);
    } catch (const std::invalid_argument& error) {
        return {{}, error.what()};
    }
    return {std::move(wish), {}};
}

} // namespace organum::plugin
