#include "Engine/Macros.h"

#include <algorithm>
#include <cmath>

namespace organum::engine
{

std::array<std::vector<float>, VoiceWishes::latentCount> offsetsOf(const std::vector<Macro>& macros,
                                                                   const VoiceWishes& wishes)
{
    std::array<std::vector<float>, VoiceWishes::latentCount> offsets;
    const auto count = std::min(macros.size(), wishes.macros.size());
    for (std::size_t macro = 0; macro < count; ++macro) {
        const double value = wishes.macros[macro];
        if (value == 0.0)
            continue;
        for (std::size_t i = 0; i < offsets.size(); ++i) {
            const auto& direction = macros[macro].direction[i];
            offsets[i].resize(std::max(offsets[i].size(), direction.size()), 0.0f);
            for (std::size_t k = 0; k < direction.size(); ++k)
                offsets[i][k] += static_cast<float>(value * direction[k]);
        }
    }
    return offsets;
}

std::vector<float> movedBy(const std::vector<float>& a, const std::vector<float>& offset)
{
    double before = 0.0;
    double after = 0.0;
    std::vector<float> moved(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double sum = static_cast<double>(a[i]) + offset[i];
        before += static_cast<double>(a[i]) * a[i];
        after += sum * sum;
        moved[i] = static_cast<float>(sum);
    }
    if (after == 0.0) // nowhere to go
        return a;
    const double scale = std::sqrt(before / after);
    for (auto& value : moved)
        value = static_cast<float>(value * scale);
    return moved;
}

} // namespace organum::engine
