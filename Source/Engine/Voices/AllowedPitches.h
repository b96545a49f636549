#pragma once

// What scale, range and the voices themselves leave to choose from.

#include "Engine/Request.h"
#include "Engine/Voices/VoiceNetwork.h"

namespace organum::engine
{

/** Which pitches a request allows each voice. */
class AllowedPitches
{
public:
    AllowedPitches(const VoiceNetwork& network, const Request& request);

    /** `column` as in VoiceScores; silence always is a choice. */
    bool contains(std::size_t voice, std::size_t column) const { return allowed[voice][column]; }
    /** Whether the voice has anything but silence left among some pitch classes. */
    bool any(std::size_t voice, std::uint32_t classes = ChordWishes::anyPitchClass) const;

private:
    std::array<std::array<bool, VoiceScores::columns>, VoiceWishes::mostVoices> allowed{};
};

} // namespace organum::engine
