#include "Picture/Colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace organum::picture
{

juce::Colour seriesColour(int index)
{
    static constexpr std::array<juce::uint32, 7> all = {
        0xFF0072B2, 0xFFD55E00, 0xFF009E73, 0xFFCC79A7, 0xFFE69F00, 0xFF56B4E9, 0xFF5B6575};
    return juce::Colour(all[static_cast<std::size_t>(std::abs(index)) % all.size()]);
}

juce::Colour amountColour(float amount)
{
    static constexpr std::array<juce::uint32, 7> stops = {
        0xFFFFFFFF, 0xFFD9E8F5, 0xFF9FC8E4, 0xFF5BA0CF, 0xFF2A74B0, 0xFF134B84, 0xFF071F45};
    if (std::isnan(amount))
        return juce::Colour(0xFF9A9A9A);
    const auto place = std::clamp(amount, 0.0f, 1.0f) * static_cast<float>(stops.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), stops.size() - 2);
    return juce::Colour(stops[below])
        .interpolatedWith(juce::Colour(stops[below + 1]), place - static_cast<float>(below));
}

} // namespace organum::picture
