// Values of options that look harmless and once did something else than what was typed.

#include "CommandLine/Desk.h"
#include "CommandLine/Program.h"
#include "Score/MidiFile.h"

#include <catch2/catch.hpp>

namespace
{

using namespace organum;
using test::BadCall;
namespace fs = std::filesystem;

const std::string generate = "generate --model tiny.organum --bars 2 ";
const std::string train = "train attention-lstm --run new ";

std::string tinyMusic()
{
    return "--data " + test::quoted((fs::path(ORGANUM_TEST_MODELS) / "../music").string()) + " ";
}

} // namespace

TEST_CASE("A seed that does not fit is refused and not quietly replaced by another", "[bad-input]")
{
    std::vector<BadCall> calls;
    for (const std::string seed : {"-1", "18446744073709551616", "1x", "1.5", "0x10", "' 7'"})
        calls.push_back(
            {"a seed of " + seed, generate + "--seed " + seed, 2, {"--seed", "2^64 - 1"}, ""});
    for (const auto& command :
         {train + "--data allbad", std::string("evaluate tiny.organum --data allbad"),
          std::string("report tiny.organum -o new")})
        calls.push_back({"a negative seed",
                         command + " --seed -1",
                         2,
                         {"--seed", "'-1'", "18446744073709551615"},
                         ""});
    test::Desk().checkRefused(calls);
}

TEST_CASE("The largest seed is one, and zeros in front of a seed mean nothing", "[bad-input]")
{
    const test::Desk desk;
    const auto notesOf = [&desk](const std::string& seed) {
        const auto made = test::run(generate + "-o seed.mid --seed " + seed, desk.path());
        INFO(made.errors);
        CHECK(made.exitCode == 0);
        return test::readWholeFile(desk / "seed.mid");
    };
    CHECK_FALSE(notesOf("18446744073709551615").empty());
    const auto ten = notesOf("10");
    CHECK(notesOf("010") == ten);
    CHECK(notesOf("8") != ten);
}

TEST_CASE("A number with a zero in front is refused where it would count in eights", "[bad-input]")
{
    test::Desk().checkRefused(
        {{"octal bars", "generate --model tiny.organum --bars 010", 2, {"--bars", "'010'"}, ""}});
}

TEST_CASE("A shell variable that is empty is not taken for an option left out", "[bad-input]")
{
    std::vector<BadCall> calls;
    const auto add = [&calls](const std::string& option, const std::string& arguments) {
        calls.push_back({"an empty " + option, arguments, 2, {option, "empty"}, ""});
    };
    for (const std::string option : {"--metre", "--primer", "--output", "--soundfont"})
        add(option, generate + option + " ''");
    add("--primer-parts", generate + "--primer high.mid --primer-parts ''");
    add("--data", train + "--data ''");
    add("--split", train + "--data allbad --split ''");
    add("--output", "report tiny.organum -o ''");
    test::Desk().checkRefused(calls);
}

TEST_CASE("What is said about a primer needs a primer", "[bad-input]")
{
    test::Desk().checkRefused(
        {{"no primer to write", generate + "--with-primer", 2, {"--with-primer", "--primer"}, ""},
         {"no primer with parts",
          generate + "--primer-parts melody",
          2,
          {"--primer-parts", "requires --primer"},
          ""}});
}

TEST_CASE("A primer in 3/64 is named, and --metre is offered", "[bad-input]")
{
    test::Desk desk;
    score::Score score;
    score.metres.push_back({score::Quarters(0), 3, 64});
    score.parts.push_back({"", 0, 0, {{60, 90, score::Quarters(0), score::Quarters(1)}}});
    score::writeMidiFile(desk / "short-bars.mid", score);
    desk.checkRefused({{"a metre of the primer that nothing can be composed in",
                        generate + "--primer short-bars.mid",
                        1,
                        {"short-bars.mid", "3/64", "--metre"},
                        ""}});
    const auto composed =
        test::run(generate + "--primer short-bars.mid --metre 3/4 -o on.mid", desk.path());
    INFO(composed.errors);
    CHECK(composed.exitCode == 0);
}

