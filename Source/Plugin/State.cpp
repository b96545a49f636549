#include "Plugin/State.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

namespace organum::plugin
{

namespace
{

constexpr char magic[8] = {'O', 'R', 'G', 'A', 'N', 'U', 'M', 0};
constexpr std::size_t largestText = 4096;

[[noreturn]] void refuse(const std::string& reason)
{
    throw StateError("The saved state was not used: " + reason + ".");
}

class Writer
{
public:
    std::string bytes;

    void u32(std::uint32_t value)
    {
        for (int i = 0; i < 4; ++i)
            bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xffu));
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
    void text(const std::string& value)
    {
        const std::string kept = value.substr(0, largestText);
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

class Reader
{
public:
    Reader(const char* begin, std::size_t size)
        : at(begin)
        , end(begin + size)
    {
    }

    std::size_t left() const { return static_cast<std::size_t>(end - at); }
    const char* position() const { return at; }

    std::string raw(std::size_t size)
    {
        if (size > left())
            refuse("it ends too early");
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
    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (left() == 0)
                refuse("it ends too early");
            const auto byte = static_cast<unsigned char>(*at++);
            value |= static_cast<std::uint64_t>(byte & 0x7fu) << shift;
            if ((byte & 0x80u) == 0)
                return value;
        }
        refuse("a number in it is too long");
    }
    std::uint64_t numberUpTo(std::uint64_t largest)
    {
        const std::uint64_t value = number();
        if (value > largest)
            refuse("a number in it is out of range");
        return value;
    }
    std::string text() { return raw(static_cast<std::size_t>(numberUpTo(largestText))); }

private:
    const char* at;
    const char* end;
};

std::uint32_t checksum(const char* bytes, std::size_t size)
{
    std::uint32_t hash = 2166136261u;
    for (std::size_t i = 0; i < size; ++i)
        hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 16777619u;
    return hash;
}

std::string encodeTake(const Take& take)
{
    Writer writer;
    writer.text(take.model);
    writer.number(take.seed);
    writer.number(static_cast<std::uint64_t>(take.bars));
    writer.number(static_cast<std::uint64_t>(take.metreNumerator));
    writer.number(static_cast<std::uint64_t>(take.metreDenominator));
    writer.text(take.notice);
    writer.number(take.notes.size());
    std::int64_t previous = 0;
    for (const TakeNote& note : take.notes) {
        // Signed: notes of unsorted takes must survive too.
        const std::int64_t step = note.onset - previous;
        writer.number((static_cast<std::uint64_t>(step) << 1) ^
                      static_cast<std::uint64_t>(step >> 63));
        writer.number(static_cast<std::uint64_t>(note.duration));
        writer.bytes.push_back(static_cast<char>(note.pitch));
        writer.bytes.push_back(static_cast<char>(note.velocity));
        previous = note.onset;
    }
    return writer.bytes;
}

TakePointer decodeTake(const std::string& bytes)
{
    Reader reader(bytes.data(), bytes.size());
    Take take;
    take.model = reader.text();
    take.seed = reader.number();
    take.bars = static_cast<int>(reader.numberUpTo(largestTakeBars));
    take.metreNumerator = static_cast<int>(reader.numberUpTo(32));
    take.metreDenominator = static_cast<int>(reader.numberUpTo(32));
    take.notice = reader.text();
    // A note takes four bytes at least, so a hostile count cannot ask for memory.
    const std::uint64_t count =
        reader.numberUpTo(std::min<std::uint64_t>(reader.left() / 4, largestTakeNotes));
    take.notes.reserve(static_cast<std::size_t>(count));
    constexpr std::uint64_t largestTick = std::uint64_t{1} << 40;
    std::int64_t previous = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        TakeNote note;
        const std::uint64_t coded = reader.numberUpTo(largestTick);
        const auto magnitude = static_cast<std::int64_t>(coded >> 1);
        note.onset = previous + ((coded & 1u) != 0 ? -magnitude - 1 : magnitude);
        note.duration = static_cast<std::int64_t>(reader.numberUpTo(largestTick));
        const std::string pair = reader.raw(2);
        note.pitch = static_cast<unsigned char>(pair[0]);
        note.velocity = static_cast<unsigned char>(pair[1]);
        previous = note.onset;
        take.notes.push_back(note);
        if (note.onset < 0)
            refuse("a take in it is damaged");
    }
    if (reader.left() != 0)
        refuse("a take in it is damaged");
    if (const std::string problem = problemWith(take); !problem.empty())
        refuse("a take in it is damaged, " + problem);
    return std::make_shared<const Take>(std::move(take));
}

void decodeParameters(State& state, const std::string& bytes)
{
    Reader reader(bytes.data(), bytes.size());
    const std::uint64_t count = reader.numberUpTo(1000);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string id = reader.text();
        const std::uint32_t bits = reader.u32();
        float value = 0.0f;
        std::memcpy(&value, &bits, sizeof(value));
        if (!std::isfinite(value) || value < 0.0f || value > 1.0f)
            refuse("the value of parameter " + id + " is out of range");
        state.parameters[id] = value;
    }
}

} // namespace

