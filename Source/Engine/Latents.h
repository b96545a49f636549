#pragma once

// The noise behind the knobs: each vector is drawn from a seed of its own, and a knob between two
// seeds moves it along the great circle from one draw to the other, so that every place on the way
// is as likely to the network as its ends.

#include "Engine/Macros.h"
#include "Engine/Request.h"

#include <vector>

namespace organum::engine
{

/** `size` numbers N(0, 1): a hash of (latent, seed, vector, bar). `vector` counts as
    ORGANUM_LATENT_... does; `bar` is 0 for a vector that does not change with the bar. */
std::vector<float> drawLatent(std::uint64_t seed, int vector, std::int64_t bar, std::size_t size);

/** From a at 0 to b at 1: the direction along the great circle, the length in equal steps. Ends
    are exact, equal ones give that vector. Opposite ends have no shortest way; it then leads
    through one fixed by a alone. */
std::vector<float> slerp(const std::vector<float>& a, const std::vector<float>& b, double morph);

/** The vectors of one take. */
class Latents
{
public:
    /** `seed` is the take's; `macros` are the network's. */
    Latents(const VoiceWishes& wishes, std::uint64_t seed, const std::vector<Macro>& macros = {});

    /** Where the request's macros move a vector, `size` is that of their directions. */
    std::vector<float> vector(int index, std::int64_t bar, std::size_t size) const;

private:
    std::vector<float> drawn(std::size_t index, std::int64_t bar, std::size_t size) const;

    std::array<Latent, VoiceWishes::latentCount> latents;
    std::array<std::vector<float>, VoiceWishes::latentCount> offsets; ///< empty: none
};

} // namespace organum::engine
