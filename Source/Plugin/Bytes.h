#pragma once

// Writing and reading the bytes of a saved state: little-endian, checked at every step, since what
// a host hands back may be damaged or hostile.

#include "Plugin/State.h"

#include <cstdint>
#include <cstring>
#include <string>

namespace organum::plugin
{

[[noreturn]] inline void refuseState(const std::string& reason)
{
    throw StateError("The saved state was not used: " + reason + ".");
}

constexpr std::size_t largestStateText = 4096;

class ByteWriter
{
public:
    std::string bytes;

    void u32(std::uint32_t value)
    {
        for (int i = 0; i < 4; ++i)
            bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xffu));
    }
    void real(float value)
    {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof(bits));
        u32(bits);
    }
    /** Seven bits a byte, low ones first: most musical numbers are small. */
    void number(std::uint64_t value)
    {
        while (value >= 0x80u) {
            bytes.push_back(static_cast<char>((value & 0x7fu) | 0x80u));
            value >>= 7;
        }
        bytes.push_back(static_cast<char>(value));
    }
    void integer(int value) { number(static_cast<std::uint64_t>(value)); }
    void byte(int value) { bytes.push_back(static_cast<char>(value)); }
    void text(const std::string& value)
    {
        const std::string kept = value.substr(0, largestStateText);
        number(kept.size());
        bytes += kept;
    }
    void section(const std::string& tag, const std::string& content)
    {
        bytes += tag;
        u32(static_cast<std::uint32_t>(content.size()));
        bytes += content;
    }
};

/** Every call throws StateError when the bytes end too early or a number is out of range. */
class ByteReader
{
public:
    ByteReader(const char* begin, std::size_t size)
        : at(begin)
        , end(begin + size)
    {
    }

    std::size_t left() const { return static_cast<std::size_t>(end - at); }
    const char* position() const { return at; }

    std::string raw(std::size_t size)
    {
        if (size > left())
            refuseState("it ends too early");
        std::string result(at, size);
        at += size;
        return result;
    }
    std::uint32_t u32()
    {
        const std::string four = raw(4);
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value |= static_cast<std::uint32_t>(static_cast<unsigned char>(four[i])) << (8 * i);
        return value;
    }
    float real()
    {
        const std::uint32_t bits = u32();
        float value = 0.0f;
        std::memcpy(&value, &bits, sizeof(value));
        return value;
    }
    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<std::uint64_t>(this->byte());
            value |= (byte & 0x7fu) << shift;
            if ((byte & 0x80u) == 0)
                return value;
        }
        refuseState("a number in it is too long");
    }
    std::uint64_t numberUpTo(std::uint64_t largest)
    {
        const std::uint64_t value = number();
        if (value > largest)
            refuseState("a number in it is out of range");
        return value;
    }
    int integerUpTo(int largest)
    {
        return static_cast<int>(numberUpTo(static_cast<std::uint64_t>(largest)));
    }
    int byte()
    {
        if (left() == 0)
            refuseState("it ends too early");
        return static_cast<unsigned char>(*at++);
    }
    std::string text() { return raw(static_cast<std::size_t>(numberUpTo(largestStateText))); }

private:
    const char* at;
    const char* end;
};

} // namespace organum::plugin
