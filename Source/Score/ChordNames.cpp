#include "Score/Elements.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace organum::score
{
namespace
{

bool isDigit(const std::string& text, std::size_t position)
{
    return position < text.size() && std::isdigit(static_cast<unsigned char>(text[position])) != 0;
}

/** Reads one pitch name; nothing when it is none. */
std::optional<int> readPitch(const std::string& name)
{
    static constexpr std::array<int, 7> fromA = {9, 11, 0, 2, 4, 5, 7};
    if (name.empty() || name[0] < 'A' || name[0] > 'G')
        return {};
    int pitch = fromA[static_cast<std::size_t>(name[0] - 'A')];
    std::size_t position = 1;
    for (int accidentals = 0; accidentals < 2 && position < name.size(); ++accidentals) {
        if (name[position] != '#' && name[position] != '-')
            break;
        pitch += name[position++] == '#' ? 1 : -1;
    }
    int octave = -1;
    if (name.compare(position, std::string::npos, "(-1)") != 0) {
        if (!isDigit(name, position) || name.size() > position + 2)
            return {};
        octave = name[position++] - '0';
        if (isDigit(name, position))
            octave = octave * 10 + (name[position++] - '0');
        if (position != name.size())
            return {};
    }
    pitch += 12 * (octave + 1);
    if (pitch < 0 || pitch > 127)
        return {};
    return pitch;
}

} // namespace

std::string pitchName(int midiPitch)
{
    static constexpr std::array<const char*, 12> names = {"C",  "C#", "D",  "E-", "E",  "F",
                                                          "F#", "G",  "G#", "A",  "B-", "B"};
    if (midiPitch < 0 || midiPitch > 127)
        throw std::invalid_argument("Pitch " + std::to_string(midiPitch) +
                                    " is outside MIDI's range 0 to 127.");
    const std::string letter = names[static_cast<std::size_t>(midiPitch % 12)];
    // music21 writes both E below the lowest C and the flat of E1 as "E-1"; brackets keep the two
    // apart here.
    return letter + (midiPitch < 12 ? "(-1)" : std::to_string(midiPitch / 12 - 1));
}

std::string readablePitchName(int midiPitch)
{
    auto name = pitchName(midiPitch);
    if (name[1] == '-')
        name[1] = 'b';
    return name;
}

std::optional<int> pitchFromName(const std::string& name)
{
    if (name.empty())
        return {};
    auto written = name;
    written[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(written[0])));
    if (written.size() > 2 && written[1] == 'b')
        written[1] = '-';
    return readPitch(written);
}

std::optional<int> pitchFromText(const std::string& text)
{
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos)
        return pitchFromName(text);
    const int number = text.size() <= 3 ? std::stoi(text) : 128;
    return number <= 127 ? std::optional<int>(number) : std::nullopt;
}

std::string chordName(const std::vector<int>& pitches)
{
    if (pitches.empty())
        return "rest";
    std::string name;
    for (const auto pitch : pitches) {
        if (!name.empty())
            name += '.';
        name += pitchName(pitch);
    }
    return name;
}

std::optional<std::vector<int>> parseChordName(const std::string& name)
{
    std::vector<int> pitches;
    if (name == "rest")
        return pitches;
    for (std::size_t begin = 0;;) {
        const auto dot = name.find('.', begin);
        const auto pitch = readPitch(name.substr(begin, dot - begin));
        if (!pitch)
            return {};
        pitches.push_back(*pitch);
        if (dot == std::string::npos)
            break;
        begin = dot + 1;
    }
    std::sort(pitches.begin(), pitches.end());
    pitches.erase(std::unique(pitches.begin(), pitches.end()), pitches.end());
    return pitches;
}

} // namespace organum::score
