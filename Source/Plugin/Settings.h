#pragma once

// What the knobs said when a piece was wished for: a plain value that other threads may read, that
// a take keeps, and that undo gives back to the knobs.

#include "Player/Timeline.h"

#include <array>
#include <cstdint>
#include <string>

namespace organum::plugin
{

constexpr int largestVoices = player::largestVoices;
constexpr int latentCount = 2 + 2 * largestVoices;
constexpr int macroCount = 8;

/** Places of the knobs of a model with voices, in the engine's order. */
namespace latent
{
constexpr int chords = 0;
constexpr int style = 1;
constexpr int melody = 2;                 ///< + voice
constexpr int groove = 2 + largestVoices; ///< + voice
constexpr std::uint32_t all = (1u << latentCount) - 1u;
/** The knobs of one voice alone, bit k = knob k. */
constexpr std::uint32_t ofVoice(int voice)
{
    return 1u << (melody + voice) | 1u << (groove + voice);
}
} // namespace latent

/** A knob between two ideas. */
struct LatentSetting
{
    int seedA = 1;
    int seedB = 2;
    float morph = 0.0f; ///< 0 = A, 1 = B
    bool operator==(const LatentSetting& other) const
    {
        return seedA == other.seedA && seedB == other.seedB && morph == other.morph;
    }
};

/** The harmony that new music is to have. */
struct Harmony
{
    static constexpr std::size_t longest = 4096; ///< bytes

    std::string chords;    ///< as typed, see score::ChordProgression; empty: none
    float strength = 0.5f; ///< 0..1: 0 = not obeyed, 1 = strictly

    bool any() const { return !chords.empty(); }
    bool operator==(const Harmony& other) const
    {
        return chords == other.chords && strength == other.strength;
    }
};

struct Settings
{
    static constexpr int largestSeed = 99999;
    static constexpr int largestBars = 256;
    static constexpr int largestPitch = 127;

    int model = 0; ///< place in the list of models
    int bars = 16; ///< 1..largestBars
    int seed = 1;
    float pitchTemperature = 1.0f;
    float durationTemperature = 1.0f;
    float topP = 0.95f;
    int key = 0;   ///< tonic, 0 = C
    int scale = 0; ///< index in score::scales(); 0 = no constraint
    /** Ends of the range, for models without voices; either may be the lower one. */
    int lowest = 0;
    int highest = largestPitch;

    // For models with voices.
    std::array<LatentSetting, latentCount> latents;
    float rules = 0.5f;                     ///< 0..1
    std::array<float, macroCount> macros{}; ///< -1..1

    Harmony harmony; ///< for every model

    /** Allowed pitch classes, bit 0 = C. */
    std::uint32_t pitchClassMask() const;

    /** Which of the knobs that a model with voices hears differ: bit k = latents[k], then one bit
        each for rules, bars, key, scale, every macro and the harmony. */
    std::uint64_t differencesForVoices(const Settings& other) const;
    /** The same for models without voices: one bit each for bars, seed, temperatures, top-p, key,
        scale, the ends of the range and the harmony. */
    std::uint64_t differencesForLines(const Settings& other) const;

    /** `model` left aside: places in a list differ from machine to machine. */
    bool operator==(const Settings& other) const;
};

/** True when every value is one that a knob can have. */
bool isInRange(const Settings& settings);

} // namespace organum::plugin
