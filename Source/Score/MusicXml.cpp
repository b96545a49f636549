#include "Score/MusicXml.h"

#include "Score/AtomicFile.h"
#include "Score/MusicXmlHarmony.h"
#include "Score/Notation.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <stdexcept>

#include <juce_audio_basics/juce_audio_basics.h>

namespace organum::score
{
namespace
{

constexpr std::int64_t divisions = 48; // counts both 1/16 and 1/12 quarter
constexpr std::size_t mostBars = 2000000;

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20)
                result += c;
        }
    }
    return juce::CharPointer_UTF8::isValidString(result.data(), static_cast<int>(result.size()))
               ? result
               : std::string();
}

std::string element(const char* name, const std::string& content)
{
    return std::string("<") + name + ">" + content + "</" + name + ">";
}

std::string element(const char* name, std::int64_t content)
{
    return element(name, std::to_string(content));
}

std::string decimal(double value)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.2f", value);
    std::string result = text;
    result.erase(result.find_last_not_of('0') + 1);
    if (result.back() == '.')
        result.pop_back();
    return result;
}

std::int64_t inDivisions(const Quarters& time)
{
    return time.toSteps(divisions);
}

std::string instrumentName(const Part& part)
{
    const auto* name = juce::MidiMessage::getGMInstrumentName(part.program);
    return part.isDrums() ? "Drums" : name != nullptr ? name : "Instrument";
}

/** A chord symbol begins here. */
struct ChordMark
{
    Quarters at;
    ChordSymbol chord;
};

/** Where chords begin, and "no chord" where one ends before the next and before `end`. */
std::vector<ChordMark> marksOf(const std::vector<ChordSpan>& chords, const Quarters& end)
{
    std::vector<ChordMark> marks;
    for (std::size_t i = 0; i < chords.size(); ++i) {
        const auto silence = chords[i].onset + chords[i].length;
        const auto next = i + 1 < chords.size() ? chords[i + 1].onset : end;
        if (chords[i].onset >= end)
            break;
        marks.push_back({chords[i].onset, chords[i].chord});
        if (silence < next)
            marks.push_back({silence, {}});
    }
    return marks;
}

/** What stands `offset` behind a bar's start, in divisions. Readers move a direction by going there
    and back; <offset> is widely ignored. */
std::string movedBy(std::int64_t offset, const std::string& content)
{
    if (offset <= 0)
        return content + "\n";
    const auto move = element("duration", offset);
    return element("forward", move) + content + element("backup", move) + "\n";
}

/** Writes one part: its entry in the list of parts and its bars. */
class PartWriter
{
public:
    PartWriter(const Score& scoreIn, const Part& partIn, std::size_t index,
               const std::vector<BarSpan>& barsIn, const std::vector<ChordMark>& chordsIn)
        : score(scoreIn)
        , part(partIn)
        , isFirst(index == 0)
        , id("P" + std::to_string(index + 1))
        , bars(barsIn)
        , chords(chordsIn)
    {
    }

    std::string listEntry() const
    {
        const auto name = part.name.empty() ? instrumentName(part) : part.name;
        std::string xml = "<score-part id=\"" + id + "\">" + element("part-name", escaped(name));
        std::string sounds;
        const auto channel = element("midi-channel", std::clamp(part.channel, 0, 15) + 1) +
                             element("midi-program", std::clamp(part.program, 0, 127) + 1);
        if (part.isDrums()) {
            std::set<int> pitches;
            for (const auto& note : part.notes)
                pitches.insert(note.pitch);
            for (const auto pitch : pitches) {
                const auto* drum = juce::MidiMessage::getRhythmInstrumentName(pitch);
                xml += "<score-instrument id=\"" + instrumentId(pitch) + "\">" +
                       element("instrument-name", escaped(drum != nullptr ? drum : "Drum")) +
                       "</score-instrument>";
                sounds += "<midi-instrument id=\"" + instrumentId(pitch) + "\">" + channel +
                          element("midi-unpitched", pitch + 1) + "</midi-instrument>";
            }
        }
        if (sounds.empty()) {
            xml += "<score-instrument id=\"" + instrumentId(0) + "\">" +
                   element("instrument-name", escaped(instrumentName(part))) +
                   "</score-instrument>";
            sounds =
                "<midi-instrument id=\"" + instrumentId(0) + "\">" + channel + "</midi-instrument>";
        }
        return xml + sounds + "</score-part>\n";
    }

