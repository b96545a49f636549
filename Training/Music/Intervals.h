#pragma once

// Which intervals the voices of a corpus prefer, apart from the key they are in.

#include "Score/VoiceGrid.h"

#include <torch/torch.h>

#include <vector>

namespace organum::training
{

/** [6, 2, 12]: for each pair of four voices (SA ST SB AT AB TB), on beats and between them, and
   each interval class (upper - lower, mod 12), the logarithm of how often it stands there, divided
   by how often it would if the voices chose the notes of their key without listening to each other
    (pointwise mutual information), within -2.5..1 nats. Pieces of other than four voices are left
    out. */
torch::Tensor intervalWishesOf(const std::vector<score::VoiceGrid>& pieces);

} // namespace organum::training
