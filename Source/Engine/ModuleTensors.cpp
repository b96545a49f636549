#include "Engine/ModuleTensors.h"

#include "Engine/Tensors.h"

#include <cstring>

namespace organum::engine
{

bundle::Tensor toBundleTensor(const torch::Tensor& tensor)
{
    const bool integers = tensor.dtype() == torch::kInt64;
    const auto values =
        tensor.detach().to(torch::kCPU, integers ? torch::kInt64 : torch::kFloat32).contiguous();
    bundle::Tensor stored;
    stored.type = integers ? bundle::DataType::int64 : bundle::DataType::float32;
    stored.shape = values.sizes().vec();
    stored.bytes.resize(values.nbytes());
    if (!stored.bytes.empty())
        std::memcpy(stored.bytes.data(), values.data_ptr(), stored.bytes.size());
    return stored;
}

torch::Tensor toTorchTensor(const bundle::Tensor& tensor)
{
    const bool integers = tensor.type == bundle::DataType::int64;
    auto values = torch::empty(tensor.shape, integers ? torch::kInt64 : torch::kFloat32);
    if (tensor.bytes.empty())
        return values;
    if (integers) {
        std::memcpy(values.data_ptr(), tensor.bytes.data(), tensor.bytes.size());
    } else {
        const auto floats = floatsOf(tensor);
        std::memcpy(values.data_ptr(), floats.data(), floats.size() * sizeof(float));
    }
    return values;
}

std::map<std::string, bundle::Tensor> tensorsOf(const torch::nn::Module& module)
{
    std::map<std::string, bundle::Tensor> tensors;
    for (const auto& item : module.named_parameters())
        tensors[item.key()] = toBundleTensor(item.value());
    for (const auto& item : module.named_buffers())
        tensors[item.key()] = toBundleTensor(item.value());
    return tensors;
}

void loadTensors(torch::nn::Module& module, const std::map<std::string, bundle::Tensor>& tensors,
                 const std::set<std::string>& others)
{
    std::map<std::string, torch::Tensor> targets;
    for (const auto& item : module.named_parameters())
        targets[item.key()] = item.value();
    for (const auto& item : module.named_buffers())
        targets[item.key()] = item.value();

    const auto fail = [](const std::string& what) {
        throw bundle::BundleError(bundle::BundleError::Reason::damaged,
                                  "Loading a network's weights: " + what +
                                      ". The bundle does not hold the network it names; train and "
                                      "save the model anew.");
    };
    for (const auto& [name, target] : targets) {
        const auto found = tensors.find(name);
        if (found == tensors.end())
            fail("the tensor \"" + name + "\" is missing");
        else if (found->second.shape != target.sizes().vec())
            fail("the tensor \"" + name + "\" has the shape " + shapeName(found->second.shape) +
                 ", but the network needs " + shapeName(target.sizes().vec()));
    }
    for (const auto& [name, tensor] : tensors)
        if (targets.count(name) + others.count(name) == 0)
            fail("the tensor \"" + name.substr(0, 80) + "\" belongs to no part of the network");

    torch::NoGradGuard noGradients;
    for (auto& [name, target] : targets)
        target.copy_(toTorchTensor(tensors.at(name)));
}

} // namespace organum::engine
