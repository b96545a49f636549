#include "Engine/Voices/VoiceLeading.h"

#include <cstdlib>

namespace organum::engine
{

namespace
{

// In nats at full strength. Bach crosses voices now and then and hardly ever writes parallels.
constexpr double parallelCost = 16.0;
constexpr double crossingCost = 6.0;
constexpr double rangeCostPerPitch = 24.0;
constexpr double departureCostPerCell = 1.6;
constexpr double wishFactor = 1.6;
constexpr double departureCostBesideGiven = 0.8;
constexpr double wishFactorBesideGiven = 2.8;

constexpr int stepsPerBeat = 4;

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

VoiceLeading::VoiceLeading(const std::vector<VoiceInfo>& voicesIn, double strength,
                           const IntervalWishes* wishesIn, bool besideGiven)
    : voices(voicesIn)
    , parallel(parallelCost * strength)
    , crossing(crossingCost * strength)
    , outOfRange(rangeCostPerPitch * strength)
    , wishes(voices.size() == 4 ? wishesIn : nullptr)
    , departure(
          (besideGiven && wishes != nullptr ? departureCostBesideGiven : departureCostPerCell) *
          strength)
    , wishing((besideGiven ? wishFactorBesideGiven : wishFactor) * strength)
{
}

double VoiceLeading::wish(std::size_t first, std::size_t second, int interval, int step) const
{
    // Pairs of four voices in the order SA ST SB AT AB TB.
    static constexpr std::size_t rows[] = {0, 2, 3};
    const auto pair = rows[first] + second - 1;
    const auto place = (pair * 2 + (step % stepsPerBeat == 0 ? 0 : 1)) * 12 +
                       static_cast<std::size_t>(((interval % 12) + 12) % 12);
    return static_cast<double>((*wishes)[place]);
}

double VoiceLeading::pairCost(std::size_t first, std::size_t second, const VoicePitches& before,
                              int firstNow, int secondNow, int step) const
{
    const bool moved = firstNow != before[first] || secondNow != before[second];
    if (!moved || firstNow < 0 || secondNow < 0)
        return 0.0;
    double cost = isParallel(before[first], before[second], firstNow, secondNow) ? parallel : 0.0;
    // A crossing is paid for once, by whoever moves into it.
    if (firstNow < secondNow)
        cost += crossing;
    if (wishes != nullptr)
        cost -= wishing * wish(first, second, firstNow - secondNow, step);
    return cost;
}

double VoiceLeading::rangeCost(std::size_t voice, int before, int now) const
{
    const bool within = now < 0 || (now >= voices[voice].lowest && now <= voices[voice].highest);
    return within || now == before ? 0.0 : outOfRange;
}

double VoiceLeading::cost(const VoicePitches& before, const VoicePitches& now, int step) const
{
    double sum = 0.0;
    for (std::size_t a = 0; a < voices.size(); ++a) {
        sum += rangeCost(a, before[a], now[a]);
        for (std::size_t b = a + 1; b < voices.size(); ++b)
            sum += pairCost(a, b, before, now[a], now[b], step);
    }
    return sum;
}

double VoiceLeading::mostPerCell() const
{
    return 2.0 * (parallel + crossing);
}

} // namespace organum::engine
