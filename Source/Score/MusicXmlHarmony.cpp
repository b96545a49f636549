#include "Score/MusicXmlHarmony.h"

#include <map>

namespace organum::score
{
namespace
{

/** A quality in MusicXML's words: the nearest kind, and one tone that differs from it. */
struct Kind
{
    const char* name;
    int degree = 0; ///< 0: none differs
    int shift = 0;  ///< semitones of that degree
    bool isAdded = true;
};

const Kind& kindOf(const std::string& quality)
{
    static const std::map<std::string, Kind> kinds = {
        {"", {"major"}},
        {"m", {"minor"}},
        {"5", {"power"}},
        {"7", {"dominant"}},
        {"maj7", {"major-seventh"}},
        {"m7", {"minor-seventh"}},
        {"mmaj7", {"major-minor"}},
        {"6", {"major-sixth"}},
        {"m6", {"minor-sixth"}},
        {"69", {"major-sixth", 9}},
        {"dim", {"diminished"}},
        {"dim7", {"diminished-seventh"}},
        {"m7b5", {"half-diminished"}},
        {"+", {"augmented"}},
        {"+7", {"augmented-seventh"}},
        {"sus2", {"suspended-second"}},
        {"sus4", {"suspended-fourth"}},
        {"7sus4", {"suspended-fourth", 7, -1}},
        {"9", {"dominant-ninth"}},
        {"maj9", {"major-ninth"}},
        {"m9", {"minor-ninth"}},
        {"add9", {"major", 9}},
        {"madd9", {"minor", 9}},
        {"7b9", {"dominant", 9, -1}},
        {"7#9", {"dominant", 9, 1}},
        {"7b5", {"dominant", 5, -1, false}},
        {"11", {"dominant-11th"}},
        {"m11", {"minor-11th"}},
        {"13", {"dominant-13th"}},
    };
    static const Kind other{"other"};
    const auto found = kinds.find(quality);
    return found != kinds.end() ? found->second : other;
}

/** "root" or "bass" of a name like "Bb". */
std::string noteElement(const std::string& what, const std::string& name)
{
    int alteration = 0;
    for (const char each : name.substr(1))
        alteration += each == '#' ? 1 : -1;
    std::string xml = "<" + what + "><" + what + "-step>" + name[0] + "</" + what + "-step>";
    if (alteration != 0)
        xml += "<" + what + "-alter>" + std::to_string(alteration) + "</" + what + "-alter>";
    return xml + "</" + what + ">";
}

} // namespace

std::string harmonyElement(const ChordSymbol& chord)
{
    if (chord.isNone())
        return "<harmony><root><root-step text=\"\">C</root-step></root>"
               "<kind text=\"N.C.\">none</kind></harmony>";
    const std::string& quality = chordQualities()[chord.quality].name;
    const Kind& kind = kindOf(quality);
    // What is printed is what was typed, so a tone that differs is not printed once more.
    std::string xml = "<harmony>" + noteElement("root", chord.rootName) + "<kind text=\"" +
                      quality + "\">" + kind.name + "</kind>";
    if (chord.bass >= 0)
        xml += noteElement("bass", chord.bassName);
    if (kind.degree != 0)
        xml += "<degree print-object=\"no\"><degree-value>" + std::to_string(kind.degree) +
               "</degree-value><degree-alter>" + std::to_string(kind.shift) +
               "</degree-alter><degree-type>" + (kind.isAdded ? "add" : "alter") +
               "</degree-type></degree>";
    return xml + "</harmony>";
}

} // namespace organum::score
