#include "Score/ChordSymbol.h"

#include "Score/Scale.h"

#include <algorithm>
#include <stdexcept>

namespace organum::score
{
namespace
{

constexpr auto known = "Known are C to B with # or b, then nothing, m, 7, maj7, m7, mmaj7, 6, m6, "
                       "69, dim, dim7, m7b5, +, +7, sus2, sus4, 7sus4, 9, maj9, m9, add9, madd9, "
                       "7b9, 7#9, 7b5, 11, m11, 13, with /E for another bass; numerals like I, ii, "
                       "V7, viio, bVII, V/V; and N.C.";

std::uint16_t maskOf(std::initializer_list<int> steps)
{
    unsigned mask = 0;
    for (const int step : steps)
        mask |= 1u << (step % 12);
    return static_cast<std::uint16_t>(mask);
}

int wrapped(int pitchClass)
{
    return ((pitchClass % 12) + 12) % 12;
}

std::uint16_t rotated(std::uint16_t onC, int root)
{
    const auto twice = static_cast<unsigned>(onC) << root;
    return static_cast<std::uint16_t>((twice | twice >> 12) & 0xFFFu);
}

/** Musical signs as plain letters; brackets and blanks are decoration. */
std::string plain(const std::string& text)
{
    static const std::pair<const char*, const char*> signs[] = {
        {"\u266d", "b"}, {"\u266f", "#"}, {"\u0394", "maj7"}, {"\u25b3", "maj7"},
        {"\u00b0", "o"}, {"\u00ba", "o"}, {"\u00f8", "%"},    {"\u00d8", "%"},
        {"\u2212", "-"}, {"(", ""},       {")", ""}};
    auto result = text;
    for (const auto& [sign, letters] : signs)
        for (auto at = result.find(sign); at != std::string::npos; at = result.find(sign, at))
            result.replace(at, std::string(sign).size(), letters);
    // A triangle may be written with its seventh or without.
    if (const auto at = result.find("maj77"); at != std::string::npos)
        result.replace(at, 5, "maj7");
    return result;
}

[[noreturn]] void refuse(const std::string& text)
{
    throw std::invalid_argument("\"" + text.substr(0, 40) + "\" is no chord. " + known);
}

/** A note name at the beginning of a text, which it takes off; -1 when there is none. */
int takeNote(std::string& text, std::string& name)
{
    static constexpr int fromA[] = {9, 11, 0, 2, 4, 5, 7};
    if (text.empty() || text[0] < 'A' || text[0] > 'G')
        return -1;
    int note = fromA[text[0] - 'A'];
    std::size_t length = 1;
    while (length < text.size() && length < 3 && (text[length] == '#' || text[length] == 'b'))
        note += text[length++] == '#' ? 1 : -1;
    name = text.substr(0, length);
    text.erase(0, length);
    return wrapped(note);
}

/** The place of a quality by any of its spellings; the number of qualities when it is none. */
std::size_t qualityOf(const std::string& text)
{
    const auto& all = chordQualities();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].name == text ||
            std::find(all[i].also.begin(), all[i].also.end(), text) != all[i].also.end())
            return i;
    return all.size();
}

std::size_t named(const char* name)
{
    return qualityOf(name);
}

/** A degree with its accidental at the beginning of a text. */
struct Degree
{
    int semitones = -1; ///< above the tonic; -1: there is none
    bool upper = true;  ///< in capitals: major
    int number = 0;     ///< 1..7
    bool accidental = false;
};

