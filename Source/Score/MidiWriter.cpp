#include "Score/AtomicFile.h"
#include "Score/MidiFile.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace organum::score
{
namespace
{

constexpr std::int64_t largestDivision = 32767;
constexpr std::int64_t roundingDivision = 27720; // divisible by all numbers up to 12
constexpr std::int64_t longestDelta = 0x0FFFFFFF;

[[noreturn]] void refuse(const std::string& what)
{
    throw MidiFileError("Could not turn the score into MIDI: " + what + ".");
}

/** At one tick: changes and names first, then ends of notes, programs, beginnings. */
enum class Order
{
    change,
    noteOff,
    program,
    noteOn
};

struct Event
{
    std::int64_t tick;
    Order order;
    std::vector<std::uint8_t> bytes;
};

std::vector<std::uint8_t> meta(std::uint8_t type, const std::vector<std::uint8_t>& data)
{
    std::vector<std::uint8_t> bytes{0xFF, type};
    std::vector<std::uint8_t> length{static_cast<std::uint8_t>(data.size() & 0x7F)};
    for (auto rest = data.size() >> 7; rest > 0; rest >>= 7)
        length.push_back(static_cast<std::uint8_t>(0x80 | (rest & 0x7F)));
    bytes.insert(bytes.end(), length.rbegin(), length.rend());
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

std::vector<std::uint8_t> textMeta(std::uint8_t type, const std::string& text)
{
    return meta(type, {text.begin(), text.end()});
}

class TrackWriter
{
public:
    explicit TrackWriter(std::int64_t ppq)
        : ticksPerQuarter(ppq)
    {
    }

    void add(const Quarters& at, Order order, std::vector<std::uint8_t> bytes)
    {
        addAtTick(at.toSteps(ticksPerQuarter), order, std::move(bytes));
    }

    void addChanges(const Score& score)
    {
        for (const auto& tempo : score.tempos) {
            const auto t = tempo.microsecondsPerQuarter;
            if (t < 1 || t > 0xFFFFFF)
                refuse("a tempo of " + std::to_string(t) +
                       " microseconds per quarter note is outside MIDI's 1 to 16777215");
            add(tempo.at, Order::change,
                meta(0x51, {static_cast<std::uint8_t>(t >> 16), static_cast<std::uint8_t>(t >> 8),
                            static_cast<std::uint8_t>(t)}));
        }
        for (const auto& metre : score.metres) {
            std::uint8_t power = 0;
            while (power < 7 && (1 << power) < metre.denominator)
                ++power;
            if (metre.numerator < 1 || metre.numerator > 255 || (1 << power) != metre.denominator)
                refuse("the metre " + std::to_string(metre.numerator) + "/" +
                       std::to_string(metre.denominator) +
                       " cannot be written; use 1 to 255 over a power of two up to 128");
            add(metre.at, Order::change,
                meta(0x58, {static_cast<std::uint8_t>(metre.numerator), power, 24, 8}));
        }
        for (const auto& key : score.keys) {
            if (key.sharps < -7 || key.sharps > 7)
                refuse("a key with " + std::to_string(key.sharps) +
                       " sharps cannot be written; use -7 to 7");
            add(key.at, Order::change,
                meta(0x59, {static_cast<std::uint8_t>(key.sharps),
                            static_cast<std::uint8_t>(key.minor ? 1 : 0)}));
        }
    }

    void addPart(const Part& part)
    {
        if (part.channel < 0 || part.channel > 15 || part.program < 0 || part.program > 127)
            refuse("part '" + part.name + "' has channel " + std::to_string(part.channel) +
                   " and program " + std::to_string(part.program) +
                   "; use channels 0 to 15 and programs 0 to 127");
        const auto channel = static_cast<std::uint8_t>(part.channel);
        add({0}, Order::program,
            {static_cast<std::uint8_t>(0xC0 | channel), static_cast<std::uint8_t>(part.program)});
        auto notes = part.notes;
        std::sort(notes.begin(), notes.end());
        for (const auto& note : notes)
            addNote(note, channel, part.name);
    }

    /** Appends the whole chunk. */
    void finish(std::vector<std::uint8_t>& file)
    {
        std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
            return std::tie(a.tick, a.order) < std::tie(b.tick, b.order);
        });
        std::vector<std::uint8_t> body;
        std::int64_t now = 0;
        for (const auto& event : events) {
            // A pause may be longer than one event can say; empty texts bridge it.
            for (; event.tick - now > longestDelta; now += longestDelta)
                appendEvent(body, longestDelta, textMeta(0x01, ""));
            appendEvent(body, event.tick - now, event.bytes);
            now = event.tick;
        }
        appendEvent(body, 0, meta(0x2F, {}));
        if (body.size() > std::numeric_limits<std::uint32_t>::max())
            refuse("a track is larger than 4 GiB");
        const char id[] = {'M', 'T', 'r', 'k'};
        file.insert(file.end(), std::begin(id), std::end(id));
        for (int shift = 24; shift >= 0; shift -= 8)
            file.push_back(static_cast<std::uint8_t>(body.size() >> shift));
        file.insert(file.end(), body.begin(), body.end());
    }

private:
    void addAtTick(std::int64_t tick, Order order, std::vector<std::uint8_t> bytes)
    {
        if (tick < 0)
            refuse("something lies before the beginning, at tick " + std::to_string(tick));
        events.push_back({tick, order, std::move(bytes)});
    }

    void addNote(const Note& note, std::uint8_t channel, const std::string& partName)
    {
        if (note.pitch < 0 || note.pitch > 127 || note.velocity < 1 || note.velocity > 127 ||
            note.onset < Quarters(0) || !(Quarters(0) < note.duration))
            refuse("the note at quarter " + note.onset.toString() + " of part '" + partName +
                   "' has pitch " + std::to_string(note.pitch) + ", velocity " +
                   std::to_string(note.velocity) + " and length " + note.duration.toString() +
                   "; pitches are 0 to 127, velocities 1 to 127, lengths above 0");
        const auto begin = note.onset.toSteps(ticksPerQuarter);
        const auto end = std::max(begin + 1, note.end().toSteps(ticksPerQuarter));
        const auto pitch = static_cast<std::uint8_t>(note.pitch);
        addAtTick(begin, Order::noteOn,
                  {static_cast<std::uint8_t>(0x90 | channel), pitch,
                   static_cast<std::uint8_t>(note.velocity)});
        addAtTick(end, Order::noteOff, {static_cast<std::uint8_t>(0x80 | channel), pitch, 64});
    }

    static void appendEvent(std::vector<std::uint8_t>& body, std::int64_t delta,
                            const std::vector<std::uint8_t>& bytes)
    {
        for (int shift = 21; shift > 0; shift -= 7)
            if (delta >> shift != 0)
                body.push_back(static_cast<std::uint8_t>(0x80 | ((delta >> shift) & 0x7F)));
        body.push_back(static_cast<std::uint8_t>(delta & 0x7F));
        body.insert(body.end(), bytes.begin(), bytes.end());
    }

    std::int64_t ticksPerQuarter;
    std::vector<Event> events;
};

/** Least common multiple, or 0 when it is above the largest division. */
std::int64_t boundedMultiple(std::int64_t a, std::int64_t b)
{
    if (a == 0 || b > largestDivision)
        return 0;
    const auto multiple = a / std::gcd(a, b) * b;
    return multiple <= largestDivision ? multiple : 0;
}

/** Ticks per quarter note that write every time exactly, or 0. */
std::int64_t exactDivision(const Score& score)
{
    std::int64_t least = 1;
    const auto include = [&](const Quarters& time) {
        least = boundedMultiple(least, time.denominator());
    };
    for (const auto& part : score.parts)
        for (const auto& note : part.notes) {
            include(note.onset);
            include(note.end());
        }
    for (const auto& change : score.tempos)
        include(change.at);
    for (const auto& change : score.metres)
        include(change.at);
    for (const auto& change : score.keys)
        include(change.at);
    if (least == 0)
        return 0;
    const auto usual = boundedMultiple(least, 480);
    return usual != 0 ? usual : least;
}

void appendHeader(std::vector<std::uint8_t>& file, int type, std::size_t tracks, std::int64_t ppq)
{
    const char id[] = {'M', 'T', 'h', 'd', 0, 0, 0, 6};
    file.insert(file.end(), std::begin(id), std::end(id));
    for (const auto value :
         {static_cast<std::int64_t>(type), static_cast<std::int64_t>(tracks), ppq}) {
        file.push_back(static_cast<std::uint8_t>(value >> 8));
        file.push_back(static_cast<std::uint8_t>(value));
    }
}

} // namespace