    std::string body()
    {
        const auto notated = notate(part, bars);
        std::string xml = "<part id=\"" + id + "\">\n";
        for (std::size_t i = 0; i < bars.size(); ++i) {
            xml += "<measure number=\"" + std::to_string(i + 1) + "\">\n";
            xml += attributes(i);
            if (isFirst)
                xml += tempos(i) + harmonies(i);
            for (std::size_t voice = 0; voice < notated[i].size(); ++voice) {
                if (voice > 0)
                    xml +=
                        element("backup", element("duration", inDivisions(bars[i].length))) + "\n";
                for (const auto& value : notated[i][voice])
                    xml += written(value, voice + 1);
            }
            if (i + 1 == bars.size())
                xml += "<barline location=\"right\"><bar-style>light-heavy</bar-style></barline>\n";
            xml += "</measure>\n";
        }
        return xml + "</part>\n";
    }

private:
    std::string instrumentId(int pitch) const
    {
        return id + "-I" + std::to_string(part.isDrums() ? pitch + 1 : 1);
    }

    std::string attributes(std::size_t i)
    {
        const auto& bar = bars[i];
        std::string xml;
        const bool newKey = readKeys(bar.start) || i == 0;
        if (newKey)
            xml += element("key", element("fifths", key.sharps) +
                                      element("mode", key.minor ? "minor" : "major"));
        if (i == 0 || bar.metre.numerator != bars[i - 1].metre.numerator ||
            bar.metre.denominator != bars[i - 1].metre.denominator)
            xml += element("time", element("beats", bar.metre.numerator) +
                                       element("beat-type", bar.metre.denominator));
        if (i == 0)
            xml = element("divisions", divisions) + xml + clef();
        return xml.empty() ? xml : element("attributes", xml) + "\n";
    }

    /** Takes every key change up to a bar's start; true when the signature is another. */
    bool readKeys(const Quarters& until)
    {
        const auto before = key;
        for (; nextKey < score.keys.size() && score.keys[nextKey].at <= until; ++nextKey)
            key = score.keys[nextKey];
        return key.sharps != before.sharps || key.minor != before.minor;
    }

    std::string clef() const
    {
        if (part.isDrums())
            return element("clef", element("sign", "percussion"));
        std::vector<int> pitches;
        for (const auto& note : part.notes)
            pitches.push_back(note.pitch);
        bool low = false;
        if (!pitches.empty()) {
            const auto middle = pitches.begin() + static_cast<std::ptrdiff_t>(pitches.size() / 2);
            std::nth_element(pitches.begin(), middle, pitches.end());
            low = *middle < 60;
        }
        return element("clef", element("sign", low ? "F" : "G") + element("line", low ? 4 : 2));
    }

    std::string tempos(std::size_t i) const
    {
        const auto start = bars[i].start;
        const auto end = start + bars[i].length;
        std::string xml;
        for (const auto& tempo : score.tempos) {
            const bool here = (start <= tempo.at && tempo.at < end) || (i == 0 && tempo.at < start);
            if (!here || tempo.microsecondsPerQuarter < 1)
                continue;
            const auto beats = decimal(60e6 / tempo.microsecondsPerQuarter);
            xml += movedBy(inDivisions(tempo.at - start),
                           "<direction placement=\"above\">" +
                               element("direction-type",
                                       element("metronome", element("beat-unit", "quarter") +
                                                                element("per-minute", beats))) +
                               "<sound tempo=\"" + beats + "\"/></direction>");
        }
        return xml;
    }

    std::string harmonies(std::size_t i) const
    {
        const auto start = bars[i].start;
        std::string xml;
        for (const ChordMark& mark : chords)
            if (start <= mark.at && mark.at < start + bars[i].length)
                xml += movedBy(inDivisions(mark.at - start), harmonyElement(mark.chord));
        return xml;
    }

    std::string written(const NotatedValue& value, std::size_t voice) const
    {
        if (value.pitches.empty())
            return noteElement(value, nullptr, false, voice);
        std::string xml;
        for (std::size_t i = 0; i < value.pitches.size(); ++i)
            xml += noteElement(value, &value.pitches[i], i > 0, voice);
        return xml;
    }

