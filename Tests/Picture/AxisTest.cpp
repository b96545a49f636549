#include "Picture/Axis.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum::picture;

namespace
{

std::string labels(const std::vector<Mark>& marks)
{
    std::string text;
    for (const auto& mark : marks)
        text += (text.empty() ? "" : " ") + mark.label;
    return text;
}

} // namespace

TEST_CASE("Axes are marked at round numbers")
{
    CHECK(labels(niceMarks({0, 10, false}, 5)) == "0 2 4 6 8 10");
    CHECK(labels(niceMarks({0, 1, false}, 4)) == "0.0 0.5 1.0");
    CHECK(labels(niceMarks({3.1, 3.9, false}, 4)) == "3.2 3.4 3.6 3.8");
    CHECK(labels(niceMarks({-1, 1, false}, 4)) == "-1.0 -0.5 0.0 0.5 1.0");
    CHECK(labels(niceMarks({0, 30000, false}, 3)) == "0 10000 20000 30000");
}

TEST_CASE("What is counted has no marks between whole numbers")
{
    // The losses of a run of three epochs were marked at epoch 1.5.
    CHECK(labels(niceMarks({1, 3, false}, 10, Scale::counted)) == "1 2 3");
    CHECK(labels(niceMarks({0.5, 1.5, false}, 10, Scale::counted)) == "1");
    CHECK(labels(niceMarks({1, 27, false}, 10, Scale::counted)) == "5 10 15 20 25");
}

TEST_CASE("Logarithmic axes are marked at powers of ten")
{
    CHECK(labels(niceMarks({0.001, 10, true}, 5)) == "0.001 0.01 0.1 1 10");
    CHECK(labels(niceMarks({0.8, 12, true}, 5)) == "1 2 5 10");
    CHECK(labels(niceMarks({0.8, 6, true}, 5)) == "2 4 6");
    CHECK(AxisRange{0.01, 100, true}.fractionOf(1) == Approx(0.5));
}

TEST_CASE("A range is widened to its marks and never has zero width")
{
    const auto range = niceRange(3.07, 5.2, false, 5);
    CHECK(range.low == Approx(3.0));
    CHECK(range.high == Approx(5.5));
    for (const double value : {0.0, -3.0, 1e9, 1e-9}) {
        const auto point = niceRange(value, value, false, 5);
        CHECK(point.low < point.high);
        CHECK_FALSE(niceMarks(point, 5).empty());
    }
    const auto logarithmic = niceRange(2, 2, true, 5);
    CHECK(logarithmic.low < 2);
    CHECK(logarithmic.high > 2);
}

TEST_CASE("Labels are thinned out until they fit")
{
    CHECK(labelStep(10, 10) == 1);
    CHECK(labelStep(10, 9) == 2);
    CHECK(labelStep(128, 10) == 20);
    CHECK(labelStep(0, 5) == 1);
    for (int count = 1; count < 300; ++count)
        for (int room = 1; room < 40; ++room) {
            const auto step = labelStep(count, room);
            REQUIRE((count + step - 1) / step <= room);
        }
}
