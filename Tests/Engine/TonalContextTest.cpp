#include "Engine/TonalContext.h"

#include <catch2/catch.hpp>

#include <numeric>

using namespace organum;
using engine::TonalContext;

namespace
{

TonalContext heard(const std::vector<std::vector<int>>& chords)
{
    TonalContext context;
    for (const auto& chord : chords)
        context.append({chord, 0, 1});
    return context;
}

} // namespace

TEST_CASE("What a listener without perfect pitch hears is the same in every key", "[phrase]")
{
    const auto here = heard({{60}, {64, 67}, {}, {59}});
    const auto there = heard({{65}, {69, 72}, {}, {64}});
    CHECK(here.degrees() == there.degrees());
    CHECK(here.intervalClass() == there.intervalClass());
    CHECK(there.reference() - here.reference() == 5);
}

TEST_CASE("Before the first note nothing is known, and rests change nothing", "[phrase]")
{
    const auto nothing = heard({{}});
    CHECK(nothing.reference() == -1);
    CHECK(nothing.intervalClass() == TonalContext::intervalClasses - 1);
    for (const float share : nothing.degrees())
        CHECK(share == 0.0f);
    CHECK(heard({{60}, {}}).degrees() == heard({{60}}).degrees());
}

TEST_CASE("Both memories are shares of one whole, counted from the last note", "[phrase]")
{
    const auto degrees = heard({{60}, {67}, {62}}).degrees();
    CHECK(std::accumulate(degrees.begin(), degrees.begin() + 12, 0.0f) == Approx(1.0f));
    CHECK(std::accumulate(degrees.begin() + 12, degrees.end(), 0.0f) == Approx(1.0f));
    CHECK(degrees[0] > degrees[5]);  // D itself, then G a fourth above it
    CHECK(degrees[5] > degrees[10]); // and C, longest ago
    CHECK(heard({{60}, {67}}).intervalClass() == TonalContext::widestInterval + 7);
    CHECK(heard({{60}, {100}}).intervalClass() == 2 * TonalContext::widestInterval);
}
