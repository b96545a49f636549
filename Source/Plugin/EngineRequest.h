#pragma once

// A wish in the engine's own terms, and what comes back in ours.

#include "Plugin/EngineLibrary.h"
#include "Plugin/Wish.h"

#include <string>
#include <vector>

namespace organum::plugin
{

/** Owns all that the engine's request points to. */
class EngineRequest
{
public:
    /** `initialise` fills in what the plugin does not ask for. */
    EngineRequest(const Wish& wish, decltype(&organum_request_init) initialise);
    EngineRequest(const EngineRequest&) = delete;
    EngineRequest& operator=(const EngineRequest&) = delete;

    const organum_request* get() const { return &request; }

private:
    void addVoices(const Wish& wish, std::int64_t length);

    organum_request request = {};
    std::vector<organum_note> primer;
    std::vector<std::uint32_t> cells;
    std::vector<organum_note> kept;
    std::vector<std::uint8_t> held; ///< by kept note
    std::vector<organum_branch> branches;
    std::vector<organum_chord> chords;
};

/** The engine's take as ours; with a wish to go on, the whole of it. What was edited is in it. */
Take takeOf(const organum_take& taken, const Wish& wish);

/** Why the take cannot be used, e.g. a locked note was changed; empty when it can. */
std::string problemWith(const Take& take, const Wish& wish);

} // namespace organum::plugin
