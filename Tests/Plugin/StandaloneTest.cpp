// The standalone program from outside, on machines without display, sound card or MIDI.

#include "Workbench.h"

using organum::test::CommandResult;
using organum::test::runCommand;
using organum::test::setVariable;
using organum::test::Workbench;

namespace
{

CommandResult standalone(const std::string& arguments)
{
    return runCommand(std::string("env -u DISPLAY '") + ORGANUM_STANDALONE + "' " + arguments +
                      " 2>&1");
}

bool says(const CommandResult& result, const std::string& words)
{
    INFO(result.output);
    return result.output.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("the standalone without a display says what to do instead of crashing")
{
    const auto result = standalone("");
    CHECK(result.status == 1);
    CHECK(says(result, "--no-window"));
}

TEST_CASE("the standalone refuses options and times it does not know")
{
    CHECK(standalone("--help").status == 0);
    CHECK(says(standalone("--version"), "Organum "));
    CHECK(standalone("--bogus").status == 2);
    for (const std::string seconds : {"", "0", "-3", "nan", "word", "1e9"}) {
        INFO(seconds);
        CHECK(standalone("--no-window " + seconds).status == 2);
    }
}

TEST_CASE("the standalone composes and plays without a window, and ends by itself")
{
    const Workbench bench;
    const auto result = standalone("--no-window 0.3");
    CHECK(result.status == 0);
    CHECK(says(result, "Playing 16 bars, 128 notes by Model plain"));
}

// It ended at once, and its notes hung in whatever listened to its port.
TEST_CASE("a signal ends the standalone without a window in order")
{
    const Workbench bench;
    for (const std::string name : {"INT", "TERM", "HUP"}) {
        INFO(name);
        // Once it plays, which on a busy machine may take a while.
        const std::string said = (bench.folder / ("said-" + name)).string();
        const auto result = runCommand(
            "env -u DISPLAY --default-signal=INT '" + std::string(ORGANUM_STANDALONE) +
            "' --no-window 60 >'" + said +
            "' 2>&1 & application=$!; for i in $(seq 300); do grep -q Playing '" + said +
            "' && break; sleep 0.1; done; sleep 0.3; kill -s " + name +
            " $application; wait $application; status=$?; cat '" + said + "'; exit $status");
        CHECK(result.status > 128);
        CHECK(says(result, "Playing 16 bars"));
        CHECK(says(result, "Stopped; every note has ended."));
    }
}

// It crashed where DISPLAY named a screen that was not there, as after a lost ssh session.
TEST_CASE("without a display that can be opened the standalone says so and fails")
{
    const Workbench bench;
    for (const std::string display :
         {"-u DISPLAY", "DISPLAY=", "DISPLAY=:987", "DISPLAY=nowhere:5"}) {
        INFO(display);
        const auto result =
            runCommand("env " + display + " timeout 60 '" + ORGANUM_STANDALONE + "' 2>&1");
        CHECK(result.status == 1);
        CHECK(says(result, "needs a display"));
        CHECK(says(result, "--no-window"));
    }
}

TEST_CASE("the standalone without an engine says so and fails")
{
    const Workbench bench;
    setVariable("ORGANUM_ENGINE", "/nowhere/engine.so");
    const auto result = standalone("--no-window 0.3");
    CHECK(result.status == 1);
    CHECK(says(result, "engine was not found"));
}
