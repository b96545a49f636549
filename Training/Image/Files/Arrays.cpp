#include "Training/Image/Files/Arrays.h"

#include "Training/Data/DataError.h"
#include "Training/Image/Files/FileBytes.h"
#include "Training/Image/Files/NumpyHeader.h"

#include <cstring>
#include <fstream>

namespace organum::training
{
namespace
{

[[noreturn]] void refuse(const std::string& source, const std::string& reason)
{
    throw DataError("Could not read " + source + ": " + reason + ".");
}

std::uint32_t bigEndian(const std::string& bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/** Elements of a shape; refuses one that more than `most` would be needed for. */
std::size_t elementsOf(const std::vector<std::int64_t>& shape, std::size_t most,
                       const std::string& source)
{
    std::size_t count = 1;
    for (const auto size : shape) {
        if (size < 1)
            refuse(source, "it is empty: a dimension of its shape is 0");
        if (count > most / static_cast<std::size_t>(size))
            refuse(source, "its header claims more data than the file has (" +
                               std::to_string(most) + " bytes)");
        count *= static_cast<std::size_t>(size);
    }
    return count;
}

torch::Tensor bytesTensor(const char* bytes, const std::vector<std::int64_t>& shape,
                          std::size_t count)
{
    auto tensor = torch::empty(shape, torch::kUInt8);
    std::memcpy(tensor.data_ptr<std::uint8_t>(), bytes, count);
    return tensor;
}

template <typename From>
torch::Tensor widened(const char* bytes, const std::vector<std::int64_t>& shape, std::size_t count)
{
    auto tensor = torch::empty(shape, torch::kInt64);
    auto* to = tensor.data_ptr<std::int64_t>();
    for (std::size_t i = 0; i < count; ++i) {
        From value;
        std::memcpy(&value, bytes + i * sizeof(From), sizeof(From));
        to[i] = static_cast<std::int64_t>(value);
    }
    return tensor;
}

NumpyHeader headerOf(const std::string& bytes, const std::string& source)
{
    try {
        return readNumpyHeader(bytes);
    } catch (const std::invalid_argument& problem) {
        refuse(source, problem.what());
    }
}

/** Refuses an array whose elements of `width` bytes are not what is there after its header; returns
    their number. */
std::size_t refuseOtherSize(const NumpyHeader& header, std::size_t there, std::size_t width,
                            const std::string& source)
{
    const auto count = elementsOf(header.shape, there / width, source);
    if (count * width != there)
        refuse(source, "after its header it has " + std::to_string(there) + " bytes instead of " +
                           std::to_string(count * width));
    return count;
}

constexpr std::int64_t drawingSide = 28;

/** Headerless drawings in so many bytes. */
std::int64_t drawingsIn(std::size_t bytes, const std::filesystem::path& file)
{
    constexpr auto drawing = static_cast<std::size_t>(drawingSide * drawingSide);
    if (bytes == 0 || bytes % drawing != 0)
        refuse(file.string(), "its " + std::to_string(bytes) +
                                  " bytes are no whole number of drawings of 28 x 28 bytes");
    return static_cast<std::int64_t>(bytes / drawing);
}

/** The first bytes of a file. */
std::string beginningOf(const std::filesystem::path& file, std::size_t most)
{
    std::ifstream in(file, std::ios::binary);
    std::string bytes(most, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

bool isGzip(const std::string& bytes)
{
    return bytes.compare(0, 2, "\x1f\x8b") == 0;
}

/** Rows of `shape` that follow each other from a place in a file on. */
ArrayRows rowsInFile(const std::filesystem::path& file, std::size_t from,
                     const std::vector<std::int64_t>& shape)
{
    ArrayRows rows;
    rows.count = shape.front();
    std::size_t width = 1;
    for (std::size_t d = 1; d < shape.size(); ++d)
        width *= static_cast<std::size_t>(shape[d]);
    rows.read = [=](const std::vector<std::int64_t>& wanted) {
        std::ifstream in(file, std::ios::binary);
        auto part = shape;
        part.front() = static_cast<std::int64_t>(wanted.size());
        auto tensor = torch::empty(part, torch::kUInt8);
        auto* to = reinterpret_cast<char*>(tensor.data_ptr<std::uint8_t>());
        for (std::size_t i = 0; i < wanted.size(); ++i, to += width) {
            // A stream that is told where it stands already forgets what it has read ahead.
            if (i == 0 || wanted[i] != wanted[i - 1] + 1)
                in.seekg(static_cast<std::streamoff>(from +
                                                     static_cast<std::size_t>(wanted[i]) * width));
            if (!in.read(to, static_cast<std::streamsize>(width)))
                refuse(file.string(), "its row " + std::to_string(wanted[i]) +
                                          " cannot be read; has the file changed?");
        }
        return tensor;
    };
    return rows;
}

} // namespace

ArrayRows rowsOf(const torch::Tensor& array)
{
    ArrayRows rows;
    rows.count = array.size(0);
    rows.bytesInMemory = array.nbytes();
    rows.read = [array](const std::vector<std::int64_t>& wanted) {
        return array.index_select(0, torch::tensor(wanted, torch::kInt64));
    };
    return rows;
}

std::optional<ArrayRows> rowsInNpy(const std::filesystem::path& file)
{
    const auto bytes = beginningOf(file, longestNumpyHeader);
    if (isGzip(bytes))
        return std::nullopt;
    const auto header = headerOf(bytes, file.string());
    if (header.shape.size() < 2 || (header.type != "|u1" && header.type != "|b1"))
        return std::nullopt;
    const auto there = std::filesystem::file_size(file) - header.dataAt;
    refuseOtherSize(header, there, 1, file.string());
    return rowsInFile(file, header.dataAt, header.shape);
}

std::optional<ArrayRows> rowsInRawDrawings(const std::filesystem::path& file)
{
    if (isGzip(beginningOf(file, 2)))
        return std::nullopt;
    const auto bytes = static_cast<std::size_t>(std::filesystem::file_size(file));
    return rowsInFile(file, 0, {drawingsIn(bytes, file), 1, drawingSide, drawingSide});
}

torch::Tensor readIdx(const std::filesystem::path& file)
{
    const auto bytes = readDataFile(file);
    const auto source = file.string();
    if (bytes.size() < 4 || bytes[0] != 0 || bytes[1] != 0)
        refuse(source, "it does not begin as an IDX file does (two zero bytes)");
    if (bytes[2] != 8)
        refuse(source, "byte 2 says another type of element than unsigned bytes");
    const auto dimensions = static_cast<std::size_t>(static_cast<unsigned char>(bytes[3]));
    if (dimensions < 1 || dimensions > 4)
        refuse(source, "byte 3 says " + std::to_string(dimensions) + " dimensions");
    const auto header = 4 + 4 * dimensions;
    if (bytes.size() < header)
        refuse(source, "it ends within its header, at byte " + std::to_string(bytes.size()));
    std::vector<std::int64_t> shape;
    for (std::size_t d = 0; d < dimensions; ++d)
        shape.push_back(static_cast<std::int64_t>(bigEndian(bytes, 4 + 4 * d)));
    const auto there = bytes.size() - header;
    const auto count = elementsOf(shape, there, source);
    if (count != there)
        refuse(source, "after its header of " + std::to_string(header) + " bytes it has " +
                           std::to_string(there) + " bytes instead of " + std::to_string(count));
    return bytesTensor(bytes.data() + header, shape, count);
}

torch::Tensor readNpy(const std::string& bytes, const std::string& source)
{
    const auto header = headerOf(bytes, source);
    const auto& type = header.type;
    const auto& shape = header.shape;
    const std::map<std::string, std::size_t> widths = {{"|u1", 1}, {"|b1", 1}, {"<i4", 4},
                                                       {"<u4", 4}, {"<i8", 8}, {"<u8", 8}};
    const auto width = widths.find(type);
    if (width == widths.end())
        refuse(source, type.find('O') != std::string::npos
                           ? "it holds Python objects, which only Python can read. Take the "
                             "bitmaps (.npy) or the drawings (.ndjson) of the same set"
                           : "its elements are of the type " + type.substr(0, 40) +
                                 "; whole numbers of 1, 4 or 8 bytes are read");
    const auto* data = bytes.data() + header.dataAt;
    const auto there = bytes.size() - header.dataAt;
    const auto count = refuseOtherSize(header, there, width->second, source);
    if (width->second == 1)
        return bytesTensor(data, shape, count);
    if (type == "<i4")
        return widened<std::int32_t>(data, shape, count);
    if (type == "<u4")
        return widened<std::uint32_t>(data, shape, count);
    return widened<std::int64_t>(data, shape, count);
}

std::map<std::string, torch::Tensor> readNpz(const std::filesystem::path& file)
{
    std::map<std::string, torch::Tensor> arrays;
    readZip(file, [&](const std::string& name, const std::string& bytes) {
        const auto ending = name.rfind(".npy");
        if (ending != std::string::npos && ending + 4 == name.size())
            arrays[name.substr(0, ending)] = readNpy(bytes, file.string() + ", " + name);
    });
    if (arrays.empty())
        refuse(file.string(), "it holds no NumPy arrays");
    return arrays;
}

ImageSet readCifarBatch(const std::filesystem::path& file)
{
    constexpr std::size_t record = 1 + 3 * 32 * 32;
    constexpr int classes = 10;
    const auto bytes = readDataFile(file);
    if (bytes.empty() || bytes.size() % record != 0)
        refuse(file.string(), "its " + std::to_string(bytes.size()) +
                                  " bytes are no whole number of records of " +
                                  std::to_string(record) + " bytes (label, red, green, blue)");
    const auto count = static_cast<std::int64_t>(bytes.size() / record);
    ImageSet set;
    set.labels = torch::empty({count}, torch::kInt64);
    auto all = bytesTensor(bytes.data(), {count, static_cast<std::int64_t>(record)}, bytes.size());
    set.labels = all.select(1, 0).to(torch::kInt64);
    for (std::int64_t i = 0; i < count; ++i)
        if (set.labels[i].item<std::int64_t>() >= classes)
            refuse(file.string(), "record " + std::to_string(i) + " has the label " +
                                      std::to_string(set.labels[i].item<std::int64_t>()) +
                                      "; CIFAR-10 has classes 0 to 9");
    set.pixels = all.slice(1, 1).contiguous().view({count, 3, 32, 32});
    return set;
}

torch::Tensor readRawDrawings(const std::filesystem::path& file)
{
    const auto bytes = readDataFile(file);
    return bytesTensor(bytes.data(), {drawingsIn(bytes.size(), file), 1, drawingSide, drawingSide},
                       bytes.size());
}

torch::Tensor asImages(const torch::Tensor& array, const std::string& source)
{
    if (array.scalar_type() != torch::kUInt8)
        refuse(source, "its elements are no bytes, as pixels are");
    if (array.dim() == 2 && array.size(1) == 784)
        return array.view({-1, 1, 28, 28});
    if (array.dim() == 3)
        return array.unsqueeze(1);
    if (array.dim() == 4 && array.size(1) == 1) // as drawings are read
        return array;
    if (array.dim() == 4 && (array.size(3) == 1 || array.size(3) == 3))
        return array.permute({0, 3, 1, 2}).contiguous();
    refuse(source, "its shape is not that of images (N x 784, N x H x W, or N x H x W x 1 or 3)");
}

} // namespace organum::training
