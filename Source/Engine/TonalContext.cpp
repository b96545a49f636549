#include "Engine/TonalContext.h"

#include <algorithm>
#include <numeric>

namespace organum::engine
{

namespace
{

// What remains of a memory after each element: about five and fifty elements are remembered.
constexpr float shortDecay = 0.8f;
constexpr float longDecay = 0.98f;

} // namespace

void TonalContext::append(const score::Element& element)
{
    if (element.isRest())
        return;
    before = last;
    last = element.pitches.front();
    for (auto& share : shortMemory)
        share *= shortDecay;
    for (auto& share : longMemory)
        share *= longDecay;
    for (const int pitch : element.pitches) {
        shortMemory[static_cast<std::size_t>(pitch % 12)] += 1.0f;
        longMemory[static_cast<std::size_t>(pitch % 12)] += 1.0f;
    }
}

int TonalContext::intervalClass() const
{
    if (before < 0)
        return intervalClasses - 1;
    return std::clamp(last - before, -widestInterval, widestInterval) + widestInterval;
}

std::array<float, TonalContext::degreeCount> TonalContext::degrees() const
{
    std::array<float, degreeCount> result{};
    if (last < 0)
        return result;
    std::size_t offset = 0;
    for (const auto* memory : {&shortMemory, &longMemory}) {
        const float sum = std::accumulate(memory->begin(), memory->end(), 0.0f);
        for (std::size_t degree = 0; degree < 12; ++degree)
            result[offset + degree] =
                (*memory)[(static_cast<std::size_t>(last) + degree) % 12] / sum;
        offset += 12;
    }
    return result;
}

} // namespace organum::engine
