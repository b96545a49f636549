#include "Engine/AttentionLstmStream.h"

#include "Engine/Blas.h"
#include "Engine/LstmGates.h"

#include <algorithm>
#include <cmath>

namespace organum::engine
{

namespace
{

void fill(std::vector<float>& values, float value)
{
    std::fill(values.begin(), values.end(), value);
}

} // namespace

AttentionLstmWeights::AttentionLstmWeights(const AttentionLstmOptions& options,
                                           std::int64_t pitchCount, std::int64_t durationCount,
                                           TensorReader& reader)
    : units(static_cast<int>(options.units))
    , pitches(static_cast<int>(pitchCount))
    , durations(static_cast<int>(durationCount))
    , attention(options.attention)
{
    const std::int64_t h = options.units;
    const std::int64_t e = options.embedSize;
    const auto pitchEmbedding = reader.take("pitchEmbedding.weight", {pitchCount, e});
    const auto durationEmbedding = reader.take("durationEmbedding.weight", {durationCount, e});
    const auto input1 = reader.take("lstm1.weight_ih_l0", {4 * h, 2 * e});
    const auto matrix = [&](const std::string& name, std::int64_t rows) {
        return PackedMatrix(reader.take(name, {rows, h}), static_cast<std::size_t>(rows),
                            static_cast<std::size_t>(h));
    };
    recurrent1 = matrix("lstm1.weight_hh_l0", 4 * h);
    const auto bias1a = reader.take("lstm1.bias_ih_l0", {4 * h});
    const auto bias1b = reader.take("lstm1.bias_hh_l0", {4 * h});
    input2 = matrix("lstm2.weight_ih_l0", 4 * h);
    recurrent2 = matrix("lstm2.weight_hh_l0", 4 * h);
    bias2 = reader.take("lstm2.bias_ih_l0", {4 * h});
    const auto bias2b = reader.take("lstm2.bias_hh_l0", {4 * h});
    for (std::size_t i = 0; i < bias2.size(); ++i)
        bias2[i] += bias2b[i];
    if (attention) {
        alignment = reader.take("alignment.weight", {1, h});
        alignmentBias = reader.take("alignment.bias", {1})[0];
    }
    pitchHead = matrix("pitchHead.weight", pitchCount);
    pitchBias = reader.take("pitchHead.bias", {pitchCount});
    durationHead = matrix("durationHead.weight", durationCount);
    durationBias = reader.take("durationHead.bias", {durationCount});

    const auto rows = 4 * units;
    const auto embed = static_cast<std::size_t>(e);
    std::vector<float> half(static_cast<std::size_t>(rows) * embed);
    const auto project = [&](const std::vector<float>& embedding, int count, std::size_t offset,
                             std::vector<float>& table) {
        for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row)
            std::copy_n(input1.begin() + static_cast<std::ptrdiff_t>(row * 2 * embed + offset),
                        embed, half.begin() + static_cast<std::ptrdiff_t>(row * embed));
        table.assign(static_cast<std::size_t>(count) * static_cast<std::size_t>(rows), 0.0f);
        addProductTransposed(embedding.data(), half.data(), table.data(), count, rows,
                             static_cast<int>(e));
    };
    project(pitchEmbedding, pitches, 0, pitchInput);
    project(durationEmbedding, durations, embed, durationInput);
    for (std::size_t i = 0; i < pitchInput.size(); ++i)
        pitchInput[i] += bias1a[i % bias1a.size()] + bias1b[i % bias1b.size()];
}

AttentionLstmStream::AttentionLstmStream(const AttentionLstmWeights& weightsIn)
    : weights(weightsIn)
{
    const auto units = static_cast<std::size_t>(weights.units);
    for (auto* values : {&hidden1, &cell1, &hidden2, &cell2, &weightedSum, &context})
        values->resize(units);
    gates.resize(4 * units);
}

void AttentionLstmStream::start(const score::BarPosition&)
{
    for (auto* values : {&hidden1, &cell1, &hidden2, &cell2, &weightedSum, &context})
        fill(*values, 0.0f);
    scores.clear();
    weightSum = 0.0f;
    step({Vocabulary::start, Vocabulary::start});
}

void AttentionLstmStream::advance(const Heard& heard)
{
    step(heard.token);
}

void AttentionLstmStream::step(const Token& token)
{
    const int units = weights.units;
    const int rows = 4 * units;
    const auto* pitch = &weights.pitchInput[static_cast<std::size_t>(token.pitch * rows)];
    const auto* duration = &weights.durationInput[static_cast<std::size_t>(token.duration * rows)];
    for (int i = 0; i < rows; ++i)
        gates[static_cast<std::size_t>(i)] = pitch[i] + duration[i];
    weights.recurrent1.addProduct(hidden1.data(), gates.data());
    applyGates(gates.data(), cell1.data(), hidden1.data(), units);

    gates = weights.bias2;
    weights.input2.addProduct(hidden1.data(), gates.data());
    weights.recurrent2.addProduct(hidden2.data(), gates.data());
    applyGates(gates.data(), cell2.data(), hidden2.data(), units);

    if (!weights.attention) {
        scores.push_back(0.0f);
        context = hidden2;
        return;
    }
    float sum = weights.alignmentBias;
    for (std::size_t i = 0; i < hidden2.size(); ++i)
        sum += weights.alignment[i] * hidden2[i];
    const float score = std::tanh(sum);
    if (scores.empty() || score > largest) {
        const float shrink = scores.empty() ? 0.0f : std::exp(largest - score);
        weightSum *= shrink;
        for (auto& value : weightedSum)
            value *= shrink;
        largest = score;
    }
    scores.push_back(score);
    const float weight = std::exp(score - largest);
    weightSum += weight;
    for (std::size_t i = 0; i < hidden2.size(); ++i) {
        weightedSum[i] += weight * hidden2[i];
        context[i] = weightedSum[i] / weightSum;
    }
}

const std::vector<float>& AttentionLstmStream::firstLogits()
{
    pitchLogits = weights.pitchBias;
    weights.pitchHead.addProduct(context.data(), pitchLogits.data());
    return pitchLogits;
}

const std::vector<float>& AttentionLstmStream::secondLogits(std::int64_t)
{
    durationLogits = weights.durationBias;
    weights.durationHead.addProduct(context.data(), durationLogits.data());
    return durationLogits;
}

void AttentionLstmStream::attention(std::vector<float>& row)
{
    // START has a weight in the network, but is no element of the music: the rest is scaled to 1.
    row.assign(scores.size() - 1, 0.0f);
    if (row.empty())
        return;
    if (!weights.attention) {
        row.back() = 1.0f;
        return;
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = std::exp(scores[i + 1] - largest);
        sum += row[i];
    }
    for (auto& value : row)
        value = static_cast<float>(value / sum);
}

} // namespace organum::engine
