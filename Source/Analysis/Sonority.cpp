#include "Analysis/Sonority.h"

#include <algorithm>
#include <cstdlib>

namespace organum::analysis
{
namespace
{

struct Sum
{
    double value = 0, count = 0;

    void add(double x)
    {
        value += x;
        count += 1;
    }
    double mean() const { return ratioOrNothing(value, count); }
};

bool isDissonant(int a, int b)
{
    const int interval = std::abs(a - b) % 12;
    return interval == 1 || interval == 2 || interval == 6 || interval == 10 || interval == 11;
}

} // namespace

SonorityMeasures measureSonority(const Pieces& pieces)
{
    std::vector<Sum> ofVoice(static_cast<std::size_t>(voicesOf(pieces)));
    Sum pitch, span, dissonance;
    std::vector<int> sounding;
    for (const auto& piece : pieces)
        for (int at = 0; at < piece.grid.steps(); ++at) {
            sounding.clear();
            for (int voice = 0; voice < piece.grid.voices; ++voice) {
                if (piece.grid.isSilent(at, voice))
                    continue;
                const int now = piece.grid.pitch(at, voice);
                ofVoice[static_cast<std::size_t>(voice)].add(now);
                pitch.add(now);
                for (const int other : sounding)
                    dissonance.add(isDissonant(now, other) ? 100.0 : 0.0);
                sounding.push_back(now);
            }
            if (sounding.size() < 2)
                continue;
            const auto [low, high] = std::minmax_element(sounding.begin(), sounding.end());
            span.add(*high - *low);
        }
    SonorityMeasures measures;
    for (const auto& sum : ofVoice)
        measures.pitch.push_back(sum.mean());
    measures.pitchTogether = pitch.mean();
    measures.span = span.mean();
    measures.dissonantPercent = dissonance.mean();
    return measures;
}

} // namespace organum::analysis
