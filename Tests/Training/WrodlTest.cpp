// Planet Wrodl (sections 1.2 to 1.5 of the book): its tables, its worked example, and what each
// model can and cannot do.

#include "Training/Wrodl/PixelModel.h"
#include "Training/Wrodl/StyleModels.h"
#include "Training/Wrodl/Styles.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

bool wasSeen(const Style& style)
{
    const auto& all = inhabitants();
    return std::find(all.begin(), all.end(), style) != all.end();
}

template <typename Model>
double sumOverAll(const Model& model)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < combinations; ++i)
        sum += model.probability(styleAt(i));
    return sum;
}

} // namespace

TEST_CASE("The fifty inhabitants have the counts of table 1.2 and begin with table 1.1", "[wrodl]")
{
    const auto& styles = inhabitants();
    REQUIRE(styles.size() == 50);
    const NaiveBayesStyles model(styles);
    CHECK(model.counts() == std::vector<std::vector<std::int64_t>>{{7, 0, 1, 23, 1, 11, 7},
                                                                   {7, 6, 2, 3, 8, 24},
                                                                   {11, 22, 17},
                                                                   {7, 18, 19, 6},
                                                                   {0, 4, 10, 5, 2, 4, 3, 22}});
    CHECK(describe(styles[0]) == "short straight, red, round, crew neck, white");
    CHECK(describe(styles[1]) == "short curly, silver grey, round, overall, white");
    CHECK(describe(styles[2]) == "short straight, blond, sunglasses, crew neck, white");
    CHECK(describe(styles[3]) == "long straight, red, round, crew neck, white");
    CHECK(describe(styles[4]) == "no hair, silver grey, round, overall, white");
    CHECK(describe(styles[5]) == "long straight, black, no glasses, overall, white");
    CHECK(describe(styles[6]) == "long straight, silver grey, sunglasses, overall, white");
    CHECK(describe(styles[7]) == "short straight, silver grey, round, crew neck, white");
    CHECK(describe(styles[8]) == "long straight, silver grey, round, hoodie, pink");
    CHECK(describe(styles[9]) == "long straight, blond, round, crew neck, pastel orange");
    CHECK(std::count(styles.begin(), styles.end(), workedExample()) == 2);
    CHECK(std::count(styles.begin(), styles.end(), workedExampleInBlue()) == 0);
}

TEST_CASE("Combinations and their numbers are one to one", "[wrodl]")
{
    CHECK(combinations == 4032);
    std::set<Style> all;
    for (std::size_t i = 0; i < combinations; ++i) {
        CHECK(indexOf(styleAt(i)) == i);
        all.insert(styleAt(i));
    }
    CHECK(all.size() == combinations);
}

TEST_CASE("The histogram repeats what it has seen", "[wrodl]")
{
    const StyleHistogram model(inhabitants(), 0.0);
    CHECK(StyleHistogram::parameters == 4031);
    CHECK(model.probability(workedExample()) == Approx(0.04));
    CHECK(model.probability(workedExampleInBlue()) == 0.0);
    CHECK(sumOverAll(model) == Approx(1.0));
    CHECK(model.unseenMass() == 0.0);
    for (std::uint64_t n = 0; n < 300; ++n)
        CHECK(wasSeen(drawStyle(model, 1, n)));
}

TEST_CASE("Additive smoothing sums to one over all combinations and prefers the unseen", "[wrodl]")
{
    const StyleHistogram model(inhabitants(), 1.0);
    CHECK(model.probability(workedExample()) == Approx(3.0 / 4082.0));
    CHECK(model.probability(workedExampleInBlue()) == Approx(1.0 / 4082.0));
    CHECK(sumOverAll(model) == Approx(1.0).epsilon(1e-12));
    CHECK(sumOverAll(model) * 4082.0 / 4081.0 == Approx(1.000245).epsilon(1e-6)); // with d = 4031
    CHECK(model.distinct() == 47);
    CHECK(model.unseenMass() == Approx((4032.0 - 47.0) / 4082.0));
    CHECK(model.unseenMass() > 0.975);
    int unseen = 0;
    for (std::uint64_t n = 0; n < 300; ++n)
        unseen += wasSeen(drawStyle(model, 1, n)) ? 0 : 1;
    CHECK(unseen > 270);
}

TEST_CASE("Naive Bayes gives the worked example and invents styles of popular parts", "[wrodl]")
{
    const NaiveBayesStyles model(inhabitants());
    CHECK(NaiveBayesStyles::parameters == 23);
    CHECK(model.probability(workedExample()) == Approx(0.46 * 0.16 * 0.44 * 0.38 * 0.44));
    CHECK(model.probability(workedExample()) == Approx(0.005415).epsilon(1e-3));
    CHECK(model.probability(workedExampleInBlue()) == Approx(0.00098).epsilon(1e-2));
    CHECK(sumOverAll(model) == Approx(1.0));
    CHECK(model.reachable() == 3024);

    constexpr std::uint64_t draws = 2000;
    int invented = 0, white = 0, blue = 0, impossible = 0;
    for (std::uint64_t n = 0; n < draws; ++n) {
        const auto style = drawStyle(model, 5, n);
        invented += wasSeen(style) ? 0 : 1;
        white += style[4] == 7 ? 1 : 0;
        blue += style[4] == 1 ? 1 : 0;
        impossible += style[0] == 1 || style[4] == 0 ? 1 : 0;
    }
    CHECK(impossible == 0);
    CHECK(invented > static_cast<int>(draws) / 2);
    CHECK(white / static_cast<double>(draws) == Approx(0.44).margin(0.04));
    CHECK(blue / static_cast<double>(draws) == Approx(0.08).margin(0.03));
}

