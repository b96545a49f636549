#include "Engine/TransposedChords.h"

namespace organum::engine
{

TransposedChords::TransposedChords(const Vocabulary& vocabulary)
    : ids(static_cast<std::size_t>(vocabulary.pitchCount() * (2 * widest + 1)), -1)
{
    std::vector<int> moved;
    for (std::int64_t id = Vocabulary::unknown + 1; id < vocabulary.pitchCount(); ++id) {
        const auto& chord = vocabulary.chord(id);
        if (chord.empty())
            continue;
        for (int semitones = -widest; semitones <= widest; ++semitones) {
            if (chord.front() + semitones < 0 || chord.back() + semitones > 127)
                continue;
            moved = chord;
            for (auto& pitch : moved)
                pitch += semitones;
            const auto found = vocabulary.pitchId(moved);
            if (found != Vocabulary::unknown)
                ids[static_cast<std::size_t>(id * (2 * widest + 1) + widest + semitones)] =
                    static_cast<std::int32_t>(found);
        }
    }
}

} // namespace organum::engine
