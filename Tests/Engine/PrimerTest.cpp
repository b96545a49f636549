#include "Engine/Primer.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::engine;
using score::Quarters;

namespace
{

// Ids: 2 rest, 3 G2.D3.B3, 4 G2.G3, 5 C4, 6 E4; durations 2: 1/4, 3: 1/2, 4: 1.
Vocabulary words()
{
    return {{{}, {43, 50, 59}, {43, 55}, {60}, {64}}, {{1, 4}, {1, 2}, {1, 1}}};
}

Request withPrimer(std::vector<score::Note> notes, const Quarters& length)
{
    Request request;
    request.primer = std::move(notes);
    request.primerLength = length;
    return request;
}

} // namespace

TEST_CASE("A primer of known chords is heard as it is, and silence fills it to its length",
          "[primer]")
{
    const auto primer = hearPrimer(words(), withPrimer({{60, 90, 0, 1}, {64, 90, 1, {1, 2}}}, 2));
    REQUIRE(primer.elements.size() == 3);
    CHECK(primer.notice.empty());
    CHECK(primer.elements[0].token == Token{5, 4});
    CHECK(primer.elements[1].token == Token{6, 3});
    CHECK(primer.elements[2].token == Token{2, 3});
    CHECK(primer.elements[2].element.isRest());
    CHECK(primer.elements[2].element.onset + primer.elements[2].element.duration == 2);
}

TEST_CASE("The primer's bars end where the new music begins", "[primer]")
{
    // Three quarters of primer in 4/4: an upbeat bar that begins on its second beat.
    const auto primer = hearPrimer(words(), withPrimer({{60, 90, 0, 1}, {64, 90, 1, 2}}, 3));
    REQUIRE(primer.elements.size() == 2);
    CHECK(primer.elements[0].at.offset == 1);
    CHECK(primer.elements[0].at.bar == -1);
    CHECK(primer.elements[1].next.offset == 0);
    CHECK(primer.elements[1].next.bar == 0);
}

TEST_CASE("A chord never learnt is heard as the nearest known one, and the notice says so",
          "[primer]")
{
    const auto vocabulary = words();
    CHECK(vocabulary.pitchName(nearestChord(vocabulary, {43, 51, 59})) == "G2.D3.B3");
    CHECK(vocabulary.pitchName(nearestChord(vocabulary, {43, 56})) == "G2.G3");
    CHECK(vocabulary.pitchName(nearestChord(vocabulary, {61})) == "C4");
    CHECK(vocabulary.pitchName(nearestChord(vocabulary, {62})) == "C4"); // as far from E4
    CHECK(vocabulary.pitchName(nearestChord(vocabulary, {127})) == "E4");
    CHECK(nearestChord(vocabulary, {}) == 2);

    const auto primer = hearPrimer(vocabulary, withPrimer({{61, 90, 0, 1}}, 1));
    CHECK(primer.notice == "The model does not know all of the primer; it heard C#4 as C4.");
    CHECK(primer.elements.at(0).element.pitches == std::vector<int>{60});
}

TEST_CASE("A duration never learnt is heard as the nearest in proportion", "[primer]")
{
    const auto vocabulary = words();
    CHECK(nearestDuration(vocabulary, {1, 3}) == 2);
    CHECK(nearestDuration(vocabulary, {7, 1}) == 4);
    const auto primer = hearPrimer(vocabulary, withPrimer({{60, 90, 0, 3}}, 3));
    CHECK_THAT(primer.notice, Catch::Contains("heard 3 as 1"));
    CHECK(primer.elements.at(0).element.duration == 3);
}

TEST_CASE("Without a rest in the vocabulary silence is unknown, never a chord", "[primer]")
{
    const Vocabulary noRest({{60}, {64}}, {{1, 1}});
    CHECK(nearestChord(noRest, {}) == Vocabulary::unknown);
    const auto primer = hearPrimer(noRest, withPrimer({}, 1));
    REQUIRE(primer.elements.size() == 1);
    CHECK(primer.elements[0].token == Token{Vocabulary::unknown, 2});
}

TEST_CASE("Notes that sound on are cut at the primer's end, and times snap to its grid", "[primer]")
{
    const auto primer =
        hearPrimer(words(), withPrimer({{60, 90, {1, 100}, {99, 100}}, {64, 90, 1, 7}}, {3, 2}));
    REQUIRE(primer.elements.size() == 2);
    CHECK(primer.elements[0].element.onset == 0);
    CHECK(primer.elements[0].token == Token{5, 4});
    CHECK(primer.elements[1].token == Token{6, 3});
}

TEST_CASE("No primer is heard as nothing, an endless one by its end", "[primer]")
{
    CHECK(hearPrimer(words(), {}).elements.empty());
    std::vector<score::Note> notes;
    for (int i = 0; i < 5000; ++i)
        notes.push_back({i % 2 == 0 ? 60 : 64, 90, Quarters(i, 4), {1, 4}});
    const auto primer = hearPrimer(words(), withPrimer(notes, 1250));
    CHECK(primer.elements.size() == 4096);
    CHECK(primer.elements.back().element.onset == Quarters(4999, 4));
    CHECK_THAT(primer.notice, Catch::Contains("last 4096"));
}
