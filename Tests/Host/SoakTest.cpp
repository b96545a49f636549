// The built bundles under load, with an engine that writes floods of notes: JUCE's wrappers and the
// plugin in them together take no memory, wait for nothing and touch no file, and lose no note's
// end.

#include "Host/Playing.h"
#include "Plugin/EngineBench.h"
#include "Support/RandomScore.h"

#include <atomic>
#include <thread>

using namespace organum::host;
using organum::test::RandomNumbers;

namespace
{

/** Blocks as a host makes them that has no mercy: automation, locates, stops, states. */
void soak(Format format, const std::string& name, int rounds, std::uint64_t seed)
{
    auto plugin = open(format, name);
    std::vector<int> lengths;
    RandomNumbers random(seed);
    for (int i = 0; i < 997; ++i) {
        const int most = 1 << random.between(0, 12);
        lengths.push_back(random.between(most / 2 + 1, most));
    }
    Roll roll(*plugin, lengths, 120.0);
    REQUIRE(compose(*plugin, roll, 7));
    const auto state = plugin->saveState();
    const auto names = plugin->parameters();
    std::size_t heard = 0;
    for (int i = 0; i < rounds; ++i) {
        if (random.oneIn(3)) {
            const auto& moved = names[static_cast<std::size_t>(
                random.between(0, static_cast<int>(names.size()) - 1))];
            if (moved != "Play with host" && moved != "MIDI thru")
                plugin->setParameter(moved, random.between(0, 3));
        }
        if (random.oneIn(4))
            roll.locate(random.between(0, 200) / 7.0);
        if (random.oneIn(40))
            plugin->loadState(state);
        roll.setTempo(random.between(60, 300));
        roll.play(random.between(1, 8) / 4.0);
        if (random.oneIn(5))
            roll.stand(2);
        heard += roll.heard().size();
        roll.forget();
    }
    // Chance may have set it to play by a clock of its own while the host stands.
    plugin->setParameter("Run free", 0);
    roll.stand(2);
    CHECK(roll.sounding() == 0);
    CHECK(heard > static_cast<std::size_t>(rounds));
    requireNoFaults(roll);
}

/** More notes within a block than any wrapper takes. */
void staysBelowTheLimits(Format format, const std::string& name)
{
    auto plugin = open(format, name);
    Roll roll(*plugin, {4096}, 300.0);
    REQUIRE(compose(*plugin, roll, 3));
    roll.locate(0.0);
    roll.play(loopQuarters - 5.5);
    CHECK(roll.mostEvents() > 100); // the cap is reached
    CHECK(roll.mostEvents() <= 128);
    CHECK(roll.sounding() > 0);
    roll.stand(1); // all of them in one block
    CHECK(roll.sounding() == 0);
    requireNoFaults(roll);
}

} // namespace

TEST_CASE("A flood of notes stays below what both wrappers take, and every note ends", "[limits]")
{
    const organum::test::Workbench bench({"flood"});
    staysBelowTheLimits(Format::vst3, "Organum");
    staysBelowTheLimits(Format::lv2, "Organum");
    staysBelowTheLimits(Format::vst3, "Organum MIDI");
    staysBelowTheLimits(Format::lv2, "Organum MIDI");
}

TEST_CASE("Under load nothing is allocated, awaited or opened through VST3", "[limits]")
{
    const organum::test::Workbench bench({"dense"});
    soak(Format::vst3, "Organum", 300, 1);
    soak(Format::vst3, "Organum MIDI", 300, 2);
}

TEST_CASE("Under load nothing is allocated, awaited or opened through LV2", "[limits]")
{
    const organum::test::Workbench bench({"dense"});
    soak(Format::lv2, "Organum", 300, 3);
    soak(Format::lv2, "Organum MIDI", 300, 4);
}

TEST_CASE("A state set from another thread while blocks run blocks none of them", "[limits]")
{
    const organum::test::Workbench bench({"dense"});
    auto plugin = open(Format::vst3, "Organum");
    Roll roll(*plugin, {64, 300}, 120.0);
    REQUIRE(compose(*plugin, roll, 7));
    const auto state = plugin->saveState();
    std::atomic<bool> done{false};
    std::thread project([&] {
        for (int i = 0; i < 60; ++i) {
            plugin->loadState(state);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        done = true;
    });
    while (!done)
        roll.play(1.0);
    project.join();
    roll.stand(2);
    CHECK(roll.sounding() == 0);
    requireNoFaults(roll);
}
