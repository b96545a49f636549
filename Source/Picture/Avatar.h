#pragma once

// The inhabitants of planet Wrodl: small portraits of our own design, one for each of the 4032
// combinations of hair, glasses and clothes. Drawn from shapes, so they are sharp at any size.

#include <juce_graphics/juce_graphics.h>

namespace organum::picture
{

/** Numbers of the values, in the order of the book's table 1.2; outside of it throws
    std::invalid_argument when drawn. */
struct AvatarStyle
{
    int hair = 0;           ///< none, bun, long wavy, long straight, short wavy, straight, curly
    int hairColour = 0;     ///< black, blond, brown, pastel pink, red, silver grey
    int glasses = 0;        ///< none, round, sunglasses
    int clothing = 0;       ///< hoodie, overall, crew neck, V neck
    int clothingColour = 0; ///< black, blue, grey, pastel green, pastel orange, pink, red, white
};

/** A square portrait; `side` in pixels, 1 to 4096. Any thread. */
juce::Image drawAvatar(const AvatarStyle& style, int side);

} // namespace organum::picture
