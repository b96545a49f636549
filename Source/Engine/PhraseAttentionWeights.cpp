#include "Engine/PhraseAttentionWeights.h"

#include "Engine/Blas.h"
#include "Engine/ChordFeatures.h"

namespace organum::engine
{

namespace
{

/** The flat table that CandidateScores::forward() makes. */
std::vector<float> candidateScores(TensorReader& reader, const std::string& name, bool forPitch)
{
    using Scores = models::CandidateScoresImpl;
    const auto byLength = reader.take(name + ".byLength", {Scores::lengths, 2});
    const auto byDistance =
        reader.take(name + ".byDistance", {Scores::lengthGroups, 2, Scores::distances});
    const auto byShare = reader.take(name + ".byShare", {Scores::distances, Scores::shares});
    const auto bySameDuration = forPitch
                                    ? reader.take(name + ".bySameDuration", {Scores::lengths, 2})
                                    : std::vector<float>();
    std::vector<float> scores;
    for (std::int64_t length = 0; length < Scores::lengths; ++length)
        for (std::int64_t place = 0; place < 2; ++place)
            for (std::int64_t distance = 0; distance < Scores::distances; ++distance)
                for (std::int64_t share = 0; share < Scores::shares; ++share) {
                    const auto group = Scores::groupOf(length) * 2 + place;
                    const float score =
                        byLength[static_cast<std::size_t>(length * 2 + place)] +
                        byDistance[static_cast<std::size_t>(group * Scores::distances + distance)] +
                        byShare[static_cast<std::size_t>(distance * Scores::shares + share)];
                    if (!forPitch) {
                        scores.push_back(score);
                        continue;
                    }
                    for (std::int64_t same = 0; same < 2; ++same)
                        scores.push_back(
                            score + bySameDuration[static_cast<std::size_t>(length * 2 + same)]);
                }
    return scores;
}

} // namespace

PhraseAttentionWeights::PhraseAttentionWeights(const PhraseAttentionOptions& options,
                                               const Vocabulary& vocabulary, TensorReader& reader)
    : units(static_cast<int>(options.units))
    , embedSize(static_cast<int>(options.embedSize))
    , pitches(static_cast<int>(vocabulary.pitchCount()))
    , durations(static_cast<int>(vocabulary.durationCount()))
    , attention(options.attention)
    , metre(options.metre)
    , transposed(options.transposed)
    , relative(options.relative)
    , memory(static_cast<std::size_t>(options.memory))
    , movedChords(vocabulary)
{
    using models::PhraseAttentionLstmImpl;
    constexpr std::int64_t durationSize = PhraseAttentionLstmImpl::durationEmbedSize;
    constexpr std::int64_t positionSize = PhraseAttentionLstmImpl::positionEmbedSize;
    constexpr std::int64_t smallSize = PhraseAttentionLstmImpl::smallEmbedSize;
    const std::int64_t h = options.units;
    const std::int64_t e = options.embedSize;
    const std::int64_t p = pitches;
    const std::int64_t d = durations;
    const int rows = 4 * units;

    const auto packed = [](const std::vector<float>& values, std::int64_t matrixRows,
                           std::int64_t columns) {
        return PackedMatrix(values, static_cast<std::size_t>(matrixRows),
                            static_cast<std::size_t>(columns));
    };
    const auto matrix = [&](const std::string& name, std::int64_t matrixRows,
                            std::int64_t columns) {
        return packed(reader.take(name, {matrixRows, columns}), matrixRows, columns);
    };

    auto chords = reader.take("chordFree", {p, e});
    const auto parts = reader.take("chordParts", {ChordFeatures::columns, e});
    const auto features = ChordFeatures::of(vocabulary);
    for (std::int64_t id = 0; id < p; ++id)
        for (std::int64_t column = 0; column < ChordFeatures::columns; ++column) {
            const float present =
                features[static_cast<std::size_t>(id * ChordFeatures::columns + column)];
            if (present == 0.0f)
                continue;
            for (std::int64_t i = 0; i < e; ++i)
                chords[static_cast<std::size_t>(id * e + i)] +=
                    present * parts[static_cast<std::size_t>(column * e + i)];
        }

    constexpr std::int64_t intervalSize = PhraseAttentionLstmImpl::intervalEmbedSize;
    constexpr std::int64_t degreeSize = PhraseAttentionLstmImpl::degreeCount;
    const std::int64_t inputs = e + durationSize + (metre ? positionSize + 2 * smallSize : 0) +
                                (relative ? intervalSize + degreeSize : 0);
    const auto input1 = reader.take("lstm1.weight_ih_l0", {4 * h, inputs});
    std::int64_t column = 0;
    const auto project = [&](const std::vector<float>& embedding, std::int64_t size,
                             std::vector<float>& table) {
        const auto count = static_cast<int>(static_cast<std::int64_t>(embedding.size()) / size);
        std::vector<float> slice;
        for (std::int64_t row = 0; row < rows; ++row) {
            const auto from = input1.begin() + row * inputs + column;
            slice.insert(slice.end(), from, from + size);
        }
        table.assign(static_cast<std::size_t>(count) * static_cast<std::size_t>(rows), 0.0f);
        addProductTransposed(embedding.data(), slice.data(), table.data(), count, rows,
                             static_cast<int>(size));
        column += size;
    };
    chordTable = packed(chords, p, e);
    project(chords, e, pitchInput);
    project(reader.take("durationEmbedding.weight", {d, durationSize}), durationSize,
            durationInput);
    if (metre) {
        project(reader.take("positionEmbedding.weight",
                            {PhraseAttentionLstmImpl::positions, positionSize}),
                positionSize, positionInput);
        project(reader.take("phaseEmbedding.weight", {PhraseAttentionLstmImpl::phases, smallSize}),
                smallSize, phaseInput);
        project(reader.take("barLengthEmbedding.weight",
                            {PhraseAttentionLstmImpl::barLengths, smallSize}),
                smallSize, barLengthInput);
    }
    if (relative) {
        project(reader.take("intervalEmbedding.weight",
                            {PhraseAttentionLstmImpl::intervals, intervalSize}),
                intervalSize, intervalInput);
        std::vector<float> slice;
        for (std::int64_t row = 0; row < rows; ++row) {
            const auto from = input1.begin() + row * inputs + column;
            slice.insert(slice.end(), from, from + degreeSize);
        }
        degreeInput = packed(slice, rows, degreeSize);
        lowestStep = matrix("lowestStep", PhraseAttentionLstmImpl::stepClasses, e);
        highestStep = matrix("highestStep", PhraseAttentionLstmImpl::stepClasses, e);
        for (std::int64_t id = 0; id < p; ++id) {
            const auto& chord = vocabulary.chord(id);
            lowest.push_back(chord.empty() ? -1 : chord.front());
            highest.push_back(chord.empty() ? -1 : chord.back());
        }
    }
    const auto bias1a = reader.take("lstm1.bias_ih_l0", {4 * h});
    const auto bias1b = reader.take("lstm1.bias_hh_l0", {4 * h});
    for (std::size_t i = 0; i < pitchInput.size(); ++i)
        pitchInput[i] += bias1a[i % bias1a.size()] + bias1b[i % bias1b.size()];

    recurrent1 = matrix("lstm1.weight_hh_l0", 4 * h, h);
    input2 = matrix("lstm2.weight_ih_l0", 4 * h, h);
    recurrent2 = matrix("lstm2.weight_hh_l0", 4 * h, h);
    bias2 = reader.take("lstm2.bias_ih_l0", {4 * h});
    const auto bias2b = reader.take("lstm2.bias_hh_l0", {4 * h});
    for (std::size_t i = 0; i < bias2.size(); ++i)
        bias2[i] += bias2b[i];

    durationHead = matrix("durationHead.weight", d, h);
    durationBias = reader.take("durationHead.bias", {d});
    pitchHead = matrix("pitchHead.weight", e, h);
    pitchHeadBias = reader.take("pitchHead.bias", {e});
    durationQuery = reader.take("durationQuery", {d, e});
    pitchBias = reader.take("pitchBias", {p});

    if (!attention)
        return;
    durationSentinel = reader.take("durationSentinel.weight", {1, h});
    durationSentinelBias = reader.take("durationSentinel.bias", {1})[0];
    pitchSentinel = reader.take("pitchSentinel.weight", {1, h});
    pitchSentinelBias = reader.take("pitchSentinel.bias", {1})[0];
    sentinelByDuration = reader.take("sentinelByDuration", {d});
    durationScores = candidateScores(reader, "durationScores", false);
    pitchScores = candidateScores(reader, "pitchScores", true);
    if (transposed) {
        transposedGate = reader.take("transposedGate.weight", {1, h});
        transposedGateBias = reader.take("transposedGate.bias", {1})[0];
        transposedScores = candidateScores(reader, "transposedScores", true);
    }
}

} // namespace organum::engine
