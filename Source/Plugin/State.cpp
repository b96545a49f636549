#include "Plugin/State.h"

#include "Plugin/Bytes.h"
#include "Plugin/TakeCodec.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

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

void writeHarmony(ByteWriter& writer, const Harmony& harmony)
{
    writer.text(harmony.chords);
    writer.real(harmony.strength);
}

Harmony readHarmony(ByteReader& reader)
{
    Harmony harmony;
    harmony.chords = reader.text();
    harmony.strength = reader.real();
    if (!(harmony.strength >= 0.0f) || harmony.strength > 1.0f)
        refuseState("the strength of its chords is out of range");
    return harmony;
}

/** Gives the takes back what their settings say of harmony. */
void decodeHarmonies(State& state, const std::string& bytes)
{
    ByteReader reader(bytes.data(), bytes.size());
    state.harmony = readHarmony(reader);
    const std::uint64_t count = reader.numberUpTo(TakeHistory::capacity);
    if (count != state.takes.takes.size())
        refuseState("its harmonies are not those of its takes");
    for (TakePointer& take : state.takes.takes) {
        const Harmony harmony = readHarmony(reader);
        if (!take->settings || take->settings->harmony == harmony)
            continue;
        Take changed = *take;
        changed.settings->harmony = harmony;
        take = std::make_shared<const Take>(std::move(changed));
    }
}

/** Takes as bytes. */
struct EncodedTakes
{
    std::vector<std::string> bytes; ///< oldest first
    std::map<int, int> places;      ///< from those in the list to those in `bytes`

    /** Counted from 1; 0 for none. */
    int after(int place) const
    {
        const auto found = places.find(place);
        return found == places.end() ? 0 : found->second + 1;
    }
};

/** Without those that there is no room for. */
EncodedTakes encodeTakes(const TakeHistory::Snapshot& takes)
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
    EncodedTakes encoded;
    for (auto& [place, bytes] : kept) {
        encoded.places[place] = static_cast<int>(encoded.bytes.size());
        encoded.bytes.push_back(std::move(bytes));
    }
    return encoded;
}

/** Empty when neither the state nor a take has a harmony. */
std::string encodeHarmonies(const State& state, const EncodedTakes& takes)
{
    ByteWriter writer;
    writeHarmony(writer, state.harmony);
    writer.number(takes.bytes.size());
    bool any = !(state.harmony == Harmony{});
    for (const auto& [place, encoded] : takes.places) {
        const auto& settings = state.takes.takes[static_cast<std::size_t>(place)]->settings;
        const Harmony harmony = settings ? settings->harmony : Harmony{};
        any = any || !(harmony == Harmony{});
        writeHarmony(writer, harmony);
    }
    return any ? writer.bytes : std::string();
}

/** Empty when there is nothing to say. */
std::string encodeSources(const State& state, const EncodedTakes& takes)
{
    ByteWriter writer;
    int count = 0;
    for (const auto& [place, source] : state.sources) {
        const int encoded = takes.after(place);
        if (encoded == 0 || !source.any())
            continue;
        ++count;
        writer.integer(encoded);
        writer.number(musicHash(*state.takes.takes[static_cast<std::size_t>(place)]));
        ByteWriter each;
        encodeSource(each, source);
        writer.number(each.bytes.size());
        writer.bytes += each.bytes;
    }
    ByteWriter whole;
    whole.integer(count);
    return count > 0 ? whole.bytes + writer.bytes : std::string();
}

/** An earlier release writes the section back beside takes of its own: of those it says nothing. */
void decodeSources(State& state, const std::string& bytes, std::uint32_t version)
{
    ByteReader reader(bytes.data(), bytes.size());
    const int count = reader.integerUpTo(static_cast<int>(TakeHistory::capacity));
    for (int i = 0; i < count; ++i) {
        const int place = reader.integerUpTo(static_cast<int>(TakeHistory::capacity)) - 1;
        const std::uint64_t hash = reader.number();
        const std::string content =
            reader.raw(static_cast<std::size_t>(reader.numberUpTo(reader.left())));
        if (place < 0 || place >= static_cast<int>(state.takes.takes.size()) ||
            musicHash(*state.takes.takes[static_cast<std::size_t>(place)]) != hash)
            continue;
        ByteReader each(content.data(), content.size());
        state.sources[place] = decodeSource(each, version);
    }
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
    const EncodedTakes takes = encodeTakes(state.takes);
    for (const std::string& take : takes.bytes)
        writer.section("TAKE", take);
    const auto integers = [](std::initializer_list<int> values) {
        ByteWriter section;
        for (const int value : values)
            section.integer(value);
        return section.bytes;
    };
    writer.section("CURR", integers({takes.after(state.takes.current)}));
    writer.section("LOCK", encodeLockedBars(state.lockedBars));
    writer.section(
        "MARK", integers({takes.after(state.takes.marks[0]), takes.after(state.takes.marks[1])}));
    writer.section("AUTO", integers({state.autoApply ? 1 : 0,
                                     state.autoApply ? takes.after(state.beforeAuto) : 0}));
    if (const std::string harmonies = encodeHarmonies(state, takes); !harmonies.empty())
        writer.section("CHRD", harmonies);
    if (const std::string sources = encodeSources(state, takes); !sources.empty())
        writer.section("SRCE", sources);
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
    std::string harmonies, sources;
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
        } else if (tag == "MARK") {
            for (int& mark : state.takes.marks)
                mark = section.integerUpTo(static_cast<int>(TakeHistory::capacity)) - 1;
        } else if (tag == "AUTO") {
            state.autoApply = section.integerUpTo(1) == 1;
            state.beforeAuto = section.integerUpTo(static_cast<int>(TakeHistory::capacity)) - 1;
        } else if (tag == "CHRD") {
            harmonies = content;
        } else if (tag == "SRCE") {
            sources = content;
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
    if (!harmonies.empty())
        decodeHarmonies(state, harmonies);
    try {
        if (!sources.empty())
            decodeSources(state, sources, version);
    } catch (const StateError&) {
        state.sources.clear(); // only explanations need them: not worth refusing a project for
    }
    state.takes.current = static_cast<int>(current) - 1;
    const auto count = static_cast<int>(state.takes.takes.size());
    if (state.takes.marks[0] >= count || state.takes.marks[1] >= count || state.beforeAuto >= count)
        refuseState("it names a take that is not there");
    return state;
}

} // namespace organum::plugin
