#include "Analysis/SharedRun.h"

#include <algorithm>

namespace organum::analysis
{
namespace
{

using Index = std::ptrdiff_t;

/** Works through the grid of (line, other) one diagonal at a time. */
class Search
{
public:
    Search(const std::vector<Moment>& lineIn, const std::vector<Moment>& otherIn,
           std::size_t longerThan)
        : line(lineIn)
        , other(otherIn)
        , longest(static_cast<Index>(longerThan))
    {
    }

    SharedRun run()
    {
        const auto n = static_cast<Index>(line.size()), m = static_cast<Index>(other.size());
        for (diagonal = -(n - 1); diagonal < m; ++diagonal) {
            low = std::max<Index>(0, -diagonal);
            high = std::min(n, m - diagonal);
            if (high - low <= longest)
                continue;
            if (longest == 0)
                scan(low, high);
            else
                probe();
        }
        return best;
    }

private:
    struct Cell
    {
        bool same;
        bool sounds;
        int shift;
    };

    Cell at(Index i) const
    {
        const auto& a = line[static_cast<std::size_t>(i)];
        const auto& b = other[static_cast<std::size_t>(i + diagonal)];
        return {a.shape == b.shape, a.sounds, a.base - b.base};
    }

    /** A run longer than `longest` covers two neighbours of any row of probes half that far apart,
        and these must agree; where they do, all that agrees with the first is scanned. */
    void probe()
    {
        const auto stride = (longest + 1) / 2;
        for (auto p = low; p + stride < high;) {
            const auto first = at(p), second = at(p + stride);
            if (!second.same) {
                p += 2 * stride;
                continue;
            }
            const bool agree =
                first.same && (!first.sounds || !second.sounds || first.shift == second.shift);
            if (!agree) {
                p += stride;
                continue;
            }
            const auto begin = extend(p, -1) + 1, end = extend(p, 1);
            scan(begin, end);
            // A run may yet begin in the rests at the end of what was scanned.
            const auto lastProbe = low + (end - 1 - low) / stride * stride;
            p = std::max(p + stride, lastProbe - stride);
        }
    }

    /** The first cell in a direction that does not agree with the one at `from`. */
    Index extend(Index from, Index direction) const
    {
        auto held = at(from);
        auto i = from + direction;
        for (; i >= low && i < high; i += direction) {
            const auto cell = at(i);
            if (!cell.same || (cell.sounds && held.sounds && cell.shift != held.shift))
                break;
            if (cell.sounds)
                held = cell;
        }
        return i;
    }

    /** A run keeps the shift that its first sounding moment sets; when the shift breaks, rests just
        before go on in the next run. */
    void scan(Index from, Index to)
    {
        Index length = 0, restsAtEnd = 0;
        bool hasShift = false;
        int shift = 0;
        for (auto i = from; i < to; ++i) {
            const auto cell = at(i);
            if (!cell.same) {
                length = restsAtEnd = 0;
                hasShift = false;
                continue;
            }
            if (!cell.sounds) {
                ++length;
                ++restsAtEnd;
            } else {
                length = !hasShift || cell.shift == shift ? length + 1 : restsAtEnd + 1;
                shift = cell.shift;
                hasShift = true;
                restsAtEnd = 0;
            }
            if (length > longest && hasShift) {
                longest = length;
                const auto begin = i + 1 - length;
                best = {static_cast<std::size_t>(length), static_cast<std::size_t>(begin),
                        static_cast<std::size_t>(begin + diagonal), shift};
            }
        }
    }

    const std::vector<Moment>& line;
    const std::vector<Moment>& other;
    Index diagonal = 0, low = 0, high = 0, longest = 0;
    SharedRun best;
};

} // namespace

SharedRun longestSharedRun(const std::vector<Moment>& line, const std::vector<Moment>& other,
                           std::size_t longerThan)
{
    return Search(line, other, longerThan).run();
}

} // namespace organum::analysis
