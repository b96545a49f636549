#include "Score/Elements.h"

#include <algorithm>
#include <stdexcept>

namespace organum::score
{
namespace
{

/** Whole bars that fit into a length, a started bar counted as one: a metre change ends it early.
 */
std::int64_t barsIn(const Quarters& length, const Quarters& barLength)
{
    return -((-(length / barLength)).floor());
}

} // namespace

BarGrid::BarGrid(std::vector<MetreChange> metres)
{
    for (const auto& metre : metres)
        if (metre.numerator < 1 || metre.denominator < 1)
            throw std::invalid_argument("The metre " + std::to_string(metre.numerator) + "/" +
                                        std::to_string(metre.denominator) +
                                        " has no bars; both numbers must be at least 1.");
    std::stable_sort(metres.begin(), metres.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    stretches.push_back({Quarters(0), 0, MetreChange{}});
    for (const auto& metre : metres) {
        auto& last = stretches.back();
        if (metre.at <= last.start) {
            last.metre = metre;
            continue;
        }
        const auto bars = barsIn(metre.at - last.start, last.metre.barLength());
        stretches.push_back({metre.at, last.firstBar + bars, metre});
    }
}

BarPosition BarGrid::at(const Quarters& time) const
{
    auto next = std::upper_bound(stretches.begin(), stretches.end(), time,
                                 [](const Quarters& t, const Stretch& s) { return t < s.start; });
    const auto& stretch = next == stretches.begin() ? *next : *(next - 1);
    const auto length = stretch.metre.barLength();
    const auto since = time - stretch.start;
    const auto bars = (since / length).floor();
    BarPosition position;
    position.bar = stretch.firstBar + bars;
    position.offset = since - length * Quarters(bars);
    position.barLength = length;
    position.numerator = stretch.metre.numerator;
    position.denominator = stretch.metre.denominator;
    return position;
}

Quarters BarGrid::barStart(std::int64_t bar) const
{
    auto next = std::upper_bound(stretches.begin(), stretches.end(), bar,
                                 [](std::int64_t b, const Stretch& s) { return b < s.firstBar; });
    const auto& stretch = next == stretches.begin() ? *next : *(next - 1);
    return stretch.start + stretch.metre.barLength() * Quarters(bar - stretch.firstBar);
}

} // namespace organum::score
