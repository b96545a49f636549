#pragma once

// The four-part Bach chorales as published in JSON (Jsb16thSeparated.json of the JSB Chorales
// data set): three splits of pieces, each piece a list of sixteenth steps, each step the pitches
// of soprano, alto, tenor and bass.

#include "Score/VoiceGrid.h"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace organum::score
{

/** Why a file of chorales could not be read; what() names the file, the place and a remedy. */
class ChoraleFileError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct ChoraleSplits
{
    std::vector<VoiceGrid> train, valid, test;

    /** By name: "train", "valid" (or "validation") or "test". Throws std::invalid_argument. */
    const std::vector<VoiceGrid>& split(const std::string& name) const;
};

/** Reads {"train": [piece ...], "valid": [...], "test": [...]}; a piece is a list of steps of four
    numbers, MIDI pitches 0..127 or -1 for silence, whole but perhaps written as 74.0. The file
    cannot tell a held note from a repeated one, so onsets follow `joining`.
    - A missing split is empty; another name, a step of other than four numbers and an empty
      piece are refused.
    - Limits: 64 MiB, 10,000 pieces, 100,000 steps a piece, 2,000,000 steps.
    Throws ChoraleFileError. Any thread but an audio thread. */
ChoraleSplits readChorales(const std::filesystem::path& file,
                           Joining joining = Joining::untilPitchChanges);

/** The same from memory; `name` stands for the file in messages. */
ChoraleSplits parseChorales(std::string_view text, const std::string& name,
                            Joining joining = Joining::untilPitchChanges);

} // namespace organum::score
