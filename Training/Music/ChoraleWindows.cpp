#include "Training/Music/ChoraleWindows.h"

#include "Engine/Voices/KeyFrame.h"
#include "Training/Random.h"

#include <algorithm>
#include <stdexcept>

namespace organum::training
{
namespace
{

using Config = models::ConditionalMuseGanConfig;
constexpr auto voices = Config::voices;
constexpr auto barSteps = Config::steps;
constexpr auto contextSteps = Config::contextSteps;
constexpr std::int64_t stepsPerBeat = 4;

std::array<std::int64_t, 12> pitchClassesOf(const score::VoiceGrid& grid)
{
    std::array<std::int64_t, 12> counts{};
    for (const int pitch : grid.pitches)
        if (pitch >= 0)
            ++counts[static_cast<std::size_t>(pitch % 12)];
    return counts;
}

} // namespace

/** The tensors of some windows while they are filled. */
struct ChoraleCorpus::Rows
{
    explicit Rows(std::int64_t count)
        : previous(torch::full({count, contextSteps, voices}, Config::start, torch::kInt64))
        , bars(torch::zeros({count, barSteps, voices}, torch::kInt64))
        , given(torch::full({count, barSteps, voices}, Config::open, torch::kInt64))
        , key(torch::zeros({count}, torch::kInt64))
        , histogram(torch::zeros({count, 12}))
        , flags(torch::zeros({count, 2}))
        , onsets(torch::zeros({count, barSteps, voices}))
    {
    }

