#include "Score/MidiTrackParser.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include <juce_core/juce_core.h>

namespace organum::score
{
namespace
{

constexpr std::size_t mostWarnings = 20;
constexpr std::size_t longestName = 200;

/** Text of a name event as UTF-8 without control characters; other encodings are taken for Latin-1,
    which is what old sequencers wrote. */
std::string readableText(const std::uint8_t* bytes, std::size_t size)
{
    size = std::min(size, longestName);
    const auto* text = reinterpret_cast<const char*>(bytes);
    while (size > 0 && (bytes[size - 1] & 0xC0) == 0x80 &&
           !juce::CharPointer_UTF8::isValidString(text, static_cast<int>(size)))
        --size; // cutting a long name may have split its last character
    const bool utf8 = juce::CharPointer_UTF8::isValidString(text, static_cast<int>(size));
    std::string name;
    for (std::size_t i = 0; i < size; ++i) {
        const auto byte = bytes[i];
        if (byte < 0x20 || byte == 0x7F)
            continue;
        if (byte < 0x80 || utf8) {
            name += static_cast<char>(byte);
        } else {
            name += static_cast<char>(0xC0 | (byte >> 6));
            name += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    const auto first = name.find_first_not_of(' ');
    if (first == std::string::npos)
        return {};
    return name.substr(first, name.find_last_not_of(' ') - first + 1);
}

class TrackParser
{
public:
    TrackParser(const std::uint8_t* data, std::size_t length, int ppq, std::string name,
                MidiLimits& sharedLimits, MidiWarnings& sharedWarnings)
        : bytes(data)
        , size(length)
        , ticksPerQuarter(ppq)
        , label(std::move(name))
        , limits(sharedLimits)
        , warnings(sharedWarnings)
    {
    }

    TrackContent parse()
    {
        while (!finished && readEvent()) {
        }
        closeSoundingNotes();
        for (auto& voice : content.channels)
            std::sort(voice.notes.begin(), voice.notes.end());
        content.bytesRead = position;
        return std::move(content);
    }

private:
    struct Started
    {
        std::int64_t tick;
        int velocity;
    };

    /** false = no more can be trusted. */
    bool readEvent()
    {
        if (position >= size)
            return damaged("ends without an end-of-track event");
        const auto delta = readVariableLength();
        if (!delta)
            return damaged("breaks off or is damaged");
        if (tick + *delta > limits.lastTick)
            return damaged("goes on beyond the longest time that is read");
        tick += *delta;
        if (position >= size)
            return damaged("breaks off inside an event");
        auto status = bytes[position];
        if (status < 0x80) {
            if (runningStatus == 0)
                return damaged("holds data that belongs to no event");
            status = runningStatus;
        } else {
            ++position;
        }
        if (status == 0xFF)
            return readMeta();
        if (status >= 0xF0)
            return skipSystemMessage(status);
        runningStatus = status;
        return readChannelMessage(status);
    }

    bool readChannelMessage(std::uint8_t status)
    {
        const auto kind = status & 0xF0;
        const std::size_t length = (kind == 0xC0 || kind == 0xD0) ? 1 : 2;
        if (size - position < length)
            return damaged("breaks off inside an event");
        const auto first = bytes[position];
        const auto second = length == 2 ? bytes[position + 1] : std::uint8_t{0};
        // Some sequencers wrote controller values above 127; the event's length is still known.
        const bool isNote = kind == 0x80 || kind == 0x90;
        if (first > 127 || (second > 127 && isNote))
            return damaged("holds a damaged event");
        if (second > 127 && !reportedController) {
            warnings.add("In " + label + ", controller values above 127 were passed over.");
            reportedController = true;
        }
        position += length;
        const auto channel = static_cast<std::size_t>(status & 0x0F);
        if (kind == 0x90 && second > 0)
            return startNote(channel, first, second);
        if (kind == 0x90 || kind == 0x80)
            endNote(channel, first);
        else if (kind == 0xC0 && limits.changesLeft-- > 0)
            content.channels[channel].programs.emplace_back(tick, first);
        return true;
    }

    bool startNote(std::size_t channel, int pitch, int velocity)
    {
        if (limits.notesLeft <= 0)
            return damaged("holds more notes than the one million that are read from a file");
        --limits.notesLeft;
        sounding[{channel, pitch}].push_back({tick, velocity});
        return true;
    }

    void endNote(std::size_t channel, int pitch)
    {
        const auto found = sounding.find({channel, pitch});
        if (found == sounding.end() || found->second.empty())
            return;
        const auto started = found->second.front();
        found->second.pop_front();
        addNote(channel, pitch, started, std::max(tick, started.tick + 1));
    }

    void addNote(std::size_t channel, int pitch, const Started& started, std::int64_t endTick)
    {
        Note note;
        note.pitch = pitch;
        note.velocity = started.velocity;
        note.onset = at(started.tick);
        note.duration = at(endTick - started.tick);
        content.channels[channel].notes.push_back(note);
    }

    void closeSoundingNotes()
    {
        std::size_t count = 0;
        for (const auto& [key, starts] : sounding)
            for (const auto& started : starts) {
                ++count;
                if (started.tick < tick)
                    addNote(key.first, key.second, started, tick);
            }
        if (count > 0)
            warnings.add("In " + label + ", " + std::to_string(count) +
                         " notes had no end; they were ended with the track.");
    }

    bool skipSystemMessage(std::uint8_t status)
    {
        if (status == 0xF0 || status == 0xF7) {
            const auto length = readVariableLength();
            if (!length || static_cast<std::size_t>(*length) > size - position)
                return damaged("breaks off inside a system message");
            position += static_cast<std::size_t>(*length);
            return true;
        }
        const std::size_t length = status == 0xF2 ? 2 : (status == 0xF1 || status == 0xF3) ? 1 : 0;
        if (length > size - position)
            return damaged("breaks off inside a system message");
        position += length;
        return true;
    }

    bool readMeta()
    {
        if (position >= size)
            return damaged("breaks off inside an event");
        const auto type = bytes[position++];
        const auto length = readVariableLength();
        if (!length || static_cast<std::size_t>(*length) > size - position)
            return damaged("breaks off inside an event");
        const auto* data = bytes + position;
        const auto count = static_cast<std::size_t>(*length);
        position += count;
        if (type == 0x2F) {
            finished = true;
        } else if (type == 0x20 && count >= 1 && data[0] < 16) {
            prefixedChannel = data[0];
        } else if (type == 0x03 || type == 0x04) {
            readName(type, readableText(data, count));
        } else if (type == 0x51 || type == 0x58 || type == 0x59) {
            if (limits.changesLeft-- > 0)
                readChange(type, data, count);
        }
        return true;
    }

    void readName(std::uint8_t type, std::string text)
    {
        if (prefixedChannel) {
            auto& voice = content.channels[*prefixedChannel];
            voice.name = std::move(text);
            voice.hasName = true;
        } else if (type == 0x03 && content.name.empty()) {
            content.name = std::move(text);
        }
        prefixedChannel.reset();
    }

    void readChange(std::uint8_t type, const std::uint8_t* data, std::size_t count)
    {
        if (type == 0x51) {
            const int tempo = count >= 3 ? (data[0] << 16) | (data[1] << 8) | data[2] : 0;
            if (tempo > 0)
                content.tempos.push_back({at(tick), tempo});
            else
                warnings.add("In " + label + ", a tempo that means nothing was left out.");
        } else if (type == 0x58) {
            if (count >= 2 && data[0] > 0 && data[1] <= 7)
                content.metres.push_back({at(tick), data[0], 1 << data[1]});
            else
                warnings.add("In " + label + ", a time signature that means nothing was left out.");
        } else {
            const int sharps = count >= 2 ? static_cast<std::int8_t>(data[0]) : 99;
            if (sharps >= -7 && sharps <= 7 && data[1] <= 1)
                content.keys.push_back({at(tick), sharps, data[1] == 1});
            else
                warnings.add("In " + label + ", a key signature that means nothing was left out.");
        }
    }

    std::optional<std::int64_t> readVariableLength()
    {
        std::int64_t value = 0;
        for (int i = 0; i < 4 && position < size; ++i) {
            const auto byte = bytes[position++];
            value = (value << 7) | (byte & 0x7F);
            if (byte < 0x80)
                return value;
        }
        return {};
    }

    Quarters at(std::int64_t ticks) const { return {ticks, ticksPerQuarter}; }

    bool damaged(const std::string& how)
    {
        warnings.add("From byte " + std::to_string(position) + " on, " + label + " " + how +
                     "; what came before was kept.");
        return false;
    }

    const std::uint8_t* bytes;
    std::size_t size;
    int ticksPerQuarter;
    std::string label;
    MidiLimits& limits;
    MidiWarnings& warnings;
    TrackContent content;
    std::size_t position = 0;
    std::int64_t tick = 0;
    std::uint8_t runningStatus = 0;
    bool finished = false;
    bool reportedController = false;
    std::optional<std::size_t> prefixedChannel;
    std::map<std::pair<std::size_t, int>, std::deque<Started>> sounding;
};

} // namespace

void MidiWarnings::add(const std::string& sentence)
{
    if (sentences.size() < mostWarnings)
        sentences.push_back(sentence);
    else
        ++leftOut;
}

std::vector<std::string> MidiWarnings::take()
{
    auto all = std::move(sentences);
    if (leftOut > 0)
        all.push_back("There are " + std::to_string(leftOut) + " more faults of this kind.");
    sentences.clear();
    leftOut = 0;
    return all;
}

bool TrackContent::hasNotes() const
{
    return std::any_of(channels.begin(), channels.end(),
                       [](const Voice& voice) { return !voice.notes.empty(); });
}

TrackContent parseMidiTrack(const std::uint8_t* bytes, std::size_t size, int ticksPerQuarter,
                            const std::string& label, MidiLimits& limits, MidiWarnings& warnings)
{
    return TrackParser(bytes, size, ticksPerQuarter, label, limits, warnings).parse();
}

} // namespace organum::score
