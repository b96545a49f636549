#pragma once

// Where tensors live and how many threads compute.

#include <torch/torch.h>

#include <string>

namespace organum::training
{

/** "cpu", "cuda" or "auto" (cuda when there is one). Sets the number of CPU threads too, for the
    whole process. Throws std::invalid_argument. */
torch::Device chooseDevice(const std::string& name, int threads);

} // namespace organum::training
