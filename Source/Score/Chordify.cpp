#include "Score/Elements.h"

#include <algorithm>
#include <array>

namespace organum::score
{
namespace
{

struct Edge
{
    Quarters at;
    int pitch;
    int change; ///< +1 where a note begins, -1 where it ends
};

/** Halfway between two steps the even one is taken, as IEEE rounding does. */
Quarters nearestStep(const Quarters& time, std::int64_t stepsPerQuarter)
{
    const auto steps = time * Quarters(stepsPerQuarter);
    auto nearest = (steps + Quarters(1, 2)).floor();
    if (steps.denominator() == 2 && nearest % 2 != 0)
        --nearest;
    return {nearest, stepsPerQuarter};
}

Quarters distance(const Quarters& a, const Quarters& b)
{
    return a < b ? b - a : a - b;
}

} // namespace

bool Element::operator==(const Element& other) const
{
    return pitches == other.pitches && onset == other.onset && duration == other.duration;
}

Quarters snapped(const Quarters& time)
{
    const auto quarters = nearestStep(time, 4);
    const auto thirds = nearestStep(time, 3);
    return distance(time, quarters) <= distance(time, thirds) ? quarters : thirds;
}

std::vector<Element> chordify(const Score& score, const PartSelection& parts)
{
    std::vector<Edge> edges;
    for (const auto& note : selectedNotes(score, parts)) {
        const auto begin = std::max(snapped(note.onset), Quarters(0));
        const auto end = snapped(note.end());
        if (begin < end) {
            edges.push_back({begin, note.pitch, 1});
            edges.push_back({end, note.pitch, -1});
        }
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.at < b.at; });

    std::array<int, 128> sounding{};
    std::vector<Element> elements;
    Quarters from;
    for (std::size_t i = 0; i < edges.size();) {
        const auto until = edges[i].at;
        if (from < until) {
            Element element;
            element.onset = from;
            element.duration = until - from;
            for (int pitch = 0; pitch < 128; ++pitch)
                if (sounding[static_cast<std::size_t>(pitch)] > 0)
                    element.pitches.push_back(pitch);
            elements.push_back(std::move(element));
            from = until;
        }
        for (; i < edges.size() && edges[i].at == until; ++i)
            sounding[static_cast<std::size_t>(edges[i].pitch & 127)] += edges[i].change;
    }
    return elements;
}

} // namespace organum::score
