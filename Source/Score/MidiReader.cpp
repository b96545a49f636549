#include "Score/MidiFile.h"
#include "Score/MidiTrackParser.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace organum::score
{
namespace
{

constexpr std::size_t largestFile = 64u << 20;
constexpr std::int64_t longestScore = 100000;

std::uint32_t bigEndian(const std::uint8_t* bytes, int count)
{
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
        value = (value << 8) | bytes[i];
    return value;
}

bool isChunk(const std::uint8_t* bytes, const char* id)
{
    return std::memcmp(bytes, id, 4) == 0;
}

bool isChunkName(const std::uint8_t* bytes)
{
    return std::all_of(bytes, bytes + 4, [](std::uint8_t c) { return c >= 0x20 && c < 0x7F; });
}

/** Splits a file into track chunks and gathers their content. */
class FileParser
{
public:
    FileParser(const std::uint8_t* data, std::size_t length, const std::string& fileName)
        : bytes(data)
        , size(length)
        , name(fileName)
    {
    }

    MidiReadResult parse()
    {
        if (size == 0)
            refuse("is empty; get a fresh copy");
        if (size > largestFile)
            refuse("is larger than 64 MiB; export a shorter piece");
        unwrapRiff();
        readHeader();
        while (size - position >= 8)
            readChunk();
        if (position < size)
            warnings.add("The last " + std::to_string(size - position) +
                         " bytes of the file belong to no chunk and were left out.");
        if (tracks.empty())
            refuse("has no track in it; it may have been cut off, so get a fresh copy");
        if (static_cast<int>(tracks.size()) != announcedTracks)
            warnings.add("The file announces " + std::to_string(announcedTracks) +
                         " tracks and holds " + std::to_string(tracks.size()) + ".");
        MidiReadResult result;
        result.score = assemble();
        result.warnings = warnings.take();
        return result;
    }

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw MidiFileError("Could not read the MIDI file " + name + ": it " + why + ".");
    }

    void unwrapRiff()
    {
        if (size < 12 || !isChunk(bytes, "RIFF") || !isChunk(bytes + 8, "RMID"))
            return;
        std::size_t at = 12;
        while (size - at >= 8) {
            const std::size_t length = bytes[at + 4] | (bytes[at + 5] << 8) |
                                       (bytes[at + 6] << 16) |
                                       (static_cast<std::size_t>(bytes[at + 7]) << 24);
            if (isChunk(bytes + at, "data")) {
                const auto held = std::min(length, size - at - 8);
                bytes += at + 8;
                size = held;
                return;
            }
            const auto step = 8 + length + (length & 1);
            if (step > size - at)
                break;
            at += step;
        }
        refuse("is a RIFF file without MIDI data; export it again as a plain .mid file");
    }

    void readHeader()
    {
        if (size < 14 || !isChunk(bytes, "MThd"))
            refuse("does not begin with a MIDI header (MThd); check that it is a .mid file");
        const auto length = bigEndian(bytes + 4, 4);
        if (length < 6 || length > size - 8)
            refuse("has a damaged header; get a fresh copy");
        type = static_cast<int>(bigEndian(bytes + 8, 2));
        announcedTracks = static_cast<int>(bigEndian(bytes + 10, 2));
        const auto division = static_cast<int>(bigEndian(bytes + 12, 2));
        if (type == 2)
            refuse("is of type 2 (independent patterns), which has no common time line; export it "
                   "as type 0 or 1");
        if (type > 2)
            refuse("claims to be of type " + std::to_string(type) +
                   ", which does not exist; get a fresh copy");
        if ((division & 0x8000) != 0)
            refuse("counts time in SMPTE frames and not in beats; export it with ticks per "
                   "quarter note");
        if (division == 0)
            refuse("gives no ticks per quarter note; get a fresh copy");
        ticksPerQuarter = division;
        limits.lastTick = longestScore * division;
        position = 8 + static_cast<std::size_t>(length);
    }

    void readChunk()
    {
        const auto* chunk = bytes + position;
        const std::size_t length = bigEndian(chunk + 4, 4);
        const auto left = size - position - 8;
        if (isChunk(chunk, "MTrk")) {
            const auto label = "track " + std::to_string(tracks.size() + 1);
            const auto held = std::min(length, left);
            tracks.push_back(
                parseMidiTrack(chunk + 8, held, ticksPerQuarter, label, limits, warnings));
            if (length <= left) {
                position += 8 + length;
                return;
            }
            warnings.add("The file ends inside " + label + ", or its length is damaged.");
            position += 8 + tracks.back().bytesRead;
            findNextTrack();
        } else if (isChunkName(chunk) && length <= left) {
            position += 8 + length; // chunks of other kinds are to be passed over
        } else {
            warnings.add("At byte " + std::to_string(position) +
                         " a chunk is damaged; reading went on at the next track.");
            ++position;
            findNextTrack();
        }
    }

    void findNextTrack()
    {
        static constexpr std::uint8_t id[4] = {'M', 'T', 'r', 'k'};
        position = static_cast<std::size_t>(
            std::search(bytes + position, bytes + size, std::begin(id), std::end(id)) - bytes);
    }

    Score assemble()
    {
        Score score;
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            auto& track = tracks[i];
            const bool namesThePiece = i == 0 && (type == 0 || !track.hasNotes());
            if (namesThePiece)
                score.title = track.name;
            for (int channel = 0; channel < 16; ++channel)
                addPart(score, track, channel);
            score.tempos.insert(score.tempos.end(), track.tempos.begin(), track.tempos.end());
            score.metres.insert(score.metres.end(), track.metres.begin(), track.metres.end());
            score.keys.insert(score.keys.end(), track.keys.begin(), track.keys.end());
        }
        putInOrder(score.tempos);
        putInOrder(score.metres);
        putInOrder(score.keys);
        return score;
    }

    void addPart(Score& score, TrackContent& track, int channel) const
    {
        auto& voice = track.channels[static_cast<std::size_t>(channel)];
        if (voice.notes.empty())
            return;
        Part part;
        part.channel = channel;
        part.name = voice.hasName ? voice.name : track.name;
        part.notes = std::move(voice.notes);
        for (const auto& [tick, program] : voice.programs)
            if (Quarters(tick, ticksPerQuarter) <= part.notes.front().onset)
                part.program = program;
        score.parts.push_back(std::move(part));
    }

    /** By time; of several changes at one moment the last one in the file counts. */
    template <typename Change>
    static void putInOrder(std::vector<Change>& changes)
    {
        std::stable_sort(changes.begin(), changes.end(),
                         [](const Change& a, const Change& b) { return a.at < b.at; });
        std::vector<Change> ordered;
        for (const auto& change : changes) {
            if (!ordered.empty() && ordered.back().at == change.at)
                ordered.back() = change;
            else
                ordered.push_back(change);
        }
        changes = std::move(ordered);
    }

    const std::uint8_t* bytes;
    std::size_t size;
    std::string name;
    std::size_t position = 0;
    int type = 0;
    int announcedTracks = 0;
    int ticksPerQuarter = 480;
    MidiLimits limits;
    MidiWarnings warnings;
    std::vector<TrackContent> tracks;
};