Degree takeDegree(std::string& text, const ChordKey& key)
{
    static constexpr int major[] = {0, 2, 4, 5, 7, 9, 11};
    static constexpr int minor[] = {0, 2, 3, 5, 7, 8, 10};
    // Longer ones first, so that IV is not read as I.
    static const std::pair<const char*, int> numerals[] = {
        {"VII", 7}, {"III", 3}, {"VI", 6}, {"IV", 4}, {"II", 2}, {"V", 5}, {"I", 1}};
    Degree degree;
    std::size_t at = 0;
    int shift = 0;
    while (at < text.size() && (text[at] == 'b' || text[at] == '#'))
        shift += text[at++] == '#' ? 1 : -1;
    for (const auto& [capitals, number] : numerals) {
        std::string small = capitals;
        std::transform(small.begin(), small.end(), small.begin(),
                       [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        const bool isUpper = text.compare(at, small.size(), capitals) == 0;
        if (!isUpper && text.compare(at, small.size(), small) != 0)
            continue;
        degree.accidental = at > 0;
        const bool natural = key.minor && !degree.accidental;
        degree.semitones = wrapped((natural ? minor : major)[number - 1] + shift);
        degree.upper = isUpper;
        degree.number = number;
        text.erase(0, at + small.size());
        return degree;
    }
    return degree;
}

/** Figures of an inversion: which chord tone, counted from the root, is the bass; and the quality
    that remains. */
struct Figures
{
    const char* text;
    int tone;
    bool seventh;
};
constexpr Figures figures[] = {{"65", 1, true},  {"43", 2, true}, {"42", 3, true},
                               {"64", 2, false}, {"6", 1, false}, {"2", 3, true}};

int toneOf(std::uint16_t onC, int place)
{
    for (int step = 0; step < 12; ++step)
        if ((onC >> step & 1u) != 0 && place-- == 0)
            return step;
    return 0;
}

ChordSymbol readNumeral(const std::string& original, std::string text, const ChordKey& key)
{
    // V7/ii is the V7 of the key that ii is the tonic of.
    if (const auto slash = text.find('/'); slash != std::string::npos) {
        auto rest = text.substr(slash + 1);
        const auto target = takeDegree(rest, key);
        if (target.semitones < 0 || !rest.empty())
            refuse(original);
        return readNumeral(original, text.substr(0, slash),
                           {wrapped(key.tonic + target.semitones), !target.upper});
    }
    auto degree = takeDegree(text, key);
    if (degree.semitones < 0)
        refuse(original);
    int tone = 0;
    for (const auto& figure : figures) {
        const std::string digits = figure.text;
        if (text.size() < digits.size() ||
            text.compare(text.size() - digits.size(), digits.size(), digits) != 0 || text.find("add") != std::string::npos || text.find("sus") != std::string::npos)
            continue;
        tone = figure.tone;
        text.erase(text.size() - digits.size());
        text += figure.seventh ? "7" : "";
        break;
    }
    auto quality = chordQualities().size();
    if (!degree.upper) {
        const bool diminished =
            text.substr(0, 1) == "o" || text.substr(0, 1) == "%" || text.substr(0, 3) == "dim";
        quality = qualityOf(diminished ? text : "m" + text);
        // The leading tone of minor is not the seventh degree of its scale.
        if (diminished && key.minor && degree.number == 7 && !degree.accidental)
            degree.semitones = 11;
    } else {
        quality = qualityOf(text);
    }
    if (quality == chordQualities().size())
        refuse(original);
    const int root = wrapped(key.tonic + degree.semitones);
    const int bass = tone == 0 ? -1 : wrapped(root + toneOf(chordQualities()[quality].onC, tone));
    return chordOn(root, quality, key, bass);
}

std::string spelt(int pitchClass, const ChordKey& key)
{
    static constexpr const char* sharps[] = {"C",  "C#", "D",  "D#", "E",  "F",
                                             "F#", "G",  "G#", "A",  "A#", "B"};
    static constexpr const char* flats[] = {"C",  "Db", "D",  "Eb", "E",  "F",
                                            "Gb", "G",  "Ab", "A",  "Bb", "B"};
    const int signature = keyWithTonic(key.tonic, key.minor).sharps;
    if (signature > 0)
        return sharps[pitchClass];
    // In C and A minor the usual borrowings are flats, but for the leading tones.
    if (signature == 0 && (pitchClass == 6 || pitchClass == 1))
        return sharps[pitchClass];
    if (signature == 0 && key.minor && pitchClass == 8)
        return sharps[pitchClass];
    return flats[pitchClass];
}

} // namespace

const std::vector<ChordQuality>& chordQualities()
{
    static const std::vector<ChordQuality> all = {
        {"", {"maj", "M", "major"}, maskOf({0, 4, 7})},
        {"m", {"min", "mi", "-", "minor"}, maskOf({0, 3, 7})},
        {"dim", {"o"}, maskOf({0, 3, 6})},
        {"+", {"aug", "#5"}, maskOf({0, 4, 8})},
        {"sus4", {"sus"}, maskOf({0, 5, 7})},
        {"sus2", {"2"}, maskOf({0, 2, 7})},
        {"5", {}, maskOf({0, 7})},
        {"7", {"dom7"}, maskOf({0, 4, 7, 10})},
        {"maj7", {"M7", "ma7", "j7"}, maskOf({0, 4, 7, 11})},
        {"m7", {"min7", "mi7", "-7"}, maskOf({0, 3, 7, 10})},
        {"mmaj7", {"mM7", "minmaj7", "-maj7", "m#7"}, maskOf({0, 3, 7, 11})},
        {"dim7", {"o7"}, maskOf({0, 3, 6, 9})},
        {"m7b5", {"%", "%7", "min7b5", "-7b5"}, maskOf({0, 3, 6, 10})},
        {"6", {"maj6", "M6", "add6"}, maskOf({0, 4, 7, 9})},
        {"m6", {"min6", "-6", "madd6"}, maskOf({0, 3, 7, 9})},
        {"69", {"6/9"}, maskOf({0, 2, 4, 7, 9})},
        {"+7", {"7#5", "aug7", "7+"}, maskOf({0, 4, 8, 10})},
        {"7sus4", {"7sus"}, maskOf({0, 5, 7, 10})},
        {"9", {}, maskOf({0, 2, 4, 7, 10})},
        {"maj9", {"M9", "ma9"}, maskOf({0, 2, 4, 7, 11})},
        {"m9", {"min9", "-9"}, maskOf({0, 2, 3, 7, 10})},
        {"add9", {"add2"}, maskOf({0, 2, 4, 7})},
        {"madd9", {"madd2", "minadd9"}, maskOf({0, 2, 3, 7})},
        {"7b9", {}, maskOf({0, 1, 4, 7, 10})},
        {"7#9", {}, maskOf({0, 3, 4, 7, 10})},
        {"7b5", {}, maskOf({0, 4, 6, 10})},
        {"11", {}, maskOf({0, 2, 4, 5, 7, 10})},
        {"m11", {"min11", "-11"}, maskOf({0, 2, 3, 5, 7, 10})},
        {"13", {}, maskOf({0, 2, 4, 7, 9, 10})},
    };
    return all;
}

std::uint16_t ChordSymbol::pitchClasses() const
{
    if (isNone())
        return 0xFFFu;
    const auto notes = rotated(chordQualities().at(quality).onC, root);
    return static_cast<std::uint16_t>(bass < 0 ? notes : notes | 1u << bass);
}

std::string ChordSymbol::name() const
{
    if (isNone())
        return "N.C.";
    return rootName + chordQualities().at(quality).name + (bass < 0 ? "" : "/" + bassName);
}

ChordKey chordKey(int tonic, std::uint16_t pitchClasses)
{
    const auto has = [&](int step) { return contains(pitchClasses, tonic + step); };
    return {wrapped(tonic), has(3) && !has(4)};
}

ChordSymbol chordOn(int root, std::size_t quality, const ChordKey& key, int bass)
{
    ChordSymbol chord;
    chord.root = wrapped(root);
    chord.quality = quality;
    chord.bass = bass;
    chord.rootName = spelt(chord.root, key);
    chord.bassName = bass < 0 ? "" : spelt(bass, key);
    return chord;
}

ChordSymbol parseChord(const std::string& original, const ChordKey& key)
{
    auto text = plain(original);
    if (text == "N.C." || text == "NC" || text == "n.c." || text == "N.C")
        return {};
    ChordSymbol chord;
    chord.root = takeNote(text, chord.rootName);
    if (chord.root < 0)
        return readNumeral(original, text, key);
    if (const auto slash = text.rfind('/'); slash != std::string::npos && text != "6/9") {
        auto bass = text.substr(slash + 1);
        text.erase(slash);
        chord.bass = takeNote(bass, chord.bassName);
        if (chord.bass < 0 || !bass.empty())
            refuse(original);
    }
    chord.quality = qualityOf(text);
    if (chord.quality == chordQualities().size())
        refuse(original);
    return chord;
}

std::string romanName(const ChordSymbol& chord, const ChordKey& key)
{
    static constexpr const char* inMajor[] = {"I",   "bII", "II",  "bIII", "III",  "IV",
                                              "#IV", "V",   "bVI", "VI",   "bVII", "VII"};
    static constexpr const char* inMinor[] = {"I",   "bII", "II", "III", "#III", "IV",
                                              "#IV", "V",   "VI", "#VI", "VII",  "#VII"};
    static const std::size_t diminished = named("dim");
    if (chord.isNone())
        return "N.C.";
    const int degree = wrapped(chord.root - key.tonic);
    std::string numeral = (key.minor ? inMinor : inMajor)[degree];
    auto suffix = chordQualities().at(chord.quality).name;
    const bool isDiminished = chord.quality == diminished || suffix == "dim7" || suffix == "m7b5";
    const bool isMinor = suffix.substr(0, 1) == "m" && suffix.substr(0, 3) != "maj";
    // A diminished chord on the leading tone is written without an accidental.
    if (key.minor && degree == 11 && isDiminished)
        numeral = "VII";
    if (isMinor || isDiminished)
        std::transform(numeral.begin(), numeral.end(), numeral.begin(), [](char c) {
            return c == 'I' || c == 'V' ? static_cast<char>(c - 'A' + 'a') : c;
        });
    if (suffix == "dim")
        suffix = "o";
    else if (suffix == "dim7")
        suffix = "o7";
    else if (suffix == "m7b5")
        suffix = "\u00f87";
    else if (suffix == "6" || suffix == "m6")
        suffix = "add6"; // a 6 alone is the first inversion
    else if (isMinor)
        suffix.erase(0, 1);
    return numeral + suffix + (chord.bass < 0 ? "" : "/" + chord.bassName);
}

} // namespace organum::score
