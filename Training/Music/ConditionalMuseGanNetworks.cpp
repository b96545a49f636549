#include "Training/Music/ConditionalMuseGanNetworks.h"

#include "Engine/Generation.h"
#include "Engine/ModelLoader.h"
#include "Engine/Voices/ConditionalMuseGanNetwork.h"
#include "Training/Music/Intervals.h"
#include "Training/Random.h"

#include <cmath>

namespace organum::training
{
namespace
{

using Config = models::ConditionalMuseGanConfig;
constexpr std::int64_t windowBars = 4;
constexpr std::int64_t judgedBars = 2; ///< of the critic's windows; the bar before is context

torch::Tensor oneHot(const torch::Tensor& tokens, std::int64_t size = Config::tokens)
{
    return torch::one_hot(tokens, Config::tokens).slice(-1, 0, size).to(torch::kFloat32);
}

/** Notes a bar of each voice, a run of one pitch counted as one note. */
std::array<double, 4> notesPerBarOf(const std::vector<score::VoiceGrid>& pieces)
{
    std::array<double, 4> notes{};
    double bars = 0.0;
    for (const auto& piece : pieces) {
        bars += static_cast<double>(piece.steps()) / static_cast<double>(Config::steps);
        for (int step = 0; step < piece.steps(); ++step)
            for (int v = 0; v < 4; ++v)
                if (!piece.isSilent(step, v) &&
                    (step == 0 || piece.pitch(step, v) != piece.pitch(step - 1, v)))
                    notes[static_cast<std::size_t>(v)] += 1.0;
    }
    for (auto& count : notes)
        count /= std::max(bars, 1.0);
    return notes;
}

/** The places in `conditions` of what the generator must know of a window of the critic's. */
enum Condition : std::size_t
{
    previousBars, ///< [B, 32, 4], before the first judged bar
    histograms,   ///< [B, 2, 12]
    keys,         ///< [B]
    flags,        ///< [B, 2, 2]
    givenNotes    ///< [B, 2, 16, 4]
};

} // namespace

ConditionalMuseGanNetworks::Pair::Pair(const Config& config)
    : generator(register_module("generator", models::ConditionalMuseGan(config)))
    , encoder(register_module("encoder", models::ConditionalMuseGanEncoder(config)))
{
}

ConditionalMuseGanNetworks::ConditionalMuseGanNetworks(
    const Config& configIn, const ConditionalRecipe& recipeIn,
    const std::vector<score::VoiceGrid>& train, const std::vector<score::VoiceGrid>& validation,
    std::uint64_t seedIn, torch::Device deviceIn, const VoiceRecord& recordIn)
    : config(configIn)
    , recipe(recipeIn)
    , seed(seedIn)
    , device(deviceIn)
    , record(recordIn)
    , corpus(train, windowBars)
    , heldOut(validation.empty() ? train : validation, windowBars)
    , notesPerBar(notesPerBarOf(train))
    , pair(std::make_shared<Pair>(config))
    , theCritic(config)
{
    pair->generator->intervalWishes.copy_(intervalWishesOf(train));
    pair->to(device);
    theCritic->to(device);
}

ChoraleWindows ConditionalMuseGanNetworks::onDevice(ChoraleWindows windows) const
{
    auto& around = windows.surroundings;
    for (auto* tensor : {&around.previous, &around.histogram, &around.key, &around.flags,
                         &around.given, &windows.bars, &windows.onsets})
        *tensor = tensor->to(device);
    return windows;
}

RealBatch ConditionalMuseGanNetworks::real(std::int64_t step, std::int64_t draw)
{
    // Position -1 is asked for when statistics are measured; it hashes like any other.
    const auto at = static_cast<std::uint64_t>(step);
    const auto which = static_cast<std::uint64_t>(draw);
    const auto count = recipe.windows;
    const auto windows =
        corpus.draw({count, judgedBars + 1, 0.2, 0.3, 0.0}, "judged", seed, at, which);
    const auto& around = windows.surroundings;

    // A piece's beginning is judged too: then the first bar follows silence before the music.
    auto first = torch::arange(count) * (judgedBars + 1);
    first = first + (around.flags.index_select(0, first).select(1, 0) == 0).to(torch::kInt64);
    const auto rows =
        torch::stack({first, first + 1}, 1).flatten(); // [B 2], the judged bars of each window
    const auto bars = windows.bars.index_select(0, rows).view({count, judgedBars, 16, 4});

    auto given = torch::full_like(bars, Config::open);
    for (std::int64_t row = 0; row < count; ++row) {
        std::uint64_t draws = 0;
        const auto chance = [&] {
            return randomUniform("given", seed,
                                 {at, which, static_cast<std::uint64_t>(row), draws++});
        };
        if (chance() >= recipe.givenShare)
            continue;
        const double share = 0.25 * (1.0 + std::floor(3.0 * chance()));
        const auto spared = static_cast<std::int64_t>(4.0 * chance());
        bool all = true;
        std::array<bool, 4> fixed{};
        for (auto& voice : fixed) {
            voice = chance() < share;
            all = all && voice;
        }
        if (all)
            fixed[static_cast<std::size_t>(spared)] = false;
        for (std::int64_t v = 0; v < 4; ++v)
            if (fixed[static_cast<std::size_t>(v)])
                given[row].select(2, v).copy_(bars[row].select(2, v));
    }

    const auto previous = around.previous.index_select(0, first);
    const auto of = [&](const torch::Tensor& x) {
        return x.index_select(0, rows).view({count, judgedBars, -1});
    };
    RealBatch batch;
    batch.samples = torch::cat({oneHot(previous.slice(1, 16), Config::classes),
                                oneHot(bars.flatten(1, 2), Config::classes)},
                               1)
                        .to(device);
    batch.conditions = {previous.to(device), of(around.histogram).to(device),
                        around.key.index_select(0, first).to(device), of(around.flags).to(device),
                        given.to(device)};
    return batch;
}

torch::Tensor ConditionalMuseGanNetworks::generate(const RealBatch& batch)
{
    auto& network = pair->generator;
    const auto& known = batch.conditions;
    const auto count = batch.samples.size(0);
    const auto noise = [&](torch::IntArrayRef shape) {
        return torch::randn(shape, batch.samples.options());
    };
    const auto z = config.noise;
    models::BarVectors wished;
    wished.style = noise({count, z});
    wished.groove = noise({4, count, z});

    std::vector<torch::Tensor> bars{batch.samples.slice(1, 0, Config::steps)};
    auto heard = oneHot(known[previousBars]); // [B, 32, 4, 45]
    for (std::int64_t bar = 0; bar < judgedBars; ++bar) {
        const auto given = known[givenNotes].select(1, bar);
        const auto context = network->hear({heard, known[histograms].select(1, bar), known[keys],
                                            known[flags].select(1, bar), given});
        wished.chords = noise({count, z});
        wished.melody = noise({4, count, z});
        const auto outline = network->outline(context, network->vectors(context, wished));
        const auto last = heard.select(1, Config::contextSteps - 1).transpose(0, 1);
        const auto sung = network->sing(outline, last, given);
        bars.push_back(sung.slice(-1, 0, Config::classes));
        heard = torch::cat({heard.slice(1, Config::steps), sung}, 1);
    }
    return torch::cat(bars, 1);
}

torch::Tensor ConditionalMuseGanNetworks::score(const torch::Tensor& samples,
                                                const RealBatch& batch)
{
    (void) batch; // its first bar, which the samples repeat, is all the critic knows of it
    return theCritic->forward(samples);
}

ConditionalMuseGanNetworks::Retold ConditionalMuseGanNetworks::retell(const ChoraleWindows& windows)
{
    auto& network = pair->generator;
    const auto& around = windows.surroundings;
    const auto rows = windows.bars.size(0);
    const auto context = network->hear(around);
    const auto found =
        pair->encoder->forward(windows.bars, windows.onsets, context.vector, windowBars);
    const auto& gaussians = found.gaussians;

    models::BarVectors vectors;
    vectors.chords = models::sampled(gaussians.chords);
    vectors.style = found.style.repeat_interleave(windowBars, 0);
    vectors.melody = models::sampled(gaussians.melody);
    vectors.groove = models::sampled(gaussians.groove).repeat_interleave(windowBars, 1);
    const auto last = around.previous.select(1, Config::contextSteps - 1);
    const auto logits =
        network->retell(network->outline(context, vectors), last, windows.bars, recipe.deaf);

    const auto truth = windows.bars.permute({2, 0, 1}); // [4, N, 16]
    const auto errors =
        torch::nn::functional::cross_entropy(
            logits.reshape({-1, Config::classes}), truth.reshape({-1}),
            torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kNone))
            .view(truth.sizes());
    const auto open = (around.given.permute({2, 0, 1}) == Config::open).to(errors.scalar_type());
    const auto prior = network->prior(context);

