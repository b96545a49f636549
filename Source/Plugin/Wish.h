#pragma once

// One request for music, complete: whoever fulfils it needs to ask nobody.

#include "Plugin/Locks.h"
#include "Plugin/ModelList.h"
#include "Plugin/Take.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace organum::plugin
{

/** The two ends of a knob as the engine draws them. */
struct LatentSeeds
{
    std::uint64_t a = 1;
    std::uint64_t b = 2;
    double morph = 0.0;
};

/** What only models with voices are asked for. */
struct VoicesWish
{
    std::vector<std::string> names; ///< of the voices, the highest first
    std::array<LatentSeeds, latentCount> latents;
    std::array<double, macroCount> macros{};
    double rules = 0.5;
    Locks locks;      ///< as they stood when the wish was made
    TakePointer kept; ///< the take they keep; null when nothing is kept
};

/** Bars of endless music: they belong behind one take. */
struct StretchPlace
{
    std::uint64_t take = 0; ///< its number
    int firstBar = 0;
};

/** The answer to a call: it belongs to one place in the host's time. */
struct AnswerPlace
{
    std::uint64_t call = 0; ///< its number
    std::int64_t start = 0; ///< ticks
    int bars = 0;
};

/** Where the music leaves the way it would go by itself: see organum_branch. */
struct WishBranch
{
    int element = 0;
    int pitch = 60;
};

/** The same for music with voices: all before this note was held, as was the note itself. */
struct HeldPlace
{
    int voice = 0;
    std::int64_t onset = 0; ///< ticks from the start of the new music
};

/** A chord over a stretch of the new music, see organum_chord. */
struct ChordPlace
{
    std::int64_t onset = 0; ///< ticks from the start of the new music
    std::int64_t length = 0;
    std::uint32_t pitchClasses = 0xFFF;
    int bass = -1;
};

struct Wish
{
    std::filesystem::path model;
    std::string modelName;
    std::uint64_t seed = 1;
    int bars = 16;
    int metreNumerator = 4;
    int metreDenominator = 4;
    double pitchTemperature = 1.0;
    double durationTemperature = 1.0;
    double topP = 1.0;
    std::uint32_t pitchClassMask = 0xFFF;
    int lowestPitch = 0; ///< for models without voices
    int highestPitch = Settings::largestPitch;
    TakePointer continues; ///< the take to go on from and to keep; null: a new one
    TakePointer edited;    ///< the take whose edited notes stay; null when nothing was edited
    std::vector<WishBranch> branches;
    std::optional<HeldPlace> heldUpTo; ///< then `edited` is what was held
    TakePointer about;     ///< the take that is composed once more: to explain it, or to branch off
    bool explains = false; ///< what `about` came from is wanted, no new music
    TakePointer answers;   ///< what was played; the new music follows it but does not hold it
    std::optional<VoicesWish> voices;
    std::vector<ChordPlace> chords;
    double chordStrength = 0.0;
    std::optional<StretchPlace> stretch;
    std::optional<AnswerPlace> answer;
    bool isVariation = false;  ///< joins the list of takes; what plays goes on
    std::vector<Wish> further; ///< variations that are composed after it, one by one

    std::optional<Settings> settings; ///< the knobs, for the take to remember
    std::uint64_t movement = 0;       ///< of a knob, that made the wish; 0: a button did
    std::uint64_t edits = 0;          ///< how often notes had been edited by hand when it was made
    std::uint64_t epoch = 0;          ///< how often other music had been shown when it was made
    std::uint64_t era = 0; ///< how often undo or a project had changed what there was, likewise
    /** The player asked for it, nobody else: it is no news that it is being composed. */
    bool isQuiet() const { return stretch || answer || explains; }
    /** Waits for the music that is being composed instead of putting an end to it, so that a knob
        in steady motion is heard. */
    bool isPatient() const { return movement != 0 || isQuiet(); }
};

enum class Origin
{
    nothing,
    take,  ///< goes on from the current take
    played ///< answers what was played in
};

/** What a wish depends on besides the knobs. */
struct WishContext
{
    const ModelEntries& models;
    std::string missingModel; ///< of a saved project; else empty
    TakePointer current;      ///< the take that plays, null if none
    TakePointer played;       ///< what was played in, null if nothing
    int metreNumerator = 4;
    int metreDenominator = 4;
    Locks locks;
    /** Bars of the whole music before what is wished for, where that is not the current take. */
    std::int64_t barsBefore = 0;
};

struct WishOrProblem
{
    std::optional<Wish> wish;
    std::string problem; ///< for the user, with what to do; empty with a wish
};

/** Lengths that make sense for models with voices. */
constexpr int fewestVoiceBars = 2;
constexpr int mostVoiceBars = 64;

/** Depends on its arguments alone. */
WishOrProblem makeWish(const Settings& settings, Origin origin, const WishContext& context);

} // namespace organum::plugin
