#include "Engine/Voices/AllowedPitches.h"

namespace organum::engine
{

namespace
{

constexpr auto silence = VoiceScores::silence;

} // namespace

AllowedPitches::AllowedPitches(const VoiceNetwork& network, const Request& request)
{
    for (std::size_t voice = 0; voice < network.voices().size(); ++voice) {
        allowed[voice][silence] = true;
        for (int pitch = request.lowestPitch; pitch <= request.highestPitch; ++pitch)
            allowed[voice][static_cast<std::size_t>(pitch)] =
                (request.pitchClassMask >> (pitch % 12) & 1u) != 0 &&
                network.canSing(static_cast<int>(voice), pitch);
    }
}

bool AllowedPitches::any(std::size_t voice, std::uint32_t classes) const
{
    for (std::size_t column = 0; column < silence; ++column)
        if (allowed[voice][column] && (classes >> (column % 12) & 1u) != 0)
            return true;
    return false;
}

} // namespace organum::engine
