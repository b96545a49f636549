#pragma once

// The book's classifiers as image models: cifar-mlp (2.1) and cifar-cnn (2.5); and our judge of
// generated digits, digit-classifier, which is the network of 2.5 for grey images.

#include "Models/Image/ImageClassifier.h"
#include "Training/Image/ImageObjective.h"
#include "Training/Image/ImageRun.h"

namespace organum::training
{

ImageModel cifarMlp();
ImageModel cifarCnn();
ImageModel digitClassifier();

/** Loss is the cross-entropy in nats; accuracy a share of 1. */
class ClassifierLearner : public ImageLearner
{
public:
    explicit ClassifierLearner(const models::ClassifierConfig& config)
        : network(config)
    {
    }

    torch::nn::Module& module() override { return *network; }
    ImageLosses losses(const ImageBatch& batch) override;

    models::ImageClassifier network;
};

struct OpenedClassifier
{
    ImageRun run;
    std::unique_ptr<ClassifierLearner> learner; ///< in evaluation mode
};

/** `which` is one of the models above. Throws as openImageRun() does. */
OpenedClassifier openClassifier(const std::filesystem::path& runOrBundle, const ImageModel& which);

/** The network of one of the models above for images of these sizes and so many classes. */
models::ClassifierConfig classifierConfig(const std::string& name, const ImageFacts& facts);

std::vector<std::filesystem::path>
reportClassifier(const ImageModel& model, const ReportOptions& options, Progress& progress);
/** Test images with what they are taken for. */
void sampleClassifier(const ImageModel& model, const SampleOptions& options, Progress& progress);
Evaluation evaluateClassifier(const ImageModel& model, const EvaluateOptions& options,
                              Progress& progress);

} // namespace organum::training
