#pragma once

// A model bundle (*.organum): a safetensors file whose __metadata__ says what the tensors are, how
// they were trained and on what. It carries no code. This room knows no LibTorch, so that a
// plugin can list bundles without loading it.
//
// __metadata__ (safetensors allows strings only; structured values are JSON texts):
//   format          "organum"
//   format_version  "1"
//   kind            e.g. "attention-lstm": which network reads it
//   name            what a musician sees, e.g. "Bach cello suites"
//   config          JSON: the network's shape and options
//   vocabulary      JSON: {"pitches": [...], "durations": [...]}
//   provenance      JSON: data (name, licence, files, sha256), split, command, seed, epochs,
//   metrics

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace organum::bundle
{

/** Element types a bundle may hold. */
enum class DataType
{
    float32,
    float16,
    int64
};

std::size_t bytesPerValue(DataType type);

struct Tensor
{
    DataType type = DataType::float32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes; ///< little-endian, row-major
};

struct Metadata
{
    int formatVersion = 1;
    std::string kind;
    std::string name;
    std::string config = "{}";
    std::string vocabulary = "{}";
    std::string provenance = "{}";
};

struct Bundle
{
    Metadata metadata;
    std::map<std::string, Tensor> tensors;
};

/** Why a bundle was refused. what() names the file, what is wrong and what to do. */
class BundleError : public std::runtime_error
{
public:
    enum class Reason
    {
        unreadable,
        damaged,
        newerVersion
    };
    BundleError(Reason reasonIn, const std::string& message)
        : std::runtime_error(message)
        , reason(reasonIn)
    {
    }
    const Reason reason;
};

/** Reads and checks a whole bundle: header, sizes, overlaps, types and that every float is finite
    and at most a million, sizes before memory is taken. Throws BundleError. Any thread but an audio
    thread. */
Bundle readBundle(const std::filesystem::path& file);

/** Reads and checks the header alone: cheap, for lists. Throws BundleError. */
Metadata readMetadata(const std::filesystem::path& file);

/** Writes to a temporary file beside the target, then renames, so that a reader sees the old file
    or the new one. Throws BundleError. */
void writeBundle(const std::filesystem::path& file, const Bundle& bundle);

} // namespace organum::bundle
