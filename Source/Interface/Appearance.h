#pragma once

// How a user likes the window, kept in a small file of the user's for all instances and programs.

#include <juce_core/juce_core.h>

#include <array>

namespace organum::editor
{

struct Appearance
{
    static constexpr std::array<int, 6> scales{75, 100, 125, 150, 175, 200};

    bool light = false;
    int scale = 100; ///< percent, one of `scales`
    int width = 0;   ///< at 100 %; 0: never changed
    int height = 0;
    bool showsKnobs = true;
    bool knowsRouting = false; ///< the card about routing was closed once

    /** What is damaged or out of range has its default. */
    static Appearance load();
    /** Writes the file whole or not at all. A home that cannot be written is no reason to disturb
        anybody: false then. */
    bool save() const;
    /** $XDG_CONFIG_HOME/organum/window.json, or what stands for it on this system. */
    static juce::File file();

    bool operator==(const Appearance& other) const;
};

} // namespace organum::editor
