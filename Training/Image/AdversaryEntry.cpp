#include "Training/Image/AdversaryEntry.h"

#include "Engine/ModuleTensors.h"
#include "Training/Adversarial/GanObjective.h"
#include "Training/Adversarial/WganObjective.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/ImageAdversaries.h"
#include "Training/Random.h"

namespace organum::training
{
namespace
{

using models::ImageGanKind;

constexpr std::int64_t drawnAtOnce = 250;

/** An objective with the networks it trains. */
struct Networks
{
    std::unique_ptr<ImageAdversaries> networks;
};

template <typename AnyObjective>
class WithNetworks : private Networks, public AnyObjective
{
public:
    template <typename... Arguments>
    explicit WithNetworks(std::unique_ptr<ImageAdversaries> given, const Arguments&... arguments)
        : Networks{std::move(given)}
        , AnyObjective(*networks, arguments...)
    {
    }
};

std::unique_ptr<ImageAdversaries> networksOf(ImageGanKind kind, const ImageTraining& training)
{
    return std::make_unique<ImageAdversaries>(
        adversaryConfig(kind, training.settings, training.record.facts.channels), training);
}

std::unique_ptr<Objective> ganObjective(ImageGanKind kind, const ImageTraining& training)
{
    const auto& settings = training.settings;
    const auto isWgan = kind == ImageGanKind::wgan;
    GanRecipe recipe;
    recipe.loss = isWgan ? GanLoss::wasserstein : GanLoss::crossEntropy;
    recipe.stepsPerEpoch = settings.integer("epoch_steps", 1);
    recipe.criticSteps = settings.integer("critic_steps", 1, 1000);
    recipe.generatorSteps = settings.integer("generator_steps", 1, 1000);
    recipe.generatorRate = settings.number("rate");
    recipe.criticRate = settings.number("critic_rate");
    recipe.clip = isWgan ? settings.number("clip") : 0.0;
    recipe.criticUntil = isWgan ? 0 : settings.integer("critic_until");
    return std::make_unique<WithNetworks<GanObjective>>(networksOf(kind, training), recipe);
}

std::unique_ptr<Objective> penaltyObjective(const ImageTraining& training)
{
    const auto& settings = training.settings;
    WganRecipe recipe;
    recipe.stepsPerEpoch = settings.integer("epoch_steps", 1);
    recipe.criticSteps = settings.integer("critic_steps", 1, 1000);
    recipe.generatorRate = settings.number("rate");
    recipe.criticRate = settings.number("critic_rate");
    recipe.beta1 = settings.number("beta1", 0.0, 0.999);
    recipe.beta2 = 0.999;
    recipe.penaltyWeight = settings.number("penalty");
    recipe.averaging = settings.number("averaging", 0.0, 0.9999);
    return std::make_unique<WithNetworks<WganObjective>>(networksOf(ImageGanKind::wganGp, training),
                                                         recipe, training.options.seed);
}

/** What all three have; `size` is a side in pixels. */
std::vector<Setting> commonSettings(const std::string& epochs, const std::string& batch,
                                    const models::ImageGanConfig& book)
{
    return {
        {"epochs", epochs, "rounds of iterations; each writes the bundle and a row of the log"},
        {"epoch_steps", "10", "iterations (the book's epochs) in a round"},
        {"batch", batch, "images in a step"},
        {"images", "0", "learn from so many at most, equally many a class; 0: all"},
        {"class", "-1", "learn from the class of this number alone; -1: from all"},
        {"size", std::to_string(book.size), "pixels in a side; images are resized to it"},
        {"noise", std::to_string(book.noise), "numbers in a vector of noise"},
        {"generator_width", std::to_string(book.generatorWidth),
         "channels of the generator's narrowest layer"},
        {"critic_width", std::to_string(book.criticWidth), "channels of the critic's first layer"},
        {"transposed", book.doubling == models::Doubling::transposed ? "on" : "off",
         "the generator doubles images by transposed convolutions; off: by upsampling"}};
}

ImageModel common(ImageGanKind kind)
{
    ImageModel model;
    model.request = [](const Settings& settings) {
        ImageRequest request;
        const auto size = settings.integer("size", 8, 512);
        request.shape = {0, size, size};
        request.images = settings.integer("images");
        request.onlyClass = settings.integer("class", -1);
        request.validation = false; // no figure chooses an epoch
        return request;
    };
    model.objective = [kind](const ImageTraining& training) {
        return ganObjective(kind, training);
    };
    model.report = [kind](const ReportOptions& options, Progress& progress) {
        return reportAdversaries(kind, options, progress);
    };
    model.sample = [kind](const SampleOptions& options, Progress&) {
        writeImageSheet(options.output,
                        openGenerator(options.model, kind).draw(options.count, options.seed), 10);
    };
    model.evaluate = [kind](const EvaluateOptions& options, const std::filesystem::path& judge,
                            Progress& progress) {
        return evaluateAdversaries(kind, options, judge, progress);
    };
    model.watched = ""; // no figure says which images look best: the latest weights are kept
    return model;
}

} // namespace

models::ImageGanConfig adversaryConfig(ImageGanKind kind, const Settings& settings,
                                       std::int64_t channels)
{
    auto config = models::ImageGanConfig::book(kind, channels);
    config.size = settings.integer("size", 8, 512);
    config.noise = settings.integer("noise", 1, 4096);
    config.generatorWidth = settings.integer("generator_width", 1, 1024);
    config.criticWidth = settings.integer("critic_width", 1, 1024);
    config.doubling =
        settings.on("transposed") ? models::Doubling::transposed : models::Doubling::upsampled;
    if (kind == ImageGanKind::sketchGan)
        config.dropout = settings.number("dropout", 0.0, 0.99);
    models::check(config);
    return config;
}

ImageModel sketchGan()
{
    const auto with = [](const std::string& rate, const std::string& criticRate,
                         const std::string& criticUntil) {
        return joined(
            commonSettings("200", "64", models::ImageGanConfig::book(ImageGanKind::sketchGan, 1)),
            {{"rate", rate, "the generator's learning rate of RMSprop"},
             {"critic_rate", criticRate, "the discriminator's"},
             {"critic_steps", "1", "discriminator steps in an iteration"},
             {"generator_steps", "1", "generator steps after them"},
             {"critic_until", criticUntil,
              "iterations after which the discriminator learns no more; 0: it always learns"},
             {"dropout", "0.4", "share of the discriminator's values dropped"}});
    };
    auto model = common(ImageGanKind::sketchGan);
    model.name = "sketch-gan";
    model.title = "The first GAN: new drawings from noise";
    model.bookSection = "4.1";
    model.dataNeeded = "drawings of one thing (a Quick, Draw! file: .npy, .ndjson or .bin)";
    model.size = "720,833 + 844,161 parameters";
    model.example = "organum train sketch-gan --data cats1000.bin --run runs/cats";
    model.recipes = {
        {"book", "the book's procedure; 2000 iterations", with("0.0004", "0.0008", "0")},
        {"oscillation",
         "fails on purpose (section 4.2): rates too high for the losses "
         "to settle",
         with("0.01", "0.02", "0")},
        {"collapse",
         "fails on purpose: after critic_until iterations the discriminator stops learning, and "
         "the generator finds the few images that please it best",
         with("0.0004", "0.0008", "1000")},
        {"uninformative",
         "the book's procedure again, reported to show that the "
         "generator's loss rises while its drawings get better",
         with("0.0004", "0.0008", "0")}};
    return model;
}

ImageModel imageWgan()
{
    auto model = common(ImageGanKind::wgan);
    model.name = "image-wgan";
    model.title = "Images by WGAN: a critic with clipped weights";
    model.bookSection = "4.3";
    model.dataNeeded = "pictures (CIFAR-10's horses: --set class=7)";
    model.size = "670,401 + 884,163 parameters";
    model.example = "organum train image-wgan --data cifar10 --set class=7 --run runs/horses";
    model.recipes = {
        {"book", "the book's procedure; 6000 iterations",
         joined(commonSettings("600", "128", models::ImageGanConfig::book(ImageGanKind::wgan, 3)),
                {{"rate", "0.00005", "the generator's learning rate of RMSprop"},
                 {"critic_rate", "0.00005", "the critic's"},
                 {"critic_steps", "5", "critic steps in an iteration, two updates each"},
                 {"generator_steps", "1", "generator steps after them"},
                 {"clip", "0.01", "largest weight of the critic"}})}};
    return model;
}

ImageModel imageWganGp()
{
    auto model = common(ImageGanKind::wganGp);
    model.name = "image-wgan-gp";
    model.title = "Images by WGAN-GP: a critic with slope 1";
    model.bookSection = "4.4";
    model.dataNeeded = "pictures of faces (a folder; grey or coloured)";
    model.size = "4,314,753 + 5,168,003 parameters at 64 x 64 in colours";
    model.example = "organum train image-wgan-gp --data orl_faces --run runs/faces";
    model.recipes = {
        {"book", "the book's procedure; 6000 iterations",
         joined(commonSettings("600", "64", models::ImageGanConfig::book(ImageGanKind::wganGp, 3)),
                {{"rate", "0.0002", "the generator's learning rate of Adam"},
                 {"critic_rate", "0.0002", "the critic's"},
                 {"beta1", "0.5", "Adam's memory of the gradient, both networks"},
                 {"critic_steps", "5", "critic steps before each generator step"},
                 {"penalty", "10", "weight of the gradient penalty"},
                 {"averaging", "0", "decay of the averaged generator; 0: the last weights"}})}};
    model.objective = penaltyObjective;
    return model;
}

ImageModel adversaries(ImageGanKind kind)
{
    switch (kind) {
    case ImageGanKind::sketchGan:
        return sketchGan();
    case ImageGanKind::wgan:
        return imageWgan();
    case ImageGanKind::wganGp:
        break;
    }
    return imageWganGp();
}

OpenedGenerator openGenerator(const std::filesystem::path& runOrBundle, ImageGanKind kind)
{
    auto run = openImageRun(runOrBundle, adversaries(kind));
    const auto config = adversaryConfig(kind, run.settings, run.facts.channels);
    OpenedGenerator opened{std::move(run), models::ImageGanGenerator(config)};
    engine::loadTensors(*opened.network, opened.run.bundle.tensors);
    opened.network->eval();
    return opened;
}

torch::Tensor OpenedGenerator::draw(std::int64_t count, std::uint64_t seed)
{
    return drawn(noiseOf(count, network->config.noise, randomBits("sample", seed)));
}

torch::Tensor OpenedGenerator::drawn(const torch::Tensor& noise)
{
    torch::NoGradGuard noGrad;
    std::vector<torch::Tensor> parts; // so that thousands of images need little memory
    for (const auto& part : noise.split(drawnAtOnce))
        parts.push_back(shown(network->forward(part)));
    return torch::cat(parts);
}

Entry sketchGanEntry()
{
    return imageEntry(sketchGan);
}

Entry imageWganEntry()
{
    return imageEntry(imageWgan);
}

Entry imageWganGpEntry()
{
    return imageEntry(imageWganGp);
}

} // namespace organum::training
