#include "Analysis/Conformity.h"

#include <algorithm>
#include <limits>

namespace organum::analysis
{

double Conformity::percent() const
{
    const double all = inside + outside;
    return all > 0.0 ? 100.0 * inside / all : std::numeric_limits<double>::quiet_NaN();
}

Conformity conformity(const std::vector<score::Note>& notes,
                      const std::vector<score::ChordSpan>& chords)
{
    Conformity found;
    for (const auto& note : notes) {
        auto chord = std::upper_bound(chords.begin(), chords.end(), note.onset,
                                      [](const score::Quarters& time, const auto& span) {
                                          return time < span.onset + span.length;
                                      });
        for (; chord != chords.end() && chord->onset < note.end(); ++chord) {
            const auto from = std::max(note.onset, chord->onset);
            const auto to = std::min(note.end(), chord->onset + chord->length);
            const bool belongs = (chord->chord.pitchClasses() >> (note.pitch % 12) & 1u) != 0;
            (belongs ? found.inside : found.outside) += (to - from).toDouble();
        }
    }
    return found;
}

} // namespace organum::analysis
