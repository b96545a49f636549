// `organum generate` with a model of several voices: tracks, knobs, locks, and what is refused.

#include "../Engine/TinyVoices.h"
#include "CommandLine/Desk.h"
#include "CommandLine/Program.h"
#include "Score/MidiFile.h"

#include <catch2/catch.hpp>

namespace
{

using namespace organum;
using nlohmann::json;
using test::BadCall;
namespace fs = std::filesystem;

/** A desk with a tiny choir beside the other things. */
struct Choir
{
    Choir()
    {
        auto bundle = test::TinyMuseGan{}.make();
        bundle.metadata.config =
            R"({"bars":2,"noise":32,"generatorWidth":32,"voices":[)"
            R"({"name":"Soprano","lowest":60,"highest":81},{"name":"Alto","lowest":52,"highest":74},)"
            R"({"name":"Tenor","lowest":46,"highest":69},{"name":"Bass","lowest":36,"highest":66}]})";
        bundle::writeBundle(desk / "choir.organum", bundle);
    }
    test::Outcome generate(const std::string& options, const std::string& file = "out.mid") const
    {
        const auto made = test::run(
            "generate --model choir.organum --bars 4 -o " + file + " " + options, desk.path());
        INFO(made.errors);
        CHECK(made.exitCode == 0);
        return made;
    }
    std::string bytes(const std::string& options) const
    {
        generate(options);
        return test::readWholeFile(desk / "out.mid");
    }
    score::Score score(const std::string& options) const
    {
        generate(options);
        return score::readMidiFile(desk / "out.mid").score;
    }

    const test::Desk desk;
};

} // namespace

TEST_CASE("Four voices are written as four named tracks on channels of their own", "[voices]")
{
    const Choir choir;
    const auto score = choir.score("--seed 3");
    REQUIRE(score.parts.size() == 4);
    const char* names[] = {"Soprano", "Alto", "Tenor", "Bass"};
    for (int voice = 0; voice < 4; ++voice) {
        const auto& part = score.parts[static_cast<std::size_t>(voice)];
        CHECK(part.name == names[voice]);
        CHECK(part.channel == voice);
        CHECK(part.program == 52); // the model's own
        CHECK_FALSE(part.notes.empty());
    }
    CHECK(score.end() <= score::Quarters(16));
    CHECK(score.tempos.at(0).microsecondsPerQuarter == Approx(909091).margin(1));
    CHECK(choir.score("--seed 3 --program 19 --tempo 100").parts.at(2).program == 19);
    CHECK(choir.bytes("--seed 3") == choir.bytes("--seed 3"));
    CHECK(choir.bytes("--seed 3") != choir.bytes("--seed 4"));
}

TEST_CASE("A knob has an idea of its own, and a second one to move towards", "[voices]")
{
    const Choir choir;
    const auto plain = choir.bytes("--seed 3 --rules 0");
    // A knob that is given the seed it would have had anyway changes nothing.
    CHECK(choir.bytes("--seed 3 --rules 0 --chords-seed 3 --melody-seed 3") == plain);
    CHECK(choir.bytes("--seed 3 --rules 0 --chords-seed 8") != plain);
    CHECK(choir.bytes("--seed 3 --rules 0 --style-seed-b 8 --style-morph 0") == plain);
    CHECK(choir.bytes("--seed 3 --rules 0 --style-seed-b 8 --style-morph 1") ==
          choir.bytes("--seed 3 --rules 0 --style-seed 8"));
    // All melodies at once, but for the bass.
    CHECK(choir.bytes("--seed 3 --rules 0 --melody-seed 8 --melody-bass-seed 3") ==
          choir.bytes("--seed 3 --rules 0 --melody-soprano-seed 8 --melody-alto-seed 8 "
                      "--melody-tenor-seed 8"));
    const auto before = choir.score("--seed 3 --rules 0");
    const auto after =
        choir.score("--seed 3 --rules 0 --melody-alto-seed 99 --groove-alto-seed 98");
    for (std::size_t voice = 0; voice < 4; ++voice)
        CHECK((before.parts[voice].notes == after.parts[voice].notes) == (voice != 1));
}

TEST_CASE("Locked voices and bars come back from the file they are kept from", "[voices]")
{
    const Choir choir;
    choir.generate("--seed 3", "first.mid");
    const auto first = score::readMidiFile(choir.desk / "first.mid").score;
    const auto second =
        choir.score("--seed 5 --lock-voice soprano,bass --lock-bars 1-2,4 --lock-from first.mid");
    const auto inBars = [](const score::Part& part, int from, int to) {
        std::vector<score::Note> notes;
        for (const auto& note : part.notes)
            if (note.onset >= score::Quarters(4 * from) && note.onset < score::Quarters(4 * to))
                notes.push_back(note);
        return notes;
    };
    for (const std::size_t voice : {0u, 3u})
        CHECK(inBars(first.parts[voice], 0, 2) == inBars(second.parts[voice], 0, 2));
    CHECK(inBars(first.parts[1], 0, 2) != inBars(second.parts[1], 0, 2));
    CHECK(choir.bytes("--seed 9 --lock-from first.mid") ==
          test::readWholeFile(choir.desk / "first.mid"));
}

