#include "Engine/Vocabulary.h"

#include <catch2/catch.hpp>

using namespace organum;
using engine::Vocabulary;
using score::Quarters;

namespace
{

Vocabulary small()
{
    return {{{60}, {43, 50, 59}, {}, {60}, {59}}, {{1, 2}, {1, 3}, {1, 4}, {1, 2}}};
}

} // namespace

TEST_CASE("Ids go by name, after START and unknown, whatever the order they came in",
          "[vocabulary]")
{
    const auto vocabulary = small();
    REQUIRE(vocabulary.pitchCount() == 6);
    REQUIRE(vocabulary.durationCount() == 5);
    CHECK(vocabulary.pitchName(0) == "START");
    CHECK(vocabulary.pitchName(1) == "unknown");
    CHECK(vocabulary.pitchName(2) == "rest");
    CHECK(vocabulary.pitchName(3) == "G2.D3.B3");
    CHECK(vocabulary.pitchName(4) == "B3");
    CHECK(vocabulary.durationName(0) == "0");
    CHECK(vocabulary.durationName(1) == "unknown");
    CHECK(vocabulary.duration(2) == Quarters(1, 4));
    CHECK(vocabulary.duration(4) == Quarters(1, 2));
    CHECK(vocabulary.chord(2).empty());
    CHECK(vocabulary.duration(1) == Quarters());
}

TEST_CASE("A chord or duration never seen becomes unknown, a rest does not", "[vocabulary]")
{
    const auto vocabulary = small();
    CHECK(vocabulary.pitchId({61}) == Vocabulary::unknown);
    CHECK(vocabulary.durationId({7, 8}) == Vocabulary::unknown);
    CHECK(vocabulary.pitchId({}) == 2);
    const score::Element element{{59}, 0, {1, 3}};
    CHECK(vocabulary.encode(element) == engine::Token{4, 3});
    CHECK(vocabulary.encode(std::vector<score::Element>{element, element}).size() == 2);
}

TEST_CASE("A vocabulary made of pieces holds what they hold", "[vocabulary]")
{
    const std::vector<score::Element> one{{{60}, 0, {1, 2}}, {{}, {1, 2}, {1, 4}}};
    const std::vector<score::Element> two{{{43, 50, 59}, 0, {1, 3}}, {{59}, {1, 3}, {1, 2}}};
    CHECK(Vocabulary::fromElements({one, two}) == small());
}

TEST_CASE("A vocabulary survives its own JSON, with lists whose places are the ids", "[vocabulary]")
{
    const auto vocabulary = small();
    CHECK(Vocabulary::fromJson(vocabulary.toJson()) == vocabulary);
    CHECK(vocabulary.toJson() == R"({"pitches":["START","unknown","rest","G2.D3.B3","B3","C4"],)"
                                 R"("durations":["0","unknown","1/4","1/3","1/2"]})");

    std::vector<std::vector<int>> everyPitch;
    for (int pitch = 0; pitch < 128; ++pitch)
        everyPitch.push_back({pitch});
    everyPitch.push_back({0, 1, 127});
    const Vocabulary wide(everyPitch, {{1, 12}});
    CHECK(Vocabulary::fromJson(wide.toJson()) == wide);
}

TEST_CASE("A damaged vocabulary is refused with what is wrong in it", "[vocabulary]")
{
    const auto row = GENERATE(table<std::string, std::string>({
        {"", "not a JSON object"},
        {"[]", "not a JSON object"},
        {R"({"pitches":["START","unknown","C4"]})", "\"durations\" is missing"},
        {R"({"pitches":["START"],"durations":["0","unknown","1"]})", "has 1 entries"},
        {R"({"pitches":["START","unknown",60],"durations":["0","unknown","1"]})", "not a name"},
        {R"({"pitches":["START","unknown","H4"],"durations":["0","unknown","1"]})",
         "no chord name"},
        {R"({"pitches":["START","unknown","C4"],"durations":["0","unknown","x"]})", "no duration"},
        {R"({"pitches":["START","unknown","C4"],"durations":["0","unknown","-1"]})",
         "not positive"},
        {R"({"pitches":["START","unknown","D4","C4"],"durations":["0","unknown","1"]})",
         "not in order"},
        {R"({"pitches":["START","unknown","C4","C4"],"durations":["0","unknown","1"]})",
         "not in order"},
        {R"({"pitches":["unknown","START","C4"],"durations":["0","unknown","1"]})", "not in order"},
    }));
    INFO(std::get<0>(row));
    CHECK_THROWS_WITH(Vocabulary::fromJson(std::get<0>(row)), Catch::Contains(std::get<1>(row)));
}

TEST_CASE("Pitches outside MIDI and durations that are not positive are refused", "[vocabulary]")
{
    CHECK_THROWS_AS(Vocabulary({{128}}, {{1, 1}}), std::invalid_argument);
    CHECK_THROWS_AS(Vocabulary({{-1}}, {{1, 1}}), std::invalid_argument);
    CHECK_THROWS_AS(Vocabulary({{60}}, {{0, 1}}), std::invalid_argument);
}
