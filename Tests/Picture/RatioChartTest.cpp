#include "Picture/RatioChart.h"

#include "Picture/Colours.h"
#include "Picture/Png.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <stdexcept>

using namespace organum;
using namespace organum::picture;

namespace
{

/** For a person to look at: pictures are kept in $ORGANUM_PICTURES when it is set. */
void keep(const juce::Image& image, const std::string& name)
{
    if (const auto* folder = std::getenv("ORGANUM_PICTURES"))
        savePng(image, std::filesystem::path(folder) / (name + ".png"));
}

/** Where the middle of a series' pixels lies, in pixels from the left; below 0 without any. */
float middleOf(const juce::Image& image, int series, int fromRow)
{
    double sum = 0, count = 0;
    for (int y = fromRow; y < image.getHeight(); ++y)
        for (int x = 0; x < image.getWidth(); ++x)
            if (image.getPixelAt(x, y) == seriesColour(series)) {
                sum += x;
                count += 1;
            }
    return count > 0 ? static_cast<float>(sum / count) : -1.0f;
}

constexpr int belowLegend = 190; // pixels

RatioChartOptions twoSeries()
{
    RatioChartOptions options;
    options.title = "Music against its reference";
    options.subtitle = "a test";
    options.series = {"first", "second"};
    return options;
}

std::vector<RatioGroup> rowWith(std::optional<double> first, std::optional<double> second)
{
    return {{"notes per bar", {{"", "4.00", {{"1", first}, {"2", second}}}}}};
}

} // namespace

TEST_CASE("Points lie left of the reference when less and right of it when more")
{
    const auto image = ratioChart(rowWith(0.5, 2.0), twoSeries());
    const auto less = middleOf(image, 0, belowLegend), more = middleOf(image, 1, belowLegend);
    const auto same = middleOf(ratioChart(rowWith(1.0, 2.0), twoSeries()), 0, belowLegend);
    REQUIRE(less > 0);
    CHECK(less < same);
    CHECK(same < more);
    // Half and double are equally far away on a scale of ratios.
    CHECK(same - less == Approx(more - same).margin(3));
}

TEST_CASE("Without a ratio no point is drawn; far ones stay on the sheet")
{
    CHECK(middleOf(ratioChart(rowWith({}, 1.0), twoSeries()), 0, belowLegend) < 0);
    CHECK(middleOf(ratioChart(rowWith(0.0, 1.0), twoSeries()), 0, belowLegend) > 0);
    CHECK(middleOf(ratioChart(rowWith(1e9, 1.0), twoSeries()), 0, belowLegend) > 0);
}

TEST_CASE("A sheet grows with its rows")
{
    std::vector<RatioGroup> groups;
    for (int g = 0; g < 6; ++g) {
        groups.push_back({"group " + std::to_string(g + 1) + " of figures (%)", {}});
        for (int r = 0; r <= g; ++r)
            groups.back().rows.push_back({"row " + std::to_string(r + 1),
                                          "10.00",
                                          {{"9.50", 0.8 + 0.1 * r}, {"11.20", 1.2 - 0.05 * r}}});
    }
    const auto tall = ratioChart(groups, twoSeries());
    keep(tall, "ratio-chart");
    groups.pop_back();
    CHECK(ratioChart(groups, twoSeries()).getHeight() < tall.getHeight());
    CHECK(tall.getWidth() == 2000);
}

TEST_CASE("A row has a value for each set")
{
    auto options = twoSeries();
    options.series.pop_back();
    CHECK_THROWS_AS(ratioChart(rowWith(1.0, 1.0), options), std::invalid_argument);
    CHECK(ratioChart({}, options).getHeight() > 0);
}
