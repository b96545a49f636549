#pragma once

// Standard MIDI Files in and out (MIDI 1.0 Standard MIDI Files, RP-001). Chunks and events are
// parsed here and not by juce::MidiFile, which keeps times as doubles, drops everything after a
// damaged chunk and does not say what it left out.

#include "Score/Score.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace organum::score
{

/** Why a MIDI file could not be read or written; what() names the file, the reason, a remedy. */
class MidiFileError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct MidiReadResult
{
    Score score;
    std::vector<std::string> warnings; ///< what was repaired or left out, one sentence each
};

/** Reads types 0 and 1 with any ticks per quarter note, also wrapped in RIFF. Type 2 and SMPTE
    time are refused. One part for every (track, channel) that holds notes; in a type 1 file the
    name of a first track without notes is the title, in a type 0 file the track's name is.
    - Equal pitches that overlap on a channel: the first note-on is ended by the first note-off.
    - A note-on and its note-off at the same tick: the note lasts one tick.
    - Notes still sounding at the end of their track end there, with a warning; one that would
      have no length is left out.
    - A part's program is the last one set at or before its first note.
    - Damaged data: a track keeps what came before the damage, other tracks are unharmed.
    - Limits: 64 MiB, one million notes, 100,000 quarter notes; what lies beyond is left out.
    Throws MidiFileError. Any thread but an audio thread. */
MidiReadResult readMidiFile(const std::filesystem::path& file);

/** The same from memory; `name` stands for the file in messages. */
MidiReadResult readMidi(const std::uint8_t* bytes, std::size_t size, const std::string& name);

struct MidiWriteOptions
{
    int type = 1; ///< 0: one track; 1: a track for tempo, metre and key, then one a part
};

struct MidiBytes
{
    std::vector<std::uint8_t> bytes;
    int ticksPerQuarter = 480;
    bool exact = true; ///< false: times too finely divided for MIDI were rounded to the tick
};

/** Ticks per quarter note are 480, or the smallest multiple of 480, or else the smallest number,
    up to 32767, that writes every time exactly; failing all, times are rounded to 27720.
    readMidi() of the result gives the same score, given that: parts hold notes; no note lies within
   a longer one of its own pitch and part; times are at most 100,000 quarters; in type 0 no two
   parts share a channel and parts are in the order of channels. Throws MidiFileError for values
   that MIDI cannot hold. */
MidiBytes midiBytes(const Score& score, const MidiWriteOptions& options = {});

/** midiBytes() to a file, atomically. Throws MidiFileError; an existing file is then unharmed.
    Returns whether all times are exact. */
bool writeMidiFile(const std::filesystem::path& file, const Score& score,
                   const MidiWriteOptions& options = {});

} // namespace organum::score
