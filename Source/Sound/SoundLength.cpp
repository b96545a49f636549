#include "Sound/SoundLength.h"

namespace organum::sound
{

double secondsAt(const score::Score& score, const score::Quarters& time)
{
    double seconds = 0.0;
    double secondsPerQuarter = 0.5;
    score::Quarters from;
    for (const auto& tempo : score.tempos) {
        if (tempo.at >= time)
            break;
        seconds += (tempo.at - from).toDouble() * secondsPerQuarter;
        from = tempo.at;
        secondsPerQuarter = tempo.microsecondsPerQuarter / 1.0e6;
    }
    return seconds + (time - from).toDouble() * secondsPerQuarter;
}

} // namespace organum::sound
