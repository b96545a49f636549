#include "Bundle/Header.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#ifdef _WIN32
#include <process.h>
#else
#include <unistd.h>
#endif

namespace organum::bundle
{

namespace
{

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& what)
{
    throw BundleError(BundleError::Reason::unreadable,
                      "Writing the model bundle \"" + file.string() + "\": " + what);
}

std::string describe(int error)
{
    return std::generic_category().message(error);
}

/** Removes the temporary file unless it was renamed into place. */
class TemporaryFile
{
public:
    explicit TemporaryFile(const std::filesystem::path& target)
    {
        static std::atomic<unsigned> count{0};
#ifdef _WIN32
        const auto process = _getpid();
#else
        const auto process = getpid();
#endif
        path = target;
        path += ".partial-" + std::to_string(process) + "-" + std::to_string(count++);
    }
    ~TemporaryFile()
    {
        if (path.empty())
            return;
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void renameTo(const std::filesystem::path& target)
    {
        std::error_code error;
        std::filesystem::rename(path, target, error);
        if (error)
            fail(target, "the finished file could not be put in place (" + error.message() +
                             "). Check that the target is not a folder.");
        path.clear();
    }

    std::filesystem::path path;
};

using TensorRef = std::map<std::string, Tensor>::const_pointer;

void refuseValue(const std::filesystem::path& file, const std::string& tensor,
                 const std::string& fault)
{
    fail(file, "the tensor \"" + tensor + "\" holds a value that " + fault +
                   ". The training run diverged; train with a smaller learning rate.");
}

std::vector<TensorRef> checkedTensors(const std::filesystem::path& file, const Bundle& bundle)
{
    std::vector<TensorRef> tensors;
    for (const auto& named : bundle.tensors) {
        const auto& [name, tensor] = named;
        if (name.empty() || name == "__metadata__")
            fail(file, "a tensor may not be called \"" + name + "\".");
        std::uint64_t size = 0;
        try {
            size = byteSize(tensor.type, tensor.shape);
        } catch (const std::exception& error) {
            fail(file, "tensor \"" + name + "\": " + error.what() + ".");
        }
        if (size != tensor.bytes.size())
            fail(file, "the tensor \"" + name + "\" has " + std::to_string(tensor.bytes.size()) +
                           " bytes, but its shape needs " + std::to_string(size) + ".");
        const auto fault = valueFault(tensor.type, tensor.bytes.data(), tensor.bytes.size());
        if (!fault.empty())
            refuseValue(file, name, fault);
        tensors.push_back(&named);
    }
    // Widest values first keeps every tensor aligned for memory mapping.
    std::stable_sort(tensors.begin(), tensors.end(), [](TensorRef a, TensorRef b) {
        return bytesPerValue(a->second.type) > bytesPerValue(b->second.type);
    });
    return tensors;
}

std::string headerText(const std::filesystem::path& file, const Bundle& bundle,
                       const std::vector<TensorRef>& tensors)
{
    const auto& metadata = bundle.metadata;
    if (metadata.formatVersion != supportedFormatVersion)
        fail(file, "format version " + std::to_string(metadata.formatVersion) +
                       " is not the one this Organum writes.");
    for (const auto* text : {&metadata.config, &metadata.vocabulary, &metadata.provenance}) {
        try {
            checkJsonObject(*text);
        } catch (const std::invalid_argument& error) {
            fail(file, std::string("a metadata text cannot be written: ") + error.what() + ".");
        }
    }
    nlohmann::ordered_json json;
    json["__metadata__"] = {{"format", "organum"},
                            {"format_version", std::to_string(metadata.formatVersion)},
                            {"kind", metadata.kind},
                            {"name", metadata.name},
                            {"config", metadata.config},
                            {"vocabulary", metadata.vocabulary},
                            {"provenance", metadata.provenance}};
    std::uint64_t offset = 0;
    for (const auto* named : tensors) {
        const auto& tensor = named->second;
        json[named->first] = {{"dtype", dataTypeName(tensor.type)},
                              {"shape", tensor.shape},
                              {"data_offsets", {offset, offset + tensor.bytes.size()}}};
        offset += tensor.bytes.size();
    }
    std::string text;
    try {
        text = json.dump();
    } catch (const nlohmann::json::exception&) {
        fail(file, "a name or a metadata text is not valid UTF-8.");
    }
    text.append((8 - text.size() % 8) % 8, ' ');
    if (text.size() > maximumHeaderBytes || 8 + text.size() + offset > maximumFileBytes)
        fail(file, "the model is larger than a bundle may be (8 MiB of header, 1 GiB in all).");
    return text;
}

struct CloseFile
{
    void operator()(std::FILE* stream) const { std::fclose(stream); }
};

void writeFile(const std::filesystem::path& path, const std::filesystem::path& target,
               const std::string& header, const std::vector<TensorRef>& tensors)
{
    std::unique_ptr<std::FILE, CloseFile> stream(std::fopen(path.string().c_str(), "wb"));
    if (!stream)
        fail(target, "the folder cannot be written to (" + describe(errno) +
                         "). Check that it exists and that you may write there.");
    const auto put = [&](const void* data, std::size_t size) {
        if (size > 0 && std::fwrite(data, 1, size, stream.get()) != size)
            fail(target, "writing stopped (" + describe(errno) +
                             "); nothing was changed. Free some disk space and try again.");
    };
    unsigned char length[8];
    for (int i = 0; i < 8; ++i)
        length[i] = static_cast<unsigned char>(std::uint64_t{header.size()} >> (8 * i));
    put(length, sizeof length);
    put(header.data(), header.size());
    for (const auto* named : tensors)
        put(named->second.bytes.data(), named->second.bytes.size());
    bool flushed = std::fflush(stream.get()) == 0;
#ifndef _WIN32
    // Without this a power cut after the rename could leave an empty file under the old name.
    flushed = flushed && fsync(fileno(stream.get())) == 0;
#endif
    flushed = std::fclose(stream.release()) == 0 && flushed;
    if (!flushed)
        fail(target, "writing stopped (" + describe(errno) +
                         "); nothing was changed. Free some disk space and try again.");
}

} // namespace

void writeBundle(const std::filesystem::path& file, const Bundle& bundle)
{
    const auto tensors = checkedTensors(file, bundle);
    const auto header = headerText(file, bundle, tensors);
    TemporaryFile temporary(file);
    writeFile(temporary.path, file, header, tensors);
    temporary.renameTo(file);
}

} // namespace organum::bundle
