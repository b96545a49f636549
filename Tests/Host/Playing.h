#pragma once

// What the tests of hosted plugins share: opening a bundle, composing in it, and comparing what it
// plays.

#include "Host/HostedPlugin.h"
#include "Host/Roll.h"
#include "Support/RealtimeGuard.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace organum::host
{

constexpr int bars = 4;
constexpr double loopQuarters = 4.0 * bars;
constexpr std::chrono::seconds longestWait(60);

enum class Format
{
    vst3,
    lv2
};

/** By the plugin's name; bundles' file names have no spaces, since LV2 makes URIs of them. */
inline std::unique_ptr<HostedPlugin> open(Format format, std::string name)
{
    const std::filesystem::path folder(ORGANUM_PLUGINS);
    name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
    return format == Format::vst3 ? openVst3(folder / (name + ".vst3"))
                                  : openLv2(folder / (name + ".lv2"));
}

/** Presses a button that acts when it goes from off to on. */
inline void press(HostedPlugin& plugin, Roll& roll, const std::string& button)
{
    plugin.setParameter(button, 0.0);
    roll.stand(2);
    plugin.setParameter(button, 1.0);
    roll.stand(2);
    plugin.setParameter(button, 0.0);
    roll.stand(2);
}

/** Composes and waits until the state holds the music. */
inline bool compose(HostedPlugin& plugin, Roll& roll, int seed)
{
    plugin.setParameter("Bars", bars);
    plugin.setParameter("Seed", seed);
    roll.stand(4);
    const auto before = plugin.saveState().size();
    press(plugin, roll, "Generate");
    const auto end = std::chrono::steady_clock::now() + longestWait;
    while (std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        roll.stand(1);
        if (plugin.saveState().size() > before + 16)
            return true;
    }
    return false;
}

inline std::vector<HeardNote> sorted(std::vector<HeardNote> notes)
{
    std::sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) {
        return std::make_tuple(std::llround(a.onset * 1000.0), a.pitch, a.channel) <
               std::make_tuple(std::llround(b.onset * 1000.0), b.pitch, b.channel);
    });
    return notes;
}

/** Pitches and times agree; `later` is how much later the second began. */
inline void requireSameMusic(const std::vector<HeardNote>& first,
                             const std::vector<HeardNote>& second, double later, double tolerance)
{
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        CAPTURE(i, first[i].onset, second[i].onset);
        REQUIRE(first[i].pitch == second[i].pitch);
        REQUIRE(std::abs(first[i].onset + later - second[i].onset) < tolerance);
        REQUIRE(std::abs(first[i].end + later - second[i].end) < tolerance);
    }
}

/** The only locks in a block are JUCE's own: the callback lock around processBlock(), and the
    listeners' lock of each parameter that the host automates. */
inline void requireJucesLocksOnly()
{
    const std::vector<std::string> known = {
        "juce::JuceVST3Component::process", "juce::lv2_client::LV2PluginInstance::run",
        "juce::AudioProcessorParameter::sendValueChangedMessageToListeners"};
    for (const auto& offence : support::offences()) {
        INFO(offence.what << " in " << offence.function << " called by " << offence.caller);
        CHECK(offence.what == "lock");
        CHECK(offence.contended == 0);
        CHECK(std::any_of(known.begin(), known.end(), [&](const std::string& name) {
            return offence.function.find(name) != std::string::npos;
        }));
    }
    support::forgetOffences(); // a library that is closed takes its names with it
}

inline void requireNoFaults(const Roll& roll)
{
    INFO("faults: " << roll.faults().size());
    CHECK(roll.faults() == std::vector<std::string>{});
    requireJucesLocksOnly();
}

inline double samples(double count, double bpm)
{
    return count * bpm / 60.0 / Roll::sampleRate;
}

/** Plays one loop from its start and returns its notes. */
inline std::vector<HeardNote> oneLoop(Roll& roll)
{
    roll.forget();
    roll.locate(0.0);
    roll.play(loopQuarters - 1.0e-6);
    roll.stand(1);
    CHECK(roll.sounding() == 0);
    auto notes = sorted(roll.heard());
    notes.erase(std::remove_if(notes.begin(), notes.end(),
                               [](const auto& note) { return note.onset >= loopQuarters - 1e-3; }),
                notes.end());
    return notes;
}

} // namespace organum::host
