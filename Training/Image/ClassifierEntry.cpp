#include "Training/Image/ClassifierEntry.h"

#include "Engine/ModuleTensors.h"
#include "Training/Data/DataError.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"

namespace organum::training
{
namespace
{

constexpr auto mlpName = "cifar-mlp";
constexpr auto digitsName = "digit-classifier";

std::unique_ptr<Objective> classifierObjective(const ImageTraining& training)
{
    auto learner = std::make_unique<ClassifierLearner>(
        classifierConfig(training.options.what, training.record.facts));
    // Batch norms learn nothing from a single image.
    const std::int64_t least = training.options.what == mlpName ? 1 : 2;
    if (training.data.train.count() < least)
        throw DataError("There is but one image to learn from, and " + training.options.what +
                        " needs two at least. Give more images.");
    const auto count = models::kerasCount(*learner->network);
    training.progress.message("The network has " + std::to_string(count.total()) + " parameters, " +
                              std::to_string(count.trainable) + " of them trained.");
    const ImageSteps steps{training.settings.integer("batch", least, 65536),
                           training.settings.number("rate")};
    return std::make_unique<ImageObjective>(std::move(learner), steps, training);
}

/** What all classifiers have; `make` is the model's own function. */
ImageModel classifier(ImageModel (*make)())
{
    ImageModel model;
    model.dataNeeded = "CIFAR-10: data_batch_N.bin, or a folder of pictures for each class";
    model.recipes = {
        {"book", "cross-entropy, Adam",
         imageSettings("10", "32",
                       {{"rate", "0.0005", "learning rate of Adam"},
                        {"balanced", "on", "as many of each class as the rarest has"}})}};
    model.request = [](const Settings& settings) {
        ImageRequest request;
        request.shape = {3, 32, 32};
        request.images = settings.integer("images");
        request.balanced = settings.on("balanced");
        request.needsLabels = true;
        return request;
    };
    model.objective = classifierObjective;
    model.report = [make](const ReportOptions& options, Progress& progress) {
        return reportClassifier(make(), options, progress);
    };
    model.sample = [make](const SampleOptions& options, Progress& progress) {
        sampleClassifier(make(), options, progress);
    };
    model.evaluate = [make](const EvaluateOptions& options, const std::filesystem::path& judge,
                            Progress& progress) {
        if (!judge.empty())
            throw OptionError("A judge compares generated digits, and a classifier generates none. "
                              "Leave --judge out.");
        return evaluateClassifier(make(), options, progress);
    };
    return model;
}

} // namespace

ImageModel cifarMlp()
{
    auto model = classifier(cifarMlp);
    model.name = mlpName;
    model.title = "Photographs of ten kinds told apart by layers of units";
    model.bookSection = "2.1";
    model.size = "646,260 parameters";
    model.example = "organum train cifar-mlp --data cifar10 --run runs/mlp";
    return model;
}

ImageModel cifarCnn()
{
    auto model = classifier(cifarCnn);
    model.name = "cifar-cnn";
    model.title = "Photographs of ten kinds told apart by convolutions, batch norms and dropout";
    model.bookSection = "2.5";
    model.size = "592,554 parameters";
    model.example = "organum train cifar-cnn --data cifar10 --run runs/cnn";
    return model;
}

ImageModel digitClassifier()
{
    auto model = classifier(digitClassifier);
    model.name = digitsName;
    model.title = "Tells digits apart, and so judges generated ones";
    model.bookSection = "2.5, for digits";
    model.dataNeeded = "handwritten digits (MNIST as IDX files or sheets, or a folder of pictures)";
    model.size = "469,098 parameters";
    model.example = "organum train digit-classifier --data mnist --run runs/judge --epochs 2";
    model.request = [](const Settings& settings) {
        ImageRequest request;
        request.shape = {1, 28, 28};
        request.images = settings.integer("images");
        request.balanced = settings.on("balanced");
        request.needsLabels = true;
        return request;
    };
    return model;
}

models::ClassifierConfig classifierConfig(const std::string& name, const ImageFacts& facts)
{
    auto config =
        name == mlpName ? models::ClassifierConfig::mlp() : models::ClassifierConfig::cnn();
    config.channels = facts.channels;
    config.height = facts.height;
    config.width = facts.width;
    config.classes = static_cast<std::int64_t>(facts.classNames.size());
    return config;
}

ImageLosses ClassifierLearner::losses(const ImageBatch& batch)
{
    const auto logits = network->forward(batch.pixels);
    const auto right = (logits.argmax(1) == batch.labels).to(torch::kFloat32).mean();
    return {torch::nn::functional::cross_entropy(logits, batch.labels), {{"accuracy", right}}};
}

OpenedClassifier openClassifier(const std::filesystem::path& runOrBundle, const ImageModel& which)
{
    auto run = openImageRun(runOrBundle, which);
    auto learner = std::make_unique<ClassifierLearner>(classifierConfig(which.name, run.facts));
    engine::loadTensors(*learner->network, run.bundle.tensors);
    learner->network->eval();
    return {std::move(run), std::move(learner)};
}

Entry cifarMlpEntry()
{
    return imageEntry(cifarMlp);
}

Entry cifarCnnEntry()
{
    return imageEntry(cifarCnn);
}

Entry digitClassifierEntry()
{
    return imageEntry(digitClassifier);
}

} // namespace organum::training
