#pragma once

// Macro knobs: directions in the space of a network's noise that move one thing a musician has a
// word for, as the trainer found and measured them. They are data of a bundle, not of a network.

#include "Engine/VoiceWishes.h"

#include <string>
#include <vector>

namespace organum::engine
{

struct Macro
{
    static constexpr std::size_t positions = 5; ///< where it was measured: -1, -0.5, 0, 0.5, 1

    std::string name;                      ///< "density"
    std::string meaning;                   ///< one sentence for a musician
    std::array<double, positions> means{}; ///< of what it moves, rising
    /** What value 1 adds to each vector before its length is restored, in the order of
        ORGANUM_LATENT_...; empty: nothing. */
    std::array<std::vector<float>, VoiceWishes::latentCount> direction;
};

/** What the macros of a request add to each vector; all empty when every value is 0. Values of
    macros that are not there mean nothing. */
std::array<std::vector<float>, VoiceWishes::latentCount> offsetsOf(const std::vector<Macro>& macros,
                                                                   const VoiceWishes& wishes);

/** a + offset, as long as a: a draw from N(0, 1) stays about as likely as it was. Both have the
    same size. */
std::vector<float> movedBy(const std::vector<float>& a, const std::vector<float>& offset);

} // namespace organum::engine
