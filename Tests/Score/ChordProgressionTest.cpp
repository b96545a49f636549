#include "Score/ChordProgression.h"

#include <catch2/catch.hpp>

using namespace organum::score;

namespace
{

const ChordKey cMajor{0, false};

ChordProgression parse(const std::string& text)
{
    return ChordProgression::parse(text, cMajor);
}

/** "C 0-4, Am 4-6 ..." */
std::string spansText(const std::vector<ChordSpan>& spans)
{
    std::string text;
    for (const auto& span : spans)
        text += (text.empty() ? "" : ", ") + span.chord.name() + " " + span.onset.toString() + "-" +
                (span.onset + span.length).toString();
    return text;
}

std::string over(const std::string& text, int count, const Quarters& bar = 4, int first = 0)
{
    return spansText(parse(text).over(first, count, bar));
}

} // namespace

TEST_CASE("A bar is divided evenly, and a dot holds", "[chord-progression]")
{
    CHECK(over("| C | Am F | G7 . . C |", 3) == "C 0-4, Am 4-6, F 6-8, G7 8-11, C 11-12");
    CHECK(over("| C F G |", 1, 3) == "C 0-1, F 1-2, G 2-3");
    CHECK(over("| C F G |", 1) == "C 0-4/3, F 4/3-8/3, G 8/3-4");
    CHECK(over("| C | . F |", 2) == "C 0-6, F 6-8");
    CHECK(over("| C .. F |", 1) == "C 0-3, F 3-4");
}

TEST_CASE("A progression repeats, and may begin anywhere", "[chord-progression]")
{
    CHECK(over("| C | G |", 5) == "C 0-4, G 4-8, C 8-12, G 12-16, C 16-20");
    CHECK(over("| C | F | G |", 2, 4, 2) == "G 0-4, C 4-8");
    CHECK(over("| C |", 3) == "C 0-12");
    CHECK(over("| C | F |", 1, 4, 1000001) == "F 0-4");
}

TEST_CASE("Bars may be written in many ways", "[chord-progression]")
{
    CHECK(parse("C Am F G").bars() == 4); // without bar lines each chord is a bar
    CHECK(parse("| C Am F G |").bars() == 1);
    CHECK(parse("||: C | Am :||") == parse("| C | Am |"));
    CHECK(parse("C | Am") == parse("| C | Am |"));
    CHECK(parse("| C | % | G |") == parse("| C | C | G |"));
    CHECK(parse("| C, Am | F |") == parse("|C Am|F|"));
    CHECK(parse("| I | vi IV |") == parse("| C | Am F |"));
    CHECK(parse("| C . F . |") == parse("| C F |"));
    CHECK(parse("").isEmpty());
    CHECK(parse(" | | ").isEmpty());
}

TEST_CASE("Where no chord is named anything may sound", "[chord-progression]")
{
    CHECK(over("| C | N.C. | F |", 3) == "C 0-4, F 8-12");
}

TEST_CASE("A progression is read back as it is printed", "[chord-progression]")
{
    for (const auto* text :
         {"| C |", "| C | Am F | G7 . . C |", "| N.C. | F#m7b5/A |", "| C F . . | Bb |", ""}) {
        INFO(text);
        CHECK(parse(text).toString() == text);
    }
    CHECK(parse("| C | Am F |").barText(1, &cMajor) == "vi IV");
}

TEST_CASE("Chords in time are written with as few shares as the beats allow", "[chord-progression]")
{
    const auto span = [](const Quarters& onset, const Quarters& length, const char* name) {
        return ChordSpan{onset, length, parseChord(name, cMajor)};
    };
    CHECK(ChordProgression::fromSpans({span(0, 4, "C"), span(4, 2, "F"), span(6, 2, "G")}, 2, 4, 4)
              .toString() == "| C | F G |");
    CHECK(ChordProgression::fromSpans({span(0, 3, "C"), span(3, 5, "F")}, 2, 4, 4).toString() ==
          "| C . . F | F |");
    CHECK(ChordProgression::fromSpans({span(1, 1, "C")}, 1, 2, 2).toString() == "| N.C. C |");
}

TEST_CASE("A wrong progression is refused with its bar and symbol", "[chord-progression]")
{
    CHECK_THROWS_WITH(parse("| C | Am H7 |"),
                      Catch::StartsWith("In bar 2 of the chords \"H7\" is no chord."));
    CHECK_THROWS_WITH(parse("| . C |"), Catch::Contains("there is none"));
    CHECK_THROWS_WITH(parse("| % |"), Catch::Contains("there is none"));
    CHECK_THROWS_WITH(parse("| C . . . . . . . . . . . . . . . . |"),
                      Catch::Contains("at most 16"));
    CHECK_THROWS_WITH(parse("| C ........................ |"), Catch::Contains("more than 16"));
    std::string many;
    for (int i = 0; i < 300; ++i)
        many += "| C ";
    CHECK_THROWS_WITH(parse(many), Catch::Contains("300 bars"));
    CHECK_THROWS_WITH(parse(std::string(20000, ' ')), Catch::Contains("Shorten it"));
}
