#include "Engine/ChordFeatures.h"

#include <algorithm>

namespace organum::engine
{

std::vector<float> ChordFeatures::of(const Vocabulary& vocabulary)
{
    constexpr int lowest = 128;
    constexpr int highest = 256;
    constexpr int count = 384;
    constexpr int unknown = columns - 1;

    std::vector<float> rows(static_cast<std::size_t>(vocabulary.pitchCount()) * columns, 0.0f);
    for (std::int64_t id = Vocabulary::unknown; id < vocabulary.pitchCount(); ++id) {
        auto* row = rows.data() + id * columns;
        if (id == Vocabulary::unknown) {
            row[unknown] = 1.0f;
            continue;
        }
        const auto& chord = vocabulary.chord(id);
        for (const int pitch : chord)
            row[pitch] = 1.0f;
        if (!chord.empty()) {
            row[lowest + chord.front()] = 1.0f;
            row[highest + chord.back()] = 1.0f;
        }
        row[count + std::min<std::size_t>(chord.size(), 4)] = 1.0f;
    }
    return rows;
}

} // namespace organum::engine
