#include "Score/Score.h"

#include <algorithm>
#include <tuple>

namespace organum::score
{

bool Note::operator==(const Note& other) const
{
    return pitch == other.pitch && velocity == other.velocity && onset == other.onset &&
           duration == other.duration;
}

bool Note::operator<(const Note& other) const
{
    return std::tie(onset, pitch, duration, velocity) <
           std::tie(other.onset, other.pitch, other.duration, other.velocity);
}

bool Part::operator==(const Part& other) const
{
    return name == other.name && channel == other.channel && program == other.program &&
           notes == other.notes;
}

bool TempoChange::operator==(const TempoChange& other) const
{
    return at == other.at && microsecondsPerQuarter == other.microsecondsPerQuarter;
}

bool MetreChange::operator==(const MetreChange& other) const
{
    return at == other.at && numerator == other.numerator && denominator == other.denominator;
}

bool KeyChange::operator==(const KeyChange& other) const
{
    return at == other.at && sharps == other.sharps && minor == other.minor;
}

Quarters Score::end() const
{
    Quarters last;
    for (const auto& part : parts)
        for (const auto& note : part.notes)
            last = std::max(last, note.end());
    return last;
}

std::size_t Score::noteCount() const
{
    std::size_t count = 0;
    for (const auto& part : parts)
        count += part.notes.size();
    return count;
}

bool Score::operator==(const Score& other) const
{
    return title == other.title && parts == other.parts && tempos == other.tempos &&
           metres == other.metres && keys == other.keys;
}

} // namespace organum::score
