#include "Engine/Voices/ConditionalMuseGanSteps.h"

#include "Engine/Activations.h"
#include "Engine/Blas.h"
#include "Engine/Tensors.h"

#include <algorithm>

namespace organum::engine
{

namespace
{

constexpr std::size_t voiceCount = 4;
constexpr std::size_t barSteps = 16;
constexpr int classes = 43;
constexpr std::int64_t start = 43;
constexpr std::size_t tokenCount = 45;

/** Rows first to first + count of one voice's [inputs, outputs], as [outputs, count]. */
std::vector<float> transposed(const std::vector<float>& all, std::size_t voice, std::size_t inputs,
                              std::size_t outputs, std::size_t first, std::size_t count)
{
    std::vector<float> turned(outputs * count);
    const auto* from = all.data() + voice * inputs * outputs;
    for (std::size_t in = 0; in < count; ++in)
        for (std::size_t out = 0; out < outputs; ++out)
            turned[out * count + in] = from[(first + in) * outputs + out];
    return turned;
}

std::vector<float> slice(const std::vector<float>& all, std::size_t voice, std::size_t size)
{
    const auto from = all.begin() + static_cast<std::ptrdiff_t>(voice * size);
    return {from, from + static_cast<std::ptrdiff_t>(size)};
}

float leaky(float x)
{
    return x > 0.0f ? x : 0.1f * x;
}

} // namespace

ConditionalMuseGanStepWeights::ConditionalMuseGanStepWeights(
    const ConditionalMuseGanOptions& options, const std::map<std::string, bundle::Tensor>& tensors)
    : units(static_cast<int>(options.units))
    , plan(static_cast<int>(options.plan))
    , headSize(static_cast<int>(tensors.at("headHidden.bias").shape.at(2)))
{
    const auto h = static_cast<std::size_t>(units);
    const auto p = static_cast<std::size_t>(plan);
    const auto k = static_cast<std::size_t>(headSize);
    const auto all = [&tensors](const char* name) { return floatsOf(tensors.at(name)); };
    const auto recurrent = all("recurrent.weight");
    const auto headHidden = all("headHidden.weight");
    const auto head = all("head.weight");
    const auto hold = all("holdBias");
    for (std::size_t v = 0; v < voiceCount; ++v) {
        Voice voice;
        voice.recurrent = transposed(recurrent, v, h, 3 * h, 0, h);
        voice.recurrentBias = slice(all("recurrent.bias"), v, 3 * h);
        voice.lastNote = slice(all("lastNote"), v, tokenCount * 3 * h);
        voice.headHidden = transposed(headHidden, v, h + p, k, 0, h);
        voice.headPlan = transposed(headHidden, v, h + p, k, h, p);
        voice.headHiddenBias = slice(all("headHidden.bias"), v, k);
        voice.head = transposed(head, v, k, classes + 1, 0, k);
        voice.headBias = slice(all("head.bias"), v, classes + 1);
        voice.holdBias = hold[v];
        voices.push_back(std::move(voice));
    }
}

void ConditionalMuseGanSteps::begin(const float* plan, const float* inputsIn, const float* hiddenIn,
                                    const std::vector<std::int64_t>& lastIn)
{
    const auto h = static_cast<std::size_t>(weights.units);
    const auto k = static_cast<std::size_t>(weights.headSize);
    inputs.assign(inputsIn, inputsIn + voiceCount * barSteps * 3 * h);
    planHeads.resize(voiceCount);
    hidden.resize(voiceCount);
    results.resize(voiceCount);
    for (std::size_t v = 0; v < voiceCount; ++v) {
        const auto& voice = weights.voices[v];
        planHeads[v].clear();
        for (std::size_t t = 0; t < barSteps; ++t)
            planHeads[v].insert(planHeads[v].end(), voice.headHiddenBias.begin(),
                                voice.headHiddenBias.end());
        addProductTransposed(plan, voice.headPlan.data(), planHeads[v].data(),
                             static_cast<int>(barSteps), static_cast<int>(k), weights.plan);
        hidden[v].assign(hiddenIn + v * h, hiddenIn + (v + 1) * h);
    }
    last = {lastIn};
    step = 0;
    done = false;
}

void ConditionalMuseGanSteps::run()
{
    const auto h = static_cast<std::size_t>(weights.units);
    const auto k = static_cast<std::size_t>(weights.headSize);
    const auto rows = last.size();
    for (std::size_t v = 0; v < voiceCount; ++v) {
        const auto& voice = weights.voices[v];
        products.clear();
        for (std::size_t row = 0; row < rows; ++row)
            products.insert(products.end(), voice.recurrentBias.begin(), voice.recurrentBias.end());
        addProductTransposed(hidden[v].data(), voice.recurrent.data(), products.data(),
                             static_cast<int>(rows), static_cast<int>(3 * h), weights.units);
        heads.clear();
        gates.resize(3 * h);
        const auto* in = inputs.data() + (v * barSteps + step) * 3 * h;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto* note =
                voice.lastNote.data() + static_cast<std::size_t>(last[row][v]) * 3 * h;
            for (std::size_t i = 0; i < 3 * h; ++i)
                gates[i] = in[i] + note[i];
            const auto* y = products.data() + row * 3 * h;
            auto* state = hidden[v].data() + row * h;
            for (std::size_t i = 0; i < h; ++i) {
                const float reset = fastSigmoid(gates[i] + y[i]);
                const float keep = fastSigmoid(gates[h + i] + y[h + i]);
                const float candidate = fastTanh(gates[2 * h + i] + reset * y[2 * h + i]);
                state[i] = candidate + keep * (state[i] - candidate);
            }
            const auto* planned = planHeads[v].data() + step * k;
            heads.insert(heads.end(), planned, planned + k);
        }
        addProductTransposed(hidden[v].data(), voice.headHidden.data(), heads.data(),
                             static_cast<int>(rows), weights.headSize, weights.units);
        for (auto& value : heads)
            value = leaky(value);
        results[v].clear();
        for (std::size_t row = 0; row < rows; ++row)
            results[v].insert(results[v].end(), voice.headBias.begin(), voice.headBias.end());
        addProductTransposed(heads.data(), voice.head.data(), results[v].data(),
                             static_cast<int>(rows), classes + 1, weights.headSize);
        for (std::size_t row = 0; row < rows; ++row) {
            auto* scores = results[v].data() + row * (classes + 1);
            if (last[row][v] < start)
                scores[last[row][v]] += scores[classes] + voice.holdBias;
        }
    }
    done = true;
}

const float* ConditionalMuseGanSteps::logits(std::size_t hypothesis, std::size_t voice)
{
    if (!done)
        run();
    return results[voice].data() + hypothesis * (classes + 1);
}

void ConditionalMuseGanSteps::advance(const std::vector<std::size_t>& parents,
                                      const std::vector<std::vector<std::int64_t>>& tokensHeard)
{
    if (!done)
        run();
    const auto h = static_cast<std::size_t>(weights.units);
    for (auto& states : hidden) {
        std::vector<float> next;
        next.reserve(parents.size() * h);
        for (const auto parent : parents) {
            const auto* from = states.data() + parent * h;
            next.insert(next.end(), from, from + h);
        }
        states = std::move(next);
    }
    last = tokensHeard;
    step = std::min(step + 1, barSteps - 1);
    done = false;
}

} // namespace organum::engine
