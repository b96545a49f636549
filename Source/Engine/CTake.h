#pragma once

// A finished take laid out as the C interface hands it out.

#include "Engine/Request.h"
#include "Engine/organum_engine.h"

namespace organum::engine
{

struct CTake
{
    explicit CTake(Take take);
    /** Fills all but struct_size; the pointers live as long as this object. */
    void fill(organum_take& take) const;

    std::uint64_t seed = 0;
    std::int64_t length = 0;
    std::vector<organum_note> notes;
    std::vector<organum_element> elements;
    std::size_t primerElements = 0;
    std::vector<float> pitchProbabilities;
    std::vector<float> chordProbabilities;
    std::vector<std::int32_t> chordPitches;
    std::vector<std::int32_t> chordStarts;
    std::vector<float> durationProbabilities;
    std::vector<std::int64_t> durations;
    std::vector<float> attention;
    int voiceCount = 1;
    std::vector<float> activation;
    std::size_t activationSteps = 0;
    double ownChoiceShare = 1.0;
    std::string notice;
};

} // namespace organum::engine
