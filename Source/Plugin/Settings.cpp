#include "Plugin/Settings.h"

#include "Score/Scale.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace organum::plugin
{

namespace
{

auto plainValues(const Settings& settings)
{
    return std::tie(settings.bars, settings.seed, settings.pitchTemperature,
                    settings.durationTemperature, settings.topP, settings.key, settings.scale,
                    settings.lowest, settings.highest, settings.latents, settings.rules,
                    settings.macros, settings.harmony);
}

struct Differences
{
    std::uint64_t bits = 0;
    int next = 0;

    template <typename Value>
    void compare(const Value& mine, const Value& theirs)
    {
        if (!(mine == theirs))
            bits |= std::uint64_t{1} << next;
        ++next;
    }
};

bool isWithin(float value, float low, float high)
{
    return std::isfinite(value) && value >= low && value <= high;
}

bool isWithin(int value, int low, int high)
{
    return value >= low && value <= high;
}

} // namespace

std::uint32_t Settings::pitchClassMask() const
{
    const auto& all = score::scales();
    if (scale < 0 || scale >= static_cast<int>(all.size()))
        return 0xFFFu;
    return score::pitchClasses(all[static_cast<std::size_t>(scale)], key);
}

std::uint64_t Settings::differencesForVoices(const Settings& other) const
{
    Differences differences;
    for (std::size_t i = 0; i < latents.size(); ++i)
        differences.compare(latents[i], other.latents[i]);
    differences.compare(rules, other.rules);
    differences.compare(bars, other.bars);
    differences.compare(key, other.key);
    differences.compare(scale, other.scale);
    for (std::size_t i = 0; i < macros.size(); ++i)
        differences.compare(macros[i], other.macros[i]);
    differences.compare(harmony, other.harmony);
    return differences.bits;
}

std::uint64_t Settings::differencesForLines(const Settings& other) const
{
    Differences differences;
    differences.compare(bars, other.bars);
    differences.compare(seed, other.seed);
    differences.compare(pitchTemperature, other.pitchTemperature);
    differences.compare(durationTemperature, other.durationTemperature);
    differences.compare(topP, other.topP);
    differences.compare(key, other.key);
    differences.compare(scale, other.scale);
    differences.compare(lowest, other.lowest);
    differences.compare(highest, other.highest);
    differences.compare(harmony, other.harmony);
    return differences.bits;
}

bool Settings::operator==(const Settings& other) const
{
    return plainValues(*this) == plainValues(other);
}

bool isInRange(const Settings& settings)
{
    const auto isKnob = [](const LatentSetting& knob) {
        return isWithin(knob.seedA, 0, Settings::largestSeed) &&
               isWithin(knob.seedB, 0, Settings::largestSeed) && isWithin(knob.morph, 0.0f, 1.0f);
    };
    return isWithin(settings.bars, 1, Settings::largestBars) &&
           isWithin(settings.seed, 0, Settings::largestSeed) &&
           isWithin(settings.pitchTemperature, 0.05f, 4.0f) &&
           isWithin(settings.durationTemperature, 0.05f, 4.0f) &&
           isWithin(settings.topP, 0.05f, 1.0f) && isWithin(settings.key, 0, 11) &&
           isWithin(settings.scale, 0, static_cast<int>(score::scales().size()) - 1) &&
           isWithin(settings.lowest, 0, Settings::largestPitch) &&
           isWithin(settings.highest, 0, Settings::largestPitch) &&
           isWithin(settings.rules, 0.0f, 1.0f) &&
           settings.harmony.chords.size() <= Harmony::longest &&
           isWithin(settings.harmony.strength, 0.0f, 1.0f) &&
           std::all_of(settings.latents.begin(), settings.latents.end(), isKnob) &&
           std::all_of(settings.macros.begin(), settings.macros.end(),
                       [](float macro) { return isWithin(macro, -1.0f, 1.0f); });
}

} // namespace organum::plugin
