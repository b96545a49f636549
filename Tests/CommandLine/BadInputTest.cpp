// What each kind of bad input gets: one clear message, a non-zero exit code, nothing half-written
// and nothing existing destroyed. The README's table says the same. Holds for root too: what must
// be unwritable is a path below a regular file, what must be full is /dev/full or a size limit.

#include "CommandLine/Desk.h"

#include <catch2/catch.hpp>

namespace
{

using namespace organum;

const std::string generate = "generate --model tiny.organum --bars 2 ";

std::vector<test::BadCall> cases()
{
    return {
        {"no command", "", 2, {"subcommand"}, ""},
        {"an unknown command", "compose", 2, {"compose"}, ""},
        {"an unknown option", generate + "--loudness 3", 2, {"--loudness"}, ""},
        {"0 bars", "generate --model tiny.organum --bars 0", 2, {"--bars", "1 to 256"}, ""},
        {"10,000 bars",
         "generate --model tiny.organum --bars 10000",
         2,
         {"--bars", "1 to 256"},
         ""},
        {"bars that are no number", "generate --model tiny.organum --bars many", 2, {"--bars"}, ""},
        {"a temperature of NaN", generate + "--temperature nan", 2, {"--temperature"}, ""},
        {"a temperature of 0", generate + "--temperature 0", 2, {"--temperature", "0.05"}, ""},
        {"an unknown scale", generate + "--scale bananas", 2, {"--scale", "major"}, ""},
        {"an unknown key", generate + "--key H9", 2, {"--key", "H9"}, ""},
        {"a metre that is none", generate + "--metre 4-4", 2, {"--metre", "3/4"}, ""},
        {"lowest above highest", generate + "--lowest C5 --highest C3", 2, {"--lowest"}, ""},
        {"an output that is no MIDI file", generate + "-o out.wav", 2, {"out.wav", ".mid"}, ""},

        {"an unknown model", "generate --model nobody --bars 2", 1, {"nobody", "tiny"}, ""},
        {"a bundle of a newer version",
         "generate --model newer.organum",
         1,
         {"newer.organum", "newer"},
         ""},
        {"a truncated bundle", "generate --model cut.organum", 1, {"cut.organum"}, ""},
        {"a bundle that is none", "generate --model text.organum", 1, {"text.organum"}, ""},
        {"NaN weights", "generate --model nan.organum", 1, {"nan.organum", "not a number"}, ""},
        {"weights of 3e38", "generate --model huge.organum", 1, {"huge.organum", "a million"}, ""},
        {"an output below a regular file", generate + "-o file/new.mid", 1, {"file"}, ""},
        {"a full disk", generate + "-o /dev/full", 1, {"/dev/full", "space"}, ""},
        {"a file size limit",
         generate + "--all -o old.mid",
         1,
         {"old", "File too large"},
         "ulimit -f 16;"},
        {"a missing primer", generate + "--primer none.mid", 1, {"none.mid"}, ""},
        {"a damaged primer", generate + "--primer bad.mid", 1, {"bad.mid"}, ""},
        {"a silent primer", generate + "--primer silent.mid", 1, {"silent.mid", "no notes"}, ""},
        {"a primer out of range",
         generate + "--primer high.mid -o old.mid",
         1,
         {"high.mid", "G9"},
         ""},
        {"a primer's part that is not there",
         generate + "--primer high.mid --primer-parts 7",
         1,
         {"7"},
         ""},
        {"a missing SoundFont",
         generate + "--all --soundfont none.sf2 -o old.mid",
         1,
         {"none.sf2"},
         ""},
        {"a SoundFont that is none",
         generate + "--all --soundfont file -o old.mid",
         1,
         {"SoundFont"},
         ""},

        {"rendering what is no MIDI", "render bad.mid -o out", 1, {"bad.mid"}, ""},
        {"rendering a missing file", "render none.mid -o out", 1, {"none.mid"}, ""},
        {"rendering silence", "render silent.mid -o out", 1, {"silent.mid", "no notes"}, ""},
        {"rendering below a regular file", "render high.mid -o file", 1, {"file"}, ""},
        {"a rate out of range", "render high.mid --rate 1", 2, {"--rate", "8000"}, ""},

        {"playing nothing", "play", 2, {"--model", "--list"}, ""},
        {"playing two things", "play high.mid --model tiny.organum", 2, {"--model"}, ""},
        {"playing to two ports", "play high.mid --port 1 --virtual new", 2, {"--port"}, ""},
        {"playing at no tempo", "play high.mid --tempo 0", 2, {"--tempo", "10 to 400"}, ""},
        {"a tempo against a clock", "play high.mid --tempo 90 --sync", 2, {"--sync"}, ""},
        {"a clock against a clock", "play high.mid --clock --sync", 2, {"--sync"}, ""},
        {"a clock's port without a clock", "play high.mid --sync-from 1", 2, {"--sync"}, ""},
        {"bars of a file", "play high.mid --bars 4", 2, {"--bars", "--model"}, ""},
        {"playing what is no MIDI", "play bad.mid", 1, {"bad.mid"}, ""},
        {"playing a missing file", "play none.mid", 1, {"none.mid"}, ""},
        {"playing silence", "play silent.mid", 1, {"silent.mid", "no notes"}, ""},
        {"playing without a MIDI system",
         "play high.mid",
         1,
         {"JACK", "ALSA"},
         "JACK_DEFAULT_SERVER=organum-nobody"},

        {"training on an empty folder",
         "train attention-lstm --data empty --run new",
         1,
         {"empty", "MIDI"},
         ""},
        {"training on a folder without MIDI",
         "train attention-lstm --data nomidi --run new",
         1,
         {"nomidi", "MIDI"},
         ""},
        {"training where all files are bad",
         "train attention-lstm --data allbad --run new",
         1,
         {"one.mid", "two.mid"},
         ""},
        {"training on a missing folder",
         "train attention-lstm --data none --run new",
         1,
         {"none"},
         ""},
        {"training below a regular file",
         "train attention-lstm --data allbad --run file/new",
         1,
         {},
         ""},
        {"training into another run", "train attention-lstm --data allbad --run run", 1, {}, ""},
        {"training an unknown model",
         "train perceptron --data allbad --run new",
         1,
         {"perceptron", "attention-lstm"},
         ""},
        {"training without data", "train attention-lstm --run new", 2, {"--data"}, ""},
        {"an unknown recipe",
         "train attention-lstm --data allbad --run new --recipe soup",
         1,
         {"soup"},
         ""},
        {"a setting without value",
         "train attention-lstm --data allbad --run new --set attention",
         2,
         {"--set", "attention=off"},
         ""},

        {"evaluating an unknown model", "evaluate nobody --data allbad", 1, {"nobody"}, ""},
        {"evaluating an unknown split",
         "evaluate tiny.organum --data allbad --split new",
         2,
         {"--split"},
         ""},
        {"evaluating without the files", "evaluate tiny.organum --data empty", 1, {"empty"}, ""},
        {"a report below a regular file",
         "report tiny.organum -o file/report",
         1,
         {"file", "Not a directory"},
         ""},
    };
}

} // namespace

TEST_CASE("Bad input gets a clear message, an exit code, and changes nothing", "[bad-input]")
{
    test::Desk().checkRefused(cases());
}
