#pragma once

// One finished piece of generated music, and what it takes to play, draw, save and go on from it.

#include "Player/Feel.h"
#include "Player/Timeline.h"
#include "Plugin/Settings.h"
#include "Score/Score.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace organum::plugin
{

struct TakeNote
{
    std::int64_t onset = 0;    ///< ticks (player::ticksPerQuarter to a quarter)
    std::int64_t duration = 0; ///< ticks, > 0
    int pitch = 60;
    int velocity = 90;
    int voice = 0;         ///< 0 = the highest
    bool isEdited = false; ///< by hand: stays when music is composed anew
    bool operator==(const TakeNote& other) const;
};

/** A plain value, immutable once shared. */
struct Take
{
    std::string model;           ///< the name of the bundle that wrote it
    std::uint64_t modelHash = 0; ///< fingerprint of the bundle that wrote it; 0: not known
    std::string name;            ///< that a musician gave it; UTF-8, may be empty
    std::uint64_t seed = 0;
    int bars = 0;
    int metreNumerator = 4;
    int metreDenominator = 4;
    std::vector<TakeNote> notes; ///< by onset, then pitch
    std::string notice;          ///< what the engine had to change, if anything
    /** From the highest to the lowest, e.g. "Soprano"; empty for music without voices. */
    std::vector<std::string> voiceNames;
    std::optional<Settings> settings; ///< the knobs then; none for takes of early releases
    bool starred = false;             ///< the last to go when takes must

    bool hasVoices() const { return voiceNames.size() > 1; }
    int voices() const { return hasVoices() ? static_cast<int>(voiceNames.size()) : 1; }
    std::int64_t barLength() const; ///< ticks
    std::int64_t length() const { return barLength() * bars; }
    bool operator==(const Take& other) const;
};

using TakePointer = std::shared_ptr<const Take>;

constexpr int largestTakeBars = 1024;
constexpr std::size_t largestTakeNotes = 200000;
constexpr std::size_t largestTakeName = 64; ///< bytes

/** What tells a take from its neighbours. With voices each knob has an idea of its own; that of the
    chords says most. */
std::uint64_t seedOf(const Take& take);

/** By one and the same bundle; by name where a fingerprint is not known. */
bool isBySameModel(const Take& a, const Take& b);

/** A name cut to what a take may have, at a whole character. */
std::string shortName(const std::string& name);

/** Empty when all is well, else what is wrong with it. */
std::string problemWith(const Take& take);

std::unique_ptr<const player::Timeline> timelineOf(const Take& take,
                                                   const player::Provenance& provenance);

/** The take with the swing and the inaccuracies with which it plays; itself when there are none. */
Take asPlayed(const Take& take, const player::Feel& feel);

/** On which channels (0..15) a take sounds. */
struct Channels
{
    int solo = 0; ///< of music without voices
    std::array<int, largestVoices> voices{0, 1, 2, 3};

    bool operator==(const Channels& other) const
    {
        return solo == other.solo && voices == other.voices;
    }
};

/** One part a voice. beatsPerMinute goes into the tempo map. */
score::Score scoreOf(const Take& take, const Channels& channels, double beatsPerMinute);

/** `first`, then `second` shifted behind it; model, voices and metre are those of `first`, the
    notice, the settings and the bundle's fingerprint those of `second`; without star and name. */
Take joined(const Take& first, const Take& second);

} // namespace organum::plugin
