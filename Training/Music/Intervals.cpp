#include "Training/Music/Intervals.h"

#include "Engine/Voices/KeyFrame.h"

#include <array>
#include <cmath>

namespace organum::training
{
namespace
{

constexpr std::size_t voices = 4;
constexpr std::size_t pairs = 6;
constexpr int stepsPerBeat = 4;

using Classes = std::array<double, 12>;

/** Counts of pitch classes above the tonic, and of intervals; beats first, then the rest. */
struct Counts
{
    Counts()
    {
        for (auto& place : degrees)
            for (auto& voice : place)
                voice.fill(1.0);
        // As if each interval had been met a few times: a rare pair is then no verdict.
        for (auto& pair : intervals)
            for (auto& place : pair)
                place.fill(5.0);
    }
    void add(const score::VoiceGrid& piece);

    std::array<std::array<Classes, voices>, 2> degrees;
    std::array<std::array<Classes, 2>, pairs> intervals;
};

void Counts::add(const score::VoiceGrid& piece)
{
    std::array<std::int64_t, 12> heard{};
    for (const int pitch : piece.pitches)
        if (pitch >= 0)
            ++heard[static_cast<std::size_t>(pitch % 12)];
    const auto tonic = engine::majorTonic(heard);
    for (int step = 0; step < piece.steps(); ++step) {
        const std::size_t place = step % stepsPerBeat == 0 ? 0 : 1;
        std::size_t pair = 0;
        for (std::size_t upper = 0; upper < voices; ++upper) {
            const auto high = piece.pitch(step, static_cast<int>(upper));
            if (high >= 0)
                degrees[place][upper][static_cast<std::size_t>((high - tonic + 12) % 12)] += 1.0;
            for (auto lower = upper + 1; lower < voices; ++lower, ++pair) {
                const auto low = piece.pitch(step, static_cast<int>(lower));
                if (high >= 0 && low >= 0)
                    intervals[pair][place][static_cast<std::size_t>((high - low + 132) % 12)] +=
                        1.0;
            }
        }
    }
}

Classes shares(Classes counts)
{
    double sum = 0.0;
    for (const auto count : counts)
        sum += count;
    for (auto& count : counts)
        count /= sum;
    return counts;
}

} // namespace

torch::Tensor intervalWishesOf(const std::vector<score::VoiceGrid>& pieces)
{
    Counts counts;
    for (const auto& piece : pieces)
        if (piece.voices == static_cast<int>(voices))
            counts.add(piece);

    auto wishes = torch::zeros({static_cast<std::int64_t>(pairs), 2, 12});
    auto cells = wishes.accessor<float, 3>();
    for (std::size_t place = 0; place < 2; ++place) {
        std::size_t pair = 0;
        for (std::size_t upper = 0; upper < voices; ++upper) {
            for (auto lower = upper + 1; lower < voices; ++lower, ++pair) {
                const auto high = shares(counts.degrees[place][upper]);
                const auto low = shares(counts.degrees[place][lower]);
                const auto met = shares(counts.intervals[pair][place]);
                for (std::size_t interval = 0; interval < 12; ++interval) {
                    double byChance = 0.0;
                    for (std::size_t degree = 0; degree < 12; ++degree)
                        byChance += high[(degree + interval) % 12] * low[degree];
                    const auto wish = std::log(met[interval] / byChance);
                    cells[static_cast<std::int64_t>(pair)][static_cast<std::int64_t>(place)]
                         [static_cast<std::int64_t>(interval)] =
                             static_cast<float>(std::min(1.0, std::max(-2.5, wish)));
                }
            }
        }
    }
    return wishes;
}

} // namespace organum::training
