#pragma once

// Which files hold the same music. Collections contain a tune twice, in another key or edition; if
// one copy were trained on and the other tested on, the test would measure memory.

#include "Training/Data/MusicFolder.h"

#include <cstdint>
#include <vector>

namespace organum::training
{

/** Hashes of the piece's runs of eight elements, the same in every key: each element counts with
    its shape, its duration and the step from the lowest note before. Sorted, unique. */
std::vector<std::uint64_t> fingerprints(const std::vector<score::Element>& elements);

/** Groups of indices into `pieces`: two are in one group when at least `share` of the shorter
    one's fingerprints are in the other, directly or through others. Every piece is in exactly one
    group; groups and their members ascend. */
std::vector<std::vector<std::size_t>> nearDuplicateGroups(const std::vector<Piece>& pieces,
                                                          double share = 0.4);

} // namespace organum::training
