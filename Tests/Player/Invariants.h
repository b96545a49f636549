#pragma once

// What must hold however a host moves through time: the same events however it cuts the same
// timeline into blocks, each note of the music once, no end before its beginning, and nothing that
// sounds on after a stop.

#include "ScriptedHost.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace organum::test
{

/** Something a host does at a sample, counted from the start. */
struct Action
{
    std::int64_t at = 0;
    std::function<void(ScriptedHost&)> act;
};

/** A timeline: how it begins and what happens on the way. */
struct Script
{
    std::string name;
    std::function<void(ScriptedHost&)> begin;
    std::vector<Action> actions; ///< ascending
    std::int64_t length = 480000;
};

/** How a host cuts time: 0 = into uneven blocks, some of them without samples. */
inline int nextBlock(int cut, std::mt19937& random)
{
    if (cut > 0)
        return cut;
    if (random() % 6 == 0)
        return 0;
    return 1 + static_cast<int>(random() % (1u << (random() % 13u)));
}

/** Plays the script, then stops, and returns what was heard. */
inline std::vector<Heard> play(const Script& script, int cut)
{
    ScriptedHost host;
    script.begin(host);
    std::mt19937 random(11);
    std::size_t next = 0;
    while (host.elapsed < script.length) {
        for (; next < script.actions.size() && script.actions[next].at == host.elapsed; ++next) {
            script.actions[next].act(host);
            host.changed = true;
        }
        const std::int64_t until =
            next < script.actions.size() ? script.actions[next].at : script.length;
        host.block(
            static_cast<int>(std::min<std::int64_t>(nextBlock(cut, random), until - host.elapsed)));
    }
    host.playing = false;
    host.changed = true;
    host.tellsNothing = false;
    host.block(64);
    REQUIRE(host.checkBalance() == 0);
    return host.heard;
}

/** Returns the events, the same for every cut. */
inline std::vector<Heard> requireInvariants(const Script& script)
{
    const std::vector<Heard> reference = play(script, 512);
    for (const int cut : {1, 17, 64, 1024, 4096, 0}) {
        if (cut == 1 && script.length > 200000)
            continue;
        INFO(script.name << ", blocks of " << cut);
        REQUIRE(play(script, cut) == reference);
    }
    return reference;
}

/** Note-ons alone, as pitches and samples. */
inline std::vector<std::pair<int, std::int64_t>> onsetsOf(const std::vector<Heard>& heard)
{
    std::vector<std::pair<int, std::int64_t>> onsets;
    for (const Heard& each : heard)
        if (each.event.isNoteOn())
            onsets.emplace_back(each.event.pitch, each.sample);
    return onsets;
}

} // namespace organum::test
