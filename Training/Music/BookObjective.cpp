#include "Training/Music/BookObjective.h"

#include "Training/Loop/Checkpoint.h"
#include "Training/Random.h"

#include <numeric>

namespace organum::training
{

BookObjective::BookObjective(std::unique_ptr<AttentionLstmNetwork> networkIn,
                             const MusicData& dataIn, const BookRecipe& recipeIn,
                             std::uint64_t seedIn, torch::Device deviceIn,
                             const BundleWriter& writerIn)
    : network(std::move(networkIn))
    , data(dataIn)
    , recipe(recipeIn)
    , seed(seedIn)
    , device(deviceIn)
    , writer(writerIn)
    , trainingWindows(windowsOf("train"))
    , validationWindows(windowsOf("validation"))
{
    std::vector<torch::Tensor> learning;
    for (const auto& parameter : network->module().parameters())
        if (parameter.requires_grad())
            learning.push_back(parameter);
    // Keras' RMSprop: rho 0.9, epsilon 1e-7, no momentum.
    optimizer = std::make_unique<torch::optim::RMSprop>(
        learning, torch::optim::RMSpropOptions(recipe.rate).alpha(0.9).eps(1e-7));
}

BookObjective::Windows BookObjective::windowsOf(const std::string& split) const
{
    Windows windows;
    for (const auto piece : data.part(split)) {
        windows.pitches.insert(windows.pitches.end(), static_cast<std::size_t>(recipe.window),
                               engine::Vocabulary::start);
        windows.durations.insert(windows.durations.end(), static_cast<std::size_t>(recipe.window),
                                 engine::Vocabulary::start);
        for (const auto& token : data.encode(piece)) {
            windows.targets.push_back(static_cast<std::int64_t>(windows.pitches.size()));
            windows.pitches.push_back(token.pitch);
            windows.durations.push_back(token.duration);
        }
    }
    return windows;
}

std::int64_t BookObjective::stepsPerEpoch() const
{
    const auto windows = static_cast<std::int64_t>(trainingWindows.targets.size());
    return (windows + recipe.batch - 1) / recipe.batch;
}

MusicNetwork::Losses BookObjective::losses(const Windows& windows,
                                           const std::vector<std::size_t>& chosen,
                                           std::size_t begin, std::size_t count)
{
    const auto rows = static_cast<std::int64_t>(count);
    auto pitches = torch::empty({rows, recipe.window + 1}, torch::kInt64);
    auto durations = torch::empty({rows, recipe.window + 1}, torch::kInt64);
    for (std::int64_t row = 0; row < rows; ++row) {
        const auto end = windows.targets[chosen[begin + static_cast<std::size_t>(row)]];
        const auto from = end - recipe.window;
        std::copy_n(windows.pitches.begin() + from, recipe.window + 1,
                    pitches.data_ptr<std::int64_t>() + row * (recipe.window + 1));
        std::copy_n(windows.durations.begin() + from, recipe.window + 1,
                    durations.data_ptr<std::int64_t>() + row * (recipe.window + 1));
    }
    pitches = pitches.to(device);
    durations = durations.to(device);
    const auto output = network->network->forward(pitches.slice(1, 0, recipe.window),
                                                  durations.slice(1, 0, recipe.window));
    namespace F = torch::nn::functional;
    return {F::cross_entropy(output.pitchLogits, pitches.select(1, recipe.window)),
            F::cross_entropy(output.durationLogits, durations.select(1, recipe.window))};
}

Metrics BookObjective::step(const Position& position)
{
    network->module().train();
    if (orderedEpoch != position.epoch) {
        order = randomOrder(trainingWindows.targets.size(), "windows", seed,
                            {static_cast<std::uint64_t>(position.epoch)});
        orderedEpoch = position.epoch;
    }
    const auto begin = static_cast<std::size_t>(position.stepOfEpoch * recipe.batch);
    const auto count = std::min(static_cast<std::size_t>(recipe.batch), order.size() - begin);
    const auto loss = losses(trainingWindows, order, begin, count);
    optimizer->zero_grad();
    (loss.pitch + loss.duration).backward();
    optimizer->step();
    const auto p = loss.pitch.item<double>(), d = loss.duration.item<double>();
    return {{"pitch", p}, {"duration", d}, {"sum", p + d}};
}

Metrics BookObjective::validate()
{
    torch::NoGradGuard noGrad;
    network->module().eval();
    std::vector<std::size_t> all(validationWindows.targets.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    double pitch = 0.0, duration = 0.0;
    constexpr std::size_t batch = 256;
    for (std::size_t begin = 0; begin < all.size(); begin += batch) {
        const auto count = std::min(batch, all.size() - begin);
        const auto loss = losses(validationWindows, all, begin, count);
        pitch += loss.pitch.item<double>() * static_cast<double>(count);
        duration += loss.duration.item<double>() * static_cast<double>(count);
    }
    const auto n = static_cast<double>(all.size());
    return {{"pitch", pitch / n}, {"duration", duration / n}, {"sum", (pitch + duration) / n}};
}

void BookObjective::epochDone(std::int64_t epoch, bool best, const Metrics& figures)
{
    if (best)
        writer.write(network->module(), network->kind(), network->config(), epoch + 1, figures);
    writer.sample(network->module(), network->kind(), network->config(), epoch + 1);
}

void BookObjective::save(torch::serialize::OutputArchive& archive) const
{
    organum::training::save(archive, "network", network->module());
    organum::training::save(archive, "optimizer", *optimizer);
}

void BookObjective::load(torch::serialize::InputArchive& archive)
{
    organum::training::load(archive, "network", network->module());
    organum::training::load(archive, "optimizer", *optimizer);
}

} // namespace organum::training
