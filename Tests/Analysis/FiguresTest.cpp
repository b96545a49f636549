#include "Analysis/Figures.h"

#include "Analysis/Grids.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace organum;
using namespace organum::analysis;

namespace
{

std::map<std::string, double> byName(const Measures& measures)
{
    std::map<std::string, double> values;
    for (const auto& figure : figuresOf(measures)) {
        const auto name = figure.key + "/" + figure.item;
        REQUIRE(values.count(name) == 0);
        values[name] = figure.value;
    }
    return values;
}

} // namespace

TEST_CASE("Every measure becomes a figure with a name of its own", "[figures]")
{
    const Pieces pieces = {test::piece({{67, 69}, {64, 64}, {60, 62}, {48, 50}}, 1, 2)};
    auto measures = measure(pieces);
    CHECK(measures.pieces == 1);
    CHECK(measures.steps == 2);
    CHECK(measures.barCount == 1);
    const auto values = byName(measures);
    CHECK(values.at("notes_per_bar/soprano") == 2);
    CHECK(values.at("notes_per_bar/alto") == 1);
    CHECK(values.at("notes_per_bar/together") == 7);
    CHECK(values.at("parallels/") == 3); // soprano and tenor, soprano and bass, tenor and bass
    CHECK(values.at("parallels_per_100_bars/") == 300);
    CHECK(values.at("parallels_of_both_move/") == Approx(100));
    CHECK(values.at("changes/all voices") == 75);
    CHECK(values.count("tonal_distance/tenor-bass") == 1);
    CHECK(values.at("mean_pitch/soprano") == 68);
    CHECK(values.at("span/") == 19);
    CHECK(values.at("dissonance/") == Approx(100.0 / 6)); // alto with tenor and bass, once each
    CHECK(values.count("longest_copy/all voices") == 0);
    measures.copies = measureCopies(pieces, CopySearch(pieces));
    CHECK(byName(measures).at("longest_copy/all voices") == 2);
}

TEST_CASE("One voice has no figures of pairs", "[figures]")
{
    std::set<std::string> keys;
    for (const auto& figure : figuresOf(measure({test::piece({{60, 62}}, 1, 2)})))
        keys.insert(figure.key);
    CHECK(keys.count("notes_per_bar") == 1);
    CHECK(keys.count("parallels") == 0);
    CHECK(keys.count("crossings") == 0);
    CHECK(keys.count("tonal_distance") == 0);
}

TEST_CASE("Voices are named as musicians do", "[figures]")
{
    CHECK(voiceName(0, 4) == "soprano");
    CHECK(voiceName(3, 4) == "bass");
    CHECK(voiceName(0, 1) == "voice");
    CHECK(voiceName(4, 5) == "voice 5");
}
