#include "Plugin/Variations.h"

#include <algorithm>
#include <cmath>

namespace organum::plugin
{

namespace
{

int otherSeed(int seed, int index, std::size_t knob)
{
    // SplitMix64 (Steele, Lea and Flood 2014), as far apart as a die throws.
    std::uint64_t z = static_cast<std::uint64_t>(seed) * 1000003u +
                      static_cast<std::uint64_t>(index) * 64u + static_cast<std::uint64_t>(knob) +
                      0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return static_cast<int>(z % (Settings::largestSeed + 1u));
}

/** The idea at which a knob stands, if it stands at one. */
std::optional<int> ideaOf(const LatentSetting& knob)
{
    if (knob.morph <= 0.0f || knob.seedA == knob.seedB)
        return knob.seedA;
    if (knob.morph >= 1.0f)
        return knob.seedB;
    return {};
}

/** Where an idea stands on the way of a knob: 0, 1, or nowhere. */
std::optional<float> placeOn(const LatentSetting& way, int idea)
{
    if (idea == way.seedA)
        return 0.0f;
    if (idea == way.seedB)
        return 1.0f;
    return {};
}

float between(float a, float b, double t)
{
    return static_cast<float>((1.0 - t) * static_cast<double>(a) + t * static_cast<double>(b));
}

std::optional<LatentSetting> between(const LatentSetting& a, const LatentSetting& b, double t)
{
    const auto ideaA = ideaOf(a);
    const auto ideaB = ideaOf(b);
    if (ideaA && ideaB)
        return LatentSetting{*ideaA, *ideaB, static_cast<float>(t)};
    // One stands between two ideas: the other must lie on the same great circle.
    const LatentSetting& way = ideaA ? b : a;
    const auto placeA = ideaA ? placeOn(way, *ideaA) : std::optional<float>(a.morph);
    auto placeB = ideaB ? placeOn(way, *ideaB) : std::optional<float>(b.morph);
    if (!ideaA && !ideaB && (a.seedA != b.seedA || a.seedB != b.seedB)) {
        placeB.reset();
        if (a.seedA == b.seedB && a.seedB == b.seedA)
            placeB = 1.0f - b.morph;
    }
    if (!placeA || !placeB)
        return {};
    return LatentSetting{way.seedA, way.seedB, between(*placeA, *placeB, t)};
}

std::string nameOf(std::size_t knob, const Take& take)
{
    const auto place = static_cast<int>(knob);
    if (place == latent::chords)
        return "chords";
    if (place == latent::style)
        return "style";
    const bool isMelody = place < latent::groove;
    const auto voice =
        static_cast<std::size_t>(place - (isMelody ? latent::melody : latent::groove));
    return (isMelody ? "melody, " : "groove, ") +
           (voice < take.voiceNames.size() ? take.voiceNames[voice] : std::to_string(voice + 1));
}

} // namespace

Settings variationOf(const Settings& settings, int index, bool hasVoices,
                     std::uint32_t lockedVoices)
{
    Settings varied = settings;
    if (!hasVoices) {
        varied.seed = (settings.seed + index) % (Settings::largestSeed + 1);
        return varied;
    }
    const auto throwAnew = [&](int knob) {
        const auto place = static_cast<std::size_t>(knob);
        LatentSetting& latent = varied.latents[place];
        const bool isOneIdea = latent.seedA == latent.seedB;
        latent.seedA = otherSeed(latent.seedA, index, place);
        latent.seedB = isOneIdea ? latent.seedA : otherSeed(latent.seedB, index, place + 32);
    };
    throwAnew(latent::chords);
    for (int voice = 0; voice < largestVoices; ++voice)
        if ((lockedVoices >> voice & 1u) == 0)
            throwAnew(latent::melody + voice);
    return varied;
}

SettingsOrProblem morphed(const Take& a, const Take& b, double t)
{
    if (!a.hasVoices() || !b.hasVoices())
        return {{},
                "Only music of four voices can be morphed: its models have ideas between which "
                "one can stand. The notes of other models are chosen one by one."};
    if (!isBySameModel(a, b))
        return {{},
                "Only takes of the same model can be morphed; A is by " + a.model + ", B by " +
                    b.model + (a.model == b.model ? " as it was at another time." : ".")};
    if (!a.settings || !b.settings)
        return {{}, "A take without its knobs, of an early release, cannot be morphed."};
    const Settings& from = *a.settings;
    const Settings& to = *b.settings;
    Settings result = t < 0.5 ? from : to;
    for (std::size_t i = 0; i < result.latents.size(); ++i) {
        const auto knob = between(from.latents[i], to.latents[i], t);
        if (!knob)
            return {{},
                    "No knob leads from A to B: \"" + nameOf(i, a) +
                        "\" stands between two ideas. Turn it to 0 or 1 and compose again."};
        result.latents[i] = *knob;
    }
    result.rules = between(from.rules, to.rules, t);
    for (std::size_t i = 0; i < result.macros.size(); ++i)
        result.macros[i] = between(from.macros[i], to.macros[i], t);
    return {result, {}};
}

} // namespace organum::plugin
