#include "Training/Music/Lanes.h"

#include "Training/Random.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace organum::training
{
namespace
{

LaneBatch emptyBatch(std::int64_t lanes, std::int64_t steps)
{
    const auto ids = [&] { return torch::zeros({lanes, steps}, torch::kInt64); };
    LaneBatch batch;
    batch.pitches = ids();
    batch.durations = ids();
    batch.nextPitches = ids();
    batch.nextDurations = ids();
    batch.position = ids();
    batch.barLength = ids();
    batch.mask = torch::zeros({lanes, steps});
    batch.keep = torch::ones({lanes});
    return batch;
}

void fillLane(LaneBatch& batch, std::int64_t lane, const LaneBatch::Source& source,
              const Piece& piece)
{
    const auto row = [lane](torch::Tensor& t) {
        return t.data_ptr<std::int64_t>() + lane * t.size(1);
    };
    auto* pitches = row(batch.pitches);
    auto* durations = row(batch.durations);
    auto* nextPitches = row(batch.nextPitches);
    auto* nextDurations = row(batch.nextDurations);
    auto* position = row(batch.position);
    auto* barLength = row(batch.barLength);
    auto* mask = batch.mask.data_ptr<float>() + lane * batch.mask.size(1);
    const auto& tokens = *source.tokens;
    for (std::size_t i = 0; i < source.count; ++i) {
        const auto t = source.begin + i;
        const auto before =
            t > 0 ? tokens[t - 1]
                  : engine::Token{engine::Vocabulary::start, engine::Vocabulary::start};
        pitches[i] = before.pitch;
        durations[i] = before.duration;
        nextPitches[i] = tokens[t].pitch;
        nextDurations[i] = tokens[t].duration;
        position[i] = piece.bars[t].offset.toSteps(12);
        barLength[i] = piece.bars[t].barLength.toSteps(12);
        mask[i] = 1.0f;
    }
    if (source.begin == 0)
        batch.keep.data_ptr<float>()[lane] = 0.0f;
    batch.sources.push_back(source);
}

} // namespace

LaneBatch LaneBatch::to(const torch::Device& device) const
{
    if (device.is_cpu())
        return *this;
    return {pitches.to(device),       durations.to(device), nextPitches.to(device),
            nextDurations.to(device), position.to(device),  barLength.to(device),
            mask.to(device),          keep.to(device),      sources};
}

LaneBatch wholePiece(const MusicData& data, std::size_t piece,
                     const std::vector<engine::Token>& tokens)
{
    auto batch = emptyBatch(1, static_cast<std::int64_t>(tokens.size()));
    fillLane(batch, 0, {piece, 0, 0, tokens.size(), &tokens}, data.pieces()[piece]);
    return batch;
}

LaneLoader::LaneLoader(const MusicData& dataIn, const LaneSettings& settingsIn,
                       std::uint64_t seedIn)
    : data(dataIn)
    , settings(settingsIn)
    , seed(seedIn)
    , lanes(static_cast<std::size_t>(settingsIn.lanes))
{
    for (auto& lane : lanes)
        deal(lane, nextTurn++);
}

void LaneLoader::deal(Lane& lane, std::uint64_t turn) const
{
    const auto& train = data.part("train");
    const auto round = turn / train.size();
    const auto order = randomOrder(train.size(), "turns", seed, {round});
    lane.turn = turn;
    lane.begin = 0;
    lane.piece = train[order[turn % train.size()]];
    lane.shift = 0;
    if (settings.transpose && randomUniform("own key", seed, {turn}) >= settings.originalKeyShare) {
        const auto& shifts = data.shifts(lane.piece);
        lane.shift = shifts[randomBits("key", seed, {turn}) % shifts.size()];
    }
    lane.tokens =
        data.encodeForTraining(lane.piece, lane.shift, settings.unknownChance, seed, turn);
}

LaneBatch LaneLoader::next()
{
    std::int64_t steps = 0;
    for (auto& lane : lanes) {
        if (lane.begin >= lane.tokens.size())
            deal(lane, nextTurn++);
        const auto left = static_cast<std::int64_t>(lane.tokens.size() - lane.begin);
        steps = std::max(steps, std::min(settings.chunk, left));
    }
    auto batch = emptyBatch(settings.lanes, steps);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        auto& lane = lanes[i];
        const auto count =
            std::min(static_cast<std::size_t>(settings.chunk), lane.tokens.size() - lane.begin);
        fillLane(batch, static_cast<std::int64_t>(i),
                 {lane.piece, lane.shift, lane.begin, count, &lane.tokens},
                 data.pieces()[lane.piece]);
        lane.begin += count;
    }
    return batch;
}

std::int64_t LaneLoader::batchesPerEpoch() const
{
    const auto elements = static_cast<std::int64_t>(data.elementCount("train"));
    const auto batch = settings.lanes * settings.chunk;
    return std::max<std::int64_t>(1, (elements + batch - 1) / batch);
}

std::string LaneLoader::place() const
{
    auto json = nlohmann::json{{"nextTurn", nextTurn}};
    for (const auto& lane : lanes)
        json["lanes"].push_back({lane.turn, lane.begin});
    return json.dump();
}

void LaneLoader::restore(const std::string& place)
{
    const auto json = nlohmann::json::parse(place);
    json.at("nextTurn").get_to(nextTurn);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const auto& lane = json.at("lanes").at(i);
        deal(lanes[i], lane.at(0).get<std::uint64_t>());
        lanes[i].begin = lane.at(1).get<std::size_t>();
    }
}

} // namespace organum::training
