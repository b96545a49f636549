#pragma once

// The header of a .npy file: a Python dictionary as text. It is read by hand, since the text comes
// from a stranger: a general pattern matcher can be led into any depth by it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace organum::training
{

/** The most bytes before the elements that are read; NumPy's own headers take 128. */
constexpr std::size_t longestNumpyHeader = 4096 + 12;

struct NumpyHeader
{
    std::string type;                ///< as NumPy writes it, e.g. "|u1"
    std::vector<std::int64_t> shape; ///< each at least 1
    std::size_t dataAt = 0;          ///< where the elements begin
};

/** Throws std::invalid_argument, a part of a sentence that says what is wrong. */
NumpyHeader readNumpyHeader(const std::string& bytes);

} // namespace organum::training