TEST_CASE("A file that ends before the locked bars is said to keep silence", "[voices]")
{
    const Choir choir;
    REQUIRE(test::run("generate --model choir.organum --bars 2 --seed 3 -o short.mid",
                      choir.desk.path())
                .exitCode == 0);
    const auto made =
        choir.generate("--seed 5 --lock-voice soprano --lock-from short.mid", "long.mid");
    CHECK_THAT(made.errors, Catch::Matchers::Contains("no notes for Soprano after bar 2"));
    const auto whole = choir.generate("--seed 5 --lock-bars 1-2 --lock-from short.mid", "bars.mid");
    CHECK(whole.errors == "");
}

TEST_CASE("Of several voices --json counts each, and --all shows what was in mind", "[voices]")
{
    const Choir choir;
    const auto made = choir.generate("--seed 3 --json --all", "all.mid");
    const auto answer = json::parse(made.output);
    const auto take = answer["takes"][0];
    CHECK_FALSE(take.contains("nats_per_element"));
    CHECK(take["own_choice_percent"].get<double>() > 0.0);
    CHECK(take["own_choice_percent"].get<double>() <= 100.0);
    int notes = 0;
    for (const char* name : {"Soprano", "Alto", "Tenor", "Bass"})
        notes += take["voices"][name].get<int>();
    CHECK(notes == take["notes"].get<int>());
    for (const char* ending : {".mid", ".wav", ".musicxml", "-roll.png", "-activation.png"})
        CHECK(fs::exists(choir.desk / ("all" + std::string(ending))));
    CHECK_FALSE(fs::exists(choir.desk / "all-attention.png"));

    const auto models = test::run("models --json", choir.desk.path(), "ORGANUM_MODELS=.");
    const auto list = json::parse(models.output)["models"];
    const auto found = std::find_if(list.begin(), list.end(),
                                    [](const json& model) { return model["name"] == "choir"; });
    REQUIRE(found != list.end());
    CHECK((*found)["voices"][3]["name"] == "Bass");
    CHECK_THAT(test::run("models", choir.desk.path(), "ORGANUM_MODELS=.").output,
               Catch::Contains("voices: Soprano C4 to A5, Alto"));
}

TEST_CASE("The shipped chorales have macros that every command knows", "[voices]")
{
    const test::Desk desk;
    const auto models = test::run("models --json", desk.path(), "ORGANUM_MODELS=.");
    const auto list = json::parse(models.output)["models"];
    const auto found = std::find_if(list.begin(), list.end(), [](const json& model) {
        return model["name"] == "bach-chorales";
    });
    REQUIRE(found != list.end());
    const auto macros = (*found)["macros"];
    REQUIRE(macros.size() >= 3);
    REQUIRE(macros[0]["name"] == "density");
    CHECK(macros[0]["means"].size() == 5);
    CHECK_THAT(test::run("models", desk.path(), "ORGANUM_MODELS=.").output,
               Catch::Contains("macros: density, "));
    const auto bytes = [&](const std::string& options) {
        const auto made = test::run(
            "generate --model bach-chorales --bars 2 --seed 3 -o new.mid " + options, desk.path());
        INFO(made.errors);
        CHECK(made.exitCode == 0);
        return test::readWholeFile(desk / "new.mid");
    };
    const auto plain = bytes("");
    CHECK(bytes("--macro density=0") == plain);
    CHECK(bytes("--macro density=1") != plain);
    CHECK(bytes("--macro Density=1") == bytes("--macro density=1"));
    const auto notes = [&](const std::string& value) {
        const auto made = test::run("metrics bach-chorales --pieces 4 --bars 4 --json --macro "
                                    "density=" +
                                        value,
                                    desk.path());
        INFO(made.errors);
        REQUIRE(made.exitCode == 0);
        return json::parse(made.output)["sets"][0]["metrics"]["notes_per_bar"]["together"]
            .get<double>();
    };
    CHECK(notes("-1") < notes("0"));
    CHECK(notes("0") < notes("1"));
    desk.checkRefused(
        {{"an unknown macro",
          "generate --model bach-chorales --macro swing=1 -o new.mid",
          2,
          {"'swing'", "density"},
          ""},
         {"a macro without a value",
          "generate --model bach-chorales --macro density -o new.mid",
          2,
          {"NAME=VALUE"},
          ""},
         {"a macro of 2", "metrics bach-chorales --macro density=2", 2, {"from -1 to 1"}, ""},
         {"a macro of a model without",
          "metrics tiny.organum --macro density=1",
          2,
          {"'density'", "none"},
          ""}});
}

