#include "Training/Wrodl/WrodlReport.h"

#include "Training/OptionError.h"
#include "Training/Report/Book.h"
#include "Training/Report/Pictures.h"
#include "Training/Wrodl/WrodlModel.h"
#include "Training/Wrodl/WrodlPictures.h"

#include <algorithm>
#include <cstdio>

namespace organum::training
{
namespace
{

constexpr std::uint64_t shown = 10;
constexpr std::uint64_t counted = 1000;

std::string decimal(double value, int places)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", places, value);
    return text;
}

bool wasSeen(const Style& style)
{
    const auto& all = inhabitants();
    return std::find(all.begin(), all.end(), style) != all.end();
}

double seenShare(const std::vector<Style>& styles)
{
    return static_cast<double>(std::count_if(styles.begin(), styles.end(), wasSeen)) /
           static_cast<double>(styles.size());
}

void writeInhabitants(Book& book)
{
    book.line("\n## The fifty inhabitants (figure 1.7, table 1.1)\n");
    book.line("The book prints ten of its fifty records and the counts of all values. The other "
              "forty were drawn by us so that every count of table 1.2 comes out.\n");
    std::string head = "| |", rule = "|---|";
    for (const auto& feature : features()) {
        head += " " + feature.name + " |";
        rule += "---|";
    }
    book.line(head + "\n" + rule);
    for (std::size_t i = 0; i < 10; ++i) {
        auto row = "| " + std::to_string(i + 1) + " |";
        for (std::size_t f = 0; f < featureCount; ++f)
            row += " " + features()[f].values[static_cast<std::size_t>(inhabitants()[i][f])] + " |";
        book.line(row);
    }
    if (canDraw()) {
        drawStyleSheet(book.file("inhabitants.png"), inhabitants(),
                       {"The fifty inhabitants of planet Wrodl",
                        "The first ten are the book's, the others made to fit its counts"},
                       10);
        book.picture("inhabitants.png", "The fifty inhabitants");
    }
}

/** Ten plain draws, and the first ten that nobody wears. */
void writeStyles(Book& book, const WrodlModel& model, std::uint64_t seed)
{
    const auto many = drawStyles(model, seed, counted);
    book.line("\n## Styles it draws (figure 1.8)\n");
    book.line("Of " + std::to_string(counted) + " draws " + percentText(seenShare(many)) +
              " are worn by one of the fifty. The first ten, seed " + std::to_string(seed) + ":\n");
    const std::vector<Style> first(many.begin(), many.begin() + static_cast<long>(shown));
    for (const auto& style : first)
        book.line("- " + describe(style) + (wasSeen(style) ? "" : " (new)"));
    std::vector<Style> fresh;
    for (const auto& style : many)
        if (fresh.size() < shown && !wasSeen(style) &&
            std::find(fresh.begin(), fresh.end(), style) == fresh.end())
            fresh.push_back(style);
    if (!canDraw())
        return;
    drawSamples(book.file("samples.png"), model, seed, shown, 5);
    book.picture("samples.png", "The first ten draws");
    if (fresh.size() == shown) {
        drawStyleSheet(book.file("new-styles.png"), fresh,
                       {"Ten new styles", "The first ten draws that nobody of the fifty wears"}, 5);
        book.picture("new-styles.png", "Ten new styles");
    }
}

void writeHistogram(Book& book, const StyleHistogram& model)
{
    const StyleHistogram plain(inhabitants(), 0.0), smoothed(inhabitants(), 1.0);
    book.line("\n## Chances\n");
    book.line("Combinations: " + std::to_string(combinations) +
              "; free parameters: " + std::to_string(StyleHistogram::parameters) +
              "; different ones among the fifty: " + std::to_string(model.distinct()) +
              "; pseudo-count of this run: " + decimal(model.pseudoCount(), 2) + ".\n");
    book.line("| combination | seen | maximum likelihood | pseudo-count 1 | this run |\n"
              "|---|---|---|---|---|");
    for (const auto& style : {workedExample(), workedExampleInBlue()})
        book.line("| " + describe(style) + " | " + std::to_string(model.counts()[indexOf(style)]) +
                  " | " + decimal(plain.probability(style), 4) + " | " +
                  decimal(smoothed.probability(style), 6) + " | " +
                  decimal(model.probability(style), 6) + " |");
    book.line("| all that nobody wears | 0 | " + decimal(plain.unseenMass(), 4) + " | " +
              decimal(smoothed.unseenMass(), 6) + " | " + decimal(model.unseenMass(), 6) + " |");
    book.line("\nWithout smoothing it can only repeat what it has seen. With it, all that was "
              "never seen is equally likely, and that is nearly everything. Chances are "
              "(n + a) / (N + 4032 a), which sum to 1; dividing by N + 4031, as the book's text "
              "has it, they would sum to 1.000245 for a = 1.");
    if (canDraw()) {
        drawShares(book.file("mass.png"),
                   {"Where the probability lies", "Fifty inhabitants, 4032 combinations"},
                   "combinations", "share of the probability",
                   {"seen among the fifty", "never seen"},
                   {{"maximum likelihood", {1.0 - plain.unseenMass(), plain.unseenMass()}},
                    {"pseudo-count 1", {1.0 - smoothed.unseenMass(), smoothed.unseenMass()}}});
        book.picture("mass.png", "Probability of what was seen and what was not");
    }
}

void writeBayes(Book& book, const NaiveBayesStyles& model, const std::vector<Style>& drawn)
{
    book.line("\n## Chances of the values (table 1.2)\n");
    book.line("Free parameters: " + std::to_string(NaiveBayesStyles::parameters) +
              "; combinations with a chance above 0: " + std::to_string(model.reachable()) +
              " of " + std::to_string(combinations) + ".\n");
    book.line("| feature | value | seen | chance |\n|---|---|---|---|");
    for (std::size_t f = 0; f < featureCount; ++f)
        for (std::size_t value = 0; value < features()[f].values.size(); ++value)
            book.line("| " + features()[f].name + " | " + features()[f].values[value] + " | " +
                      std::to_string(model.counts()[f][value]) + " | " +
                      decimal(model.share(f, static_cast<int>(value)), 2) + " |");
    for (const auto& style : {workedExample(), workedExampleInBlue()}) {
        std::string product;
        for (std::size_t f = 0; f < featureCount; ++f)
            product += (f > 0 ? " x " : "") + decimal(model.share(f, style[f]), 2);
        book.line("\n" + describe(style) + ": " + product + " = " +
                  decimal(model.probability(style), 6));
    }
    if (!canDraw())
        return;
    const auto colour = featureCount - 1;
    std::vector<double> real, made(features()[colour].values.size(), 0.0);
    for (std::size_t value = 0; value < made.size(); ++value)
        real.push_back(model.share(colour, static_cast<int>(value)));
    for (const auto& style : drawn)
        made[static_cast<std::size_t>(style[colour])] += 1.0 / static_cast<double>(drawn.size());
    drawShares(book.file("colours.png"),
               {"Popular colours stay popular", "Colours of clothes among the fifty and in " +
                                                    std::to_string(drawn.size()) + " draws"},
               "clothing colour", "share", features()[colour].values,
               {{"the fifty", real}, {"drawn", made}});
    book.picture("colours.png", "Clothing colours of the fifty and of the draws");
}

struct NamedArea
{
    const char* name;
    PixelArea area;
};

/** Of a portrait: where its parts lie. */
constexpr NamedArea areas[] = {{"background", {0, 0, 7, 24}},
                               {"mouth and chin", {12, 17, 20, 21}},
                               {"eyes, glasses", {10, 12, 22, 16}},
                               {"hair", {9, 5, 23, 11}},
                               {"clothes", {8, 27, 24, 32}}};

void writePixels(Book& book, const WrodlModel& model, std::uint64_t seed)
{
    book.line("\n## Pixels\n");
    book.line("1024 pixels of 256 colours: " + std::to_string(PixelModel::parameters) +
              " free parameters, each pixel drawn by itself.");
    if (!canDraw())
        return;
    std::vector<IndexedPicture> real, made;
    for (const auto& portrait : drawPortraits(inhabitants()))
        real.push_back(indexed(portrait, model.palette));
    for (std::uint64_t n = 0; n < real.size(); ++n)
        made.push_back(model.pixels->draw(seed, n));

    book.line("\n### Colour numbers of pixels 458 to 467 (table 1.3, of our own portraits)\n");
    std::string head = "| portrait |", rule = "|---|";
    for (int pixel = 458; pixel <= 467; ++pixel) {
        head += " " + std::to_string(pixel) + " |";
        rule += "---|";
    }
    book.line(head + "\n" + rule);
    for (std::size_t n = 0; n < 10; ++n) {
        auto row = "| " + std::to_string(n) + " |";
        for (std::size_t pixel = 458; pixel <= 467; ++pixel)
            row += " " + std::to_string(real[n][pixel]) + " |";
        book.line(row);
    }
    drawPixelSheet(book.file("portraits.png"), real, model.palette,
                   {"The fifty portraits", "32 x 32 pixels, 256 colours"}, 10);
    book.picture("portraits.png", "The portraits learnt from (figure 1.9)");
    drawPixelSheet(book.file("samples.png"), {made.begin(), made.begin() + 10}, model.palette,
                   {"Drawn pixel by pixel",
                    "Each pixel takes a colour by its own shares, whatever the others have"},
                   5);
    book.picture("samples.png", "Ten pictures drawn (figure 1.10)");

    std::vector<std::string> names;
    std::vector<double> before, after;
    book.line("\n### Neighbours that differ\n\n| part | the fifty | drawn |\n|---|---|---|");
    for (const auto& [name, area] : areas) {
        names.push_back(name);
        before.push_back(differingNeighbours(real, area));
        after.push_back(differingNeighbours(made, area));
        book.line(std::string("| ") + name + " | " + percentText(before.back()) + " | " +
                  percentText(after.back()) + " |");
    }
    drawShares(book.file("neighbours.png"),
               {"Speckle: neighbours that have different colours",
                "Share of the pairs of neighbouring pixels, the fifty portraits and fifty drawn"},
               "part of the portrait", "share of pairs", names,
               {{"portraits", before}, {"drawn", after}});
    book.picture("neighbours.png", "Neighbouring pixels of different colours");
    drawSureness(book.file("agreement.png"), *model.pixels);
    book.picture("agreement.png", "Where the portraits agree");
}

} // namespace

std::vector<Style> drawStyles(const WrodlModel& model, std::uint64_t seed, std::uint64_t count)
{
    std::vector<Style> styles;
    for (std::uint64_t n = 0; n < count; ++n)
        styles.push_back(model.histogram ? drawStyle(*model.histogram, seed, n)
                                         : drawStyle(*model.bayes, seed, n));
    return styles;
}

std::vector<std::filesystem::path> reportWrodl(const ReportOptions& options, Progress&)
{
    if (options.bars != ReportOptions().bars)
        throw OptionError("The inhabitants of planet Wrodl have no bars. Leave --bars out.");
    const auto model = readWrodlModel(options.model);
    Book book(options.output);
    book.line("# " + model.name);
    if (!canDraw())
        book.line("\nThis build has no graphics, so there are no pictures.");
    if (model.pixels) {
        writePixels(book, model, options.seed);
        return book.publish();
    }
    writeInhabitants(book);
    if (model.histogram)
        writeHistogram(book, *model.histogram);
    else
        writeBayes(book, *model.bayes, drawStyles(model, options.seed, counted));
    writeStyles(book, model, options.seed);
    return book.publish();
}

} // namespace organum::training