MidiBytes midiBytes(const Score& score, const MidiWriteOptions& options)
{
    if (options.type != 0 && options.type != 1)
        refuse("type " + std::to_string(options.type) + " was asked for; use 0 or 1");
    if (score.parts.size() >= 65535)
        refuse("it has more parts than the 65534 that a file can hold");
    MidiBytes result;
    auto division = exactDivision(score);
    result.exact = division != 0;
    if (division == 0)
        division = roundingDivision;
    result.ticksPerQuarter = static_cast<int>(division);

    const auto tracks = options.type == 0 ? 1 : score.parts.size() + 1;
    appendHeader(result.bytes, options.type, tracks, division);
    TrackWriter first(division);
    if (!score.title.empty())
        first.add({0}, Order::change, textMeta(0x03, score.title));
    first.addChanges(score);
    for (const auto& part : score.parts) {
        if (options.type == 0) {
            // A channel prefix says whose name follows, so that parts keep theirs in one track.
            first.add({0}, Order::change, meta(0x20, {static_cast<std::uint8_t>(part.channel)}));
            first.add({0}, Order::change, textMeta(0x04, part.name));
            first.addPart(part);
        }
    }
    first.finish(result.bytes);
    if (options.type == 1) {
        for (const auto& part : score.parts) {
            TrackWriter track(division);
            if (!part.name.empty())
                track.add({0}, Order::change, textMeta(0x03, part.name));
            track.addPart(part);
            track.finish(result.bytes);
        }
    }
    return result;
}

bool writeMidiFile(const std::filesystem::path& file, const Score& score,
                   const MidiWriteOptions& options)
{
    const auto midi = midiBytes(score, options);
    try {
        writeFileAtomically(file, midi.bytes.data(), midi.bytes.size(), "the MIDI file");
    } catch (const FileWriteError& error) {
        throw MidiFileError(error.what());
    }
    return midi.exact;
}

} // namespace organum::score
