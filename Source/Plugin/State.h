#pragma once

// What a project keeps of an instance: settings and the music itself, so that it reopens to the
// same notes without a model or an engine. The bytes depend on the content alone.
//
//   "ORGANUM" 0, version u32, then sections: tag (4 letters), size u32, bytes. Little-endian.
//   PARA  parameters: id, value 0..1; sorted by id       MODL  name of the chosen model
//   TAKE  one a take, oldest first, deflated             CURR  which take plays
//   LOCK  bars that are kept, ascending
//   MARK  the takes marked A and B       AUTO  the take from before auto-apply was switched on
//   MAPS  learned controllers and keys      VIEW  the window's size (both see Habits.cpp)
//   SETS  the preset that was chosen and the settings that are compared (Presetting.cpp)
//   SRCE  what else the takes came from (TakeSource.h); left out when their settings tell all
//   CHRD  the harmony wished for, then that of each take; left out when there has been none
//   CSUM  last: 32-bit FNV-1a of all that stands before
// Version 1 had no LOCK, and its takes had neither voices nor settings; takes of version 2 had no
// star and were not deflated; those of version 3 had neither name nor fingerprint nor edited
// notes, and there were no marks; those of version 4 had no range. All are read, never written.
// Explanations of takes are not kept: they are composed once more. A section with an unknown tag is
// kept and written back, so that a newer release's additions survive an older one.

#include "Plugin/TakeHistory.h"
#include "Plugin/TakeSource.h"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace organum::plugin
{

struct State
{
    static constexpr std::uint32_t version = 5; ///< what is written
    static constexpr std::uint32_t oldest = 1;  ///< what is still read

    /** All takes together, in bytes. What goes beyond is left out: the oldest takes first, starred
        ones after all others, and the one that plays never. */
    static constexpr std::size_t largestTakes = 256 * 1024;

    std::map<std::string, float> parameters; ///< normalised, by id
    std::string model;
    TakeHistory::Snapshot takes;
    std::map<int, TakeSource> sources; ///< by the place of their take
    std::vector<int> lockedBars;       ///< ascending, 0 = the first
    Harmony harmony;                   ///< that of the takes is in their settings
    bool autoApply = false;            ///< knobs compose by themselves
    int beforeAuto = -1;               ///< place of the take from before that; -1: none
    std::vector<std::pair<std::string, std::string>> unknown; ///< tag, bytes
};

/** Why a state was refused: what() says so for the user. */
class StateError : public std::runtime_error
{
public:
    explicit StateError(const std::string& message, bool isNewerIn = false)
        : std::runtime_error(message)
        , newer(isNewerIn)
    {
    }
    /** Whole, as far as one can tell, but of a later release. */
    bool isNewer() const { return newer; }

private:
    bool newer;
};

std::string encode(const State& state);

/** Throws StateError for damaged data and for versions it does not know. Any thread. */
State decode(const void* bytes, std::size_t size);

} // namespace organum::plugin
