#include "Plugin/State.h"

#include "Plugin/Bytes.h"
#include "Plugin/TakeCodec.h"

#include <algorithm>
#include <cmath>

namespace organum::plugin
{

namespace
{

constexpr char magic[8] = {'O', 'R', 'G', 'A', 'N', 'U', 'M', 0};

std::uint32_t checksum(const char* bytes, std::size_t size)
{
    std::uint32_t hash = 2166136261u;
    for (std::size_t i = 0; i < size; ++i)
        hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 16777619u;
    return hash;
}

void decodeParameters(State& state, const std::string& bytes)
{
    ByteReader reader(bytes.data(), bytes.size());
    const std::uint64_t count = reader.numberUpTo(1000);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string id = reader.text();
        const float value = reader.real();
        if (!std::isfinite(value) || value < 0.0f || value > 1.0f)
            refuseState("the value of parameter " + id + " is out of range");
        state.parameters[id] = value;
    }
}

std::string encodeLockedBars(const std::vector<int>& bars)
{
    ByteWriter writer;
    writer.number(bars.size());
    for (const int bar : bars)
        writer.integer(bar);
    return writer.bytes;
}

std::vector<int> decodeLockedBars(const std::string& bytes)
{
    ByteReader reader(bytes.data(), bytes.size());
    std::vector<int> bars;
    const int count = reader.integerUpTo(largestTakeBars);
    for (int i = 0; i < count; ++i) {
        const int bar = reader.integerUpTo(largestTakeBars - 1);
        if (!bars.empty() && bar <= bars.back())
            refuseState("its locked bars are out of order");
        bars.push_back(bar);
    }
    return bars;
}

/** The takes as bytes, oldest first, without those that there is no room for; `current` becomes the
    place of the one that plays among them. */
std::vector<std::string> encodeTakes(const TakeHistory::Snapshot& takes, int& current)
{
    const int count = static_cast<int>(takes.takes.size());
    std::vector<int> byWorth;
    for (int place = count - 1; place >= 0; --place)
        byWorth.push_back(place);
    const auto worth = [&takes](int place) {
        return place == takes.current                                  ? 2
               : takes.takes[static_cast<std::size_t>(place)]->starred ? 1
                                                                       : 0;
    };
    std::stable_sort(byWorth.begin(), byWorth.end(),
                     [&worth](int a, int b) { return worth(a) > worth(b); });
    std::map<int, std::string> kept;
    std::size_t size = 0;
    for (const int place : byWorth) {
        std::string bytes = encodeTake(*takes.takes[static_cast<std::size_t>(place)]);
        size += bytes.size();
        if (size > State::largestTakes && !kept.empty())
            break;
        kept.emplace(place, std::move(bytes));
    }
    std::vector<std::string> encoded;
    current = -1;
    for (auto& [place, bytes] : kept) {
        if (place == takes.current)
            current = static_cast<int>(encoded.size());
        encoded.push_back(std::move(bytes));
    }
    return encoded;
}

} // namespace

std::string encode(const State& state)
{
    ByteWriter writer;
    writer.bytes.assign(magic, sizeof(magic));
    writer.u32(State::version);

    ByteWriter parameters;
    parameters.number(state.parameters.size());
    for (const auto& [id, value] : state.parameters) {
        parameters.text(id);
        parameters.real(value);
    }
    writer.section("PARA", parameters.bytes);
    writer.section("MODL", state.model.substr(0, largestStateText));
    int playing = -1;
    for (const std::string& take : encodeTakes(state.takes, playing))
        writer.section("TAKE", take);
    ByteWriter current;
    current.integer(playing + 1);
    writer.section("CURR", current.bytes);
    writer.section("LOCK", encodeLockedBars(state.lockedBars));
    for (const auto& [tag, bytes] : state.unknown)
        writer.section(tag, bytes);
    ByteWriter sum;
    sum.u32(checksum(writer.bytes.data(), writer.bytes.size()));
    writer.section("CSUM", sum.bytes);
    return writer.bytes;
}

State decode(const void* bytes, std::size_t size)
{
    const auto* begin = static_cast<const char*>(bytes);
    if (begin == nullptr || size < sizeof(magic) + 4 ||
        std::memcmp(begin, magic, sizeof(magic)) != 0)
        refuseState("it is not Organum's, or damaged at its start");
    ByteReader reader(begin + sizeof(magic), size - sizeof(magic));
    const std::uint32_t version = reader.u32();
    if (version < State::oldest || version > State::version)
        throw StateError("The saved state was not used: it is of version " +
                             std::to_string(version) + ", and this Organum reads versions " +
                             std::to_string(State::oldest) + " to " +
                             std::to_string(State::version) +
                             "; use a newer release. It is saved again as it was until music is "
                             "composed here.",
                         version > State::version);
    State state;
    bool complete = false;
    std::uint64_t current = 0;
    while (!complete) {
        const auto before = static_cast<std::size_t>(reader.position() - begin);
        const std::string tag = reader.raw(4);
        const std::string content = reader.raw(reader.u32());
        ByteReader section(content.data(), content.size());
        if (tag == "PARA") {
            decodeParameters(state, content);
        } else if (tag == "MODL") {
            state.model = content.substr(0, largestStateText);
        } else if (tag == "TAKE") {
            if (state.takes.takes.size() == TakeHistory::capacity)
                refuseState("it holds too many takes");
            state.takes.takes.push_back(decodeTake(content, version));
        } else if (tag == "CURR") {
            current = section.number();
        } else if (tag == "LOCK") {
            state.lockedBars = decodeLockedBars(content);
        } else if (tag == "CSUM") {
            if (section.u32() != checksum(begin, before))
                refuseState("it is damaged, its checksum differs");
            complete = true;
        } else {
            state.unknown.emplace_back(tag, content);
        }
    }
    if (current > state.takes.takes.size() || (current == 0 && !state.takes.takes.empty()))
        refuseState("it names a take that is not there");
    state.takes.current = static_cast<int>(current) - 1;
    return state;
}

} // namespace organum::plugin
