#pragma once

// Small bundles, and raw files that claim to be one, for the tests of the bundle reader.

#include "Bundle/Bundle.h"

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace organum::test
{

/** A folder of its own, removed at the end. */
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        static std::atomic<int> count{0};
        path = std::filesystem::temp_directory_path() /
               ("organum-test-" + std::to_string(getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(path);
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return path / name; }

    std::filesystem::path path;
};

template <typename Value>
bundle::Tensor tensorOf(bundle::DataType type, std::vector<std::int64_t> shape,
                        const std::vector<Value>& values)
{
    bundle::Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    tensor.bytes.resize(values.size() * sizeof(Value));
    if (!values.empty())
        std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
    return tensor;
}

inline bundle::Bundle smallBundle()
{
    bundle::Bundle bundle;
    bundle.metadata.kind = "attention-lstm";
    bundle.metadata.name = "Études for cello";
    bundle.metadata.config = R"({"units":4})";
    bundle.metadata.vocabulary =
        R"({"pitches":["START","unknown","C4"],"durations":["0","unknown","1/4"]})";
    bundle.metadata.provenance = R"({"data":{"name":"test"}})";
    bundle.tensors["half"] =
        tensorOf<std::uint16_t>(bundle::DataType::float16, {3}, {0x3c00, 0xbc00, 0x7bff});
    bundle.tensors["ids"] = tensorOf<std::int64_t>(bundle::DataType::int64, {2}, {-1, 1ll << 40});
    bundle.tensors["none"] = tensorOf<float>(bundle::DataType::float32, {0, 5}, {});
    bundle.tensors["weight"] =
        tensorOf<float>(bundle::DataType::float32, {2, 3}, {0.5f, -1, 2, 1e6f, -0.0f, 6});
    return bundle;
}

inline std::string fileBytes(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void writeBytes(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
}

/** Eight bytes of header length, the header and the data, as safetensors lays them out. */
inline std::string rawFile(const std::string& header, const std::string& data)
{
    std::string bytes;
    for (int i = 0; i < 8; ++i)
        bytes.push_back(static_cast<char>(header.size() >> (8 * i)));
    return bytes + header + data;
}

} // namespace organum::test