TEST_CASE("Macros are looked for only where they can be", "[bad-input]")
{
    const Choir choir;
    choir.desk.checkRefused(
        {{"a model of one voice",
          "macros tiny.organum -o new.organum",
          1,
          {"musegan-conditional"},
          ""},
         {"the book's MuseGAN",
          "macros choir.organum -o new.organum",
          1,
          {"musegan-conditional"},
          ""},
         {"a missing bundle", "macros none.organum -o new.organum", 1, {"none.organum"}, ""},
         {"an output below nothing", "macros choir.organum -o none/new.organum", 1, {"none"}, ""},
         {"an output that is a folder",
          "macros choir.organum -o empty",
          2,
          {"empty", ".organum"},
          ""},
         {"no output", "macros choir.organum", 2, {"output"}, ""},
         {"one piece", "macros choir.organum -o new.organum --pieces 1", 2, {"--pieces"}, ""}});
}

TEST_CASE("What a model does not have is refused by name", "[bad-input]")
{
    const Choir choir;
    choir.generate("--seed 3", "first.mid");
    const std::string choral = "generate --model choir.organum --bars 4 -o new.mid ";
    const std::string single = "generate --model tiny.organum --bars 4 -o new.mid ";
    std::vector<BadCall> calls;
    const auto add = [&calls](const std::string& arguments, int code,
                              const std::vector<std::string>& said) {
        calls.push_back({arguments, arguments, code, said, ""});
    };
    for (const std::string option :
         {"--chords-seed 3", "--melody-morph 0.5", "--groove-bass-seed-b 2", "--rules 0.5",
          "--decoder argmax", "--join bars", "--lock-voice bass", "--lock-bars 1",
          "--lock-from first.mid", "--macro density=1"})
        add(single + option, 2, {option.substr(0, option.find(' ')), "one voice"});
    for (const std::string option :
         {"--temperature 0.9", "--pitch-temperature 1", "--top-p 0.9", "--duration-temperature 2",
          "--sampler stream", "--primer first.mid"})
        add(choral + option, 2, {option.substr(0, option.find(' ')), "does not heed"});
    add(choral + "--metre 3/4", 2, {"3/4", "4/4"});
    add(choral + "--rules 1.5", 2, {"--rules", "0 to 1"});
    add(choral + "--rules nan", 2, {"--rules", "0 to 1"});
    add(choral + "--chords-morph -0.1", 2, {"--chords-morph", "0 to 1"});
    add(choral + "--chords-morph 0.5", 2, {"--chords-morph", "--chords-seed-b"});
    add(choral + "--melody-seed-b 4", 2, {"--melody-seed-b", "--melody-morph"});
    add(choral + "--chords-seed -1", 2, {"--chords-seed", "2^64"});
    add(choral + "--decoder best", 2, {"--decoder", "threshold"});
    add(choral + "--join never", 2, {"--join", "held"});
    add(choral + "--lock-voice bass", 2, {"--lock-voice", "--lock-from"});
    add(choral + "--lock-bars 1", 2, {"--lock-bars", "--lock-from"});
    add(choral + "--lock-voice cello --lock-from first.mid", 2, {"'cello'", "soprano, alto"});
    for (const std::string bars : {"0", "2-1", "1-", "x", "1,,2", "1-2,", "-1"})
        add(choral + "--lock-from first.mid --lock-bars=" + bars, 2, {"--lock-bars", "like 1-2,5"});
    add(choral + "--lock-from first.mid --lock-bars 3-5", 2, {"--lock-bars", "4 bars"});
    score::Score waltz = score::readMidiFile(choir.desk / "first.mid").score;
    waltz.metres = {{{0, 1}, 3, 4}};
    score::writeMidiFile(choir.desk / "waltz.mid", waltz);
    add(choral + "--lock-from waltz.mid", 1, {"waltz.mid", "3/4", "4/4"});
    add(choral + "--lock-from none.mid", 1, {"none.mid"});
    add(choral + "--lock-from high.mid", 1, {"high.mid", "soprano, alto, tenor, bass"});
    add(choral + "--macro density=1", 2, {"--macro", "'density'", "none"});
    add(choral + "--lowest C7", 2, {"Soprano"});
    choir.desk.checkRefused(calls);
}
