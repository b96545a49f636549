#pragma once

// One track chunk of a MIDI file to notes, programs and changes. Kept apart from the file's chunk
// structure, so that damage inside a track stays inside it.

#include "Score/Score.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace organum::score
{

/** Collects sentences about one file, not more than a reader wants to see. */
class MidiWarnings
{
public:
    void add(const std::string& sentence);
    /** All sentences, with a count of those not kept. */
    std::vector<std::string> take();

private:
    std::vector<std::string> sentences;
    std::size_t leftOut = 0;
};

/** Budgets shared by all tracks of one file. */
struct MidiLimits
{
    std::int64_t notesLeft = 1000000;
    std::int64_t changesLeft = 100000;
    std::int64_t lastTick = 0; ///< events after it are left out
};

struct TrackContent
{
    struct Voice
    {
        std::vector<Note> notes;
        std::vector<std::pair<std::int64_t, int>> programs; ///< tick, program
        std::string name;
        bool hasName = false;
    };
    std::array<Voice, 16> channels;
    std::string name;
    std::vector<TempoChange> tempos;
    std::vector<MetreChange> metres;
    std::vector<KeyChange> keys;
    std::size_t bytesRead = 0; ///< up to and with the end-of-track event, or to the damage

    bool hasNotes() const;
};

/** Reads events until end of track, end of data or damage. Never throws on bad data; notes that
    are still sounding are ended there. `label` names the track in warnings ("track 2"). */
TrackContent parseMidiTrack(const std::uint8_t* bytes, std::size_t size, int ticksPerQuarter,
                            const std::string& label, MidiLimits& limits, MidiWarnings& warnings);

} // namespace organum::score
