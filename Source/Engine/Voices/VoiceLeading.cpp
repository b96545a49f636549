#include "Engine/Voices/VoiceLeading.h"

#include <cstdlib>

namespace organum::engine
{

namespace
{

// In nats at full strength. Bach crosses voices now and then and hardly ever writes parallels.
constexpr double parallelCost = 15.0;
constexpr double crossingCost = 4.0;
constexpr double rangeCostPerPitch = 6.0;

/** The first half of the dial corrects where the network hardly minds, the second half insists. */
double curved(double strength)
{
    return strength * strength;
}

} // namespace

bool isParallel(int upperBefore, int lowerBefore, int upperNow, int lowerNow)
{
    if (upperBefore < 0 || lowerBefore < 0 || upperNow < 0 || lowerNow < 0)
        return false;
    const int upper = upperNow - upperBefore;
    const int lower = lowerNow - lowerBefore;
    if (upper == 0 || lower == 0 || (upper > 0) != (lower > 0))
        return false;
    const int before = std::abs(upperBefore - lowerBefore) % 12;
    const int now = std::abs(upperNow - lowerNow) % 12;
    return before == now && (now == 0 || now == 7);
}

VoiceLeading::VoiceLeading(const std::vector<VoiceInfo>& voicesIn, double strength)
    : voices(voicesIn)
    , parallel(parallelCost * curved(strength))
    , crossing(crossingCost * curved(strength))
    , outOfRange(rangeCostPerPitch * curved(strength))
{
}

double VoiceLeading::pairCost(std::size_t first, std::size_t second, const VoicePitches& before,
                              int firstNow, int secondNow) const
{
    double cost = isParallel(before[first], before[second], firstNow, secondNow) ? parallel : 0.0;
    // A crossing is paid for once, by whoever moves into it.
    const bool moved = firstNow != before[first] || secondNow != before[second];
    if (moved && firstNow >= 0 && secondNow >= 0 && firstNow < secondNow)
        cost += crossing;
    return cost;
}

double VoiceLeading::rangeCost(std::size_t voice, int before, int now) const
{
    const bool within = now < 0 || (now >= voices[voice].lowest && now <= voices[voice].highest);
    return within || now == before ? 0.0 : outOfRange;
}

double VoiceLeading::cost(const VoicePitches& before, const VoicePitches& now) const
{
    double sum = 0.0;
    for (std::size_t a = 0; a < voices.size(); ++a) {
        sum += rangeCost(a, before[a], now[a]);
        for (std::size_t b = a + 1; b < voices.size(); ++b)
            sum += pairCost(a, b, before, now[a], now[b]);
    }
    return sum;
}

double VoiceLeading::mostPerCell() const
{
    return 2.0 * (parallel + crossing) + outOfRange;
}

} // namespace organum::engine
