// Music far longer than anybody prints: it is drawn, or refused by name, and Ctrl-C ends the wait.

#include "CommandLine/Program.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <filesystem>

namespace
{

using namespace organum;
using test::run;
namespace fs = std::filesystem;

/** One note after the other, of a quarter each. */
score::Score scaleOf(int notes, int lowest, int highest, const score::Quarters& length)
{
    score::Score score;
    score.tempos.push_back({score::Quarters(0), 150000});
    score::Part part;
    for (int i = 0; i < notes; ++i)
        part.notes.push_back(
            {lowest + i % (highest - lowest + 1), 90, length * score::Quarters(i), length});
    score.parts.push_back(std::move(part));
    return score;
}

} // namespace

TEST_CASE("Four hundred bars in every pitch still get their picture", "[commands]")
{
    const test::TemporaryFolder folder;
    score::writeMidiFile(folder / "long.mid", scaleOf(1600, 0, 127, score::Quarters(1)));
    const auto drawn = run("render long.mid --only roll musicxml", folder.path().string());
    INFO(drawn.errors);
    CHECK(drawn.exitCode == 0);
    CHECK(fs::file_size(folder / "long-roll.png") > 10000);
    CHECK(fs::file_size(folder / "long.musicxml") > 10000);
}

TEST_CASE("A file of many hours is named, and its picture is offered without sound", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    score::writeMidiFile(folder / "hours.mid", scaleOf(1000, 60, 72, score::Quarters(60)));
    const auto refused = run("render hours.mid", here);
    INFO(refused.errors);
    CHECK(refused.exitCode == 1);
    CHECK(refused.errors.find("hours.mid lasts 150 minutes") != std::string::npos);
    CHECK(refused.errors.find("--only musicxml roll") != std::string::npos);
    CHECK_FALSE(fs::exists(folder / "hours-roll.png"));
    CHECK(run("render hours.mid --only musicxml roll", here).exitCode == 0);
    CHECK(fs::exists(folder / "hours-roll.png"));
}

TEST_CASE("A primer of thousands of notes does not keep --all from its pictures", "[commands]")
{
    const test::TemporaryFolder folder;
    score::writeMidiFile(folder / "primer.mid", scaleOf(15000, 60, 64, score::Quarters(1, 4)));
    const auto made = run("generate --model tiny --bars 1 --primer primer.mid --all -o on.mid",
                          folder.path().string());
    INFO(made.errors);
    CHECK(made.exitCode == 0);
    CHECK(fs::exists(folder / "on-attention.png"));
}

TEST_CASE("Ctrl-C ends a long composition and leaves nothing behind", "[commands]")
{
    const test::TemporaryFolder folder;
    const test::TemporaryFolder logs;
    const auto said = test::quoted((logs / "said").string());
    // The shell waits until the program says what it is at, interrupts, and checks the exit code.
    const auto script = test::quoted(ORGANUM_PROGRAM) +
                        " generate --model tiny --bars 256 --metre 32/1 --variations 16 -o new.mid"
                        " 2>" +
                        said + " & p=$!; while kill -0 $p && ! grep -q Composing " + said +
                        "; do sleep 0.1; done 2>/dev/null; "
                        "kill -INT $p; wait $p; test $? -eq 130 &&";
    const auto outcome = run("--version", folder.path().string(), script);
    const auto errors = test::readWholeFile(logs / "said");
    INFO(errors);
    CHECK(outcome.exitCode == 0);
    CHECK(errors.find("32768 quarter notes") != std::string::npos);
    CHECK(errors.find("interrupted; nothing was written") != std::string::npos);
    CHECK(fs::is_empty(folder.path()));
}
