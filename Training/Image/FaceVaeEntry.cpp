// Registry entry "face-vae" (section 3.3): faces told in 200 numbers, and its report: figures 3.18
// to 3.22.

#include "Training/Data/DataError.h"
#include "Training/Image/AutoencoderEntry.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/ImageReport.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"
#include "Training/Report/Pictures.h"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace organum::training
{
namespace
{

constexpr std::int64_t shownFaces = 10;
constexpr std::int64_t shownNumbers = 50;   ///< of the code, as histograms
constexpr std::int64_t encodedFaces = 2000; ///< for means of features
constexpr int morphSteps = 10;
constexpr std::size_t mostFeatures = 6;

ImageRequest faceRequest(const Settings& settings)
{
    ImageRequest request;
    request.shape = {3, 128, 128};
    request.images = settings.integer("images");
    request.holdOutWholeClasses = true;
    return request;
}

/** A direction in the space of codes, of length 1, and what it is called. */
struct Feature
{
    std::string name;
    torch::Tensor direction; ///< [latent]
};

/** The mean code with it minus the mean code without it. Nothing when one side is empty. */
std::optional<Feature> featureOf(const std::string& name, const torch::Tensor& codes,
                                 const torch::Tensor& has)
{
    const auto with = has.nonzero().flatten(), without = has.logical_not().nonzero().flatten();
    if (with.numel() == 0 || without.numel() == 0)
        return std::nullopt;
    const auto vector =
        codes.index_select(0, with).mean(0) - codes.index_select(0, without).mean(0);
    const auto length = vector.norm().item<double>();
    if (!(length > 0.0))
        return std::nullopt;
    return Feature{name, vector / length};
}

/** The book's attributes that the set has; without attributes, persons or classes. */
std::vector<Feature> featuresOf(const torch::Tensor& codes, const ImageSet& set)
{
    std::vector<Feature> features;
    const auto add = [&](const std::string& name, const torch::Tensor& has) {
        if (features.size() >= mostFeatures)
            return;
        if (auto feature = featureOf(name, codes, has))
            features.push_back(std::move(*feature));
    };
    const auto count = codes.size(0);
    if (set.attributes.defined()) {
        std::vector<std::string> wanted = {"Smiling",    "Blond_Hair", "Male",
                                           "Eyeglasses", "Attractive", "High_Cheekbones"};
        const auto& there = set.attributeNames;
        if (std::none_of(wanted.begin(), wanted.end(), [&](const auto& name) {
                return std::find(there.begin(), there.end(), name) != there.end();
            }))
            wanted = there;
        for (const auto& name : wanted) {
            const auto found = std::find(there.begin(), there.end(), name);
            if (found != there.end())
                add(name, set.attributes.slice(0, 0, count).select(1, found - there.begin()) > 0);
        }
        return features;
    }
    if (!set.hasLabels())
        return features;
    for (std::int64_t label = 0; label < static_cast<std::int64_t>(set.classNames.size()); ++label)
        add("like " + set.className(label), set.labels.slice(0, 0, count) == label);
    return features;
}

class FaceReport
{
public:
    FaceReport(Book& bookIn, OpenedAutoencoder& openedIn, const ImageData& dataIn,
               std::uint64_t seedIn)
        : book(bookIn)
        , opened(openedIn)
        , data(dataIn)
        , seed(seedIn)
        , heldOut(encode(opened.network, data.test, encodedFaces))
        , learnt(encode(opened.network, data.train, encodedFaces))
    {
    }

    void reconstructions();
    void histograms();
    void newFaces();
    void arithmetic();
    void morphs();

private:
    torch::Tensor decode(const torch::Tensor& codes)
    {
        return opened.network->decoder->forward(codes);
    }
    static torch::Tensor shown(const ImageSet& set, const std::vector<std::int64_t>& rows)
    {
        return scaledPixels(set.select(rows).pixels, ImageScale::unit);
    }
    /** Numbers of held-out faces in a random order. */
    std::vector<std::int64_t> chosen(const char* purpose, std::size_t count) const
    {
        auto order = randomOrder(static_cast<std::size_t>(heldOut.codes.size(0)), purpose, seed);
        order.resize(std::min(order.size(), count));
        return {order.begin(), order.end()};
    }

    Book& book;
    OpenedAutoencoder& opened;
    const ImageData& data;
    const std::uint64_t seed;
    const Encoded heldOut, learnt;
};

void FaceReport::reconstructions()
{
    char text[160];
    std::snprintf(text, sizeof text,
                  "\nMean squared error of a value: %.4f over %lld test images, %.4f over training "
                  "images.",
                  heldOut.error, static_cast<long long>(heldOut.codes.size(0)), learnt.error);
    book.line(text);
    const auto rows = chosen("faces", shownFaces);
    const auto index = torch::tensor(rows, torch::kInt64);
    addImages(book, "reconstructions.png",
              torch::cat({shown(data.test, rows), heldOut.images.index_select(0, index)}),
              {"Originals above reconstructions",
               data.wholeClasses
                   ? "test images of persons, or other classes, that were not learnt from"
                   : "test images, which were not learnt from",
               "", ""},
              static_cast<int>(rows.size()), 100.0f);
}

void FaceReport::histograms()
{
    if (!canDraw())
        return;
    std::vector<std::vector<double>> panels;
    std::vector<std::string> names;
    const auto count = std::min<std::int64_t>(shownNumbers, learnt.codes.size(1));
    for (std::int64_t i = 0; i < count; ++i) {
        const auto column = learnt.codes.select(1, i).to(torch::kFloat64).contiguous();
        panels.emplace_back(column.data_ptr<double>(), column.data_ptr<double>() + column.numel());
        names.push_back(std::to_string(i + 1));
    }
    drawHistograms(book.file("latent.png"), panels, names,
                   {"The first " + std::to_string(count) + " numbers of the code",
                    "means for " + std::to_string(learnt.codes.size(0)) +
                        " training images; the line is the standard normal",
                    "", ""});
    book.picture("latent.png", "Numbers of the code beside the standard normal");
}

void FaceReport::newFaces()
{
    torch::manual_seed(randomBits("report", seed));
    const auto noise = torch::randn({30, opened.network->config.latent});
    addImages(book, "samples.png", decode(noise),
              {"New faces from standard normal noise", "30 draws, none left out", "", ""}, 10,
              100.0f);
}

void FaceReport::arithmetic()
{
    const auto features = featuresOf(learnt.codes, data.train);
    if (features.empty()) {
        book.line("\nThe images have neither attributes nor labels, so there is no arithmetic.");
        return;
    }
    const auto rows = chosen("arithmetic", 5);
    for (std::size_t f = 0; f < features.size(); ++f) {
        std::vector<torch::Tensor> images;
        for (const auto row : rows) {
            images.push_back(shown(data.test, {row}));
            for (int alpha = -4; alpha <= 4; ++alpha)
                images.push_back(
                    decode((heldOut.codes[row] + alpha * features[f].direction).unsqueeze(0)));
        }
        addImages(book, "arithmetic-" + std::to_string(f + 1) + ".png", torch::cat(images),
                  {"Code + alpha x (" + features[f].name + ")",
                   "left the original, then alpha = -4 to 4; the vector has length 1", "", ""},
                  10, 84.0f);
    }
    if (!data.train.attributes.defined())
        book.line("\nThe set has no attributes; the vectors lead from all other faces to those of "
                  "one person or class.");
}

void FaceReport::morphs()
{
    const auto rows = chosen("morph", 6);
    std::vector<torch::Tensor> images;
    for (std::size_t pair = 0; pair + 1 < rows.size(); pair += 2) {
        const auto from = heldOut.codes[rows[pair]], to = heldOut.codes[rows[pair + 1]];
        images.push_back(shown(data.test, {rows[pair]}));
        for (int step = 0; step <= morphSteps; ++step) {
            const auto alpha = static_cast<double>(step) / morphSteps;
            images.push_back(decode((from * (1.0 - alpha) + to * alpha).unsqueeze(0)));
        }
        images.push_back(shown(data.test, {rows[pair + 1]}));
    }
    if (images.empty())
        return;
    addImages(
        book, "morphs.png", torch::cat(images),
        {"From face to face", "originals at both ends, between them codes at equal steps", "", ""},
        morphSteps + 3, 84.0f);
}

} // namespace

ImageModel faceVae()
{
    ImageModel model;
    model.name = "face-vae";
    model.title = "Faces told in 200 numbers that noise can stand for";
    model.bookSection = "3.3";
    model.dataNeeded = "a folder of faces, with a folder for each person, or with "
                       "list_attr_celeba.csv (CelebA), or plain";
    model.size = "1,732,944 + 917,123 parameters at 128 x 128 x 3";
    model.example = "organum train face-vae --data orl_faces --run runs/faces --epochs 200";
    model.recipes = {{"book", "four halvings, batch norms, dropout",
                      imageSettings("200", "32",
                                    {{"rate", "0.0005", "learning rate of Adam"},
                                     {"reconstruction_weight", "10000",
                                      "of the mean squared error beside the divergence"}})}};
    model.request = faceRequest;
    model.objective = [](const ImageTraining& training) {
        return autoencoderObjective(training, models::AutoencoderConfig::faces(),
                                    training.settings.number("reconstruction_weight"));
    };
    model.report = [](const ReportOptions& options, Progress& progress) {
        torch::NoGradGuard noGrad;
        const auto self = faceVae();
        auto opened = openAutoencoder(options.model, self, models::AutoencoderConfig::faces());
        const auto data =
            readDataOf(opened.run, self, options.data, OtherImages::refused, progress);
        if (data.test.count() == 0)
            throw DataError("There are too few images to hold some out for the report.");
        Book book(options.output);
        writeHead(book, opened.run, self.title);
        writeNetwork(book, "encoder", *opened.network->encoder);
        writeNetwork(book, "decoder", *opened.network->decoder);
        writeEpochs(book, opened.run);
        addLearnt(book, data.train, 10, 100.0f);
        progress.message("Encoding and drawing.");
        FaceReport report(book, opened, data, options.seed);
        report.reconstructions();
        report.histograms();
        report.newFaces();
        report.arithmetic();
        report.morphs();
        addLog(book, opened.run, "losses.png", {"train_loss", "validation_loss"},
               {"Losses", "means over an epoch", "epoch", "loss"});
        return book.publish();
    };
    model.sample = [](const SampleOptions& options, Progress&) {
        torch::NoGradGuard noGrad;
        auto opened = openAutoencoder(options.model, faceVae(), models::AutoencoderConfig::faces());
        torch::manual_seed(randomBits("sample", options.seed));
        const auto noise = torch::randn({options.count, opened.network->config.latent});
        writeImageSheet(options.output, opened.network->decoder->forward(noise), 10);
    };
    return model;
}

Entry faceVaeEntry()
{
    return imageEntry(faceVae);
}

} // namespace organum::training