    torch::Tensor previous, bars, given, key, histogram, flags, onsets;
};

ChoraleCorpus::ChoraleCorpus(const std::vector<score::VoiceGrid>& grids, std::int64_t leastBars)
{
    voiceRanges.fill({127, 0});
    for (const auto& grid : grids) {
        if (grid.voices != voices)
            throw std::invalid_argument("A piece has " + std::to_string(grid.voices) +
                                        " voices; this network writes four.");
        for (int step = 0; step < grid.steps(); ++step)
            for (int v = 0; v < voices; ++v) {
                if (grid.isSilent(step, v))
                    continue;
                auto& range = voiceRanges[static_cast<std::size_t>(v)];
                range.first = std::min(range.first, grid.pitch(step, v));
                range.second = std::max(range.second, grid.pitch(step, v));
            }
    }
    for (const auto& [lowest, highest] : voiceRanges)
        if (lowest > highest)
            throw std::invalid_argument("One of the four voices never sounds in the training "
                                        "pieces, so there is nothing to learn for it.");
    for (const auto& grid : grids) {
        if (grid.steps() < leastBars * barSteps)
            ++leftOut;
        else
            add(grid);
    }
    if (pieces.empty())
        throw std::invalid_argument(
            "No piece is long enough to learn from: it takes " + std::to_string(leastBars) +
            " bars of sixteen steps, within the ranges of soprano, alto, tenor and bass.");
}

void ChoraleCorpus::add(const score::VoiceGrid& grid)
{
    const auto tonic = engine::majorTonic(pitchClassesOf(grid));
    Piece piece;
    piece.steps = grid.steps();
    for (int transposition = -12; transposition <= 12; ++transposition) {
        const engine::KeyFrame frame((tonic + transposition + 24) % 12);
        Version version;
        version.key = frame.key;
        std::array<std::int64_t, 12> heard{};
        version.heard.push_back(heard);
        bool fits = true;
        for (int step = 0; step < grid.steps() && fits; ++step) {
            for (int v = 0; v < voices && fits; ++v) {
                const auto& range = voiceRanges[static_cast<std::size_t>(v)];
                const auto silent = grid.isSilent(step, v);
                const auto pitch = silent ? -1 : grid.pitch(step, v) + transposition;
                const auto token = silent || (pitch >= range.first && pitch <= range.second)
                                       ? frame.classOf(v, pitch)
                                       : -1;
                fits = token >= 0;
                version.tokens.push_back(token);
                if (fits && !silent)
                    ++heard[static_cast<std::size_t>((Config::lowest[v] + token) % 12)];
            }
            version.heard.push_back(heard);
        }
        if (fits)
            piece.versions.push_back(std::move(version));
    }
    if (piece.versions.empty()) {
        ++leftOut;
        return;
    }
    stepsUpTo.push_back((stepsUpTo.empty() ? 0 : stepsUpTo.back()) + piece.steps);
    pieces.push_back(std::move(piece));
}

std::size_t ChoraleCorpus::versionCount() const
{
    std::size_t count = 0;
    for (const auto& piece : pieces)
        count += piece.versions.size();
    return count;
}

void ChoraleCorpus::fill(Rows& rows, std::int64_t row, const Version& version, std::int64_t steps,
                         std::int64_t first) const
{
    // A last bar that is cut off by the end is replaced by the last sixteen steps.
    const auto from = std::min(first, steps - barSteps);
    const auto token = [&](std::int64_t step, std::int64_t v) {
        return version.tokens[static_cast<std::size_t>(step * voices + v)];
    };
    auto bars = rows.bars.accessor<std::int64_t, 3>();
    auto previous = rows.previous.accessor<std::int64_t, 3>();
    auto onsets = rows.onsets.accessor<float, 3>();
    for (std::int64_t v = 0; v < voices; ++v) {
        for (std::int64_t t = 0; t < barSteps; ++t) {
            bars[row][t][v] = token(from + t, v);
            const auto before = std::max<std::int64_t>(from + t - 1, 0);
            onsets[row][t][v] = token(from + t, v) != token(before, v) ? 1.0f : 0.0f;
        }
        for (std::int64_t t = std::max<std::int64_t>(0, from - contextSteps); t < from; ++t)
            previous[row][contextSteps - (from - t)][v] = token(t, v);
    }
    const auto& heard = version.heard[static_cast<std::size_t>(from)];
    std::int64_t sum = 0;
    for (const auto count : heard)
        sum += count;
    auto histogram = rows.histogram.accessor<float, 2>();
    for (std::int64_t c = 0; c < 12; ++c)
        histogram[row][c] = static_cast<float>(heard[static_cast<std::size_t>(c)]) /
                            static_cast<float>(std::max<std::int64_t>(sum, 1));
    rows.key.accessor<std::int64_t, 1>()[row] = version.key;
    rows.flags.accessor<float, 2>()[row][0] = from == 0 ? 1.0f : 0.0f;
    rows.flags.accessor<float, 2>()[row][1] = from < contextSteps ? 1.0f : 0.0f;
}

ChoraleWindows ChoraleCorpus::draw(const WindowWish& wish, const std::string& purpose,
                                   std::uint64_t seed, std::uint64_t step, std::uint64_t draw) const
{
    Rows rows(wish.windows * wish.bars);
    auto given = rows.given.accessor<std::int64_t, 3>();
    auto bars = rows.bars.accessor<std::int64_t, 3>();
    for (std::int64_t window = 0; window < wish.windows; ++window) {
        std::uint64_t count = 0;
        const auto chance = [&] {
            return randomUniform(purpose, seed,
                                 {step, draw, static_cast<std::uint64_t>(window), count++});
        };
        const auto below = [&](std::int64_t end) {
            return static_cast<std::int64_t>(chance() * static_cast<double>(end));
        };
        const auto at = below(stepsUpTo.back());
        const auto& piece = pieces[static_cast<std::size_t>(
            std::upper_bound(stepsUpTo.begin(), stepsUpTo.end(), at) - stepsUpTo.begin())];
        const auto& version = piece.versions[static_cast<std::size_t>(
            below(static_cast<std::int64_t>(piece.versions.size())))];

        const auto room = std::max<std::int64_t>(piece.steps - wish.bars * barSteps, 0);
        const auto kind = chance();
        std::int64_t first = 0;
        if (kind >= wish.firstShare + wish.alignedShare)
            first = stepsPerBeat * below(room / stepsPerBeat + 1);
        else if (kind >= wish.firstShare)
            first = barSteps * below(room / barSteps + 1);

        for (std::int64_t bar = 0; bar < wish.bars; ++bar) {
            const auto row = window * wish.bars + bar;
            fill(rows, row, version, piece.steps, first + bar * barSteps);
            if (chance() >= wish.givenChance)
                continue;
            constexpr double shares[] = {0.25, 0.5, 0.75};
            const auto share = shares[below(3)];
            const auto spared = below(voices); // something must be left to learn
            bool all = true;
            std::array<bool, voices> fixed{};
            for (auto& voice : fixed) {
                voice = chance() < share;
                all = all && voice;
            }
            if (all)
                fixed[static_cast<std::size_t>(spared)] = false;
            for (std::int64_t v = 0; v < voices; ++v)
                for (std::int64_t t = 0; t < barSteps && fixed[static_cast<std::size_t>(v)]; ++t)
                    given[row][t][v] = bars[row][t][v];
        }
    }
    ChoraleWindows windows;
    windows.surroundings = {rows.previous, rows.histogram, rows.key, rows.flags, rows.given};
    windows.bars = rows.bars;
    windows.onsets = rows.onsets;
    return windows;
}

} // namespace organum::training
