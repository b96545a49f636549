#pragma once

// What is wished for and what comes back, in C++ terms: the C interface translates to these.

#include "Engine/ChordWishes.h"
#include "Engine/Metre.h"
#include "Engine/StepModel.h"
#include "Engine/VoiceWishes.h"
#include "Score/Score.h"

#include <cstdint>
#include <string>
#include <vector>

namespace organum::engine
{

/** See organum_branch. */
struct Branch
{
    static constexpr int rest = -1;
    int element = 0;
    int pitch = 60; ///< MIDI, or rest
};

/** See organum_request for the fields' meaning. */
struct Request
{
    std::uint64_t seed = 0;
    int bars = 16;
    Metre metre;
    double pitchTemperature = 1.0;
    double durationTemperature = 1.0;
    double topP = 1.0;
    std::uint32_t pitchClassMask = 0xFFF;
    int lowestPitch = 0;
    int highestPitch = 127;
    Sampler sampler = Sampler::stream;
    bool explainProbabilities = false;
    bool explainAttention = false;
    int variations = 1;
    std::vector<score::Note> primer; ///< from quarter 0
    score::Quarters primerLength;
    VoiceWishes voices;
    ChordWishes chords;
    std::vector<Branch> branches;

    /** Throws std::invalid_argument naming the field that is out of its range. */
    void check() const;
};

/** See organum_element; pitches empty = rest. */
struct GeneratedElement
{
    score::Quarters onset;
    score::Quarters duration;
    std::vector<int> pitches;
    double pitchLogProbability = 0.0; ///< 0 in the primer, which was not sampled
    double durationLogProbability = 0.0;
};

/** See organum_take. Rows of the tables belong to new elements; music of several voices has no
    elements. */
struct Take
{
    static constexpr std::size_t pitchColumns = 129;

    std::uint64_t seed = 0;
    score::Quarters length;
    std::vector<score::Note> notes;
    std::vector<GeneratedElement> elements;
    std::size_t primerElements = 0;
    std::vector<float> pitchProbabilities;    ///< [new, 129]
    std::vector<std::vector<int>> chords;     ///< of the columns below
    std::vector<float> chordProbabilities;    ///< [new, chords]
    std::vector<float> durationProbabilities; ///< [new, durations]
    std::vector<score::Quarters> durations;   ///< of the columns before
    std::vector<float> attention;             ///< [new, elements]
    int voiceCount = 1;
    std::vector<int> noteVoices;   ///< of each note; empty: all 0
    std::vector<float> activation; ///< [activationSteps, voiceCount, 128]
    std::size_t activationSteps = 0;
    double ownChoiceShare = 1.0;
    std::string notice;
};

} // namespace organum::engine
