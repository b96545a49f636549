#include "Training/Music/MacroStatistics.h"

#include "Score/VoiceGrid.h"
#include "Training/Music/Samples.h"
#include "Training/Random.h"

#include <algorithm>
#include <cmath>

namespace organum::training
{
namespace
{

analysis::Piece pieceOf(const engine::Take& take)
{
    analysis::Piece piece;
    piece.name = "seed " + std::to_string(take.seed);
    piece.grid =
        score::gridFrom(scoreOfVoices(take, 0, piece.name), {1, 4}, score::SilentParts::areVoices)
            .grid;
    // A piece that ends in silence is as long as was asked for.
    const auto steps = static_cast<int>((take.length / piece.grid.step).floor());
    const auto cells = std::max(piece.grid.pitches.size(), piece.grid.cell(steps, 0));
    piece.grid.pitches.resize(cells, score::VoiceGrid::silent);
    piece.grid.onsets.resize(cells, 0);
    return piece;
}

} // namespace

const std::vector<MacroStatistic>& macroStatistics()
{
    using analysis::Pieces;
    static const std::vector<MacroStatistic> statistics = {
        {"density", "Notes a bar, all voices", "notes_per_bar", 1,
         [](const Pieces& pieces) { return analysis::measureBars(pieces).notesTogether; }},
        {"register", "Mean pitch of all voices (60 = middle C)", "mean_pitch", 1,
         [](const Pieces& pieces) { return analysis::measureSonority(pieces).pitchTogether; }},
        {"motion", "Mean step from note to note, in semitones", "mean_step", 2,
         [](const Pieces& pieces) { return analysis::measureChanges(pieces).meanStep; }},
        {"spacing", "Semitones between the outer voices", "span", 1,
         [](const Pieces& pieces) { return analysis::measureSonority(pieces).span; }},
        {"dissonance", "Pairs of voices that dissonate, in percent", "dissonance", 1,
         [](const Pieces& pieces) { return analysis::measureSonority(pieces).dissonantPercent; }}};
    return statistics;
}

std::vector<double> measuredEach(const MacroStatistic& statistic, const analysis::Pieces& pieces)
{
    std::vector<double> values;
    for (const auto& piece : pieces)
        values.push_back(statistic.measure({piece}));
    return values;
}

MeasuredStatistic measuredOver(const MacroStatistic& statistic, const analysis::Pieces& pieces)
{
    auto values = measuredEach(statistic, pieces);
    values.erase(std::remove_if(values.begin(), values.end(),
                                [](double value) { return std::isnan(value); }),
                 values.end());
    const auto average = analysis::averageOf(values);
    return {average.mean, average.deviation,
            average.deviation / std::sqrt(std::max(1.0, static_cast<double>(values.size()) - 1.0))};
}

analysis::Pieces compose(const engine::Model& model, const std::vector<std::uint64_t>& seeds,
                         int bars, const MacroValues& values)
{
    analysis::Pieces pieces;
    for (const auto seed : seeds) {
        engine::Request request;
        request.seed = seed;
        request.bars = bars;
        request.voices.macros = values;
        pieces.push_back(pieceOf(engine::generate(model, request).at(0)));
    }
    return pieces;
}

std::vector<std::uint64_t> macroSeeds(const std::string& purpose, std::uint64_t seed, int count)
{
    std::vector<std::uint64_t> seeds;
    for (int i = 0; i < count; ++i)
        seeds.push_back(randomBits("macros, " + purpose, seed, {static_cast<std::uint64_t>(i)}));
    return seeds;
}

Soundness Soundness::of(const analysis::Pieces& pieces)
{
    const auto bars = analysis::measureBars(pieces);
    Soundness sound;
    sound.scaleConsistency = analysis::measureTonality(pieces).scaleConsistency.mean;
    sound.emptyPercent = *std::max_element(bars.emptyPercent.begin(), bars.emptyPercent.end());
    sound.parallels = analysis::countParallels(pieces).per100Bars();
    return sound;
}

bool Soundness::holdsBeside(const Soundness& plain) const
{
    return scaleConsistency >= std::min(0.91, plain.scaleConsistency - 0.005) &&
           emptyPercent <= std::max(0.5, 1.1 * plain.emptyPercent) &&
           parallels <= std::max(8.0, 1.1 * plain.parallels);
}

} // namespace organum::training
