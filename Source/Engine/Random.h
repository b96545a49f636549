#pragma once

// Chance without state: a number is a hash of what it is for, the seed and its place in the music.
// So a loop, a bounce and a reopened project repeat themselves, on any thread and in any order.

#include <cstdint>

namespace organum::engine
{

/** What a random number is for. The values are part of what a seed means: never renumber. */
enum class Purpose : std::uint64_t
{
    pitch = 1,
    duration = 2,
    latent = 3,
    key = 4
};

/** Mixes all bits of a number (the finaliser of SplitMix64). */
inline std::uint64_t mixBits(std::uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/** Uniform in [0, 1), with 53 bits. */
inline double uniform(Purpose purpose, std::uint64_t seed, std::uint64_t position)
{
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u;
    std::uint64_t hash = mixBits(static_cast<std::uint64_t>(purpose) * golden);
    hash = mixBits(hash ^ (seed + golden));
    hash = mixBits(hash + position * golden + golden);
    return static_cast<double>(hash >> 11) * 0x1.0p-53;
}

} // namespace organum::engine
