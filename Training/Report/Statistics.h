#pragma once

// What music is made of, in shares that can be laid beside another's: a composer's notes should be
// distributed as its corpus' are.

#include "Score/Elements.h"

#include <map>
#include <string>
#include <vector>

namespace organum::training
{

struct MusicStatistics
{
    std::size_t elements = 0;
    double rests = 0.0;  ///< share of elements
    double chords = 0.0; ///< share of sounding elements with two or more pitches
    double elementsPerQuarter = 0.0;
    int lowest = 0;
    int highest = 0;
    double medianPitch = 0.0;
    double diatonic = 0.0; ///< share of notes in each piece's best-fitting major scale, averaged
    std::map<int, double> pitchClasses;      ///< 0 = C; shares of notes
    std::map<std::string, double> durations; ///< shares of elements, by name
    std::map<int, double> steps; ///< semitones between lowest pitches, clipped to an octave
};

MusicStatistics statisticsOf(const std::vector<std::vector<score::Element>>& pieces);

/** Half the sum of differences: 0 = the same distribution, 1 = nothing in common. */
template <typename Key>
double totalVariation(const std::map<Key, double>& a, const std::map<Key, double>& b)
{
    double sum = 0.0;
    for (const auto& [key, share] : a) {
        const auto other = b.find(key);
        const auto difference = share - (other == b.end() ? 0.0 : other->second);
        sum += difference < 0.0 ? -difference : difference;
    }
    for (const auto& [key, share] : b)
        if (a.find(key) == a.end())
            sum += share;
    return sum / 2.0;
}

} // namespace organum::training
