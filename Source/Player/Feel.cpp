#include "Player/Feel.h"

#include "Player/Ticks.h"

#include <algorithm>
#include <cmath>

namespace organum::player
{

namespace
{

/** The values are part of what a seed means: never renumber. */
enum class Purpose : std::uint64_t
{
    timing = 1,
    velocity = 2
};

/** The finaliser of SplitMix64. */
std::uint64_t mixBits(std::uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/** From -1 to 1, mostly small: the sum of two even throws. */
double deviation(Purpose purpose, std::uint64_t seed, std::uint64_t position)
{
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u;
    std::uint64_t hash = mixBits(static_cast<std::uint64_t>(purpose) * golden);
    hash = mixBits(hash ^ (seed + golden));
    hash = mixBits(hash + position * golden + golden);
    const auto first = static_cast<double>(hash >> 32);
    const auto second = static_cast<double>(hash & 0xffffffffu);
    return (first + second) * 0x1.0p-32 - 1.0;
}

std::int64_t swingDelay(const Feel& feel)
{
    return std::llround(static_cast<double>(std::clamp(feel.swing, 0.0f, 1.0f)) * 0.5 *
                        static_cast<double>(feel.swingStep));
}

/** Stretches the first step of each pair and shortens the second. What is left of a bar that no
    pair fills stays straight. */
std::int64_t swung(std::int64_t tick, const Feel& feel, std::int64_t barLength)
{
    const std::int64_t delay = swingDelay(feel);
    const std::int64_t step = feel.swingStep;
    const std::int64_t inBar = floorModulo(tick, barLength);
    const std::int64_t pair = inBar / (2 * step);
    if (delay == 0 || (pair + 1) * 2 * step > barLength)
        return tick;
    const std::int64_t inPair = inBar - pair * 2 * step;
    const std::int64_t moved = inPair < step
                                   ? inPair * (step + delay) / step
                                   : step + delay + (inPair - step) * (step - delay) / step;
    return tick - inPair + moved;
}

} // namespace

std::int64_t Feel::mostEarly() const
{
    return timing > 0.0f ? largestShift : 0;
}

std::int64_t Feel::mostLate() const
{
    return mostEarly() + (swing > 0.0f ? swingDelay(*this) : 0);
}

FeltNote felt(const TimelineNote& note, const Feel& feel, const FeelPlace& place)
{
    if (feel.isPlain())
        return {note.onset, note.end, note.velocity};
    const std::uint64_t position = (static_cast<std::uint64_t>(place.start + note.onset) << 10) |
                                   static_cast<std::uint64_t>(note.pitch << 2 | note.voice);
    const std::int64_t bar = floorDivide(note.onset, place.barLength) * place.barLength;
    std::int64_t shift = 0;
    if (feel.timing > 0.0f)
        shift = std::llround(static_cast<double>(std::min(feel.timing, 1.0f)) *
                             static_cast<double>(Feel::largestShift) *
                             deviation(Purpose::timing, place.seed, position));
    FeltNote played{swung(note.onset, feel, place.barLength) + shift,
                    swung(note.end, feel, place.barLength) + shift, note.velocity};
    const std::int64_t last = std::min(bar + place.barLength, place.length) - 1;
    played.onset = std::clamp(played.onset, bar, last);
    played.end = std::clamp(played.end, played.onset + 1, place.length);
    if (feel.velocity > 0.0f) {
        const double accent = static_cast<double>(std::min(feel.velocity, 1.0f)) *
                              Feel::largestAccent *
                              deviation(Purpose::velocity, place.seed, position);
        played.velocity = static_cast<std::uint8_t>(
            std::clamp(note.velocity + static_cast<int>(std::lround(accent)), 1, 127));
    }
    return played;
}

} // namespace organum::player
