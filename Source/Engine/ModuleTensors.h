#pragma once

// Between a torch::nn::Module and the tensors of a bundle: names are the module's parameter names,
// e.g. "lstm1.weight_ih_l0", so that Python finds them as it expects.

#include "Bundle/Bundle.h"

#include <torch/torch.h>

#include <map>
#include <set>
#include <string>

namespace organum::engine
{

/** One tensor as a bundle stores it: moved to the CPU, float32 or int64. */
bundle::Tensor toBundleTensor(const torch::Tensor& tensor);
/** A copy with float16 widened to float32. */
torch::Tensor toTorchTensor(const bundle::Tensor& tensor);

/** All parameters and buffers. */
std::map<std::string, bundle::Tensor> tensorsOf(const torch::nn::Module& module);

/** Copies values into the module's parameters and buffers, on whichever device they are. Throws
    bundle::BundleError when one is missing, left over or of another shape; the module is then
    unchanged. `others` names tensors that may be there and belong to no module. */
void loadTensors(torch::nn::Module& module, const std::map<std::string, bundle::Tensor>& tensors,
                 const std::set<std::string>& others = {});

} // namespace organum::engine
