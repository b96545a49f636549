#include "Training/Report/LongestCopy.h"

#include "Analysis/SharedRun.h"

#include <map>
#include <utility>

namespace organum::training
{
namespace
{

/** Elements as moments to compare: a shape is a duration and the pitches above the lowest. */
class Shapes
{
public:
    std::vector<analysis::Moment> momentsOf(const std::vector<score::Element>& elements)
    {
        std::vector<analysis::Moment> moments;
        moments.reserve(elements.size());
        for (const auto& element : elements) {
            const int base = element.isRest() ? 0 : element.pitches.front();
            auto intervals = element.pitches;
            for (auto& pitch : intervals)
                pitch -= base;
            const auto shape = numbers.emplace(std::pair(element.duration, std::move(intervals)),
                                               static_cast<int>(numbers.size()));
            moments.push_back({shape.first->second, base, !element.isRest()});
        }
        return moments;
    }

private:
    std::map<std::pair<score::Quarters, std::vector<int>>, int> numbers;
};

} // namespace

Copy longestCopy(const std::vector<score::Element>& music, const std::vector<const Piece*>& pieces)
{
    Shapes shapes;
    const auto moments = shapes.momentsOf(music);
    Copy best;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        const auto run =
            analysis::longestSharedRun(moments, shapes.momentsOf(pieces[p]->elements), best.length);
        if (run.length > best.length)
            best = {run.length, run.begin, p, run.otherBegin, run.shift};
    }
    return best;
}

} // namespace organum::training
