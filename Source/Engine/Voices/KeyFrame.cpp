#include "Engine/Voices/KeyFrame.h"

#include "Models/Music/ConditionalMuseGan.h"

namespace organum::engine
{

using Config = models::ConditionalMuseGanConfig;

std::int64_t insideMajor(int tonic, const std::array<std::int64_t, 12>& counts)
{
    constexpr std::size_t major[] = {0, 2, 4, 5, 7, 9, 11};
    std::int64_t inside = 0;
    for (const auto degree : major)
        inside += counts[(static_cast<std::size_t>(tonic) + degree) % 12];
    return inside;
}

int majorTonic(const std::array<std::int64_t, 12>& counts)
{
    int best = 0;
    std::int64_t most = -1;
    for (int tonic = 0; tonic < 12; ++tonic) {
        const std::int64_t inside = insideMajor(tonic, counts);
        if (inside > most) {
            most = inside;
            best = tonic;
        }
    }
    return best;
}

std::int64_t KeyFrame::classOf(int voice, int pitch) const
{
    if (pitch < 0)
        return Config::silence;
    const auto id = pitch + shift - Config::lowest[voice];
    return id >= 0 && id < Config::pitches ? id : -1;
}

int KeyFrame::pitchOf(int voice, std::int64_t classId) const
{
    return classId >= Config::pitches ? -1
                                      : static_cast<int>(Config::lowest[voice] + classId - shift);
}

} // namespace organum::engine
