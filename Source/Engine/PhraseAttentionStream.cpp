#include "Engine/PhraseAttentionStream.h"

#include "Engine/Activations.h"
#include "Engine/LstmGates.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace organum::engine
{

namespace
{

constexpr auto outputScale = static_cast<float>(models::PhraseAttentionLstmImpl::outputScale);
/** Elements; shorter figures may well be played many times in a row. */
constexpr std::int32_t shortestLoop = 6;
constexpr float never = -std::numeric_limits<float>::infinity();

/** Whether the last so many elements, said again in full, reach back to where they began. A moved
    stretch counts as well: a sequence carried on exactly leaves the key. */
bool closesLoop(std::int32_t length, std::size_t elementsAgo)
{
    return length >= shortestLoop &&
           PhraseMatcher::shareClass(length, elementsAgo) == PhraseMatcher::shareClasses - 1;
}

float dot(const std::vector<float>& a, const std::vector<float>& b)
{
    float sum = 0.0f;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

/** Logits -> chances, START ruled out. */
void softmaxWithoutStart(std::vector<float>& values)
{
    values[Vocabulary::start] = never;
    const float largest = *std::max_element(values.begin(), values.end());
    double sum = 0.0;
    for (auto& value : values) {
        value = std::exp(value - largest);
        sum += value;
    }
    for (auto& value : values)
        value = static_cast<float>(value / sum);
}

void toLogarithms(std::vector<float>& chances)
{
    for (auto& chance : chances)
        chance = chance > 0.0f ? std::log(chance) : never;
}

} // namespace

PhraseAttentionStream::PhraseAttentionStream(const PhraseAttentionWeights& weightsIn)
    : weights(weightsIn)
    , matcher(weightsIn.memory)
{
    const auto units = static_cast<std::size_t>(weights.units);
    for (auto* values : {&hidden1, &cell1, &hidden2, &cell2})
        values->resize(units);
    gates.resize(4 * units);
}

void PhraseAttentionStream::start(const score::BarPosition& first)
{
    for (auto* values : {&hidden1, &cell1, &hidden2, &cell2})
        std::fill(values->begin(), values->end(), 0.0f);
    matcher.clear();
    tonal.clear();
    tokens.clear();
    placesInBar.clear();
    step({Vocabulary::start, Vocabulary::start}, first);
}

void PhraseAttentionStream::advance(const Heard& heard)
{
    tokens.push_back(heard.token);
    placesInBar.push_back(heard.at.offset.toSteps(12));
    if (weights.attention)
        matcher.append(heard.element);
    tonal.append(heard.element);
    step(heard.token, heard.next);
}

void PhraseAttentionStream::step(const Token& token, const score::BarPosition& next)
{
    using models::PhraseAttentionLstmImpl;
    const int units = weights.units;
    const auto rows = static_cast<std::size_t>(4 * units);
    nextPlace = next.offset.toSteps(12);

    std::fill(gates.begin(), gates.end(), 0.0f);
    const auto add = [&](const std::vector<float>& table, std::int64_t row) {
        const float* values = &table[static_cast<std::size_t>(row) * rows];
        for (std::size_t i = 0; i < rows; ++i)
            gates[i] += values[i];
    };
    add(weights.pitchInput, token.pitch);
    add(weights.durationInput, token.duration);
    if (weights.metre) {
        const auto barLength = next.barLength.toSteps(12);
        add(weights.positionInput,
            std::clamp<std::int64_t>(nextPlace, 0, PhraseAttentionLstmImpl::positions - 1));
        add(weights.phaseInput, nextPlace % PhraseAttentionLstmImpl::phases);
        add(weights.barLengthInput,
            std::clamp<std::int64_t>(barLength, 0, PhraseAttentionLstmImpl::barLengths - 1));
    }
    if (weights.relative) {
        add(weights.intervalInput, tonal.intervalClass());
        const auto degrees = tonal.degrees();
        weights.degreeInput.addProduct(degrees.data(), gates.data());
    }
    weights.recurrent1.addProduct(hidden1.data(), gates.data());
    applyGates(gates.data(), cell1.data(), hidden1.data(), units);

    gates = weights.bias2;
    weights.input2.addProduct(hidden1.data(), gates.data());
    weights.recurrent2.addProduct(hidden2.data(), gates.data());
    applyGates(gates.data(), cell2.data(), hidden2.data(), units);

    // What speaks for each candidate does not depend on the stream; both heads use it.
    const auto& candidates = matcher.candidates();
    const auto count = candidates.size();
    loopClosed = false;
    literalRows.assign(count, -1);
    movedRows.assign(count, -1);
    movedPitches.assign(count, -1);
    for (auto j = matcher.firstCandidate(); j < count; ++j) {
        const auto length = candidates[j].literalLength;
        loopClosed = loopClosed || closesLoop(length, count - j) ||
                     closesLoop(candidates[j].transposedLength, count - j);
        const bool samePlace = placesInBar[j] == nextPlace;
        literalRows[j] = PhraseMatcher::scoreRow(length, samePlace, count - j);
        if (!weights.transposed || candidates[j].transposedLength == 0)
            continue;
        movedPitches[j] = weights.movedChords.idOf(tokens[j].pitch, candidates[j].interval);
        if (movedPitches[j] >= 0)
            movedRows[j] =
                PhraseMatcher::scoreRow(candidates[j].transposedLength, samePlace, count - j);
    }
}

const std::vector<float>& PhraseAttentionStream::firstLogits()
{
    durationLogits = weights.durationBias;
    weights.durationHead.addProduct(hidden2.data(), durationLogits.data());
    softmaxWithoutStart(durationLogits);
    if (mayRepeat()) {
        const float sentinel =
            weights.durationSentinelBias + dot(weights.durationSentinel, hidden2);
        float largest = sentinel;
        for (const int row : literalRows)
            if (row >= 0)
                largest = std::max(largest, weights.durationScores[static_cast<std::size_t>(row)]);
        const float own = std::exp(sentinel - largest);
        for (auto& chance : durationLogits)
            chance *= own;
        double total = own;
        for (std::size_t j = 0; j < literalRows.size(); ++j) {
            if (literalRows[j] < 0)
                continue;
            const auto row = static_cast<std::size_t>(literalRows[j]);
            const float weight = fastExp(weights.durationScores[row] - largest);
            durationLogits[static_cast<std::size_t>(tokens[j].duration)] += weight;
            total += weight;
        }
        for (auto& chance : durationLogits)
            chance = static_cast<float>(chance / total);
    }
    toLogarithms(durationLogits);
    return durationLogits;
}

void PhraseAttentionStream::scoreCandidates(std::int64_t duration)
{
    const float gate = weights.transposed
                           ? weights.transposedGateBias + dot(weights.transposedGate, hidden2)
                           : 0.0f;
    literalWeights.assign(literalRows.size(), never);
    movedWeights.assign(literalRows.size(), never);
    for (std::size_t j = 0; j < literalRows.size(); ++j) {
        const int same = tokens[j].duration == duration ? 1 : 0;
        if (literalRows[j] >= 0)
            literalWeights[j] =
                weights.pitchScores[static_cast<std::size_t>(2 * literalRows[j] + same)];
        if (movedRows[j] >= 0)
            movedWeights[j] =
                gate + weights.transposedScores[static_cast<std::size_t>(2 * movedRows[j] + same)];
    }
}

void PhraseAttentionStream::addSteps()
{
    const int reference = tonal.reference();
    if (!weights.relative || reference < 0)
        return;
    constexpr int widest = models::PhraseAttentionLstmImpl::widestStep;
    constexpr int classes = models::PhraseAttentionLstmImpl::stepClasses;
    lowestScores.assign(classes, 0.0f);
    highestScores.assign(classes, 0.0f);
    weights.lowestStep.addProduct(query.data(), lowestScores.data());
    weights.highestStep.addProduct(query.data(), highestScores.data());
    for (std::size_t id = 0; id < weights.lowest.size(); ++id) {
        if (weights.lowest[id] < 0)
            continue;
        const auto classOf = [=](int pitch) {
            return static_cast<std::size_t>(std::clamp(pitch - reference, -widest, widest) +
                                            widest);
        };
        pitchLogits[id] +=
            lowestScores[classOf(weights.lowest[id])] + highestScores[classOf(weights.highest[id])];
    }
}

const std::vector<float>& PhraseAttentionStream::secondLogits(std::int64_t duration)
{
    const auto e = static_cast<std::size_t>(weights.embedSize);
    query = weights.pitchHeadBias;
    weights.pitchHead.addProduct(hidden2.data(), query.data());
    const float* moved = &weights.durationQuery[static_cast<std::size_t>(duration) * e];
    for (std::size_t i = 0; i < e; ++i)
        query[i] = outputScale * fastTanh(query[i] + moved[i]);
    pitchLogits = weights.pitchBias;
    weights.chordTable.addProduct(query.data(), pitchLogits.data());
    addSteps();
    softmaxWithoutStart(pitchLogits);

    if (mayRepeat()) {
        scoreCandidates(duration);
        const float sentinel = weights.pitchSentinelBias + dot(weights.pitchSentinel, hidden2) +
                               weights.sentinelByDuration[static_cast<std::size_t>(duration)];
        float largest = sentinel;
        for (const auto* scores : {&literalWeights, &movedWeights})
            for (const float score : *scores)
                largest = std::max(largest, score);
        const float own = std::exp(sentinel - largest);
        for (auto& chance : pitchLogits)
            chance *= own;
        double total = own;
        const auto say = [&](float& weight, std::int64_t pitch) {
            weight = weight > never ? fastExp(weight - largest) : 0.0f;
            if (weight <= 0.0f)
                return;
            pitchLogits[static_cast<std::size_t>(pitch)] += weight;
            total += weight;
        };
        for (std::size_t j = 0; j < literalWeights.size(); ++j) {
            say(literalWeights[j], tokens[j].pitch);
            say(movedWeights[j], movedPitches[j]);
        }
        for (auto& chance : pitchLogits)
            chance = static_cast<float>(chance / total);
    }
    toLogarithms(pitchLogits);
    return pitchLogits;
}

void PhraseAttentionStream::attention(std::vector<float>& row)
{
    row.assign(tokens.size(), 0.0f);
    if (!mayRepeat() || literalWeights.size() != row.size())
        return;
    double sum = 0.0;
    for (std::size_t j = 0; j < row.size(); ++j) {
        row[j] = literalWeights[j] + movedWeights[j];
        sum += row[j];
    }
    if (sum > 0.0)
        for (auto& value : row)
            value = static_cast<float>(value / sum);
}

} // namespace organum::engine