TEST_CASE("A folder or an empty device where a file belongs is called what it is", "[bad-input]")
{
    test::Desk desk;
    test::writeFile(desk / "trained/model.organum", "");
    test::writeFile(desk / "open.json", "{\n\"train\": [\n");
    test::writeFile(desk / "latin.json", "{\n\"train\": [\"\xe9tude\"]}");
    test::writeFile(desk / "half.json", "{\"train\": [\"tune0\"]}");
    const auto split = train + tinyMusic() + "--split ";
    desk.checkRefused({
        {"a folder as model", "generate --model empty", 1, {"empty is a folder"}, ""},
        {"a run as model", "generate --model trained", 1, {"trained/model.organum"}, ""},
        {"nothing as model", "generate --model /dev/null", 1, {"/dev/null", "device"}, ""},
        {"a folder as primer", generate + "--primer empty", 1, {"empty", "is a folder"}, ""},
        {"nothing as primer", generate + "--primer /dev/null", 1, {"/dev/null", "is empty"}, ""},
        {"rendering a folder", "render empty", 1, {"empty", "is a folder"}, ""},
        {"rendering nothing", "render /dev/null", 1, {"/dev/null", "is empty"}, ""},
        {"a folder as SoundFont", "render high.mid --soundfont empty", 1, {"empty is no"}, ""},
        {"a folder as split", split + "empty", 1, {"split file empty", "is a folder"}, ""},
        {"nothing as split", split + "/dev/null", 1, {"/dev/null", "is empty"}, ""},
        {"a split that breaks off", split + "open.json", 1, {"open.json", "line 3"}, ""},
        {"a split in Latin-1", split + "latin.json", 1, {"latin.json", "line 2"}, ""},
        {"half a split", split + "half.json", 1, {"half.json", "\"validation\" is missing"}, ""},
    });
}

TEST_CASE("An ending without a name makes no hidden folder", "[bad-input]")
{
    test::Desk().checkRefused(
        {{"no name", generate + "-o .mid", 2, {"-o .mid", "new.mid"}, ""},
         {"no name in a folder", generate + "-o empty/.midi", 2, {"empty/.midi"}, ""}});
}

TEST_CASE("A name too long for the disk is called that, and one that fits is written",
          "[bad-input]")
{
    const test::Desk desk;
    const std::string tooLong(300, 'n');
    desk.checkRefused({
        {"a long file", generate + "-o " + tooLong + ".mid", 1, {"304 bytes", "255"}, ""},
        {"a long folder", generate + "-o " + tooLong, 1, {"File name too long"}, ""},
        {"a long model", "generate --model " + tooLong, 1, {"no model"}, ""},
        {"a long primer", generate + "--primer " + tooLong, 1, {"File name too long"}, ""},
        {"a long report", "report tiny.organum -o " + tooLong, 1, {"File name too long"}, ""},
        {"a long run", "evaluate " + tooLong + " --data empty", 1, {"no model"}, ""},
    });
    const auto longest = std::string(251, 'n') + ".mid";
    CHECK(test::run(generate + "-o " + longest, desk.path()).exitCode == 0);
    CHECK(fs::exists(desk / longest));
}

TEST_CASE("A bad SoundFont gets one sentence of ours and none of the library's", "[bad-input]")
{
    test::Desk desk;
    test::writeFile(desk / "hollow.sf2", std::string("RIFF\x10\0\0\0sfbkLIST\0\0\0\0", 20));
    for (const std::string font : {"file", "hollow.sf2"}) {
        const auto outcome = test::run("render high.mid --soundfont " + font, desk.path());
        INFO(outcome.errors);
        CHECK(outcome.exitCode == 1);
        CHECK(outcome.errors.find(font) != std::string::npos);
        CHECK(std::count(outcome.errors.begin(), outcome.errors.end(), '\n') == 1);
    }
}

TEST_CASE("Hours of sound are refused before they are composed", "[bad-input]")
{
    test::Desk().checkRefused({{"six hours with --all",
                                "generate --model tiny.organum --bars 256 --metre 32/1 --all",
                                2,
                                {"--bars 256", "364 minutes", "at most 120"},
                                ""}});
}
