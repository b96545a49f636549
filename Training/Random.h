#pragma once

// All randomness of the trainer: a hash of (purpose, seed, position), never a generator with a
// state. So a resumed run draws what the uninterrupted one would have drawn.

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace organum::training
{

/** 64 well-mixed bits (FNV-1a over the purpose, then SplitMix64 over each number). */
std::uint64_t randomBits(std::string_view purpose, std::uint64_t seed,
                         std::initializer_list<std::uint64_t> position = {});

/** Uniform in [0, 1), 53 bits. */
double randomUniform(std::string_view purpose, std::uint64_t seed,
                     std::initializer_list<std::uint64_t> position = {});

/** 0..count-1 in a random order (Fisher-Yates). */
std::vector<std::size_t> randomOrder(std::size_t count, std::string_view purpose,
                                     std::uint64_t seed,
                                     std::initializer_list<std::uint64_t> position = {});

} // namespace organum::training