TEST_CASE("The same seed draws the same styles, another one others", "[wrodl]")
{
    const NaiveBayesStyles bayes(inhabitants());
    const StyleHistogram histogram(inhabitants(), 1.0);
    int same = 0;
    for (std::uint64_t n = 0; n < 20; ++n) {
        CHECK(drawStyle(bayes, 3, n) == drawStyle(bayes, 3, n));
        CHECK(drawStyle(histogram, 3, n) == drawStyle(histogram, 3, n));
        same += drawStyle(histogram, 3, n) == drawStyle(histogram, 4, n) ? 1 : 0;
    }
    CHECK(same < 3);
}

TEST_CASE("A draw at either end of chance still has a chance", "[wrodl]")
{
    const auto most = std::nextafter(1.0, 0.0);
    const StyleHistogram histogram(inhabitants(), 0.0);
    const NaiveBayesStyles bayes(inhabitants());
    for (const auto uniform : {0.0, most}) {
        CHECK(histogram.probability(histogram.sample(uniform)) > 0.0);
        std::array<double, featureCount> uniforms{};
        uniforms.fill(uniform);
        CHECK(bayes.probability(bayes.sample(uniforms)) > 0.0);
    }
}

TEST_CASE("Counts that cannot be are refused", "[wrodl]")
{
    auto counts = StyleHistogram(inhabitants(), 0.0).counts();
    counts[5] = -1;
    CHECK_THROWS_WITH(StyleHistogram(counts, 0.0), Contains("negative"));
    CHECK_THROWS_WITH(StyleHistogram(std::vector<std::int64_t>(3, 1), 0.0), Contains("4032"));
    CHECK_THROWS_WITH(StyleHistogram(std::vector<std::int64_t>(combinations, 0), 0.0),
                      Contains("without a count"));
    CHECK_THROWS_WITH(StyleHistogram(inhabitants(), std::nan("")), Contains("pseudo-count"));
    auto values = NaiveBayesStyles(inhabitants()).counts();
    values[2][0] += 1;
    CHECK_THROWS_WITH(NaiveBayesStyles(values), Contains("glasses"));
    values.pop_back();
    CHECK_THROWS_WITH(NaiveBayesStyles(values), Contains("five features"));
}

namespace
{

/** Stripes of one colour each, which changes from picture to picture; the lower half never does. */
std::vector<IndexedPicture> flags()
{
    std::vector<IndexedPicture> pictures(40);
    for (std::size_t n = 0; n < pictures.size(); ++n)
        for (std::size_t pixel = 0; pixel < pictures[n].size(); ++pixel)
            pictures[n][pixel] =
                pixel < picturePixels / 2 ? static_cast<std::uint8_t>(n % 4) : std::uint8_t{9};
    return pictures;
}

} // namespace

TEST_CASE("Pixels drawn apart come right where nothing varies and are speckle where much does",
          "[wrodl]")
{
    const auto pictures = flags();
    const PixelModel model(pictures);
    CHECK(PixelModel::parameters == 261120);
    CHECK(model.share(0, 2) == Approx(0.25));
    CHECK(model.surest(0) == Approx(0.25));
    CHECK(model.surest(picturePixels - 1) == Approx(1.0));

    std::vector<IndexedPicture> drawn;
    for (std::uint64_t n = 0; n < 20; ++n)
        drawn.push_back(model.draw(1, n));
    const PixelArea cloth{0, 0, 32, 16}, face{0, 16, 32, 32};
    CHECK(differingNeighbours(pictures, cloth) == 0.0);
    CHECK(differingNeighbours(drawn, cloth) == Approx(0.75).margin(0.03));
    CHECK(differingNeighbours(drawn, face) == 0.0);
    CHECK(model.draw(1, 3) == drawn[3]);
    CHECK(model.draw(2, 3) != drawn[3]);
    CHECK_THROWS_WITH(PixelModel(std::vector<std::int64_t>(7, 1)), Contains("1024 x 256"));
    auto counts = model.counts();
    counts[0] += 1;
    CHECK_THROWS_WITH(PixelModel(counts), Contains("sum"));
}

TEST_CASE("A palette keeps the commonest colours and gives every pixel the nearest", "[wrodl]")
{
    std::vector<std::uint32_t> picture(picturePixels, 0x102030);
    picture[5] = 0xF0E0D0;
    picture[6] = 0xF1E1D1; // falls into the same cell
    const auto palette = commonestColours({picture});
    CHECK(palette[0] == 0x102030);
    CHECK(palette[1] == 0xF1E1D1); // the rounded mean of the two
    CHECK(palette[2] == 0);
    const auto numbers = indexed(picture, palette);
    CHECK(numbers[0] == 0);
    CHECK(numbers[5] == 1);
    CHECK(numbers[6] == 1);
    picture.pop_back();
    CHECK_THROWS_WITH(indexed(picture, palette), Contains("1023"));
}
