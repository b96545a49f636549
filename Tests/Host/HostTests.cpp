// The built bundles in a host of our own, through the formats' plain entry points.

#include "Host/Playing.h"
#include "Support/RealtimeGuard.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace
{

using namespace organum::host;
namespace fs = std::filesystem;

void playsInTime(Format format, const std::string& name)
{
    auto plugin = open(format, name);
    REQUIRE(plugin->name() == name);
    Roll roll(*plugin, {256}, 120.0);
    REQUIRE(compose(*plugin, roll, 7));

    const auto notes = oneLoop(roll);
    REQUIRE(notes.size() >= 4);
    for (const auto& note : notes) {
        CAPTURE(note.onset, note.end, note.pitch);
        const double grid = note.onset * 48.0; // every note value a model may know
        CHECK(std::abs(grid - std::round(grid)) / 48.0 < samples(1.5, 120.0));
        CHECK(note.end > note.onset);
        CHECK(note.velocity > 0.0F);
    }

    SECTION("the loop repeats itself bar for bar")
    {
        roll.forget();
        roll.locate(0.0);
        roll.play(2.0 * loopQuarters - 1.0e-6);
        roll.stand(1);
        std::vector<HeardNote> second;
        for (const auto& note : sorted(roll.heard()))
            if (note.onset >= loopQuarters - samples(2, 120.0) &&
                note.onset < 2.0 * loopQuarters - 1e-3)
                second.push_back(note);
        requireSameMusic(notes, second, loopQuarters, samples(3, 120.0));
    }
    SECTION("any block lengths and any tempo give the same music in quarter notes")
    {
        for (const auto& lengths :
             {std::vector<int>{64}, std::vector<int>{1, 17, 64, 500, 3}, std::vector<int>{1024}}) {
            for (const double bpm : {53.0, 241.5}) {
                Roll other(*plugin, lengths, bpm);
                CAPTURE(lengths, bpm);
                requireSameMusic(notes, oneLoop(other), 0.0, samples(3, bpm) + samples(3, 120.0));
                requireNoFaults(other);
            }
        }
    }
    SECTION("a jump ends what sounds before anything new begins")
    {
        roll.forget();
        roll.locate(0.0);
        roll.play(3.3);
        roll.locate(9.7);
        roll.play(2.0);
        roll.locate(1.2);
        roll.play(1.0);
        roll.stand(1);
        CHECK(roll.sounding() == 0);
        CHECK_FALSE(roll.heard().empty());
    }
    SECTION("stopping ends all notes in the next block, and silence follows")
    {
        roll.locate(0.0);
        roll.play(1.1);
        roll.stand(1);
        CHECK(roll.sounding() == 0);
        roll.forget();
        roll.stand(50);
        CHECK(roll.heard().empty());
    }
    SECTION("a saved project plays the same notes in a new instance")
    {
        const auto state = plugin->saveState();
        CHECK(state == plugin->saveState());
        auto reopened = open(format, name);
        reopened->loadState(state);
        Roll other(*reopened, {256}, 120.0);
        other.stand(8);
        requireSameMusic(notes, oneLoop(other), 0.0, samples(2, 120.0));
        CHECK(reopened->saveState() == state);
    }
    requireNoFaults(roll);
}

int threadCount()
{
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc/self/task"))
        count += entry.is_directory() ? 1 : 0;
    return count;
}

std::set<std::string> mappedEngines()
{
    std::set<std::string> files;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.find("liborganum_engine") != std::string::npos)
            files.insert(line.substr(line.find('/')));
    return files;
}

} // namespace

TEST_CASE("The guard sees an allocation inside a host's block", "[vst3][lv2]")
{
    organum::support::RealtimeGuard guard;
    static int* volatile escaped = nullptr;
    escaped = new int(3);
    const auto counts = guard.stop();
    delete escaped;
    organum::support::forgetOffences();
    CHECK((counts.allocations == 1 || !organum::support::realtimeGuardIsActive()));
}

TEST_CASE("The instrument plays in time through VST3", "[vst3]")
{
    playsInTime(Format::vst3, "Organum");
}

TEST_CASE("The MIDI effect plays in time through VST3", "[vst3]")
{
    playsInTime(Format::vst3, "Organum MIDI");
}

TEST_CASE("The instrument plays in time through LV2", "[lv2]")
{
    playsInTime(Format::lv2, "Organum");
}

TEST_CASE("The MIDI effect plays in time through LV2", "[lv2]")
{
    playsInTime(Format::lv2, "Organum MIDI");
}

TEST_CASE("VST3 and LV2 in one process share one engine and its worker", "[together]")
{
    CHECK(mappedEngines().empty());
    auto vst3 = open(Format::vst3, "Organum");
    auto lv2 = open(Format::lv2, "Organum MIDI");
    CHECK(mappedEngines().empty()); // opening a plugin must not cost a network
    Roll rollVst3(*vst3, {256});
    Roll rollLv2(*lv2, {256});

    REQUIRE(compose(*vst3, rollVst3, 7));
    CHECK(mappedEngines().size() == 1);
    const auto notes = oneLoop(rollVst3);
    const int threads = threadCount();

    REQUIRE(compose(*lv2, rollLv2, 7));
    CHECK(mappedEngines().size() == 1);
    // The second instance brings at most its own waiting thread, no second engine worker.
    CHECK(threadCount() <= threads + 1);
    requireSameMusic(notes, oneLoop(rollLv2), 0.0, samples(2, 120.0));
    requireNoFaults(rollVst3);
    requireNoFaults(rollLv2);
}

TEST_CASE("Without an engine the plugins open, run, say nothing and close", "[noengine]")
{
    for (const auto format : {Format::vst3, Format::lv2}) {
        auto plugin = open(format, "Organum");
        Roll roll(*plugin, {128});
        press(*plugin, roll, "Generate");
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        roll.play(8.0);
        roll.stand(1);
        CHECK(roll.heard().empty());
        const auto state = plugin->saveState();
        CHECK_FALSE(state.empty());
        plugin->loadState(state);
        requireNoFaults(roll);
    }
    CHECK(mappedEngines().empty());
}
