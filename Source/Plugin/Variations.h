#pragma once

// Settings made of others: variations of an idea, and places between two of them.

#include "Plugin/Take.h"

#include <cstdint>
#include <optional>
#include <string>

namespace organum::plugin
{

/** The `index`-th variation of what these knobs write, counted from 1; the same every time. Without
    voices: seed + index, as the engine counts variations. With voices: chords and the melodies of
    voices that are not locked begin with other ideas; style, groove, macros, rules and every knob's
    place between its ideas stay, so that it is the same kind of music. */
Settings variationOf(const Settings& settings, int index, bool hasVoices,
                     std::uint32_t lockedVoices);

struct SettingsOrProblem
{
    std::optional<Settings> settings;
    std::string problem; ///< for the user; empty with settings
};

/** The knobs at `t` (0..1) on the way from one take to another of the same model with voices. A
    knob goes along the great circle from where it stands in `a` to where it stands in `b`: exactly,
    where each stands at one of its ideas or both stand between the same two. From between two ideas
    to somewhere else no knob leads, and the problem says which one. Macros and rules move in a
    straight line; bars, key and scale change half-way. */
SettingsOrProblem morphed(const Take& a, const Take& b, double t);

} // namespace organum::plugin
