#include "Score/MidiMutation.h"

#include "Score/Elements.h"
#include "Score/MidiFile.h"
#include "Score/MusicXml.h"

#include <algorithm>
#include <stdexcept>

namespace organum::test
{
namespace
{

void require(bool holds, const char* what)
{
    if (!holds)
        throw std::logic_error(what);
}

void requireValid(const score::Score& score)
{
    for (const auto& part : score.parts) {
        require(!part.notes.empty(), "a part without notes was returned");
        require(std::is_sorted(part.notes.begin(), part.notes.end()), "notes are out of order");
        for (const auto& note : part.notes) {
            require(note.pitch >= 0 && note.pitch <= 127, "pitch out of range");
            require(note.velocity >= 1 && note.velocity <= 127, "velocity out of range");
            require(score::Quarters(0) <= note.onset, "a note begins before the beginning");
            require(score::Quarters(0) < note.duration, "a note without length");
            require(note.end() <= score::Quarters(100001), "a note beyond the longest time");
        }
    }
}

} // namespace

long readAnything(const std::uint8_t* bytes, std::size_t size)
{
    try {
        const auto read = score::readMidi(bytes, size, "mutated.mid");
        requireValid(read.score);
        score::chordify(read.score);
        if (read.score.end() < score::Quarters(64) && read.score.noteCount() < 200)
            require(!score::musicXml(read.score).empty(), "no notation was written");
        const auto written = score::midiBytes(read.score);
        const auto again =
            score::readMidi(written.bytes.data(), written.bytes.size(), "written.mid");
        require(again.score.noteCount() == read.score.noteCount(), "writing changed the notes");
        return static_cast<long>(read.score.noteCount());
    } catch (const score::MidiFileError&) {
        return -1;
    }
}

} // namespace organum::test
