#include "Score/Scale.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace organum::score
{
namespace
{

std::uint16_t maskOf(std::initializer_list<int> steps)
{
    unsigned mask = 0;
    for (const auto step : steps)
        mask |= 1u << step;
    return static_cast<std::uint16_t>(mask);
}

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

int wrapped(int pitchClass)
{
    return ((pitchClass % 12) + 12) % 12;
}

} // namespace

const std::vector<Scale>& scales()
{
    static const std::vector<Scale> all = {
        {"chromatic", 0xFFF},
        {"major", maskOf({0, 2, 4, 5, 7, 9, 11})},
        {"natural minor", maskOf({0, 2, 3, 5, 7, 8, 10})},
        {"harmonic minor", maskOf({0, 2, 3, 5, 7, 8, 11})},
        {"melodic minor", maskOf({0, 2, 3, 5, 7, 9, 11})},
        {"dorian", maskOf({0, 2, 3, 5, 7, 9, 10})},
        {"phrygian", maskOf({0, 1, 3, 5, 7, 8, 10})},
        {"lydian", maskOf({0, 2, 4, 6, 7, 9, 11})},
        {"mixolydian", maskOf({0, 2, 4, 5, 7, 9, 10})},
        {"locrian", maskOf({0, 1, 3, 5, 6, 8, 10})},
        {"major pentatonic", maskOf({0, 2, 4, 7, 9})},
        {"minor pentatonic", maskOf({0, 3, 5, 7, 10})},
        {"blues", maskOf({0, 3, 5, 6, 7, 10})},
        {"whole tone", maskOf({0, 2, 4, 6, 8, 10})},
        {"diminished", maskOf({0, 2, 3, 5, 6, 8, 9, 11})},
        {"augmented", maskOf({0, 3, 4, 7, 8, 11})},
        {"phrygian dominant", maskOf({0, 1, 4, 5, 7, 8, 10})},
        {"hungarian minor", maskOf({0, 2, 3, 6, 7, 8, 11})},
    };
    return all;
}

std::optional<Scale> findScale(const std::string& name)
{
    auto wanted = lowerCase(name);
    if (wanted == "ionian")
        wanted = "major";
    else if (wanted == "aeolian" || wanted == "minor")
        wanted = "natural minor";
    const auto found = std::find_if(scales().begin(), scales().end(),
                                    [&](const Scale& scale) { return scale.name == wanted; });
    if (found == scales().end())
        return {};
    return *found;
}

std::uint16_t pitchClasses(const Scale& scale, int tonic)
{
    if (tonic < 0 || tonic > 11)
        throw std::invalid_argument("Tonic " + std::to_string(tonic) +
                                    " is outside 0 (C) to 11 (B).");
    const auto twice = static_cast<unsigned>(scale.onC) << tonic;
    return static_cast<std::uint16_t>((twice | (twice >> 12)) & 0xFFFu);
}

bool contains(std::uint16_t pitchClassMask, int midiPitch)
{
    return ((pitchClassMask >> wrapped(midiPitch)) & 1u) != 0;
}

std::optional<int> tonicFromName(const std::string& name)
{
    static constexpr std::array<int, 7> fromA = {9, 11, 0, 2, 4, 5, 7};
    if (name.empty() || name.size() > 2)
        return {};
    const auto letter = std::toupper(static_cast<unsigned char>(name[0]));
    if (letter < 'A' || letter > 'G')
        return {};
    int tonic = fromA[static_cast<std::size_t>(letter - 'A')];
    if (name.size() == 2) {
        if (name[1] == '#')
            ++tonic;
        else if (name[1] == 'b' || name[1] == '-')
            --tonic;
        else
            return {};
    }
    return wrapped(tonic);
}

std::string tonicName(int tonic)
{
    static constexpr std::array<const char*, 12> names = {"C",  "C#", "D",  "Eb", "E",  "F",
                                                          "F#", "G",  "Ab", "A",  "Bb", "B"};
    return names[static_cast<std::size_t>(wrapped(tonic))];
}

int tonicOf(const KeyChange& key)
{
    return wrapped(key.sharps * 7 + (key.minor ? 9 : 0));
}

KeyChange keyWithTonic(int tonic, bool minor, const Quarters& at)
{
    // A fifth up is a sharp more; 7 is its own inverse modulo 12.
    const int sharps = wrapped((tonic - (minor ? 9 : 0)) * 7);
    return {at, sharps > 6 ? sharps - 12 : sharps, minor};
}

std::optional<KeyChange> keySignatureOf(const Scale& scale, int tonic)
{
    const auto notes = pitchClasses(scale, tonic);
    const auto holds = [&](int steps) { return contains(notes, wrapped(tonic + steps)); };
    constexpr int minorThird = 3;
    constexpr int majorThird = 4;
    constexpr int fifth = 7;
    const auto major = findScale("major");
    for (int relative = 0; relative < 12; ++relative)
        if (pitchClasses(*major, relative) == notes) {
            auto key = keyWithTonic(relative, false);
            key.minor = relative == wrapped(tonic + minorThird);
            return key;
        }
    if (!holds(fifth) || holds(minorThird) == holds(majorThird))
        return std::nullopt;
    return keyWithTonic(tonic, holds(minorThird));
}

Score transposed(const Score& score, int semitones)
{
    auto result = score;
    for (auto& part : result.parts) {
        if (part.isDrums())
            continue;
        for (auto& note : part.notes) {
            note.pitch += semitones;
            if (note.pitch < 0 || note.pitch > 127)
                throw std::out_of_range(
                    "Transposing by " + std::to_string(semitones) + " semitones moves " +
                    std::to_string(note.pitch - semitones) + " at quarter " +
                    note.onset.toString() + " out of MIDI's range; use a smaller interval.");
        }
    }
    for (auto& key : result.keys)
        key = keyWithTonic(wrapped(tonicOf(key) + semitones), key.minor, key.at);
    return result;
}

} // namespace organum::score
