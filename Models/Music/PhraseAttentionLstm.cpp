#include "Models/Music/PhraseAttentionLstm.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <tuple>

namespace organum::models
{

namespace
{

constexpr double impossible = -1e9;
constexpr std::int64_t tokenStart = 0;

torch::Tensor dropped(const torch::Tensor& values, double share, bool training)
{
    return torch::dropout(values, share, training);
}

/** Logits with START, which is never predicted, ruled out. */
torch::Tensor withoutStart(const torch::Tensor& logits)
{
    auto bias = torch::zeros({logits.size(-1)}, logits.options());
    bias[tokenStart] = impossible;
    return logits + bias;
}

/** scores [n] looked up at rows [B, T, C]; rows from n on score `impossible`. */
torch::Tensor lookUp(const torch::Tensor& scores, const torch::Tensor& rows)
{
    const auto padded = torch::cat({scores, torch::full({2}, impossible, scores.options())});
    return torch::embedding(padded.unsqueeze(-1), rows).squeeze(-1);
}

/** ln of the summed weights of those candidates that say `target`: scores, values [B, T, C]. */
torch::Tensor saying(const torch::Tensor& scores, const torch::Tensor& says)
{
    return torch::logsumexp(scores.masked_fill(says.logical_not(), impossible), -1);
}

} // namespace

PhraseAttentionLstmState PhraseAttentionLstmState::zero(std::int64_t batch, std::int64_t units,
                                                        const torch::TensorOptions& options)
{
    const auto zeros = torch::zeros({batch, units}, options);
    return {zeros, zeros, zeros, zeros};
}

PhraseAttentionLstmState PhraseAttentionLstmState::detached() const
{
    return {hidden1.detach(), cell1.detach(), hidden2.detach(), cell2.detach()};
}

PhraseAttentionLstmState PhraseAttentionLstmState::masked(const torch::Tensor& keep) const
{
    const auto column = keep.unsqueeze(1);
    return {hidden1 * column, cell1 * column, hidden2 * column, cell2 * column};
}

CandidateScoresImpl::CandidateScoresImpl(Use useIn)
    : use(useIn)
{
    // Where training usually ends, roughly: the longer the agreement the louder, and louder on the
    // same place in the bar. Starting here saves epochs.
    using Start = std::array<std::array<float, lengths>, 2>;
    static constexpr Start forDuration{
        {{-7, -4, -2, -2, -1.5f, -1.5f, -1, -1, -1, -.5f, -.5f, -.5f, 0, 0},
         {-4, -1.8f, -.8f, -.2f, .5f, .5f, .7f, 1.5f, 2, 2, 2.2f, 2.5f, 3, 3.5f}}};
    static constexpr Start forPitch{
        {{-7, -5, -3, -2.5f, -2, -2, -1.5f, -1.5f, -1, -1, -.5f, -.5f, 0, 0},
         {-6, -3, -1.5f, -.5f, -.2f, .3f, 1, 1.3f, 1.5f, 1.7f, 2, 2.2f, 2.5f, 3}}};
    static constexpr Start forTransposed{
        {{-5, -8, -4.5f, -3, -2, -2, -1.5f, -1.5f, -1.5f, -1.5f, -1.5f, -1.5f, -1.5f, -1.5f},
         {-5, -5, -2.5f, -1.2f, -.3f, 0, .2f, .5f, .6f, .7f, .7f, .7f, .8f, .8f}}};
    const auto& start = use == Use::duration ? forDuration
                        : use == Use::pitch  ? forPitch
                                             : forTransposed;
    auto lengthScores = torch::empty({lengths, 2});
    for (std::int64_t length = 0; length < lengths; ++length)
        for (std::int64_t place = 0; place < 2; ++place)
            lengthScores[length][place] =
                start[static_cast<std::size_t>(place)][static_cast<std::size_t>(length)];
    byLength = register_parameter("byLength", lengthScores);
    byDistance = register_parameter("byDistance", torch::zeros({lengthGroups, 2, distances}));
    byShare = register_parameter("byShare", torch::zeros({distances, shares}));
    if (use != Use::duration)
        bySameDuration = register_parameter("bySameDuration",
                                            torch::tensor({{-4.0f, 0.0f}}).repeat({lengths, 1}));
}

torch::Tensor CandidateScoresImpl::forward() const
{
    std::vector<std::int64_t> groups;
    for (std::int64_t length = 0; length < lengths; ++length)
        groups.push_back(groupOf(length));
    const auto groupIds = torch::tensor(groups, torch::kInt64).to(byLength.device());
    auto scores = byLength.unsqueeze(-1) + byDistance.index_select(0, groupIds);
    scores = scores.unsqueeze(-1) + byShare;
    if (use != Use::duration)
        scores = scores.unsqueeze(-1) + bySameDuration.view({lengths, 1, 1, 1, 2});
    return scores.reshape(-1);
}

PhraseAttentionLstmImpl::PhraseAttentionLstmImpl(const PhraseAttentionLstmConfig& configIn,
                                                 Chords chordsIn)
    : config(configIn)
    , chords(std::move(chordsIn))
{
    const auto& c = config;
    if (c.pitches < 3 || c.durations < 3 || c.embedSize < 1 || c.units < 1)
        throw std::invalid_argument("PhraseAttentionLstm: every size must be positive and each "
                                    "vocabulary must hold a token besides START and unknown");
    if (chords.features.dim() != 2 || chords.features.size(0) != c.pitches ||
        chords.features.size(1) != c.chordFeatures || chords.lowest.numel() != c.pitches ||
        chords.highest.numel() != c.pitches)
        throw std::invalid_argument("PhraseAttentionLstm: the chord features must be "
                                    "[pitches, chordFeatures], their outer pitches [pitches]");

    using torch::nn::EmbeddingOptions;
    using torch::nn::LSTMOptions;
    const auto metreSize = c.metre ? positionEmbedSize + 2 * smallEmbedSize : 0;
    const auto relativeSize = c.relative ? intervalEmbedSize + degreeCount : 0;
    const auto inputSize = c.embedSize + durationEmbedSize + metreSize + relativeSize;

    chordFree = register_parameter("chordFree", torch::empty({c.pitches, c.embedSize}));
    chordParts = register_parameter("chordParts", torch::empty({c.chordFeatures, c.embedSize}));
    pitchBias = register_parameter("pitchBias", torch::zeros({c.pitches}));
    durationQuery = register_parameter("durationQuery", torch::empty({c.durations, c.embedSize}));
    durationEmbedding =
        register_module("durationEmbedding",
                        torch::nn::Embedding(EmbeddingOptions(c.durations, durationEmbedSize)));
    if (c.metre) {
        positionEmbedding =
            register_module("positionEmbedding",
                            torch::nn::Embedding(EmbeddingOptions(positions, positionEmbedSize)));
        phaseEmbedding = register_module(
            "phaseEmbedding", torch::nn::Embedding(EmbeddingOptions(phases, smallEmbedSize)));
        barLengthEmbedding =
            register_module("barLengthEmbedding",
                            torch::nn::Embedding(EmbeddingOptions(barLengths, smallEmbedSize)));
    }
    if (c.relative) {
        intervalEmbedding =
            register_module("intervalEmbedding",
                            torch::nn::Embedding(EmbeddingOptions(intervals, intervalEmbedSize)));
        lowestStep = register_parameter("lowestStep", torch::empty({stepClasses, c.embedSize}));
        highestStep = register_parameter("highestStep", torch::empty({stepClasses, c.embedSize}));
    }
    lstm1 = register_module("lstm1",
                            torch::nn::LSTM(LSTMOptions(inputSize, c.units).batch_first(true)));
    lstm2 =
        register_module("lstm2", torch::nn::LSTM(LSTMOptions(c.units, c.units).batch_first(true)));
    durationHead = register_module("durationHead", torch::nn::Linear(c.units, c.durations));
    pitchHead = register_module("pitchHead", torch::nn::Linear(c.units, c.embedSize));

    if (c.attention) {
        durationSentinel = register_module("durationSentinel", torch::nn::Linear(c.units, 1));
        pitchSentinel = register_module("pitchSentinel", torch::nn::Linear(c.units, 1));
        sentinelByDuration = register_parameter("sentinelByDuration", torch::zeros({c.durations}));
        using Use = CandidateScoresImpl::Use;
        durationScores = register_module("durationScores", CandidateScores(Use::duration));
        pitchScores = register_module("pitchScores", CandidateScores(Use::pitch));
        if (c.transposed) {
            transposedGate = register_module("transposedGate", torch::nn::Linear(c.units, 1));
            transposedScores =
                register_module("transposedScores", CandidateScores(Use::transposedPitch));
        }
    }
    initialise();
}

void PhraseAttentionLstmImpl::initialise()
{
    torch::NoGradGuard noGrad;
    chordFree.normal_(0.0, 0.1);
    chordParts.normal_(0.0, 0.14);
    durationQuery.normal_(0.0, 0.05);
    constexpr double spread = 0.4;
    durationEmbedding->weight.normal_(0.0, spread);
    if (config.metre)
        for (auto* table : {&positionEmbedding, &phaseEmbedding, &barLengthEmbedding})
            (*table)->weight.normal_(0.0, spread);

    if (config.relative) {
        intervalEmbedding->weight.normal_(0.0, spread);
        lowestStep.normal_(0.0, 0.1);
        highestStep.normal_(0.0, 0.1);
    }

    for (auto* lstm : {&lstm1, &lstm2}) {
        auto weights = (*lstm)->named_parameters();
        torch::nn::init::xavier_uniform_(weights["weight_ih_l0"]);
        for (int gate = 0; gate < 4; ++gate)
            torch::nn::init::orthogonal_(
                weights["weight_hh_l0"].narrow(0, gate * config.units, config.units));
        weights["bias_hh_l0"].zero_();
        weights["bias_ih_l0"].zero_();
        // An open forget gate lets the memory reach back from the first step on.
        weights["bias_ih_l0"].narrow(0, config.units, config.units).fill_(1.0);
    }
}

torch::Tensor PhraseAttentionLstmImpl::chordTable() const
{
    return chordFree + torch::matmul(chords.features.to(chordParts.device()), chordParts);
}

torch::Tensor PhraseAttentionLstmImpl::chordInputs(const torch::Tensor& table,
                                                   const torch::Tensor& ids) const
{
    auto inputs = torch::embedding(table, ids);
    if (is_training() && config.tokenDropout > 0.0) {
        const auto shape = std::vector<std::int64_t>{ids.size(0), ids.size(1), 1};
        const auto kept =
            (torch::rand(shape, inputs.options()) >= config.tokenDropout).to(inputs.scalar_type());
        inputs = inputs * kept / (1.0 - config.tokenDropout);
    }
    return inputs;
}

torch::Tensor PhraseAttentionLstmImpl::outputs(const PhraseBatch& batch,
                                               PhraseAttentionLstmState& state)
{
    if (!state.hidden1.defined())
        state = PhraseAttentionLstmState::zero(batch.pitches.size(0), config.units,
                                               chordFree.options().requires_grad(false));

    std::vector<torch::Tensor> inputs{chordInputs(chordTable(), batch.pitches),
                                      durationEmbedding(batch.durations)};
    if (config.metre) {
        inputs.push_back(positionEmbedding(batch.position.clamp(0, positions - 1)));
        inputs.push_back(phaseEmbedding(batch.position.remainder(phases)));
        inputs.push_back(barLengthEmbedding(batch.barLength.clamp(0, barLengths - 1)));
    }
    if (config.relative) {
        inputs.push_back(intervalEmbedding(batch.interval));
        inputs.push_back(batch.degrees);
    }
    const auto x = dropped(torch::cat(inputs, -1), config.inputDropout, is_training());

    const auto first =
        lstm1->forward(x, std::make_tuple(state.hidden1.unsqueeze(0), state.cell1.unsqueeze(0)));
    const auto between = dropped(std::get<0>(first), config.layerDropout, is_training());
    const auto second = lstm2->forward(
        between, std::make_tuple(state.hidden2.unsqueeze(0), state.cell2.unsqueeze(0)));

    const auto& [hidden1, cell1] = std::get<1>(first);
    const auto& [hidden2, cell2] = std::get<1>(second);
    state = {hidden1.squeeze(0), cell1.squeeze(0), hidden2.squeeze(0), cell2.squeeze(0)};
    return dropped(std::get<0>(second), config.outputDropout, is_training());
}

torch::Tensor PhraseAttentionLstmImpl::pitchQuery(const torch::Tensor& h,
                                                  const torch::Tensor& durations)
{
    const auto query = pitchHead(h) + torch::embedding(durationQuery, durations);
    return dropped(torch::tanh(query), config.pitchDropout, is_training());
}

torch::Tensor PhraseAttentionLstmImpl::pitchLogits(const torch::Tensor& query,
                                                   const torch::Tensor& reference) const
{
    auto scores = torch::matmul(query, chordTable().t());
    if (config.relative) {
        // The class after the last stands for "no step": its score stays 0.
        const auto from = reference.unsqueeze(-1); // [B, T, 1]
        const auto add = [&](const torch::Tensor& steps, const torch::Tensor& ends) {
            const auto to = ends.to(from.device());
            const auto step = (to - from).clamp(-widestStep, widestStep) + widestStep;
            const auto known = (to >= 0).logical_and(from >= 0);
            const auto classes = torch::where(known, step, torch::full_like(step, stepClasses));
            const auto byClass =
                torch::constant_pad_nd(torch::matmul(query, steps.t()), {0, 1}, 0.0);
            scores = scores + byClass.gather(-1, classes);
        };
        add(lowestStep, chords.lowest);
        add(highestStep, chords.highest);
    }
    return outputScale * scores + pitchBias;
}

PhraseAttentionLstmImpl::Output PhraseAttentionLstmImpl::forward(const PhraseBatch& batch,
                                                                 PhraseAttentionLstmState& state)
{
    const auto h = outputs(batch, state);
    const auto nextDuration = batch.nextDuration.unsqueeze(-1);
    const auto nextPitch = batch.nextPitch.unsqueeze(-1);

    auto duration =
        torch::log_softmax(withoutStart(durationHead(h)), -1).gather(-1, nextDuration).squeeze(-1);
    const auto query = pitchQuery(h, batch.nextDuration);
    auto pitch = torch::log_softmax(withoutStart(pitchLogits(query, batch.reference)), -1)
                     .gather(-1, nextPitch)
                     .squeeze(-1);
    Output output{-duration, -pitch, -duration, -pitch};
    if (!config.attention)
        return output;

    // Mixture of "something new" (the softmax, weighed by the sentinel) and all candidates.
    const auto saysDuration = batch.candidateDuration.unsqueeze(1) == nextDuration; // [B, T, C]
    const auto saysPitch = batch.candidatePitch.unsqueeze(1) == nextPitch;

    const auto scores = lookUp(durationScores(), batch.literalRow);
    const auto newDuration = durationSentinel(h).squeeze(-1);
    const auto totalDuration = torch::logaddexp(newDuration, torch::logsumexp(scores, -1));
    duration =
        torch::logaddexp(newDuration + duration, saying(scores, saysDuration)) - totalDuration;

    const auto sameDuration = saysDuration.to(torch::kLong);
    auto pitchCandidates = lookUp(pitchScores(), batch.literalRow * 2 + sameDuration);
    auto says = saysPitch;
    if (config.transposed) {
        const auto moved =
            lookUp(transposedScores(), batch.transposedRow * 2 + sameDuration) + transposedGate(h);
        pitchCandidates = torch::cat({pitchCandidates, moved}, -1);
        says = torch::cat({says, batch.transposedPitch == nextPitch}, -1);
    }
    const auto newPitch =
        pitchSentinel(h).squeeze(-1) +
        torch::embedding(sentinelByDuration.unsqueeze(-1), batch.nextDuration).squeeze(-1);
    const auto totalPitch = torch::logaddexp(newPitch, torch::logsumexp(pitchCandidates, -1));
    pitch = torch::logaddexp(newPitch + pitch, saying(pitchCandidates, says)) - totalPitch;
    output.durationNll = -duration;
    output.pitchNll = -pitch;
    return output;
}

} // namespace organum::models
