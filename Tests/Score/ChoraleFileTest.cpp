#include "Score/ChoraleFile.h"

#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace organum;
using namespace organum::score;

namespace
{

std::string refusal(const std::string& text)
{
    try {
        parseChorales(text, "music.json");
    } catch (const ChoraleFileError& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

TEST_CASE("Chorales are read with silence and with numbers written as floats", "[chorales]")
{
    const auto splits = parseChorales(
        R"({"valid": [], "train": [[[74.0, 67, 60, -1], [74, 67, 59.0, 48]], [[60,60,60,60]]]})",
        "music.json");
    REQUIRE(splits.train.size() == 2);
    CHECK(splits.valid.empty());
    CHECK(splits.test.empty());
    const auto& piece = splits.train[0];
    CHECK(piece.voices == 4);
    CHECK(piece.steps() == 2);
    CHECK(piece.step == Quarters(1, 4));
    CHECK(piece.pitches == std::vector<int>{74, 67, 60, -1, 74, 67, 59, 48});
    CHECK(piece.onsets == std::vector<std::uint8_t>{1, 1, 1, 0, 0, 0, 1, 1});
    CHECK(&splits.split("train") == &splits.train);
    CHECK(&splits.split("validation") == &splits.valid);
    CHECK_THROWS_AS(splits.split("training"), std::invalid_argument);
}

TEST_CASE("What is no chorale is refused with file and place", "[chorales]")
{
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"({"test": [[[1,2,3,4]], [[1,2,3,4],[1,2,3]]]})",
         "step 2 in piece 2 of \"test\" has 3 numbers"},
        {R"({"test": [[[1,2,3,4,5]]]})", "step 1 in piece 1 of \"test\" has more than four"},
        {R"({"test": [[[1,2,3,4],[]]]})", "step 2 in piece 1 of \"test\" has 0 numbers"},
        {R"({"test": [[[1,2,3,128]]]})", "step 1 in piece 1 of \"test\" holds a number that is no"},
        {R"({"test": [[[1,2,-2,3]]]})", "no MIDI pitch"},
        {R"({"test": [[[1,2,60.5,3]]]})", "no MIDI pitch"},
        {R"({"test": [[[1,2,99999999999999999999,3]]]})", "no MIDI pitch"},
        {R"({"test": [[[1,2,1e999,3]]]})", "too large"},
        {R"({"test": [[[1,2,null,3]]]})", "a number must stand"},
        {R"({"test": [[[1,2,"x",3]]]})", "a number must stand"},
        {R"({"test": [[[1,2,[3],3]]]})", "a number must stand"},
        {R"({"test": [[60, 62]]})", "piece 1 of \"test\" holds a number where a list of four"},
        {R"({"test": [[]]})", "piece 1 of \"test\" is empty"},
        {R"({"test": 7})", "\"test\" holds a number where a list of pieces"},
        {R"({"test": [{"notes": []}]})", "holds an object where"},
        {R"({"tests": [[[1,2,3,4]]]})", "a key is not"},
        {R"({"test": [[[1,2,3,4]]], "test": []})", "given twice"},
        {R"({"train": []})", "holds no piece"},
        {R"([[[1,2,3,4]]])", "an object of splits"},
        {R"({"test": [[[1,2,3,4]]]} extra)", "not valid JSON from byte 25"},
        {R"({"test": [[[1,2,3)", "not valid JSON"},
        {"", "not valid JSON"},
        {std::string("\x00\xff\xfe", 3), "not valid JSON"},
    };
    for (const auto& [text, said] : cases) {
        CAPTURE(text);
        CHECK_THAT(refusal(text), Catch::Contains(said));
        CHECK_THAT(refusal(text), Catch::Contains("\"music.json\""));
        CHECK_THAT(refusal(text), Catch::Contains("Use Jsb16thSeparated.json"));
        CHECK_THAT(refusal(text), !Catch::Contains("parse_error") && !Catch::Contains("exception"));
    }
}

TEST_CASE("A file nested too deeply is refused before anything is built", "[chorales]")
{
    CHECK_THAT(refusal("{\"test\": " + std::string(1000000, '[')), Catch::Contains("a number"));
}

TEST_CASE("A piece without end is refused", "[chorales]")
{
    std::string text = "{\"test\": [[";
    for (int i = 0; i < 100001; ++i)
        text += i == 0 ? "[60,60,60,60]" : ",[60,60,60,60]";
    CHECK_THAT(refusal(text + "]]}"), Catch::Contains("step 100001 in piece 1"));
}

TEST_CASE("Damaged bytes give chorales or one error of our own", "[chorales]")
{
    const std::string whole =
        R"({"test": [[[74, 67, 60, -1], [74.0, 67, 59, 48]]], "train": [[[1,2,3,4]]]})";
    test::RandomNumbers random(11);
    int refused = 0;
    for (int turn = 0; turn < 3000; ++turn) {
        auto text = whole;
        for (int change = random.between(1, 3); change > 0; --change)
            text[static_cast<std::size_t>(random.between(0, static_cast<int>(text.size()) - 1))] =
                static_cast<char>(random.between(0, 255));
        refused += refusal(text) != "accepted" ? 1 : 0;
    }
    CHECK(refused > 1000);
    CHECK(refused < 3000);
}

TEST_CASE("A missing file and a folder are named", "[chorales]")
{
    const test::TemporaryFolder folder;
    CHECK_THROWS_WITH(readChorales(folder / "none.json"),
                      Catch::Contains("none.json") && Catch::Contains("cannot be opened"));
    CHECK_THROWS_AS(readChorales(folder.path()), ChoraleFileError);
}

TEST_CASE("The chorales of the data set are all there", "[chorales]")
{
    const auto folder = test::realData("jsb_chorales");
    if (!folder)
        return;
    const auto splits = readChorales(*folder / "Jsb16thSeparated.json");
    const auto steps = [](const std::vector<VoiceGrid>& pieces) {
        int sum = 0;
        for (const auto& piece : pieces)
            sum += piece.steps();
        return sum;
    };
    CHECK(splits.train.size() == 229);
    CHECK(splits.valid.size() == 76);
    CHECK(splits.test.size() == 77);
    CHECK(steps(splits.train) == 55228);
    CHECK(steps(splits.valid) == 18408);
    CHECK(steps(splits.test) == 18900);
    int silences = 0, lowest = 127, highest = 0;
    for (const auto* pieces : {&splits.train, &splits.valid, &splits.test})
        for (const auto& piece : *pieces)
            for (const int pitch : piece.pitches) {
                silences += pitch == VoiceGrid::silent ? 1 : 0;
                if (pitch != VoiceGrid::silent) {
                    lowest = std::min(lowest, pitch);
                    highest = std::max(highest, pitch);
                }
            }
    CHECK(silences == 1284);
    CHECK(lowest == 36);
    CHECK(highest == 81);
    CHECK_THROWS_WITH(readChorales(*folder / "jsb-chorales-quarter.json"),
                      Catch::Contains("numbers where four voices are needed"));
}
