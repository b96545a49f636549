// What a classifier has learnt: figures 2.8, 2.9, 2.11, 2.18 and 2.19.

#include "Training/Image/ClassifierEntry.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/ImageReport.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"
#include "Training/Report/Pictures.h"
#include "Training/Threads.h"

#include <cstdio>

namespace organum::training
{
namespace
{

struct Answers
{
    Metrics means;          ///< loss and accuracy
    torch::Tensor expected; ///< int64 [N]
    torch::Tensor given;    ///< int64 [N]
};

Answers answersOf(OpenedClassifier& opened, const ImageSet& set)
{
    torch::NoGradGuard noGrad;
    Answers answers;
    answers.means = meanLosses(*opened.learner, set, torch::kCPU);
    const ImageLoader loader(set, 250, 0, torch::kCPU);
    std::vector<torch::Tensor> given;
    for (std::int64_t from = 0; from < set.count(); from += 250)
        given.push_back(
            opened.learner->network->forward(loader.range(from, from + 250).pixels).argmax(1));
    answers.given = torch::cat(given);
    answers.expected = set.labels;
    return answers;
}

std::string fixed(double value, const char* format = "%.4f")
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/** Images chosen by hashes, none twice, with "given / expected" below each. */
struct Labelled
{
    torch::Tensor images;
    std::vector<std::string> captions;
};

Labelled labelled(OpenedClassifier& opened, const ImageSet& set, int count, std::uint64_t seed)
{
    auto order = randomOrder(static_cast<std::size_t>(set.count()), "predictions", seed);
    order.resize(std::min<std::size_t>(order.size(), static_cast<std::size_t>(count)));
    const auto chosen = set.select({order.begin(), order.end()});
    const auto answers = answersOf(opened, chosen);
    Labelled result;
    result.images = scaledPixels(chosen.pixels, ImageScale::unit);
    for (std::int64_t i = 0; i < chosen.count(); ++i) {
        const auto given = answers.given[i].item<std::int64_t>();
        const auto expected = answers.expected[i].item<std::int64_t>();
        result.captions.push_back(given == expected ? chosen.className(given)
                                                    : chosen.className(given) + ", not " +
                                                          chosen.className(expected));
    }
    return result;
}

void writeClasses(Book& book, const Answers& answers, const ImageSet& set)
{
    const auto classes = static_cast<std::int64_t>(set.classNames.size());
    std::vector<float> shares;
    book.line("\n| class | test images | right |\n|---|---:|---:|");
    for (std::int64_t label = 0; label < classes; ++label) {
        const auto isLabel = answers.expected == label;
        const auto count = isLabel.sum().item<double>();
        for (std::int64_t given = 0; given < classes; ++given)
            shares.push_back(static_cast<float>(
                (isLabel & (answers.given == given)).sum().item<double>() / std::max(1.0, count)));
        const auto right = shares[static_cast<std::size_t>(label * classes + label)];
        book.line("| " + set.className(label) + " | " + fixed(count, "%.0f") + " | " +
                  (count > 0.0 ? percentText(right) : "-") + " |");
    }
    if (!canDraw())
        return;
    drawTable(book.file("confusion.png"), static_cast<int>(classes), shares, set.classNames,
              {"What test images are taken for", "a row is a true class; darker is more often",
               "share", ""});
    book.picture("confusion.png", "What test images are taken for");
}

/** Section 2.2: one patch in numbers, and edges of an image. */
void writeConvolutionDemo(Book& book, const ImageSet& set)
{
    const auto patch =
        torch::tensor({{0.6f, 0.2f, 0.6f}, {0.1f, -0.2f, -0.3f}, {-0.5f, -0.1f, -0.3f}});
    const auto kernel = models::horizontalEdges();
    const auto at = [&](const torch::Tensor& image) {
        return models::filtered(image, kernel)[1][1].item<double>();
    };
    book.line("\n## What a convolution sees\n\nThe kernel 1 1 1 / 0 0 0 / -1 -1 -1 on the book's "
              "patch gives " +
              fixed(at(patch), "%.1f") + ", on its negative " + fixed(at(-patch), "%.1f") + ".");
    const auto image = scaledPixels(set.pixels[0], ImageScale::unit).mean(0);
    const auto shown = [](const torch::Tensor& map) { // zero is middle grey
        return (map / std::max(1e-6, 2.0 * map.abs().max().item<double>()) + 0.5).unsqueeze(0);
    };
    std::vector<torch::Tensor> maps = {image.unsqueeze(0), shown(models::filtered(image, kernel)),
                                       shown(models::filtered(image, models::verticalEdges()))};
    const auto half = [&](const torch::Tensor& edges) {
        return shown(models::filtered(image, edges, 2))
            .repeat_interleave(2, 1)
            .repeat_interleave(2, 2)
            .slice(1, 0, image.size(0))
            .slice(2, 0, image.size(1));
    };
    maps.push_back(half(kernel));
    maps.push_back(half(models::verticalEdges()));
    addImages(
        book, "convolution.png", torch::stack(maps),
        {"Two kernels on one image", "grey is 0; with stride 2 a map has half the size", "", ""}, 5,
        160.0f,
        {"image", "horizontal edges", "vertical edges", "the same, stride 2",
         "the same, stride 2"});
}

} // namespace

std::vector<std::filesystem::path>
reportClassifier(const ImageModel& model, const ReportOptions& options, Progress& progress)
{
    auto opened = openClassifier(options.model, model);
    const auto data = readDataOf(opened.run, model, options.data, OtherImages::refused, progress);
    sideOf(data, "test", 1);
    progress.message("Classifying " + std::to_string(data.test.count()) + " test images.");
    const auto answers = answersOf(opened, data.test);
    Book book(options.output);
    writeHead(book, opened.run, model.title);
    book.line("\nTest accuracy " + fixed(answers.means.at("accuracy")) + ", test loss " +
              fixed(answers.means.at("loss")) +
              " (chance: " + fixed(1.0 / static_cast<double>(data.test.classNames.size())) +
              "). Another share of the data gives other figures.");
    writeNetwork(book, "network", *opened.learner->network);
    writeEpochs(book, opened.run);
    addLearnt(book, data.train, 10, 72.0f);
    const auto ten = labelled(opened, data.test, 10, options.seed);
    addImages(book, "predictions.png", ten.images,
              {"Ten test images and what they are taken for",
               "where the answer is wrong, the right one follows", "", ""},
              5, 150.0f, ten.captions);
    writeClasses(book, answers, data.test);
    addLog(book, opened.run, "losses.png", {"train_loss", "validation_loss"},
           {"Cross-entropy", "means over an epoch", "epoch", "nats"});
    addLog(book, opened.run, "accuracy.png", {"train_accuracy", "validation_accuracy"},
           {"Accuracy", "means over an epoch", "epoch", "share"});
    writeConvolutionDemo(book, data.test);
    return book.publish();
}

void sampleClassifier(const ImageModel& model, const SampleOptions& options, Progress& progress)
{
    auto opened = openClassifier(options.model, model);
    const auto data = readDataOf(opened.run, model, options.data, OtherImages::judge, progress);
    const auto chosen = labelled(opened, sideOf(data, "test", 1), options.count, options.seed);
    if (canDraw()) {
        drawImages(options.output, planesOf(chosen.images),
                   {"Test images and what they are taken for",
                    "where the answer is wrong, the right one follows", "", ""},
                   5, 150.0f, chosen.captions);
        return;
    }
    writeImageSheet(options.output, chosen.images, 5);
    for (const auto& caption : chosen.captions)
        progress.message(caption);
}

Evaluation evaluateClassifier(const ImageModel& model, const EvaluateOptions& options,
                              Progress& progress)
{
    auto opened = openClassifier(options.model, model);
    const auto data = readDataOf(opened.run, model, options.data, OtherImages::judge, progress);
    setThreads(options.threads);
    const auto& set = sideOf(data, options.split, 1);
    const auto share = data.isOther ? data.share : opened.run.share();
    const auto answers = answersOf(opened, set);
    Evaluation evaluation;
    evaluation.table = "Split: " + options.split + ", " + std::to_string(set.count()) +
                       " images; data: " + share + "\naccuracy " +
                       fixed(answers.means.at("accuracy")) + "\nloss " +
                       fixed(answers.means.at("loss")) + " nats\n";
    evaluation.json = nlohmann::ordered_json({{"split", options.split},
                                              {"images", set.count()},
                                              {"share", share},
                                              {"accuracy", answers.means.at("accuracy")},
                                              {"loss", answers.means.at("loss")}})
                          .dump(2);
    return evaluation;
}

} // namespace organum::training
