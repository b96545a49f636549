#include "Training/Music/PhraseAttentionNetwork.h"

#include <algorithm>

namespace organum::training
{
namespace
{

/** Whole pieces are scored in stretches of so many elements: what is remembered of each takes
    memory in proportion to the elements before it. */
constexpr std::int64_t longestStretch = 256;

/** How much the LSTM's own answers count beside the mixture's. */
constexpr double ownShare = 0.5;

/** Steps [from, from + count) of every lane. */
LaneBatch stretchOf(const LaneBatch& batch, std::int64_t from, std::int64_t count)
{
    const auto cut = [&](const torch::Tensor& t) { return t.narrow(1, from, count); };
    LaneBatch result{cut(batch.pitches),       cut(batch.durations), cut(batch.nextPitches),
                     cut(batch.nextDurations), cut(batch.position),  cut(batch.barLength),
                     cut(batch.mask),          batch.keep,           batch.sources};
    for (auto& source : result.sources) {
        const auto skipped = std::min(source.count, static_cast<std::size_t>(from));
        source.begin += skipped;
        source.count = std::min(source.count - skipped, static_cast<std::size_t>(count));
    }
    if (from > 0)
        result.keep = torch::ones_like(batch.keep);
    return result;
}

} // namespace

PhraseAttentionNetwork::PhraseAttentionNetwork(const MusicData& dataIn,
                                               const engine::PhraseAttentionOptions& optionsIn)
    : network(optionsIn.makeNetwork(dataIn.vocabulary()))
    , data(dataIn)
    , options(optionsIn)
    , movedChords(dataIn.vocabulary())
{
}

std::vector<ParameterGroup> PhraseAttentionNetwork::parameterGroups()
{
    ParameterGroup matrices, vectors, tables;
    vectors.decays = false;
    tables.decays = false;
    tables.rateFactor = 2.0;
    for (const auto& item : network->named_parameters()) {
        const auto& name = item.key();
        const bool table =
            name == "durationScores" || name == "pitchScores" || name == "transposedScores";
        auto& group = table ? tables : item.value().dim() > 1 ? matrices : vectors;
        group.parameters.push_back(item.value());
    }
    if (tables.parameters.empty())
        return {matrices, vectors};
    return {matrices, vectors, tables};
}

MusicNetwork::Losses PhraseAttentionNetwork::losses(const LaneBatch& batch, Carried& carried)
{
    const auto steps = batch.pitches.size(1);
    if (steps > longestStretch && !network->is_training()) {
        std::vector<torch::Tensor> pitch, duration;
        for (std::int64_t from = 0; from < steps; from += longestStretch) {
            const auto count = std::min(longestStretch, steps - from);
            const auto part = losses(stretchOf(batch, from, count), carried);
            pitch.push_back(part.pitch);
            duration.push_back(part.duration);
        }
        return {torch::cat(pitch, 1), torch::cat(duration, 1)};
    }

    models::PhraseAttentionLstmState state;
    if (!carried.empty()) {
        state = {carried[0], carried[1], carried[2], carried[3]};
        state = state.masked(batch.keep);
    }
    const auto output = network->forward(phraseBatch(batch), state);
    state = state.detached();
    carried = {state.hidden1, state.cell1, state.hidden2, state.cell2};
    return {output.pitchNll, output.durationNll,
            ownShare * (output.ownPitchNll + output.ownDurationNll)};
}

models::PhraseBatch PhraseAttentionNetwork::phraseBatch(const LaneBatch& batch)
{
    models::PhraseBatch result;
    result.pitches = batch.pitches;
    result.durations = batch.durations;
    result.position = batch.position;
    result.barLength = batch.barLength;
    result.nextPitch = batch.nextPitches;
    result.nextDuration = batch.nextDurations;
    // Column c of a lane is element oldestColumn() + c: 0 while pieces are within memory.
    const auto lanes = batch.pitches.size(0);
    const auto steps = batch.pitches.size(1);
    std::size_t columns = 1;
    if (options.attention)
        for (const auto& source : batch.sources)
            columns = std::max(columns, source.begin + source.count - oldestColumn(source));
    const auto c = static_cast<std::int64_t>(columns);
    const auto rows = models::CandidateScoresImpl::rows;
    result.literalRow = torch::full({lanes, steps, c}, rows, torch::kInt64);
    result.transposedRow = torch::full({lanes, steps, c}, rows, torch::kInt64);
    result.transposedPitch = torch::full({lanes, steps, c}, -1, torch::kInt64);
    result.candidatePitch = torch::full({lanes, c}, -1, torch::kInt64);
    result.candidateDuration = torch::full({lanes, c}, -1, torch::kInt64);
    result.reference = torch::full({lanes, steps}, -1, torch::kInt64);
    result.interval = torch::zeros({lanes, steps}, torch::kInt64);
    result.degrees =
        torch::zeros({lanes, steps, static_cast<std::int64_t>(engine::TonalContext::degreeCount)});

    while (followers.size() < batch.sources.size())
        followers.emplace_back(static_cast<std::size_t>(options.memory));
    for (std::size_t lane = 0; lane < batch.sources.size(); ++lane)
        listen(followers[lane], batch.sources[lane], static_cast<std::int64_t>(lane), result);

    const auto device = batch.pitches.device();
    for (auto* tensor : {&result.literalRow, &result.transposedRow, &result.transposedPitch,
                         &result.candidatePitch, &result.candidateDuration, &result.reference,
                         &result.interval, &result.degrees})
        *tensor = tensor->to(device);
    return result;
}

std::size_t PhraseAttentionNetwork::oldestColumn(const LaneBatch::Source& source) const
{
    return source.begin - std::min(source.begin, static_cast<std::size_t>(options.memory));
}

void PhraseAttentionNetwork::listen(Follower& follower, const LaneBatch::Source& source,
                                    std::int64_t lane, models::PhraseBatch& batch)
{
    const auto& elements = data.pieces()[source.piece].elements;
    const auto hear = [&](std::size_t t) {
        if (options.attention)
            follower.matcher.append(elements[t]);
        follower.tonal.append(elements[t]);
        follower.heard = t + 1;
    };
    if (follower.piece != source.piece || follower.heard != source.begin) {
        follower.matcher.clear();
        follower.tonal.clear();
        follower.heard = 0;
        for (std::size_t t = 0; t < source.begin; ++t)
            hear(t);
        follower.piece = source.piece;
    }

    if (options.attention) {
        const auto oldest = oldestColumn(source);
        const auto row = lane * batch.candidatePitch.size(1);
        auto* pitches = batch.candidatePitch.data_ptr<std::int64_t>() + row;
        auto* durations = batch.candidateDuration.data_ptr<std::int64_t>() + row;
        for (auto j = oldest; j < source.begin + source.count; ++j) {
            pitches[j - oldest] = (*source.tokens)[j].pitch;
            durations[j - oldest] = (*source.tokens)[j].duration;
        }
    }
    const auto steps = batch.reference.size(1);
    for (std::size_t i = 0; i < source.count; ++i) {
        const auto step = static_cast<std::int64_t>(i);
        const auto place = lane * steps + step;
        const int reference = follower.tonal.reference();
        batch.reference.data_ptr<std::int64_t>()[place] =
            reference < 0 ? -1 : reference + source.shift;
        batch.interval.data_ptr<std::int64_t>()[place] = follower.tonal.intervalClass();
        const auto degrees = follower.tonal.degrees();
        std::copy(degrees.begin(), degrees.end(),
                  batch.degrees.data_ptr<float>() +
                      place * static_cast<std::int64_t>(degrees.size()));
        if (options.attention)
            writeCandidates(follower, source, lane, step, batch);
        hear(source.begin + i);
    }
}

void PhraseAttentionNetwork::writeCandidates(const Follower& follower,
                                             const LaneBatch::Source& source, std::int64_t lane,
                                             std::int64_t step, models::PhraseBatch& batch) const
{
    using engine::PhraseMatcher;
    const auto& bars = data.pieces()[source.piece].bars;
    const auto t = source.begin + static_cast<std::size_t>(step);
    const auto oldest = oldestColumn(source);
    const auto row = (lane * batch.literalRow.size(1) + step) * batch.literalRow.size(2);
    auto* literal = batch.literalRow.data_ptr<std::int64_t>() + row;
    auto* transposed = batch.transposedRow.data_ptr<std::int64_t>() + row;
    auto* moved = batch.transposedPitch.data_ptr<std::int64_t>() + row;
    const auto place = bars[t].offset.toSteps(12);
    const auto& candidates = follower.matcher.candidates();
    for (auto j = follower.matcher.firstCandidate(); j < t; ++j) {
        const auto& candidate = candidates[j];
        const bool samePlace = bars[j].offset.toSteps(12) == place;
        literal[j - oldest] = PhraseMatcher::scoreRow(candidate.literalLength, samePlace, t - j);
        if (!options.transposed || candidate.transposedLength == 0)
            continue;
        const auto pitch = movedChords.idOf((*source.tokens)[j].pitch, candidate.interval);
        if (pitch < 0)
            continue;
        moved[j - oldest] = pitch;
        transposed[j - oldest] =
            PhraseMatcher::scoreRow(candidate.transposedLength, samePlace, t - j);
    }
}

} // namespace organum::training
