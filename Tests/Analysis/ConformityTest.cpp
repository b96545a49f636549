#include "Analysis/Conformity.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using analysis::conformity;

namespace
{

std::vector<score::ChordSpan> chords(const std::string& text, int bars)
{
    return score::ChordProgression::parse(text, {}).over(0, bars, 4);
}

} // namespace

TEST_CASE("Conformity is the share of sounding time on chord tones", "[conformity]")
{
    // C E G over C, then an A that begins in C and lasts into F, where it belongs.
    const std::vector<score::Note> notes = {
        {60, 90, 0, 1}, {64, 90, 1, 1}, {67, 90, 2, 1}, {69, 90, 3, 2}};
    const auto found = conformity(notes, chords("| C | F |", 2));
    CHECK(found.inside == Approx(4.0));
    CHECK(found.outside == Approx(1.0));
    CHECK(found.percent() == Approx(80.0));
}

TEST_CASE("Notes at once count each for itself", "[conformity]")
{
    const std::vector<score::Note> notes = {{60, 90, 0, 4}, {61, 90, 0, 4}, {64, 90, 0, 4}};
    CHECK(conformity(notes, chords("| C |", 1)).percent() == Approx(200.0 / 3.0));
}

TEST_CASE("Where no chord is named nothing is counted", "[conformity]")
{
    const std::vector<score::Note> notes = {{61, 90, 0, 4}, {60, 90, 4, 8}};
    CHECK(conformity(notes, chords("| N.C. | C |", 2)).percent() == 100.0);
    CHECK(std::isnan(conformity(notes, {}).percent()));
    CHECK(std::isnan(conformity({}, chords("| C |", 1)).percent()));
}
