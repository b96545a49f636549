#include "Training/Report/LongestCopy.h"

#include <algorithm>

namespace organum::training
{
namespace
{

/** Whether one element is the other moved by `shift`; rests equal rests at any shift. */
bool equalMoved(const score::Element& a, const score::Element& b, int shift)
{
    return a.duration == b.duration &&
           std::equal(a.pitches.begin(), a.pitches.end(), b.pitches.begin(), b.pitches.end(),
                      [shift](int x, int y) { return x == y + shift; });
}

} // namespace

Copy longestCopy(const std::vector<score::Element>& music, const std::vector<const Piece*>& pieces)
{
    // One diagonal of the (music, piece) grid at a time. Along it a run keeps the shift that its
    // first sounding element sets; when the shift breaks, rests just before go on in the next run.
    Copy best;
    const auto n = static_cast<std::ptrdiff_t>(music.size());
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        const auto& piece = pieces[p]->elements;
        const auto m = static_cast<std::ptrdiff_t>(piece.size());
        for (std::ptrdiff_t diagonal = -(n - 1); diagonal < m; ++diagonal) {
            std::size_t length = 0, restsAtEnd = 0;
            bool hasShift = false;
            int shift = 0;
            for (auto i = std::max<std::ptrdiff_t>(0, -diagonal); i < n && i + diagonal < m; ++i) {
                const auto& a = music[static_cast<std::size_t>(i)];
                const auto& b = piece[static_cast<std::size_t>(i + diagonal)];
                if (a.duration != b.duration || a.pitches.size() != b.pitches.size()) {
                    length = restsAtEnd = 0;
                    hasShift = false;
                    continue;
                }
                if (a.isRest()) {
                    ++length;
                    ++restsAtEnd;
                } else {
                    const auto own = a.pitches.front() - b.pitches.front();
                    if (!equalMoved(a, b, own)) {
                        length = restsAtEnd = 0;
                        hasShift = false;
                        continue;
                    }
                    length = !hasShift || own == shift ? length + 1 : restsAtEnd + 1;
                    shift = own;
                    hasShift = true;
                    restsAtEnd = 0;
                }
                if (length > best.length && hasShift) {
                    const auto end = static_cast<std::size_t>(i) + 1;
                    best = {length, end - length, p,
                            static_cast<std::size_t>(i + diagonal) + 1 - length, shift};
                }
            }
        }
    }
    return best;
}

} // namespace organum::training
