#pragma once

// The part of a request that only models with voices heed: knobs, voice leading, decoder, locks.

#include "Score/Score.h"
#include "Score/VoiceGrid.h"

#include <array>
#include <cstdint>
#include <vector>

namespace organum::engine
{

/** See organum_latent. */
struct Latent
{
    std::uint64_t seedA = 0;
    std::uint64_t seedB = 0;
    double morph = 0.0; ///< 0..1
};

enum class Decoder
{
    argmax,   ///< one note a voice, or none: the likeliest of each step
    threshold ///< every pitch that is on
};

struct VoicedNote
{
    score::Note note;
    int voice = 0; ///< 0 = the highest
};

/** See organum_request for the fields' meaning. */
struct VoiceWishes
{
    static constexpr std::size_t latentCount = 10;
    static constexpr std::size_t macroCount = 8;
    static constexpr int mostVoices = 4;

    std::uint32_t latentMask = 0;
    std::array<Latent, latentCount> latents;
    std::array<double, macroCount> macros{};
    double ruleStrength = 0.5;
    Decoder decoder = Decoder::argmax;
    score::Joining joining = score::Joining::cutAtStrongBeats;
    std::vector<int> primerVoices;           ///< of the request's primer notes; empty: all 0
    std::vector<std::uint32_t> lockedVoices; ///< a mask a bar
    std::vector<VoicedNote> lockedNotes;     ///< onsets from the start of the new music
    std::vector<char> heldNotes; ///< by locked note: kept wherever it begins; empty: none

    bool isLocked(int bar, int voice) const
    {
        return static_cast<std::size_t>(bar) < lockedVoices.size() &&
               (lockedVoices[static_cast<std::size_t>(bar)] >> voice & 1u) != 0;
    }
    bool isHeld(std::size_t lockedNote) const
    {
        return lockedNote < heldNotes.size() && heldNotes[lockedNote] != 0;
    }
    /** Throws std::invalid_argument naming the field that is out of its range. */
    void check(std::size_t primerNotes) const;
};

} // namespace organum::engine
