#include "Score/MusicXml.h"
#include "Score/AtomicFile.h"
#include "Score/MidiFile.h"
#include "Score/Notation.h"
#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include <juce_core/juce_core.h>

using namespace organum;
using namespace organum::score;

namespace
{

/** Random parts whose times can be written: each quarter is either in 16ths or in triplets. */
Score notatableScore(std::uint64_t seed)
{
    test::RandomNumbers random(seed);
    Score music;
    music.title = "Test & <piece> " + std::to_string(seed);
    static const std::pair<int, int> metres[] = {{4, 4}, {3, 4}, {6, 8}, {2, 2}, {5, 8}, {9, 16}};
    const auto metre = metres[random.between(0, 5)];
    music.metres.push_back({Quarters(0), metre.first, metre.second});
    music.keys.push_back({Quarters(0), random.between(-7, 7), random.oneIn(2)});
    music.tempos.push_back({Quarters(0), 60000000 / random.between(40, 200)});
    music.tempos.push_back({Quarters(23, 4), 60000000 / random.between(40, 200)});
    const bool overlapping = random.oneIn(2);
    const int parts = random.between(1, 3);
    for (int p = 0; p < parts; ++p) {
        Part part;
        part.name = "Part " + std::to_string(p + 1);
        part.channel = p;
        part.program = random.between(0, 100);
        const int centre = random.between(40, 75);
        Quarters now;
        Quarters soundsUntil;
        const Quarters barLength = music.metres[0].barLength();
        while (now < Quarters(24)) {
            const Quarters bar = barLength * Quarters((now / barLength).floor());
            const bool room = now + Quarters(1) <= bar + barLength;
            const bool onBeat = (now - bar).denominator() == 1;
            if (onBeat && room && random.oneIn(3)) {
                for (int i = 0; i < 3; ++i)
                    part.notes.push_back({centre + random.between(-12, 12), 80,
                                          now + Quarters(i, 3), Quarters(1, 3)});
                now += Quarters(1);
                continue;
            }
            const Quarters length(random.between(1, 10), 4);
            if (!random.oneIn(5)) {
                const int first = centre + random.between(-12, 12);
                part.notes.push_back({first, random.between(30, 120), now, length});
                if (random.oneIn(4))
                    part.notes.push_back({first + random.between(1, 9), 80, now, length});
                if (overlapping && soundsUntil <= now && random.oneIn(3)) {
                    // Far above all else, so that no pitch meets itself in another voice.
                    part.notes.push_back(
                        {centre + 40, 80, now, Quarters(random.between(1, 12), 4)});
                    soundsUntil = part.notes.back().end();
                }
            }
            now += length;
        }
        music.parts.push_back(part);
    }
    for (auto& part : music.parts)
        std::sort(part.notes.begin(), part.notes.end());
    return music;
}

std::string mscore()
{
    for (const auto* name : {"mscore3", "musescore3", "mscore"})
        if (test::runCommand(std::string("command -v ") + name + " >/dev/null").status == 0)
            return name;
    WARN("skipped: MuseScore 3 is not installed (Debian: musescore3)");
    return {};
}

/** Runs MuseScore without a display; returns what it says. */
std::string convert(const std::string& program, const test::TemporaryFolder& folder,
                    const std::string& from, const std::string& to)
{
    const auto result = test::runCommand(
        "HOME='" + folder.path().string() + "' QT_QPA_PLATFORM=offscreen " + program + " -o '" +
        (folder / to).string() + "' '" + (folder / from).string() + "' 2>&1");
    CHECK(result.status == 0);
    return result.output;
}

} // namespace

TEST_CASE("Pitches are spelled as the key expects")
{
    const auto name = [](int pitch, int sharps) {
        const auto result = spelled(pitch, sharps);
        return std::string(1, result.letter) + std::to_string(result.alteration) + "/" +
               std::to_string(result.octave);
    };
    CHECK(name(60, 0) == "C0/4");
    CHECK(name(66, 1) == "F1/4");
    CHECK(name(58, -2) == "B-1/3");
    CHECK(name(59, -7) == "C-1/4");
    CHECK(name(60, 7) == "B1/3");
    CHECK(name(68, 0) == "G1/4");
    CHECK(name(63, 0) == "E-1/4");
    for (int pitch = 0; pitch < 128; ++pitch)
        for (int sharps = -7; sharps <= 7; ++sharps) {
            static const std::map<char, int> semitone = {{'C', 0}, {'D', 2}, {'E', 4}, {'F', 5},
                                                         {'G', 7}, {'A', 9}, {'B', 11}};
            const auto result = spelled(pitch, sharps);
            REQUIRE(semitone.at(result.letter) + result.alteration + 12 * (result.octave + 1) ==
                    pitch);
        }
}

