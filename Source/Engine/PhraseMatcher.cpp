#include "Engine/PhraseMatcher.h"

#include <algorithm>
#include <array>

namespace organum::engine
{

namespace
{

constexpr std::array<std::int32_t, PhraseMatcher::lengthClasses> lengthBounds{
    0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48};

} // namespace

int PhraseMatcher::lengthClass(std::int32_t length)
{
    const auto after = std::upper_bound(lengthBounds.begin(), lengthBounds.end(), length);
    return std::max(0, static_cast<int>(after - lengthBounds.begin()) - 1);
}

int PhraseMatcher::distanceClass(std::size_t elementsAgo)
{
    int result = 0;
    while (result + 1 < distanceClasses && elementsAgo >= (std::size_t{2} << result))
        ++result;
    return result;
}

int PhraseMatcher::shareClass(std::int32_t length, std::size_t elementsAgo)
{
    const auto tenths = 10 * static_cast<std::size_t>(length);
    return (tenths >= 5 * elementsAgo ? 1 : 0) + (tenths >= 9 * elementsAgo ? 1 : 0);
}

int PhraseMatcher::scoreRow(std::int32_t length, bool samePositionInBar, std::size_t elementsAgo)
{
    const auto place = lengthClass(length) * 2 + (samePositionInBar ? 1 : 0);
    return (place * distanceClasses + distanceClass(elementsAgo)) * shareClasses +
           shareClass(length, elementsAgo);
}

void PhraseMatcher::append(const score::Element& element)
{
    Heard heard{element.pitches, element.duration, {}, -1};
    if (!element.isRest()) {
        heard.lowest = element.pitches.front();
        for (const int pitch : element.pitches)
            heard.shape.push_back(pitch - heard.lowest);
    }
    elements.push_back(std::move(heard));

    // Candidate j grows out of candidate j - 1 of the step before, so go from the newest down. With
    // t elements played, the last one (t - 1) is held against the one before the candidate (j - 1).
    current.emplace_back();
    const auto last = elements.size() - 1;
    const auto oldest = std::max<std::size_t>(1, firstCandidate());
    for (auto j = last; j >= oldest; --j) {
        const auto& now = elements[last];
        const auto& then = elements[j - 1];
        const auto before = current[j - 1];
        auto& candidate = current[j];
        candidate = {};

        if (now.duration != then.duration)
            continue;
        if (now.pitches == then.pitches) {
            candidate.literalLength = before.literalLength + 1;
        } else if (now.lowest >= 0 && then.lowest >= 0 && now.shape == then.shape) {
            candidate.interval = now.lowest - then.lowest;
            candidate.transposedLength =
                before.transposedLength > 0 && before.interval == candidate.interval
                    ? before.transposedLength + 1
                    : 1;
        }
        // The element that would be said again must itself be something that can be moved.
        if (elements[j].lowest < 0)
            candidate.transposedLength = 0;
    }
    current[0] = {};
}

void PhraseMatcher::clear()
{
    elements.clear();
    current.clear();
}

} // namespace organum::engine
