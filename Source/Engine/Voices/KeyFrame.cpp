#include "Engine/Voices/KeyFrame.h"

#include "Models/Music/ConditionalMuseGan.h"

namespace organum::engine
{

using Config = models::ConditionalMuseGanConfig;

int majorTonic(const std::array<std::int64_t, 12>& counts)
{
    constexpr std::size_t major[] = {0, 2, 4, 5, 7, 9, 11};
    int best = 0;
    std::int64_t most = -1;
    for (std::size_t tonic = 0; tonic < 12; ++tonic) {
        std::int64_t inside = 0;
        for (const auto degree : major)
            inside += counts[(tonic + degree) % 12];
        if (inside > most) {
            most = inside;
            best = static_cast<int>(tonic);
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
