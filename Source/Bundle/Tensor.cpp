#include "Bundle/Header.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace organum::bundle
{

namespace
{

constexpr auto notFinite = "is infinite or not a number";

/** The first value whose bits without the sign are above `largest`. A float's bits ascend with its
    size; infinity and what is not a number lie above all others. */
template <typename Word>
Word firstAbove(const std::byte* bytes, std::size_t count, Word largest)
{
    constexpr auto withoutSign = static_cast<Word>(static_cast<Word>(~Word{0}) >> 1);
    for (std::size_t i = 0; i + sizeof(Word) <= count; i += sizeof(Word)) {
        Word word;
        std::memcpy(&word, bytes + i, sizeof(Word));
        word = static_cast<Word>(word & withoutSign);
        if (word > largest)
            return word;
    }
    return 0;
}

} // namespace

std::size_t bytesPerValue(DataType type)
{
    switch (type) {
    case DataType::float16:
        return 2;
    case DataType::int64:
        return 8;
    case DataType::float32:
        break;
    }
    return 4;
}

std::string dataTypeName(DataType type)
{
    switch (type) {
    case DataType::float16:
        return "F16";
    case DataType::int64:
        return "I64";
    case DataType::float32:
        break;
    }
    return "F32";
}

DataType dataTypeFromName(const std::string& name)
{
    for (const auto type : {DataType::float32, DataType::float16, DataType::int64})
        if (dataTypeName(type) == name)
            return type;
    throw std::invalid_argument("the value type \"" + name.substr(0, 20) +
                                "\", but a bundle holds F32, F16 or I64 only");
}

std::uint64_t byteSize(DataType type, const std::vector<std::int64_t>& shape)
{
    if (shape.size() > maximumRank)
        throw std::invalid_argument("a tensor has more than " + std::to_string(maximumRank) +
                                    " dimensions");
    // A zero anywhere makes the size 0 whatever stands beside it, as in safetensors.
    std::uint64_t size = bytesPerValue(type);
    bool overflow = false;
    for (const auto dimension : shape) {
        if (dimension < 0)
            throw std::invalid_argument("a tensor has a negative dimension");
        const auto factor = static_cast<std::uint64_t>(dimension);
        const auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (factor != 0 && size > limit / factor)
            overflow = true;
        size = overflow && factor != 0 ? limit : size * factor;
        if (size == 0)
            return 0;
    }
    if (overflow)
        throw std::overflow_error("a tensor's shape is too large to exist");
    return size;
}

std::string valueFault(DataType type, const std::byte* bytes, std::size_t count)
{
    if (type == DataType::float16) // its largest finite value, 65504, is allowed
        return firstAbove<std::uint16_t>(bytes, count, 0x7bffu) != 0 ? notFinite : "";
    if (type != DataType::float32)
        return {};
    std::uint32_t largest;
    static_assert(sizeof largest == sizeof largestValue);
    std::memcpy(&largest, &largestValue, sizeof largest);
    const auto found = firstAbove<std::uint32_t>(bytes, count, largest);
    if (found == 0)
        return {};
    if (found >= 0x7f800000u)
        return notFinite;
    return "is beyond a million, far more than any training gives";
}

} // namespace organum::bundle
