#include "Support/Paths.h"
#include "Training/Report/Book.h"
#include "Training/Report/LogTable.h"
#include "Training/Report/LongestCopy.h"
#include "Training/Report/Statistics.h"
#include "Tunes.h"

#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>

using namespace organum;
using namespace organum::training;

namespace
{

std::vector<score::Element> cut(const Piece& piece, std::size_t begin, std::size_t length,
                                int shift)
{
    std::vector<score::Element> elements(piece.elements.begin() + static_cast<long>(begin),
                                         piece.elements.begin() +
                                             static_cast<long>(begin + length));
    for (auto& element : elements)
        for (auto& pitch : element.pitches)
            pitch += shift;
    return elements;
}

} // namespace

TEST_CASE("A report that is interrupted leaves nothing, and an older one as it was", "[report]")
{
    // Ctrl-C left a folder ".unfinished", which nobody knew what to do with.
    test::TemporaryFolder folder;
    const auto place = folder / "reports" / "new";
    const auto signal = GENERATE(SIGINT, SIGTERM);
    {
        Book book(place);
        book.line("# Report");
        std::ofstream(book.file("half.txt")) << "half";
        std::raise(signal);
        CHECK_THROWS_AS(book.line("more"), InterruptedError);
        CHECK_THROWS_AS(book.file("more.txt"), InterruptedError);
        CHECK_THROWS_AS(book.publish(), InterruptedError);
    }
    CHECK_FALSE(std::filesystem::exists(folder / "reports"));

    {
        Book older(place);
        older.line("older");
        older.publish();
    }
    {
        Book book(place);
        std::raise(signal);
        CHECK_THROWS_AS(book.line("newer"), InterruptedError);
    }
    CHECK(test::readWholeFile(place / "report.md") == "older\n");
    CHECK_FALSE(std::filesystem::exists(place / ".unfinished"));
}

TEST_CASE("The longest copied span is found in whatever key", "[report]")
{
    // tune() says everything twice, so only a copy from the middle has one place of origin.
    const auto source = test::piece("source", test::tune(1));
    const auto other = test::piece("other", test::tune(2));
    const auto half = source.elements.size() / 2;
    auto music = cut(source, half - 6, 12, 5);
    const score::Element foreign{{20, 21, 22}, {}, score::Quarters(5, 7)};
    music.insert(music.begin(), 3, foreign);
    music.push_back(foreign);
    const auto copy = longestCopy(music, {&other, &source});
    CHECK(copy.length == 12);
    CHECK(copy.begin == 3);
    CHECK(copy.piece == 1);
    CHECK(copy.pieceBegin == half - 6);
    CHECK(copy.shift == 5);
}

TEST_CASE("A copy ends where the interval changes; rests belong to both sides", "[report]")
{
    const score::Quarters quarter(1, 4);
    const auto note = [&](int pitch) { return score::Element{{pitch}, {}, quarter}; };
    const score::Element rest{{}, {}, quarter};
    Piece piece;
    piece.elements = {note(60), note(62), rest, note(64), note(65), note(67)};
    const auto copy =
        longestCopy({note(60), note(62), rest, note(65), note(66), note(68)}, {&piece});
    CHECK(copy.length == 4);
    CHECK(copy.begin == 2);
    CHECK(copy.shift == 1);
    CHECK(longestCopy({note(1), score::Element{{60}, {}, score::Quarters(9)}}, {}).length == 0);
}

TEST_CASE("Statistics are shares of notes, durations and steps", "[report]")
{
    const score::Quarters half(1, 2), one(1);
    const auto statistics =
        statisticsOf({{{{60}, {}, half}, {{}, {}, half}, {{62, 66}, {}, one}, {{60}, {}, half}}});
    CHECK(statistics.elements == 4);
    CHECK(statistics.rests == Approx(0.25));
    CHECK(statistics.chords == Approx(1.0 / 3.0));
    CHECK(statistics.elementsPerQuarter == Approx(4.0 / 2.5));
    CHECK(statistics.lowest == 60);
    CHECK(statistics.highest == 66);
    CHECK(statistics.pitchClasses.at(0) == Approx(0.5));
    CHECK(statistics.durations.at("1/2") == Approx(0.75));
    CHECK(statistics.steps.at(2) == Approx(0.5));
    CHECK(statistics.diatonic == Approx(1.0)); // C, D, F#: G major
    CHECK(statisticsOf({{{{60, 61, 62}, {}, one}}}).diatonic == Approx(2.0 / 3.0));
    CHECK(totalVariation(statistics.steps, statistics.steps) == 0.0);
    CHECK(totalVariation(std::map<int, double>{{0, 1.0}}, std::map<int, double>{{1, 1.0}}) == 1.0);
}

TEST_CASE("A log is read up to its last whole row", "[report]")
{
    test::TemporaryFolder folder;
    std::ofstream(folder / "log.csv") << "epoch,train_sum\n1,4.5\n2,3.25\n3,";
    const auto log = readLog(folder / "log.csv");
    REQUIRE(log.column("train_sum"));
    CHECK(*log.column("train_sum") == std::vector<double>{4.5, 3.25});
    CHECK_FALSE(log.column("other"));
    CHECK(readLog(folder / "none.csv").names.empty());
}
