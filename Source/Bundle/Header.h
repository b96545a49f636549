#pragma once

// The header of a safetensors file: which tensor lies where. All checks that need no tensor data
// are made here, before any memory is taken for it, because a bundle may come from anyone.

#include "Bundle/Bundle.h"

#include <string>
#include <string_view>
#include <vector>

namespace organum::bundle
{

/** Longest header and largest file that are read at all: far above any real model of ours. */
constexpr std::uint64_t maximumHeaderBytes = 8u << 20;
constexpr std::uint64_t maximumFileBytes = std::uint64_t{1} << 30;
constexpr std::size_t maximumRank = 8;
constexpr int supportedFormatVersion = 1;
/** Largest float, whatever its sign, that a tensor may hold: trained weights stay below 100, and
    what is far above makes music of rounding errors. */
constexpr float largestValue = 1e6f;

/** Where one tensor lies; offsets in bytes from the end of the header. */
struct TensorEntry
{
    std::string name;
    DataType type = DataType::float32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

struct Header
{
    Metadata metadata;
    std::vector<TensorEntry> tensors; ///< by begin; they fill the data without hole or overlap
};

/** Reads and checks the header text of `file` (named in errors only), whose tensors must fill
    exactly `dataBytes`. Throws BundleError. Any thread. */
Header parseHeader(std::string_view text, std::uint64_t dataBytes, const std::string& file);

/** Bytes of a tensor; throws std::overflow_error when they do not fit 63 bits and
    std::invalid_argument for a negative dimension or a rank above maximumRank. */
std::uint64_t byteSize(DataType type, const std::vector<std::int64_t>& shape);

/** "F32", "F16", "I64" and back; the second throws std::invalid_argument. */
std::string dataTypeName(DataType type);
DataType dataTypeFromName(const std::string& name);

/** What is wrong with the first bad float, e.g. "is infinite or not a number"; empty when each is
    finite and none above largestValue. Integers are never wrong. */
std::string valueFault(DataType type, const std::byte* bytes, std::size_t count);

/** Checks that a text of the metadata is a JSON object of bounded depth; throws
    std::invalid_argument saying what is wrong. */
void checkJsonObject(const std::string& text);

/** Reads a bundle that lies in memory, as readBundle() does; `file` is named in errors only. */
Bundle parseBundle(const std::byte* bytes, std::size_t size, const std::string& file);

} // namespace organum::bundle