TEST_CASE("Every voice fills its bars and every sounding note is written once")
{
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const auto music = notatableScore(seed);
        const auto bars = barsOf(music, 100000);
        for (const auto& part : music.parts) {
            std::map<int, Quarters> written;
            std::map<int, Quarters> wanted;
            for (const auto& note : part.notes)
                wanted[note.pitch] += note.duration;
            std::size_t beginnings = 0;
            const auto notated = notate(part, bars);
            REQUIRE(notated.size() == bars.size());
            for (std::size_t bar = 0; bar < bars.size(); ++bar)
                for (const auto& voice : notated[bar]) {
                    Quarters now;
                    for (const auto& value : voice) {
                        REQUIRE(value.onset == now);
                        now += value.duration;
                        for (const auto& pitch : value.pitches) {
                            written[pitch.pitch] += value.duration;
                            beginnings += pitch.tiedFromBefore ? 0 : 1;
                        }
                    }
                    REQUIRE(now == bars[bar].length);
                }
            REQUIRE(written == wanted);
            REQUIRE(beginnings == part.notes.size());
        }
    }
}

TEST_CASE("A syncopated quarter stays one value and a note over the bar line is tied")
{
    Score music;
    music.parts.push_back({"",
                           0,
                           0,
                           {{60, 90, Quarters(0), Quarters(1, 2)},
                            {62, 90, Quarters(1, 2), Quarters(1)},
                            {64, 90, Quarters(3), Quarters(2)}}});
    const auto notated = notate(music.parts[0], barsOf(music, 10));
    const auto& first = notated.at(0).at(0);
    REQUIRE(first.size() == 5);
    CHECK(first[1].type == "quarter");
    CHECK(first[2].type == "eighth");
    CHECK(first[2].pitches.empty());
    CHECK(first[4].pitches.at(0).tiedOnwards);
    CHECK(notated.at(1).at(0).at(0).pitches.at(0).tiedFromBefore);
}

TEST_CASE("Triplet eighths are written three in the time of two")
{
    Score music;
    music.parts.push_back({"",
                           0,
                           0,
                           {{60, 90, Quarters(0), Quarters(1, 3)},
                            {62, 90, Quarters(1, 3), Quarters(1, 3)},
                            {64, 90, Quarters(2, 3), Quarters(10, 3)}}});
    const auto bar = notate(music.parts[0], barsOf(music, 10)).at(0).at(0);
    REQUIRE(bar.size() == 4);
    for (int i = 0; i < 3; ++i) {
        CHECK(bar[static_cast<std::size_t>(i)].type == "eighth");
        CHECK(bar[static_cast<std::size_t>(i)].inTriplet);
        CHECK(bar[static_cast<std::size_t>(i)].tripletType == "eighth");
    }
    CHECK(bar[0].startsTriplet);
    CHECK(bar[2].endsTriplet);
    CHECK(bar[2].pitches.at(0).tiedOnwards);
    CHECK_FALSE(bar[3].inTriplet);
}

TEST_CASE("MusicXML is well-formed whatever the names hold")
{
    auto music = test::randomScore(11);
    music.title = "\"Fish & <chips>\" \x01";
    music.parts[0].name = "a\xFF"
                          "b";
    for (const auto& score : {music, Score(), test::randomScore(12)}) {
        const auto text = musicXml(score);
        juce::XmlDocument document(
            juce::String::fromUTF8(text.data(), static_cast<int>(text.size())));
        const auto root = document.getDocumentElement();
        INFO(document.getLastParseError());
        REQUIRE(root != nullptr);
        CHECK(root->hasTagName("score-partwise"));
        CHECK(root->getChildByName("part")->getChildByName("measure") != nullptr);
    }
}

namespace
{

/** One bar of 4/4 for every quality that is known, over roots with and without accidentals. */
std::vector<ChordSpan> everyChord()
{
    static const char* roots[] = {"C", "F#", "Bb", "E", "Ab"};
    std::vector<ChordSpan> chords;
    for (std::size_t i = 0; i < chordQualities().size(); ++i) {
        auto text = roots[i % 5] + chordQualities()[i].name;
        if (i % 4 == 3)
            text += "/G";
        chords.push_back(
            {Quarters(4 * static_cast<std::int64_t>(i)), Quarters(4), parseChord(text, {})});
    }
    return chords;
}

Score barsOfRest(int bars)
{
    Score music;
    music.parts.push_back({"Lead", 0, 0, {{60, 90, Quarters(4 * bars - 1), Quarters(1)}}});
    return music;
}

/** By bar: root, its alteration, kind and bass of each chord symbol of the first part. */
std::vector<std::string> chordSymbolsIn(const juce::String& text)
{
    const auto root = juce::XmlDocument::parse(text);
    REQUIRE(root != nullptr);
    std::vector<std::string> found;
    for (auto* bar : root->getChildByName("part")->getChildWithTagNameIterator("measure"))
        for (auto* each : bar->getChildWithTagNameIterator("harmony")) {
            const auto note = [each](const juce::String& what) {
                const auto* named = each->getChildByName(what);
                return named == nullptr ? juce::String("-")
                                        : named->getChildElementAllSubText(what + "-step", {}) +
                                              named->getChildElementAllSubText(what + "-alter", {});
            };
            found.push_back((bar->getStringAttribute("number") + " " + note("root") + " " +
                             each->getChildElementAllSubText("kind", {}) + " " + note("bass"))
                                .toStdString());
        }
    return found;
}

} // namespace

