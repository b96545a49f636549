#include "Plugin/TakeCodec.h"

#include "Plugin/Bytes.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <utility>

namespace organum::plugin
{

namespace
{

constexpr std::uint64_t largestTick = std::uint64_t{1} << 40;
/** Of a take as it is before it is deflated. */
constexpr std::size_t largestTakeBytes = largestTakeNotes * 16 + 65536;
constexpr int starFlag = 1;
constexpr int editFlag = 0x80; ///< beside a velocity: the note was edited by hand

std::string deflated(const std::string& bytes)
{
    juce::MemoryOutputStream stream;
    {
        juce::GZIPCompressorOutputStream packer(stream, 9);
        packer.write(bytes.data(), bytes.size());
    }
    return {static_cast<const char*>(stream.getData()), stream.getDataSize()};
}

/** Memory is taken as bytes come out, not as the damaged or hostile header says. */
std::string inflated(const char* packed, std::size_t packedSize, std::size_t size)
{
    juce::MemoryInputStream stream(packed, packedSize, false);
    juce::GZIPDecompressorInputStream unpacker(&stream, false,
                                               juce::GZIPDecompressorInputStream::zlibFormat);
    std::string bytes;
    char block[4096];
    while (true) {
        const int read = unpacker.read(block, static_cast<int>(sizeof(block)));
        if (read <= 0)
            break;
        bytes.append(block, static_cast<std::size_t>(read));
        if (bytes.size() > size)
            refuseState("a take in it is damaged");
    }
    if (bytes.size() != size)
        refuseState("a take in it is damaged");
    return bytes;
}

} // namespace

void encodeSettings(ByteWriter& writer, const Settings& settings)
{
    writer.integer(settings.bars);
    writer.integer(settings.seed);
    writer.real(settings.pitchTemperature);
    writer.real(settings.durationTemperature);
    writer.real(settings.topP);
    writer.integer(settings.key);
    writer.integer(settings.scale);
    writer.real(settings.rules);
    for (const LatentSetting& knob : settings.latents) {
        writer.integer(knob.seedA);
        writer.integer(knob.seedB);
        writer.real(knob.morph);
    }
    for (const float macro : settings.macros)
        writer.real(macro);
}

Settings decodeSettings(ByteReader& reader)
{
    constexpr int large = 1 << 20; // ranges themselves are checked by problemWith()
    Settings settings;
    settings.bars = reader.integerUpTo(large);
    settings.seed = reader.integerUpTo(large);
    settings.pitchTemperature = reader.real();
    settings.durationTemperature = reader.real();
    settings.topP = reader.real();
    settings.key = reader.integerUpTo(large);
    settings.scale = reader.integerUpTo(large);
    settings.rules = reader.real();
    for (LatentSetting& knob : settings.latents) {
        knob.seedA = reader.integerUpTo(large);
        knob.seedB = reader.integerUpTo(large);
        knob.morph = reader.real();
    }
    for (float& macro : settings.macros)
        macro = reader.real();
    return settings;
}

namespace
{

void encodeWhole(ByteWriter& writer, const Settings& settings)
{
    encodeSettings(writer, settings);
    writer.integer(settings.lowest);
    writer.integer(settings.highest);
}

Settings decodeWhole(ByteReader& reader)
{
    Settings settings = decodeSettings(reader);
    settings.lowest = reader.integerUpTo(Settings::largestPitch);
    settings.highest = reader.integerUpTo(Settings::largestPitch);
    return settings;
}

} // namespace

std::string encodeTake(const Take& take)
{
    ByteWriter writer;
    writer.byte(take.starred ? starFlag : 0);
    writer.text(take.model);
    writer.number(take.modelHash);
    writer.text(take.name);
    writer.number(take.seed);
    writer.integer(take.bars);
    writer.integer(take.metreNumerator);
    writer.integer(take.metreDenominator);
    writer.text(take.notice);
    writer.number(take.voiceNames.size());
    for (const std::string& name : take.voiceNames)
        writer.text(name);
    writer.byte(take.settings ? 1 : 0);
    if (take.settings)
        encodeWhole(writer, *take.settings);
    writer.number(take.notes.size());
    std::int64_t previous = 0;
    for (const TakeNote& note : take.notes) {
        // Signed: notes of unsorted takes must survive too.
        const std::int64_t step = note.onset - previous;
        writer.number((static_cast<std::uint64_t>(step) << 1) ^
                      static_cast<std::uint64_t>(step >> 63));
        writer.number(static_cast<std::uint64_t>(note.duration));
        writer.byte(note.pitch);
        writer.byte(note.velocity | (note.isEdited ? editFlag : 0));
        if (take.hasVoices())
            writer.byte(note.voice);
        previous = note.onset;
    }
    ByteWriter whole;
    whole.number(writer.bytes.size());
    whole.bytes += deflated(writer.bytes);
    return whole.bytes;
}

TakePointer decodeTake(const std::string& bytes, std::uint32_t version)
{
    if (version < 3) // neither deflated nor with flags
        return readTake(bytes, version);
    ByteReader reader(bytes.data(), bytes.size());
    const auto size = static_cast<std::size_t>(reader.numberUpTo(largestTakeBytes));
    return readTake(inflated(reader.position(), reader.left(), size), version);
}

TakePointer readTake(const std::string& bytes, std::uint32_t version)
{
    ByteReader reader(bytes.data(), bytes.size());
    Take take;
    if (version >= 3)
        take.starred = (reader.byte() & starFlag) != 0;
    take.model = reader.text();
    if (version >= 4) {
        take.modelHash = reader.number();
        take.name = reader.text();
    }
    take.seed = reader.number();
    take.bars = reader.integerUpTo(largestTakeBars);
    take.metreNumerator = reader.integerUpTo(32);
    take.metreDenominator = reader.integerUpTo(32);
    take.notice = reader.text();
    if (version >= 2) { // version 1 knew neither voices nor settings
        const int names = reader.integerUpTo(largestVoices);
        for (int i = 0; i < names; ++i)
            take.voiceNames.push_back(reader.text());
        if (reader.byte() != 0)
            take.settings = version >= 5 ? decodeWhole(reader) : decodeSettings(reader);
    }
    // A note takes four bytes at least, so a hostile count cannot ask for memory.
    const std::uint64_t count =
        reader.numberUpTo(std::min<std::uint64_t>(reader.left() / 4, largestTakeNotes));
    take.notes.reserve(static_cast<std::size_t>(count));
    std::int64_t previous = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        TakeNote note;
        const std::uint64_t coded = reader.numberUpTo(largestTick);
        const auto magnitude = static_cast<std::int64_t>(coded >> 1);
        note.onset = previous + ((coded & 1u) != 0 ? -magnitude - 1 : magnitude);
        note.duration = static_cast<std::int64_t>(reader.numberUpTo(largestTick));
        note.pitch = reader.byte();
        note.velocity = reader.byte();
        if (version >= 4) {
            note.isEdited = (note.velocity & editFlag) != 0;
            note.velocity &= ~editFlag;
        }
        if (take.hasVoices())
            note.voice = reader.byte();
        previous = note.onset;
        take.notes.push_back(note);
        if (note.onset < 0)
            refuseState("a take in it is damaged");
    }
    if (reader.left() != 0)
        refuseState("a take in it is damaged");
    if (const std::string problem = problemWith(take); !problem.empty())
        refuseState("a take in it is damaged, " + problem);
    return std::make_shared<const Take>(std::move(take));
}

} // namespace organum::plugin