std::string encode(const State& state)
{
    Writer writer;
    writer.bytes.assign(magic, sizeof(magic));
    writer.u32(State::version);

    Writer parameters;
    parameters.number(state.parameters.size());
    for (const auto& [id, value] : state.parameters) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof(bits));
        parameters.text(id);
        parameters.u32(bits);
    }
    writer.section("PARA", parameters.bytes);
    writer.section("MODL", state.model.substr(0, largestText));
    for (const TakePointer& take : state.takes.takes)
        writer.section("TAKE", encodeTake(*take));
    Writer current;
    current.number(static_cast<std::uint64_t>(state.takes.current + 1));
    writer.section("CURR", current.bytes);
    for (const auto& [tag, bytes] : state.unknown)
        writer.section(tag, bytes);
    Writer sum;
    sum.u32(checksum(writer.bytes.data(), writer.bytes.size()));
    writer.section("CSUM", sum.bytes);
    return writer.bytes;
}

State decode(const void* bytes, std::size_t size)
{
    const auto* begin = static_cast<const char*>(bytes);
    if (begin == nullptr || size < sizeof(magic) + 4 ||
        std::memcmp(begin, magic, sizeof(magic)) != 0)
        refuse("it is not Organum's, or damaged at its start");
    Reader reader(begin + sizeof(magic), size - sizeof(magic));
    if (const std::uint32_t version = reader.u32(); version != State::version)
        refuse("it is of version " + std::to_string(version) +
               ", and this Organum reads version 1; use a newer release");
    State state;
    bool complete = false;
    std::uint64_t current = 0;
    while (!complete) {
        const auto before = static_cast<std::size_t>(reader.position() - begin);
        const std::string tag = reader.raw(4);
        const std::string content = reader.raw(reader.u32());
        Reader section(content.data(), content.size());
        if (tag == "PARA") {
            decodeParameters(state, content);
        } else if (tag == "MODL") {
            state.model = content.substr(0, largestText);
        } else if (tag == "TAKE") {
            if (state.takes.takes.size() == TakeHistory::capacity)
                refuse("it holds too many takes");
            state.takes.takes.push_back(decodeTake(content));
        } else if (tag == "CURR") {
            current = section.number();
        } else if (tag == "CSUM") {
            if (section.u32() != checksum(begin, before))
                refuse("it is damaged, its checksum differs");
            complete = true;
        } else {
            state.unknown.emplace_back(tag, content);
        }
    }
    if (current > state.takes.takes.size() || (current == 0 && !state.takes.takes.empty()))
        refuse("it names a take that is not there");
    state.takes.current = static_cast<int>(current) - 1;
    return state;
}

} // namespace organum::plugin