TEST_CASE("MusicXML prints the chords above the first part, and where they end")
{
    const auto key = ChordKey{};
    auto music = barsOfRest(4);
    music.parts.push_back(music.parts[0]);
    const auto text =
        musicXml(music, ChordProgression::parse("| C . F#m7b5/A Bb13 | N.C. | % | Eb |", key)
                            .over(0, 4, Quarters(4)));
    const std::vector<std::string> expected = {"1 C major -", "1 F1 half-diminished A",
                                               "1 B-1 dominant-13th -", "2 C none -",
                                               "4 E-1 major -"};
    CHECK(chordSymbolsIn(text) == expected);
    CHECK(text.find("<kind text=\"m7b5\">") != std::string::npos);
    CHECK(text.find("<forward><duration>96</duration></forward><harmony>") != std::string::npos);
    const auto second = text.substr(text.find("<part id=\"P2\">"));
    CHECK(second.find("<harmony>") == std::string::npos);
    CHECK(musicXml(music).find("<harmony>") == std::string::npos);
}

TEST_CASE("every quality of a chord has its word in MusicXML")
{
    const auto chords = everyChord();
    const auto symbols =
        chordSymbolsIn(musicXml(barsOfRest(static_cast<int>(chords.size())), chords));
    REQUIRE(symbols.size() == chords.size());
    for (const auto& symbol : symbols)
        CHECK(symbol.find(" other ") == std::string::npos);
}

TEST_CASE("MuseScore reads the chord symbols of our MusicXML")
{
    const auto program = mscore();
    if (program.empty())
        return;
    test::TemporaryFolder folder;
    const auto chords = everyChord();
    const auto music = barsOfRest(static_cast<int>(chords.size()));
    writeMusicXml(folder / "in.musicxml", music, chords);
    CHECK_THAT(convert(program, folder, "in.musicxml", "out.musicxml"),
               !Catch::Contains("rror") && !Catch::Contains("empty score"));
    const auto file = juce::File((folder / "out.musicxml").string());
    CHECK(chordSymbolsIn(file.loadFileAsString()) == chordSymbolsIn(musicXml(music, chords)));
}

TEST_CASE("A score of millions of bars is refused before memory is taken")
{
    Score music;
    for (int i = 0; i < 100; ++i)
        music.parts.push_back({"", 0, 0, {{60, 90, Quarters(99000), Quarters(1)}}});
    CHECK_THROWS_AS(musicXml(music), std::invalid_argument);
    CHECK_THROWS_AS(writeMusicXml("/no/such/folder/a.musicxml", Score()), FileWriteError);
}

TEST_CASE("MuseScore plays the same notes from our MusicXML")
{
    const auto program = mscore();
    if (program.empty())
        return;
    test::TemporaryFolder folder;
    for (std::uint64_t seed = 100; seed < 108; ++seed) {
        INFO("seed " << seed);
        const auto music = notatableScore(seed);
        writeMusicXml(folder / "in.musicxml", music);
        CHECK_THAT(convert(program, folder, "in.musicxml", "out.mid"),
                   !Catch::Contains("rror") && !Catch::Contains("empty score") &&
                       !Catch::Contains("no instrument"));
        const auto played = readMidiFile(folder / "out.mid").score;
        REQUIRE(played.parts.size() == music.parts.size());
        CHECK(played.metres.at(0) == music.metres[0]);
        CHECK(played.keys.at(0).sharps == music.keys[0].sharps);
        REQUIRE(played.tempos.size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK(played.tempos[i].at == music.tempos[i].at);
            CHECK(std::abs(played.tempos[i].microsecondsPerQuarter -
                           music.tempos[i].microsecondsPerQuarter) <= 200);
        }
        for (std::size_t p = 0; p < music.parts.size(); ++p) {
            const auto& ours = music.parts[p].notes;
            const auto& theirs = played.parts[p].notes;
            CHECK(played.parts[p].program == music.parts[p].program);
            REQUIRE(theirs.size() == ours.size());
            for (std::size_t i = 0; i < ours.size(); ++i) {
                CHECK(theirs[i].pitch == ours[i].pitch);
                CHECK(theirs[i].onset == ours[i].onset);
                // MuseScore ends notes a tick early.
                CHECK(std::abs((theirs[i].duration - ours[i].duration).toDouble()) <= 2.0 / 480);
            }
        }
    }
}

TEST_CASE("MuseScore prints our MusicXML without complaint")
{
    const auto program = mscore();
    if (program.empty())
        return;
    test::TemporaryFolder folder;
    writeMusicXml(folder / "in.musicxml",
                  readMidiFile(test::fixture("allemande-opening.mid")).score);
    CHECK_THAT(convert(program, folder, "in.musicxml", "out.pdf"),
               !Catch::Contains("rror") && !Catch::Contains("empty score") &&
                   !Catch::Contains("no instrument"));
    CHECK(test::readWholeFile(folder / "out.pdf").rfind("%PDF", 0) == 0);
}
