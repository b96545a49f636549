#include "Engine/Tensors.h"

#include <cmath>
#include <cstring>

namespace organum::engine
{

namespace
{

float widened(std::uint16_t half)
{
    const int exponent = half >> 10 & 0x1f;
    const int mantissa = half & 0x3ff;
    // A bundle holds no infinities, so the largest exponent needs no case of its own.
    const float magnitude = exponent == 0
                                ? std::ldexp(static_cast<float>(mantissa), -24)
                                : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
    return (half & 0x8000) != 0 ? -magnitude : magnitude;
}

[[noreturn]] void fail(const std::string& what)
{
    throw bundle::BundleError(bundle::BundleError::Reason::damaged,
                              "Loading a model: " + what +
                                  ". The bundle does not hold the network it names; train and "
                                  "save the model anew.");
}

} // namespace

std::vector<float> floatsOf(const bundle::Tensor& tensor)
{
    std::vector<float> values(tensor.bytes.size() / bundle::bytesPerValue(tensor.type));
    if (tensor.type == bundle::DataType::float32) {
        if (!values.empty())
            std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
        return values;
    }
    if (tensor.type != bundle::DataType::float16)
        throw std::invalid_argument("A tensor of integers was read as one of floats.");
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::uint16_t half;
        std::memcpy(&half, tensor.bytes.data() + 2 * i, sizeof half);
        values[i] = widened(half);
    }
    return values;
}

std::string shapeName(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (const auto size : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

std::vector<float> TensorReader::take(const std::string& name,
                                      const std::vector<std::int64_t>& shape)
{
    const auto found = tensors.find(name);
    if (found == tensors.end())
        fail("the tensor \"" + name + "\" is missing");
    const auto& tensor = found->second;
    if (tensor.shape != shape)
        fail("the tensor \"" + name + "\" has the shape " + shapeName(tensor.shape) +
             ", but the network needs " + shapeName(shape));
    if (tensor.type == bundle::DataType::int64)
        fail("the tensor \"" + name + "\" holds integers, but the network needs floats");
    taken.insert(name);
    return floatsOf(tensor);
}

void TensorReader::expectNothingLeft() const
{
    for (const auto& [name, tensor] : tensors)
        if (taken.count(name) == 0)
            fail("the tensor \"" + name.substr(0, 80) + "\" belongs to no part of the network");
}

} // namespace organum::engine
