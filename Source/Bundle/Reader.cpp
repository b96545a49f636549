#include "Bundle/Header.h"

#include <cstring>
#include <fstream>
#include <functional>

namespace organum::bundle
{

namespace
{

/** Copies `count` bytes from `offset` of the file; throws BundleError when it cannot. */
using ReadBytes = std::function<void(std::uint64_t offset, std::byte* to, std::size_t count)>;

[[noreturn]] void fail(BundleError::Reason reason, const std::string& file, const std::string& what,
                       const std::string& remedy)
{
    throw BundleError(reason, "Reading the model bundle \"" + file + "\": " + what + ". " + remedy);
}

const char* const getAgain = "Get the file again, or train and save the model anew.";

struct Opened
{
    Header header;
    std::uint64_t dataStart = 0;
};

Opened readHeader(const ReadBytes& read, std::uint64_t size, const std::string& file)
{
    const auto damaged = BundleError::Reason::damaged;
    if (size < 8)
        fail(damaged, file, "it has " + std::to_string(size) + " bytes, too few for a bundle",
             getAgain);
    if (size > maximumFileBytes)
        fail(damaged, file, "it is larger than 1 GiB, the most a bundle may be", getAgain);
    std::byte lengthBytes[8];
    read(0, lengthBytes, sizeof lengthBytes);
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i)
        length = length << 8 | std::to_integer<std::uint64_t>(lengthBytes[i]);
    if (length > maximumHeaderBytes)
        fail(damaged, file,
             "it is no model bundle (a header of " + std::to_string(length) +
                 " bytes is claimed; at most " + std::to_string(maximumHeaderBytes) +
                 " are allowed)",
             getAgain);
    if (length > size - 8)
        fail(damaged, file, "it is cut short within its header", getAgain);
    std::string text(static_cast<std::size_t>(length), '\0');
    read(8, reinterpret_cast<std::byte*>(text.data()), text.size());
    return {parseHeader(text, size - 8 - length, file), 8 + length};
}

Bundle readAll(const ReadBytes& read, std::uint64_t size, const std::string& file)
{
    auto [header, dataStart] = readHeader(read, size, file);
    Bundle bundle;
    bundle.metadata = std::move(header.metadata);
    for (auto& entry : header.tensors) {
        Tensor tensor;
        tensor.type = entry.type;
        tensor.shape = std::move(entry.shape);
        tensor.bytes.resize(static_cast<std::size_t>(entry.end - entry.begin));
        read(dataStart + entry.begin, tensor.bytes.data(), tensor.bytes.size());
        const auto fault = valueFault(tensor.type, tensor.bytes.data(), tensor.bytes.size());
        if (!fault.empty())
            fail(BundleError::Reason::damaged, file,
                 "the tensor \"" + entry.name.substr(0, 80) + "\" holds a value that " + fault,
                 getAgain);
        bundle.tensors.emplace(std::move(entry.name), std::move(tensor));
    }
    return bundle;
}

/** An open regular file and its size. */
struct OpenFile
{
    explicit OpenFile(const std::filesystem::path& path)
        : name(path.string())
    {
        const auto unreadable = BundleError::Reason::unreadable;
        std::error_code error;
        const auto status = std::filesystem::status(path, error);
        if (!std::filesystem::exists(status))
            fail(unreadable, name, "there is no such file", "Check the path.");
        if (!std::filesystem::is_regular_file(status))
            fail(unreadable, name, "it is not a regular file", "Check the path.");
        size = std::filesystem::file_size(path, error);
        stream.open(path, std::ios::binary);
        if (error || !stream)
            fail(unreadable, name, "it cannot be opened", "Check that you may read it.");
    }

    ReadBytes reader()
    {
        return [this](std::uint64_t offset, std::byte* to, std::size_t count) {
            stream.seekg(static_cast<std::streamoff>(offset));
            stream.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(count));
            if (!stream)
                fail(BundleError::Reason::unreadable, name,
                     "reading stopped at byte " + std::to_string(offset),
                     "Check the disk, or whether another program is writing the file.");
        };
    }

    std::string name;
    std::ifstream stream;
    std::uint64_t size = 0;
};

} // namespace

Bundle readBundle(const std::filesystem::path& file)
{
    OpenFile opened(file);
    return readAll(opened.reader(), opened.size, opened.name);
}

Metadata readMetadata(const std::filesystem::path& file)
{
    OpenFile opened(file);
    return readHeader(opened.reader(), opened.size, opened.name).header.metadata;
}

Bundle parseBundle(const std::byte* bytes, std::size_t size, const std::string& file)
{
    const auto read = [bytes, size, &file](std::uint64_t offset, std::byte* to, std::size_t count) {
        if (offset > size || count > size - offset)
            fail(BundleError::Reason::unreadable, file, "it ends too early", getAgain);
        if (count > 0)
            std::memcpy(to, bytes + offset, count);
    };
    return readAll(read, size, file);
}

} // namespace organum::bundle
