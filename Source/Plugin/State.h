#pragma once

// What a project keeps of an instance: settings and the music itself, so that it reopens to the
// same notes without a model or an engine. The bytes depend on the content alone.
//
//   "ORGANUM" 0, version u32, then sections: tag (4 letters), size u32, bytes. Little-endian.
//   PARA  parameters: id, value 0..1; sorted by id       MODL  name of the chosen model
//   TAKE  one a take, oldest first                       CURR  which take plays
//   LOCK  bars that are kept, ascending
//   CSUM  last: 32-bit FNV-1a of all that stands before
// Version 1 had no LOCK, and its takes had neither voices nor settings; it is read, never written.
// A section with an unknown tag is kept and written back, so that a newer release's additions
// survive an older one.

#include "Plugin/TakeHistory.h"

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
    static constexpr std::uint32_t version = 2; ///< what is written
    static constexpr std::uint32_t oldest = 1;  ///< what is still read

    std::map<std::string, float> parameters; ///< normalised, by id
    std::string model;
    TakeHistory::Snapshot takes;
    std::vector<int> lockedBars;                              ///< ascending, 0 = the first
    std::vector<std::pair<std::string, std::string>> unknown; ///< tag, bytes
};

/** Why a state was refused: what() says so for the user. */
class StateError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

std::string encode(const State& state);

/** Throws StateError for damaged data and for versions it does not know. Any thread. */
State decode(const void* bytes, std::size_t size);

} // namespace organum::plugin