    Retold retold;
    retold.loss = (errors * open).sum() / static_cast<double>(rows);
    retold.chords = models::divergence(gaussians.chords, prior.chords).mean();
    retold.melody = models::divergence(gaussians.melody, prior.melody).mean();
    retold.style = models::divergence(gaussians.style).mean();
    retold.groove = models::divergence(gaussians.groove).mean();
    const auto right = (logits.argmax(-1) == truth).to(torch::kFloat32).detach();
    const auto moves = windows.onsets.permute({2, 0, 1});
    retold.accuracy = right.mean().item<double>();
    retold.changeAccuracy =
        (right * moves).sum().item<double>() / std::max(1.0, moves.sum().item<double>());
    return retold;
}

FurtherLoss ConditionalMuseGanNetworks::furtherLoss(std::int64_t step, double progress)
{
    const auto count = progress < 1.0 ? recipe.aloneWindows : recipe.furtherWindows;
    const auto retold = retell(onDevice(
        corpus.draw({count, windowBars}, "retold", seed, static_cast<std::uint64_t>(step))));
    // Vectors that say nothing cost nothing, so to begin with they may say what they like.
    const auto weight = std::min(1.0, 0.1 + 6.0 * progress);
    const auto perBar = 1.0 / static_cast<double>(windowBars);
    const auto divergences = retold.chords.clamp_min(recipe.freeChords) +
                             retold.style.clamp_min(recipe.freeStyle) * perBar +
                             retold.melody.clamp_min(recipe.freeMelody) * 4.0 +
                             retold.groove.clamp_min(recipe.freeGroove) * (4.0 * perBar);
    return {retold.loss + divergences * weight,
            {{"reconstruction", retold.loss.item<double>()},
             {"chords_nats", retold.chords.item<double>()},
             {"style_nats", retold.style.item<double>()},
             {"melody_nats", retold.melody.item<double>()},
             {"groove_nats", retold.groove.item<double>()}}};
}

