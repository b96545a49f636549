#include "Training/Report/NearestExcerpt.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>

namespace organum::training
{
namespace
{

constexpr int stepsOfBeat = 4;

/** Squared distance of two cells' columns of -1 and 1: each place that differs does so by 2. */
int squareOf(int a, int b)
{
    if (a == b)
        return 0;
    return a == score::VoiceGrid::silent || b == score::VoiceGrid::silent ? 4 : 8;
}

int moved(int pitch, int shift)
{
    return pitch == score::VoiceGrid::silent ? pitch : pitch + shift;
}

} // namespace

double rollDistance(const score::VoiceGrid& a, const score::VoiceGrid& b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.pitches.size(); ++i)
        sum += squareOf(a.pitches[i], b.pitches.at(i));
    return std::sqrt(sum);
}

NearestExcerpt nearestExcerpt(const score::VoiceGrid& music,
                              const std::vector<score::VoiceGrid>& pieces, bool inAnyKey)
{
    NearestExcerpt nearest;
    auto least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        const auto& piece = pieces[p];
        if (piece.voices != music.voices)
            throw std::invalid_argument("A piece has " + std::to_string(piece.voices) +
                                        " voices where the model writes " +
                                        std::to_string(music.voices) + ".");
        for (int first = 0; first + music.steps() <= piece.steps(); first += stepsOfBeat)
            for (int i = 0; i <= (inAnyKey ? 12 : 0); ++i) {
                const int shift = i % 2 == 0 ? i / 2 : -(i + 1) / 2; // 0, -1, 1, -2, ...
                const auto* cells = piece.pitches.data() + piece.cell(first, 0);
                std::int64_t sum = 0;
                int differing = 0;
                for (std::size_t cell = 0; cell < music.pitches.size() && sum < least; ++cell) {
                    const auto square = squareOf(music.pitches[cell], moved(cells[cell], shift));
                    sum += square;
                    differing += square != 0;
                }
                if (sum < least) {
                    least = sum;
                    nearest = {p, first, shift, differing, std::sqrt(static_cast<double>(sum))};
                }
            }
    }
    if (least == std::numeric_limits<std::int64_t>::max())
        throw std::invalid_argument("No training piece is as long as " +
                                    std::to_string(music.steps()) +
                                    " sixteenths, so none can be set beside new music.");
    return nearest;
}

score::VoiceGrid excerptOf(const score::VoiceGrid& piece, const NearestExcerpt& nearest, int steps)
{
    auto cut = score::excerpt(piece, nearest.first, steps);
    for (auto& pitch : cut.pitches)
        pitch = moved(pitch, nearest.shift);
    return cut;
}

double changedShare(const score::VoiceGrid& a, const score::VoiceGrid& b, int voice, int first,
                    int count)
{
    int changed = 0, all = 0;
    for (int step = first; step < first + count; ++step)
        for (int v = 0; v < a.voices; ++v)
            if (voice < 0 || v == voice) {
                changed += a.pitch(step, v) != b.pitch(step, v);
                ++all;
            }
    return all == 0 ? 0.0 : static_cast<double>(changed) / all;
}

} // namespace organum::training