    std::string noteElement(const NotatedValue& value, const NotatedPitch* note, bool inChord,
                            std::size_t voice) const
    {
        std::string xml = "<note";
        // Dynamics are percentages of velocity 90 in MusicXML.
        if (note != nullptr)
            xml += " dynamics=\"" + decimal(note->velocity / 0.9) + "\"";
        xml += ">";
        if (inChord)
            xml += "<chord/>";
        xml += note != nullptr      ? pitchElement(note->pitch)
               : value.type.empty() ? std::string("<rest measure=\"yes\"/>")
                                    : std::string("<rest/>");
        xml += element("duration", inDivisions(value.duration));
        if (note != nullptr && note->tiedFromBefore)
            xml += "<tie type=\"stop\"/>";
        if (note != nullptr && note->tiedOnwards)
            xml += "<tie type=\"start\"/>";
        if (note != nullptr && part.isDrums())
            xml += "<instrument id=\"" + instrumentId(note->pitch) + "\"/>";
        xml += element("voice", static_cast<std::int64_t>(voice));
        if (!value.type.empty())
            xml += element("type", value.type);
        if (value.dotted)
            xml += "<dot/>";
        if (value.inTriplet)
            xml += element("time-modification", element("actual-notes", 3) +
                                                    element("normal-notes", 2) +
                                                    element("normal-type", value.tripletType));
        return xml + notations(value, note, inChord) + "</note>\n";
    }

    static std::string notations(const NotatedValue& value, const NotatedPitch* note, bool inChord)
    {
        std::string xml;
        if (note != nullptr && note->tiedFromBefore)
            xml += "<tied type=\"stop\"/>";
        if (note != nullptr && note->tiedOnwards)
            xml += "<tied type=\"start\"/>";
        if (value.startsTriplet && !inChord)
            xml += "<tuplet type=\"start\"/>";
        if (value.endsTriplet && !inChord)
            xml += "<tuplet type=\"stop\"/>";
        return xml.empty() ? xml : element("notations", xml);
    }

    std::string pitchElement(int pitch) const
    {
        if (part.isDrums()) {
            // Low drums low on the staff: a third of its range for every octave of key numbers.
            const int place = std::clamp(pitch, 30, 65) - 30;
            return element("unpitched",
                           element("display-step", std::string(1, "EFGABCD"[place / 3 % 7])) +
                               element("display-octave", 4 + (place / 3 + 2) / 7));
        }
        const auto name = spelled(pitch, key.sharps);
        std::string xml = element("step", std::string(1, name.letter));
        if (name.alteration != 0)
            xml += element("alter", name.alteration);
        return element("pitch", xml + element("octave", name.octave));
    }

    const Score& score;
    const Part& part;
    bool isFirst;
    std::string id;
    const std::vector<BarSpan>& bars;
    const std::vector<ChordMark>& chords;
    KeyChange key;
    std::size_t nextKey = 0;
};

} // namespace

std::string musicXml(const Score& score, const std::vector<ChordSpan>& chords)
{
    auto parts = score.parts;
    if (parts.empty())
        parts.emplace_back();
    const auto bars = barsOf(score, mostBars / parts.size());
    const auto marks = marksOf(chords, bars.back().start + bars.back().length);
    std::string list;
    std::string bodies;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        PartWriter writer(score, parts[i], i, bars, marks);
        list += writer.listEntry();
        bodies += writer.body();
    }
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD MusicXML 4.0 Partwise//EN\" "
        "\"http://www.musicxml.org/dtds/partwise.dtd\">\n"
        "<score-partwise version=\"4.0\">\n";
    if (!score.title.empty())
        xml += element("work", element("work-title", escaped(score.title))) + "\n";
    xml += element("identification", element("encoding", element("software", "Organum"))) + "\n";
    return xml + "<part-list>\n" + list + "</part-list>\n" + bodies + "</score-partwise>\n";
}

void writeMusicXml(const std::filesystem::path& file, const Score& score,
                   const std::vector<ChordSpan>& chords)
{
    const auto xml = musicXml(score, chords);
    writeFileAtomically(file, xml.data(), xml.size(), "the MusicXML file");
}

} // namespace organum::score
