// The reports on autoencoders with a code of two numbers: figures 3.1 to 3.3, 3.8 to 3.10, 3.14.

#include "Training/Image/AutoencoderEntry.h"
#include "Training/Image/ImageReport.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"
#include "Training/Report/Pictures.h"

#include <cmath>
#include <cstdio>

namespace organum::training
{
namespace
{

constexpr std::int64_t scattered = 5000; ///< held-out images in a scatter, as the book has
constexpr std::int64_t gridSide = 20;

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", value);
    return text;
}

std::string place(const torch::Tensor& code)
{
    char text[48];
    std::snprintf(text, sizeof text, "%.1f, %.1f", code[0].item<double>(), code[1].item<double>());
    return text;
}

std::vector<std::string> places(const torch::Tensor& codes)
{
    std::vector<std::string> texts;
    for (std::int64_t i = 0; i < codes.size(0); ++i)
        texts.push_back(place(codes[i]));
    return texts;
}

std::vector<NamedPoints> byLabel(const torch::Tensor& codes, const ImageSet& set)
{
    std::vector<NamedPoints> groups(std::max<std::size_t>(1, set.classNames.size()));
    for (std::size_t i = 0; i < set.classNames.size(); ++i)
        groups[i].name = set.classNames[i];
    const auto values = codes.contiguous();
    for (std::int64_t i = 0; i < values.size(0); ++i) {
        const auto group = set.hasLabels() ? set.labels[i].item<std::int64_t>() : 0;
        groups[static_cast<std::size_t>(group)].points.emplace_back(values[i][0].item<double>(),
                                                                    values[i][1].item<double>());
    }
    return groups;
}

/** The standard normal's distribution function. */
torch::Tensor normalShare(const torch::Tensor& z)
{
    return 0.5 * (1.0 + torch::erf(z / std::sqrt(2.0)));
}

/** Codes of a grid, the first row at the top: y falls from row to row. [side * side, 2]. */
torch::Tensor grid(const torch::Tensor& xs, const torch::Tensor& ys)
{
    const auto side = xs.size(0);
    return torch::stack({xs.repeat({side}), ys.flip(0).repeat_interleave(side)}, 1);
}

class DigitReport
{
public:
    DigitReport(Book& bookIn, OpenedAutoencoder& openedIn, const ImageData& dataIn,
                std::uint64_t seedIn)
        : book(bookIn)
        , opened(openedIn)
        , data(dataIn)
        , seed(seedIn)
        , known(encode(opened.network, data.test, scattered))
    {
    }

    void common();
    void plain();
    void variational();

private:
    torch::Tensor decode(const torch::Tensor& codes)
    {
        return opened.network->decoder->forward(codes);
    }