struct CloseFile
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};

} // namespace

MidiReadResult readMidi(const std::uint8_t* bytes, std::size_t size, const std::string& name)
{
    return FileParser(bytes, size, name).parse();
}

MidiReadResult readMidiFile(const std::filesystem::path& file)
{
    const auto refuse = [&](const std::string& why) {
        throw MidiFileError("Could not read the MIDI file " + file.string() + ": " + why + ".");
    };
    std::error_code problem;
    if (std::filesystem::is_directory(file, problem))
        refuse("it is a folder; give the name of a file");
    if (std::filesystem::is_fifo(file, problem)) // opening it would wait for a writer
        refuse("it is a pipe; give the name of a file");
    errno = 0;
    std::unique_ptr<std::FILE, CloseFile> stream(std::fopen(file.string().c_str(), "rb"));
    if (stream == nullptr)
        refuse(std::string(std::strerror(errno)) + "; check the name and the permissions");
    std::vector<std::uint8_t> bytes;
    std::uint8_t block[65536];
    while (bytes.size() <= largestFile) {
        const auto count = std::fread(block, 1, sizeof block, stream.get());
        bytes.insert(bytes.end(), block, block + count);
        if (count < sizeof block)
            break;
    }
    if (std::ferror(stream.get()) != 0)
        refuse("the disk reports an error; get a fresh copy");
    return readMidi(bytes.data(), bytes.size(), file.string());
}

} // namespace organum::score
