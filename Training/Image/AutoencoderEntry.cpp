#include "Training/Image/AutoencoderEntry.h"

#include "Engine/ModuleTensors.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"

namespace organum::training
{
namespace
{

constexpr std::int64_t evaluationBatch = 250;

ImageRequest digitRequest(const Settings& settings)
{
    ImageRequest request;
    request.shape = {1, 28, 28};
    request.images = settings.integer("images");
    return request;
}

void sampleDigits(const ImageModel& model, bool variational, const SampleOptions& options,
                  Progress& progress)
{
    auto opened =
        openAutoencoder(options.model, model, models::AutoencoderConfig::digits(variational));
    // Noise needs no images; the box of a plain autoencoder's codes does.
    ImageSet known;
    if (!variational) {
        const auto data = readDataOf(opened.run, model, options.data, OtherImages::judge, progress);
        known = sideOf(data, "test", 1);
    }
    writeImageSheet(options.output, newDigits(opened, known, options.count, options.seed), 10);
}

} // namespace

std::unique_ptr<Objective> autoencoderObjective(const ImageTraining& training,
                                                const models::AutoencoderConfig& config,
                                                double weight)
{
    auto learner = std::make_unique<AutoencoderLearner>(config, weight);
    const auto& network = learner->network;
    training.progress.message("The encoder has " +
                              std::to_string(models::kerasCount(*network->encoder).total()) +
                              " parameters, the decoder " +
                              std::to_string(models::kerasCount(*network->decoder).total()) + ".");
    const ImageSteps steps{training.settings.integer("batch", 1, 65536),
                           training.settings.number("rate")};
    return std::make_unique<ImageObjective>(std::move(learner), steps, training);
}

ImageModel digitAutoencoder()
{
    ImageModel model;
    model.name = "digit-autoencoder";
    model.title = "Digits told in two numbers";
    model.bookSection = "3.1";
    model.dataNeeded = "handwritten digits (MNIST as IDX files or sheets, or a folder of pictures)";
    model.size = "98,946 + 102,017 parameters";
    model.example = "organum train digit-autoencoder --data mnist --run runs/digits";
    model.recipes = {{"book", "two convolutional stacks; mean squared error",
                      imageSettings("10", "32", {{"rate", "0.0005", "learning rate of Adam"}})}};
    model.request = digitRequest;
    model.objective = [](const ImageTraining& training) {
        return autoencoderObjective(training, models::AutoencoderConfig::digits(false), 1.0);
    };
    model.report = [](const ReportOptions& options, Progress& progress) {
        return reportDigits(digitAutoencoder(), false, options, progress);
    };
    model.sample = [](const SampleOptions& options, Progress& progress) {
        sampleDigits(digitAutoencoder(), false, options, progress);
    };
    model.evaluate = [](const EvaluateOptions& options, const std::filesystem::path& judge,
                        Progress& progress) {
        return evaluateDigits(digitAutoencoder(), false, options, judge, progress);
    };
    return model;
}

ImageModel digitVae()
{
    auto model = digitAutoencoder();
    model.name = "digit-vae";
    model.title = "Digits told in two numbers that noise can stand for";
    model.bookSection = "3.2";
    model.size = "105,220 + 102,017 parameters";
    model.example = "organum train digit-vae --data mnist --run runs/digit-vae";
    model.recipes = {{"book", "as digit-autoencoder, with codes near the standard normal",
                      imageSettings("10", "32",
                                    {{"rate", "0.0005", "learning rate of Adam"},
                                     {"reconstruction_weight", "1000",
                                      "of the mean squared error beside the divergence"}})}};
    model.objective = [](const ImageTraining& training) {
        return autoencoderObjective(training, models::AutoencoderConfig::digits(true),
                                    training.settings.number("reconstruction_weight"));
    };
    model.report = [](const ReportOptions& options, Progress& progress) {
        return reportDigits(digitVae(), true, options, progress);
    };
    model.sample = [](const SampleOptions& options, Progress& progress) {
        sampleDigits(digitVae(), true, options, progress);
    };
    model.evaluate = [](const EvaluateOptions& options, const std::filesystem::path& judge,
                        Progress& progress) {
        return evaluateDigits(digitVae(), true, options, judge, progress);
    };
    return model;
}

OpenedAutoencoder openAutoencoder(const std::filesystem::path& runOrBundle, const ImageModel& model,
                                  const models::AutoencoderConfig& config)
{
    OpenedAutoencoder opened{openImageRun(runOrBundle, model), models::Autoencoder(config)};
    engine::loadTensors(*opened.network, opened.run.bundle.tensors);
    opened.network->eval();
    return opened;
}

Encoded encode(models::Autoencoder& network, const ImageSet& set, std::int64_t most)
{
    torch::NoGradGuard noGrad;
    const ImageLoader loader(set, evaluationBatch, 0, torch::kCPU);
    const auto count = std::min(most, set.count());
    std::vector<torch::Tensor> codes, images;
    double error = 0.0;
    for (std::int64_t from = 0; from < count; from += evaluationBatch) {
        const auto batch = loader.range(from, std::min(count, from + evaluationBatch));
        codes.push_back(network->encoder->forward(batch.pixels).mean);
        images.push_back(network->decoder->forward(codes.back()));
        error += (images.back() - batch.pixels).square().mean().item<double>() *
                 static_cast<double>(batch.pixels.size(0));
    }
    return {torch::cat(codes), torch::cat(images), error / static_cast<double>(count)};
}

torch::Tensor newDigits(OpenedAutoencoder& opened, const ImageSet& known, std::int64_t count,
                        std::uint64_t seed)
{
    torch::NoGradGuard noGrad;
    torch::manual_seed(randomBits("sample", seed));
    const auto latent = opened.network->config.latent;
    torch::Tensor codes;
    if (opened.network->config.variational) {
        codes = torch::randn({count, latent});
    } else {
        const auto codesOfKnown = encode(opened.network, known, 2000).codes;
        const auto low = std::get<0>(codesOfKnown.min(0)), high = std::get<0>(codesOfKnown.max(0));
        codes = low + (high - low) * torch::rand({count, latent});
    }
    std::vector<torch::Tensor> images;
    for (std::int64_t from = 0; from < count; from += evaluationBatch)
        images.push_back(opened.network->decoder->forward(
            codes.slice(0, from, std::min(count, from + evaluationBatch))));
    return torch::cat(images);
}

Entry digitAutoencoderEntry()
{
    return imageEntry(digitAutoencoder);
}

Entry digitVaeEntry()
{
    return imageEntry(digitVae);
}

} // namespace organum::training
