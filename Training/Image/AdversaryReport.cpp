// The report on adversaries: figures 4.8 to 4.12, 4.14, 4.17 and 4.18.

#include "Training/Image/AdversaryEntry.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/ImageAdversaries.h"
#include "Training/Image/ImageDistances.h"
#include "Training/Image/ImageLoader.h"
#include "Training/Image/ImageReport.h"
#include "Training/Loop/Progress.h"
#include "Training/Report/LogTable.h"
#include "Training/Report/Pictures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

namespace organum::training
{
namespace fs = std::filesystem;

namespace
{

using models::ImageGanKind;

constexpr std::int64_t shownImages = 40;
constexpr std::int64_t pairs = 10;
constexpr std::int64_t measured = 200;
constexpr int columns = 10;

std::string number(double value, const char* format = "%.4f")
{
    char text[48];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/** A line of a diagram: what the log calls it, and what people do. */
using Line = std::pair<const char*, const char*>;

class AdversaryReport
{
public:
    AdversaryReport(Book& bookIn, OpenedGenerator& openedIn, ImageGanKind kindIn,
                    const ImageData& dataIn, std::uint64_t seedIn)
        : book(bookIn)
        , opened(openedIn)
        , kind(kindIn)
        , data(dataIn)
        , seed(seedIn)
    {
        if (!opened.run.folder.empty())
            log = readLog(opened.run.folder / "log.csv");
    }

    void images();
    void curves();
    void evolution();
    void distances();
    void lesson();
    std::string collapse() const;

private:
    /** Rows of the log before `firstRow` are left out. */
    void diagram(const std::string& name, const std::vector<Line>& lines, const PictureText& text,
                 bool logarithmic = false, std::size_t firstRow = 0);
    /** The row from which on the lines are worth a diagram of their own, since before it they swing
        so far that one sees nothing else; 0: they do not. */
    std::size_t settledRow(const std::vector<Line>& lines) const;
    /** A column's value in the last row, or in the row of an epoch. */
    std::optional<double> figure(const std::string& column, std::int64_t epoch = -1) const;
    std::string recipe() const { return opened.run.provenance.value("recipe", std::string()); }

    Book& book;
    OpenedGenerator& opened;
    const ImageGanKind kind;
    const ImageData& data;
    const std::uint64_t seed;
    LogTable log;
};

std::optional<double> AdversaryReport::figure(const std::string& column, std::int64_t epoch) const
{
    const auto* values = log.column(column);
    const auto row = static_cast<std::int64_t>(values ? values->size() : 0) - 1;
    const auto wanted = epoch < 0 ? row : epoch - 1;
    if (!values || wanted < 0 || wanted > row)
        return std::nullopt;
    return (*values)[static_cast<std::size_t>(wanted)];
}

std::size_t AdversaryReport::settledRow(const std::vector<Line>& lines) const
{
    constexpr std::size_t fewestRows = 40;
    constexpr double much = 4.0;
    const auto* steps = log.column("step");
    if (!steps || steps->size() < fewestRows)
        return 0;
    const auto from = steps->size() / 10;
    double whole = 0.0, settled = 0.0;
    for (const auto& line : lines)
        if (const auto* values = log.column(line.first)) {
            const auto range = [](auto begin, auto end) {
                const auto [low, high] = std::minmax_element(begin, end);
                return *high - *low;
            };
            whole = std::max(whole, range(values->begin(), values->end()));
            settled = std::max(
                settled, range(values->begin() + static_cast<std::ptrdiff_t>(from), values->end()));
        }
    return whole > much * settled ? from : 0;
}

void AdversaryReport::diagram(const std::string& name, const std::vector<Line>& lines,
                              const PictureText& text, bool logarithmic, std::size_t firstRow)
{
    const auto* steps = log.column("step");
    if (!steps || steps->size() < 2 || !canDraw())
        return;
    std::vector<NamedPoints> drawn;
    for (const auto& [column, title] : lines)
        if (const auto* values = log.column(column)) {
            NamedPoints line{title, {}};
            for (std::size_t i = firstRow; i < values->size(); ++i)
                line.points.emplace_back((*steps)[i], (*values)[i]);
            drawn.push_back(std::move(line));
        }
    if (drawn.empty())
        return;
    drawLines(book.file(name), drawn, text, logarithmic);
    book.picture(name, text.title);
}

void AdversaryReport::images()
{
    const auto iterations = figure("step");
    const auto after = iterations
                           ? "after " + number(*iterations, "%.0f") + " iterations; none left out"
                           : std::string("none left out");
    addImages(book, "samples.png", opened.draw(shownImages, seed),
              {"New images from noise", after, "", ""}, columns);
    const auto count = std::min(shownImages, data.train.count());
    addImages(book, "real.png",
              scaledPixels(data.train.pixels.slice(0, 0, count), ImageScale::unit),
              {"Images learnt from", "the first " + std::to_string(count), "", ""}, columns);
}

void AdversaryReport::curves()
{
    const auto mean =
        "means over " + std::to_string(opened.run.settings.integer("epoch_steps")) + " iterations";
    if (kind == ImageGanKind::sketchGan) {
        diagram("losses.png",
                {{"train_loss_real", "discriminator, real"},
                 {"train_loss_fake", "discriminator, generated"},
                 {"train_loss_critic", "discriminator, both"},
                 {"train_loss_generator", "generator"}},
                {"Losses", mean + "; a discriminator that guesses has 0.69", "iteration",
                 "cross-entropy, nats"},
                recipe() == "oscillation");
        diagram("accuracy.png",
                {{"train_accuracy_real", "discriminator, real"},
                 {"train_accuracy_fake", "discriminator, generated"},
                 {"train_accuracy", "discriminator, both"},
                 {"train_fooled", "generated, taken for real in the generator's step"}},
                {"Accuracy", mean + "; 0.5 is guessing", "iteration", "share of images"});
        return;
    }
    const std::vector<Line> scores = {{"train_critic_real", "critic's score, real"},
                                      {"train_critic_fake", "critic's score, generated"},
                                      {"train_generator", "generator's loss"}};
    diagram("losses.png", scores,
            {"Scores and losses",
             mean + "; the scores' difference estimates how far the imitation is", "iteration",
             "score"});
    if (const auto from = settledRow(scores); from > 0)
        diagram("losses-settled.png", scores,
                {"Scores and losses, once settled",
                 mean + "; the first tenth of the run, which swings farther, is left out",
                 "iteration", "score"},
                false, from);
    if (const auto weight = figure("train_largest_weight"))
        book.line("\nThe critic's largest weight after its last steps: " + number(*weight) +
                  " (clipped at " + number(opened.run.settings.number("clip")) + ").");
    diagram("gradient.png", {{"train_gradient_norm", "norm of the critic's gradient"}},
            {"The critic's slope", mean + "; the penalty asks for 1", "iteration",
             "L2 norm at points between real and generated images"});
    if (const auto norm = figure("train_gradient_norm"))
        book.line("\nThe norm of the critic's gradient at the end: " + number(*norm, "%.3f") +
                  " (the penalty asks for 1).");
}

void AdversaryReport::evolution()
{
    if (opened.run.folder.empty() || !canDraw())
        return;
    std::vector<torch::Tensor> sheets;
    std::vector<std::string> captions;
    const auto last = opened.run.epoch();
    for (std::int64_t epoch = 1; epoch <= last; ++epoch) {
        if (!ImageRecord::isSampleEpoch(epoch) && epoch != last)
            continue;
        char name[64];
        std::snprintf(name, sizeof name, "epoch-%04lld.png", static_cast<long long>(epoch));
        auto file = opened.run.folder / "samples" / name;
        std::error_code error;
        // The weights of samples.png come last: adversaries swing, and an earlier sheet may look
        // better, or worse, than what the run came to.
        if (epoch == last && !fs::exists(file, error)) {
            file = book.place() / name;
            writeImageSheet(file,
                            opened.drawn(sheetNoise(opened.network->config.noise, opened.run.seed)),
                            sheetColumns);
        }
        if (!fs::exists(file, error))
            continue;
        const auto sheet = readPicture(file);
        if (!sheets.empty() && sheet.sizes() != sheets.front().sizes())
            continue;
        sheets.push_back(sheet);
        auto caption = "iteration " + number(figure("step", epoch).value_or(0.0), "%.0f");
        if (const auto loss = figure("train_loss_generator", epoch))
            caption += ", loss " + number(*loss, "%.2f");
        if (const auto value = figure("validation_diversity", epoch))
            caption += ", diversity " + number(*value, "%.2f");
        captions.push_back(caption);
    }
    if (sheets.empty())
        return;
    addImages(book, "evolution.png", scaledPixels(torch::stack(sheets), ImageScale::unit),
              {"How the images came to be",
               kind == ImageGanKind::sketchGan
                   ? "from the same noise each time; loss: the generator's"
                   : "from the same noise each time",
               "", ""},
              4, 230.0f, captions);
}

void AdversaryReport::distances()
{
    diagram("diversity.png", {{"validation_diversity", "diversity"}},
            {"Diversity",
             "mean distance between two generated images over that between two real ones",
             "iteration", "1 = as different as real images"});
    diagram("distance.png", {{"validation_nearest", "generated"}},
            {"Distance to the nearest image learnt from",
             "mean absolute difference of a pixel, over 64 generated images, to " +
                 (data.train.count() > measuredAgainst ? std::to_string(measuredAgainst) + " of " +
                                                             std::to_string(data.train.count())
                                                       : std::to_string(data.train.count())) +
                 " learnt from",
             "iteration", "0 = copied"});

    const auto made = opened.draw(measured, seed + 1);
    const auto nearest = nearestImages(made, data.train);
    const auto count = std::min(pairs, data.train.count());
    const auto rows = nearest.rows.slice(0, 0, count);
    std::vector<std::string> captions(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i)
        captions.push_back(number(nearest.distances[i].item<double>(), "%.3f"));
    addImages(book, "nearest.png",
              torch::cat({made.slice(0, 0, count),
                          scaledPixels(data.train.pixels.index_select(0, rows), ImageScale::unit)}),
              {"New images above the nearest they were learnt from",
               "of " + std::to_string(data.train.count()) +
                   "; below each pair the mean absolute difference of a pixel (0 = copied)",
               "", ""},
              static_cast<int>(count), 72.0f, captions);
    auto text = "\nMean absolute difference of a pixel (0..1) to the nearest of " +
                std::to_string(data.train.count()) +
                " images learnt from: " + number(nearest.distances.mean().item<double>()) +
                " over " + std::to_string(measured) + " new images (least " +
                number(nearest.distances.min().item<double>()) + ")";
    if (const auto held = std::min(measured, data.test.count()); held > 0) {
        const auto real = scaledPixels(data.test.pixels.slice(0, 0, held), ImageScale::unit);
        const auto ofReal = nearestImages(real, data.train).distances;
        text += ", " + number(ofReal.mean().item<double>()) + " over " + std::to_string(held) +
                " real ones that were not learnt from (least " +
                number(ofReal.min().item<double>()) + ")";
    }
    book.line(text + ".");
    const auto real = std::min(measured, data.train.count());
    if (real >= 2)
        book.line("\nDiversity of " + std::to_string(measured) + " new images: " +
                  number(diversity(made, scaledPixels(data.train.pixels.slice(0, 0, real),
                                                      ImageScale::unit)),
                         "%.3f") +
                  " (1 = they differ as much as real ones do, 0 = they are all the same).");
}

std::string AdversaryReport::collapse() const
{
    const auto& settings = opened.run.settings;
    const auto until = settings.integer("critic_until");
    const auto before = figure("validation_diversity", until / settings.integer("epoch_steps"));
    const auto end = figure("validation_diversity");
    if (until < 1 || !before || !end || figure("step").value_or(0.0) <= static_cast<double>(until))
        return "this run never came to the point where the discriminator stops learning, so there "
               "is none to see.";
    const auto change = "from " + number(*before, "%.3f") +
                        " when the discriminator stopped "
                        "learning to " +
                        number(*end, "%.3f") + " at the end";
    return *end < 0.5 * *before ? "whatever the noise, the same few images: the diversity fell " +
                                      change + "; see samples.png and diversity.png."
                                : "this run did not collapse: the diversity went " + change + ".";
}

void AdversaryReport::lesson()
{
    const auto* losses = log.column("train_loss_generator");
    const auto* distance = log.column("validation_nearest");
    if (!losses || losses->size() < 4)
        return;
    if (recipe() == "oscillation") {
        // A loss that settles swings at the beginning alone.
        const auto half = losses->begin() + static_cast<std::ptrdiff_t>(losses->size() / 2);
        const auto [low, high] = std::minmax_element(half, losses->end());
        const auto* fake = log.column("train_loss_fake");
        const auto swings = *high > 2.0 * *low;
        book.line(std::string("\nOscillating loss (section 4.2): ") +
                  (swings ? "" : "this run does not show it; ") +
                  "in the second half of the run the generator's loss " +
                  (swings ? "swings" : "stays") + " between " + number(*low, "%.2f") + " and " +
                  number(*high, "%.2f") +
                  (fake ? ", the discriminator's on generated drawings reaches " +
                              number(*std::max_element(fake->begin() + (half - losses->begin()),
                                                       fake->end()),
                                     "%.1f")
                        : std::string()) +
                  "; a discriminator that guesses has 0.69. See losses.png.");
    }
    if (recipe() == "collapse")
        book.line("\nMode collapse (section 4.2): " + collapse());
    if (recipe() == "uninformative" && distance) {
        const auto quarter = std::max<std::size_t>(1, losses->size() / 4);
        const auto meanOf = [&](const std::vector<double>& values, std::size_t from) {
            double sum = 0.0;
            for (std::size_t i = from; i < from + quarter; ++i)
                sum += values[i];
            return sum / static_cast<double>(quarter);
        };
        const auto last = losses->size() - quarter;
        const auto loss = std::make_pair(meanOf(*losses, 0), meanOf(*losses, last));
        const auto far = std::make_pair(meanOf(*distance, 0), meanOf(*distance, last));
        book.line(
            std::string("\nUninformative loss (section 4.2): ") +
            (loss.second > loss.first && far.second < far.first
                 ? "the loss rose while the drawings came nearer to real ones. "
                 : "this run does not show it, which would be a loss that rises while the "
                   "drawings come nearer to real ones. ") +
            "From the first quarter of the run to the last the generator's loss went from " +
            number(loss.first, "%.2f") + " to " + number(loss.second, "%.2f") +
            ", and the distance of its drawings to the nearest real one (distance.png) from " +
            number(far.first) + " to " + number(far.second) + "; see evolution.png.");
    }
}

} // namespace

std::vector<fs::path> reportAdversaries(ImageGanKind kind, const ReportOptions& options,
                                        Progress& progress)
{
    torch::NoGradGuard noGrad;
    const auto model = adversaries(kind);
    auto opened = openGenerator(options.model, kind);
    const auto data = readDataOf(opened.run, model, options.data, OtherImages::refused, progress);
    Book book(options.output);
    writeHead(book, opened.run, model.title);
    writeNetwork(book, "generator", *opened.network);
    writeNetwork(book, "critic", *models::ImageGanCritic(opened.network->config));
    writeEpochs(book, opened.run);
    progress.message("Drawing.");
    AdversaryReport report(book, opened, kind, data, options.seed);
    report.lesson();
    report.images();
    report.evolution();
    report.curves();
    report.distances();
    return book.publish();
}

} // namespace organum::training