Metrics ConditionalMuseGanNetworks::validate()
{
    torch::NoGradGuard noGrad;
    constexpr std::uint64_t batches = 6;
    Metrics figures;
    for (std::uint64_t batch = 0; batch < batches; ++batch) {
        const auto retold = retell(
            onDevice(heldOut.draw({12, windowBars, 0.12, 0.4, 0.0}, "validation", 0, batch)));
        constexpr auto share = 1.0 / static_cast<double>(batches);
        figures["reconstruction"] += retold.loss.item<double>() * share;
        figures["accuracy"] += retold.accuracy * share;
        figures["change_accuracy"] += retold.changeAccuracy * share;
    }
    return figures;
}

std::string ConditionalMuseGanNetworks::configJson() const
{
    engine::ConditionalMuseGanOptions options;
    options.noise = config.noise;
    options.embed = config.embed;
    options.context = config.context;
    options.plan = config.plan;
    options.units = config.units;
    for (std::size_t v = 0; v < options.voices.size(); ++v) {
        options.voices[v].lowest = corpus.ranges()[v].first;
        options.voices[v].highest = corpus.ranges()[v].second;
    }
    return options.toJson();
}

void ConditionalMuseGanNetworks::calibrate(std::int64_t epoch)
{
    torch::NoGradGuard noGrad;
    auto& bias = pair->generator->holdBias;
    bias.zero_();
    constexpr int rounds = 5, pieces = 16, bars = 16;
    for (int round = 0; round < rounds; ++round) {
        std::array<double, 4> notes{};
        const auto model =
            engine::makeModel(record.make(*pair->generator, engine::ConditionalMuseGanNetwork::kind,
                                          configJson(), epoch + 1))
                .model;
        engine::Request request;
        request.bars = bars;
        request.seed = randomBits("calibration", seed, {static_cast<std::uint64_t>(round)});
        request.variations = pieces;
        for (const auto& take : engine::generate(*model, request))
            for (const auto voice : take.noteVoices)
                notes[static_cast<std::size_t>(voice)] += 1.0 / (pieces * bars);
        for (std::size_t v = 0; v < notes.size(); ++v) {
            const auto change = 1.2 * std::log(std::max(notes[v], 0.1) / notesPerBar[v]);
            bias[static_cast<std::int64_t>(v)] += std::clamp(change, -1.0, 1.0);
        }
    }
}

void ConditionalMuseGanNetworks::keep(std::int64_t epoch)
{
    pair->generator->holdBias.zero_();
    if (epoch + 1 >= recipe.lastEpoch)
        calibrate(epoch);
    record.keep(*pair->generator, engine::ConditionalMuseGanNetwork::kind, configJson(), epoch + 1);
}

std::string ConditionalMuseGanNetworks::sizes() const
{
    const auto parameters = [](const torch::nn::Module& module) {
        std::int64_t count = 0;
        for (const auto& parameter : module.parameters())
            count += parameter.numel();
        return std::to_string(count);
    };
    return "Learning " + std::to_string(corpus.pieceCount()) + " chorales in " +
           std::to_string(corpus.versionCount()) + " transpositions; " +
           std::to_string(corpus.tooShort()) + " are too short. The generator has " +
           parameters(*pair->generator) + " parameters, its encoder " + parameters(*pair->encoder) +
           ", the critic " + parameters(*theCritic) + ".";
}

} // namespace organum::training