    Book& book;
    OpenedAutoencoder& opened;
    const ImageData& data;
    const std::uint64_t seed;
    const Encoded known;
};

void DigitReport::common()
{
    book.line("\nMean squared error of a pixel over " + std::to_string(known.codes.size(0)) +
              " test images: " + number(known.error) + ".");
    const auto shown = std::min<std::int64_t>(10, known.codes.size(0));
    const auto originals = scaledPixels(data.test.pixels.slice(0, 0, shown), ImageScale::unit);
    std::vector<std::string> captions(static_cast<std::size_t>(shown));
    for (const auto& text : places(known.codes.slice(0, 0, shown)))
        captions.push_back(text);
    addImages(book, "reconstructions.png", torch::cat({originals, known.images.slice(0, 0, shown)}),
              {"Originals above reconstructions",
               "test images; below each its code, the two numbers it was rebuilt from", "", ""},
              static_cast<int>(shown), 72.0f, captions);
    if (canDraw()) {
        drawScatter(book.file("latent.png"), byLabel(known.codes, data.test),
                    {"Where the encoder puts test images",
                     std::to_string(known.codes.size(0)) + " images, coloured by their label, "
                                                           "which the network never saw",
                     "first number of the code", "second number"});
        book.picture("latent.png", "The latent plane");
    }
    addLog(book, opened.run, "losses.png",
           {"train_loss", "validation_loss", "train_reconstruction", "train_divergence"},
           {"Losses", "means over an epoch", "epoch", "loss"});
}

void DigitReport::plain()
{
    const auto low = std::get<0>(known.codes.min(0)), high = std::get<0>(known.codes.max(0));
    torch::manual_seed(randomBits("report", seed));
    const auto random = low + (high - low) * torch::rand({30, 2});
    addImages(book, "random-places.png", decode(random),
              {"Decoded from random places of the plane",
               "drawn evenly from the box that holds all codes", "", ""},
              10, 72.0f, places(random));
    // Gaps: the most lonely of many random places, as far from every code as can be.
    const auto many = low + (high - low) * torch::rand({2000, 2});
    const auto nearest = std::get<0>(torch::cdist(many, known.codes).min(1));
    const auto lonely = many.index_select(0, std::get<1>(nearest.topk(10)));
    addImages(book, "gaps.png", decode(lonely),
              {"Decoded from gaps",
               "the ten of 2,000 random places that are farthest from every code", "", ""},
              10, 72.0f, places(lonely));
    const auto side = gridSide;
    const auto xs = torch::linspace(low[0].item<double>(), high[0].item<double>(), side);
    const auto ys = torch::linspace(low[1].item<double>(), high[1].item<double>(), side);
    addImages(book, "grid.png", decode(grid(xs, ys)),
              {"The plane decoded", "20 x 20 places evenly across the box of all codes", "", ""},
              static_cast<int>(side), 34.0f);
    book.line("\nThe codes fill x " + number(low[0].item<double>()) + " to " +
              number(high[0].item<double>()) + ", y " + number(low[1].item<double>()) + " to " +
              number(high[1].item<double>()) +
              ": nothing says how to draw a new one (the book's three defects: no known "
              "distribution, unequal areas, gaps).");
}

void DigitReport::variational()
{
    torch::manual_seed(randomBits("report", seed));
    const auto noise = torch::randn({30, 2});
    addImages(book, "samples.png", decode(noise),
              {"New digits from standard normal noise", "30 draws, none left out", "", ""}, 10,
              72.0f, places(noise));
    if (canDraw()) {
        drawScatter(book.file("latent-share.png"), byLabel(normalShare(known.codes), data.test),
                    {"The same codes as shares",
                     "each number replaced by the share of the standard normal below it",
                     "share below the first number", "share below the second"},
                    0.0, 1.0);
        book.picture("latent-share.png", "Shares of the normal distribution");
        std::vector<NamedPoints> both = {{"codes of test images", {}},
                                         {"standard normal noise", {}}};
        for (const auto& group : byLabel(known.codes, {}))
            both[0].points = group.points;
        both[0].points.resize(std::min<std::size_t>(both[0].points.size(), 1500));
        for (std::int64_t i = 0; i < noise.size(0); ++i)
            both[1].points.emplace_back(noise[i][0].item<double>(), noise[i][1].item<double>());
        drawScatter(book.file("latent-noise.png"), both,
                    {"Codes and noise", "the 30 draws decoded above, and codes of test images",
                     "first number of the code", "second number"});
        book.picture("latent-noise.png", "Codes and noise on one plane");
    }
    const auto shares = torch::linspace(0.01, 0.99, gridSide);
    const auto quantiles = std::sqrt(2.0) * torch::erfinv(2.0 * shares - 1.0);
    addImages(book, "grid.png", decode(grid(quantiles, quantiles)),
              {"The plane decoded",
               "20 x 20 places at equal shares of the standard normal, 1 % to 99 %", "", ""},
              static_cast<int>(gridSide), 34.0f);
    const auto mean = known.codes.mean(0), deviation = known.codes.std(0);
    book.line("\nCodes of test images: mean " + place(mean) + ", standard deviation " +
              place(deviation) + " (a standard normal has 0 and 1).");
}

} // namespace

std::vector<std::filesystem::path> reportDigits(const ImageModel& model, bool variational,
                                                const ReportOptions& options, Progress& progress)
{
    torch::NoGradGuard noGrad;
    auto opened =
        openAutoencoder(options.model, model, models::AutoencoderConfig::digits(variational));
    const auto data = readDataOf(opened.run, model, options.data, OtherImages::refused, progress);
    sideOf(data, "test", 2);
    Book book(options.output);
    writeHead(book, opened.run, model.title);
    writeNetwork(book, "encoder", *opened.network->encoder);
    writeNetwork(book, "decoder", *opened.network->decoder);
    writeEpochs(book, opened.run);
    progress.message("Drawing.");
    DigitReport report(book, opened, data, options.seed);
    report.common();
    if (variational)
        report.variational();
    else
        report.plain();
    return book.publish();
}

} // namespace organum::training
