#include "Training/Music/LaneObjective.h"

#include "Training/Loop/Checkpoint.h"

namespace organum::training
{

Metrics scorePieces(MusicNetwork& network, const MusicData& data, const std::string& split,
                    const torch::Device& device)
{
    torch::NoGradGuard noGrad;
    network.module().eval();
    double pitch = 0.0, duration = 0.0, elements = 0.0;
    for (const auto piece : data.part(split)) {
        const auto tokens = data.encode(piece);
        Carried carried;
        const auto losses = network.losses(wholePiece(data, piece, tokens).to(device), carried);
        pitch += losses.pitch.sum().item<double>();
        duration += losses.duration.sum().item<double>();
        elements += static_cast<double>(tokens.size());
    }
    return {{"pitch", pitch / elements},
            {"duration", duration / elements},
            {"sum", (pitch + duration) / elements}};
}

LaneObjective::LaneObjective(std::unique_ptr<MusicNetwork> networkIn, const MusicData& dataIn,
                             const LaneRecipe& recipeIn, std::uint64_t seed, torch::Device deviceIn,
                             const BundleWriter& writerIn)
    : network(std::move(networkIn))
    , data(dataIn)
    , recipe(recipeIn)
    , device(deviceIn)
    , writer(writerIn)
    , loader(dataIn, recipeIn.lanes, seed)
    , groups(network->parameterGroups())
    , average(network->module(), recipeIn.averaging)
{
    std::vector<torch::optim::OptimizerParamGroup> optimised;
    for (const auto& group : groups) {
        auto options = std::make_unique<torch::optim::AdamWOptions>(recipe.rate);
        options->weight_decay(group.decays ? recipe.weightDecay : 0.0);
        options->betas({0.9, recipe.beta2});
        optimised.emplace_back(group.parameters, std::move(options));
    }
    optimizer = std::make_unique<torch::optim::AdamW>(std::move(optimised),
                                                      torch::optim::AdamWOptions(recipe.rate));
}

Metrics LaneObjective::step(const Position& position)
{
    network->module().train();
    const auto rate = recipe.rate * cosineRate(position.step, position.totalSteps, recipe.warmUp);
    for (std::size_t i = 0; i < groups.size(); ++i)
        static_cast<torch::optim::AdamWOptions&>(optimizer->param_groups()[i].options())
            .lr(rate * groups[i].rateFactor);

    const auto batch = loader.next().to(device);
    const auto losses = network->losses(batch, carried);
    const auto steps = batch.mask.sum();
    const auto pitch = (losses.pitch * batch.mask).sum() / steps;
    const auto duration = (losses.duration * batch.mask).sum() / steps;
    optimizer->zero_grad();
    auto loss = pitch + duration;
    if (losses.auxiliary.defined())
        loss = loss + (losses.auxiliary * batch.mask).sum() / steps;
    loss.backward();
    torch::nn::utils::clip_grad_norm_(network->module().parameters(), recipe.clip);
    optimizer->step();
    average.update(network->module(), position.step);
    const auto p = pitch.item<double>(), d = duration.item<double>();
    return {{"pitch", p}, {"duration", d}, {"sum", p + d}};
}

Metrics LaneObjective::validate()
{
    WeightAverage::Use averaged(network->module(), average);
    return scorePieces(*network, data, "validation", device);
}

void LaneObjective::epochDone(std::int64_t epoch, bool best, const Metrics& validation)
{
    WeightAverage::Use averaged(network->module(), average);
    if (best)
        writer.write(network->module(), network->kind(), network->config(), epoch + 1, validation);
    writer.sample(network->module(), network->kind(), network->config(), epoch + 1);
}

void LaneObjective::save(torch::serialize::OutputArchive& archive) const
{
    training::save(archive, "network", network->module());
    training::save(archive, "optimizer", *optimizer);
    training::save(archive, "place", loader.place());
    torch::serialize::OutputArchive averages(archive.compilation_unit());
    average.save(averages);
    archive.write("average", averages);
    archive.write("carriedCount", c10::IValue(static_cast<std::int64_t>(carried.size())));
    for (std::size_t i = 0; i < carried.size(); ++i)
        archive.write("carried" + std::to_string(i), carried[i]);
}

void LaneObjective::load(torch::serialize::InputArchive& archive)
{
    training::load(archive, "network", network->module());
    training::load(archive, "optimizer", *optimizer);
    loader.restore(loadText(archive, "place"));
    torch::serialize::InputArchive averages;
    archive.read("average", averages);
    average.load(averages);
    c10::IValue count;
    archive.read("carriedCount", count);
    carried.assign(static_cast<std::size_t>(count.toInt()), {});
    for (std::size_t i = 0; i < carried.size(); ++i)
        archive.read("carried" + std::to_string(i), carried[i]);
}

} // namespace organum::training
