#pragma once

// All measures of a set as one list of named figures: what tables, files and pictures show.

#include "Analysis/Bars.h"
#include "Analysis/CopiedSpan.h"
#include "Analysis/Rhythm.h"
#include "Analysis/Sonority.h"
#include "Analysis/Tonality.h"
#include "Analysis/VoiceLeading.h"

#include <optional>
#include <string>
#include <vector>

namespace organum::analysis
{

struct Measures
{
    std::size_t pieces = 0, steps = 0;
    int voices = 0;
    double barCount = 0;
    BarMeasures bars;
    NoteLengths lengths;
    Average groove;
    TonalMeasures tonality;
    SonorityMeasures sonority;
    std::vector<PairValue> distances;
    Average polyphony, crossings;
    Parallels parallels;
    ChangeMeasures changes;
    std::optional<CopyMeasures> copies; ///< when there was something to search
};

/** Everything but copies, which need a reference. */
Measures measure(const Pieces& pieces);

struct Figure
{
    std::string key;                 ///< "notes_per_bar"
    std::string item;                ///< "soprano", or empty where a key has one figure
    std::string title;               ///< of the key, for people: "notes per bar"
    std::string unit;                ///< "%", "semitones" ... or empty
    double value = 0;                ///< NaN where there was nothing to measure
    std::optional<double> deviation; ///< over pieces
    int decimals = 2;
    bool isTotal = false; ///< grows with the set, so that sets cannot be compared by it
};

/** In a fixed order; figures of one key follow each other. Every set of the same number of voices
    has the same keys and items; copies are left out where they are missing. */
std::vector<Figure> figuresOf(const Measures& measures);

/** "soprano", "alto", "tenor", "bass" of four voices; "voice" alone; else "voice 1" ... */
std::string voiceName(int voice, int voices);

} // namespace organum::analysis
