#include "Score/ChordSymbol.h"

#include <catch2/catch.hpp>

#include <set>

using namespace organum::score;

namespace
{

const ChordKey cMajor{0, false};
const ChordKey aMinor{9, true};

std::set<int> notes(const std::string& text, const ChordKey& key = cMajor)
{
    std::set<int> found;
    const auto mask = parseChord(text, key).pitchClasses();
    for (int i = 0; i < 12; ++i)
        if ((mask >> i & 1u) != 0)
            found.insert(i);
    return found;
}

std::string name(const std::string& text, const ChordKey& key = cMajor)
{
    return parseChord(text, key).name();
}

} // namespace

TEST_CASE("A chord symbol means its notes", "[chord-symbols]")
{
    using Notes = std::set<int>;
    CHECK(notes("C") == Notes{0, 4, 7});
    CHECK(notes("Cm") == Notes{0, 3, 7});
    CHECK(notes("C7") == Notes{0, 4, 7, 10});
    CHECK(notes("Cmaj7") == Notes{0, 4, 7, 11});
    CHECK(notes("Cm7") == Notes{0, 3, 7, 10});
    CHECK(notes("Cdim") == Notes{0, 3, 6});
    CHECK(notes("Cdim7") == Notes{0, 3, 6, 9});
    CHECK(notes("Cm7b5") == Notes{0, 3, 6, 10});
    CHECK(notes("C+") == Notes{0, 4, 8});
    CHECK(notes("Csus4") == Notes{0, 5, 7});
    CHECK(notes("Csus2") == Notes{0, 2, 7});
    CHECK(notes("C6") == Notes{0, 4, 7, 9});
    CHECK(notes("C9") == Notes{0, 2, 4, 7, 10});
    CHECK(notes("Cadd9") == Notes{0, 2, 4, 7});
    CHECK(notes("F#m7") == Notes{1, 4, 6, 9});
    CHECK(notes("Bb") == Notes{2, 5, 10});
    CHECK(notes("Cb") == Notes{3, 6, 11});
    CHECK(notes("B#") == Notes{0, 4, 7});
    CHECK(notes("N.C.").size() == 12);
}

TEST_CASE("A slash names the bass, which sounds too", "[chord-symbols]")
{
    const auto chord = parseChord("C/E", cMajor);
    CHECK(chord.bass == 4);
    CHECK(chord.pitchClasses() == parseChord("C", cMajor).pitchClasses());
    CHECK(notes("Am/G") == std::set<int>{0, 4, 7, 9});
    CHECK(name("Bbm7/Ab") == "Bbm7/Ab");
    CHECK(notes("C6/9") == std::set<int>{0, 2, 4, 7, 9});
    CHECK(parseChord("C6/9", cMajor).bass == -1);
}

TEST_CASE("Other spellings of a chord are the same chord", "[chord-symbols]")
{
    for (const auto& [one, other] :
         std::vector<std::pair<std::string, std::string>>{{"C\u266fm", "C#m"},
                                                          {"B\u266d7", "Bb7"},
                                                          {"CM7", "Cmaj7"},
                                                          {"C\u0394", "Cmaj7"},
                                                          {"C\u03947", "Cmaj7"},
                                                          {"C\u00b07", "Cdim7"},
                                                          {"Co", "Cdim"},
                                                          {"C\u00f8", "Cm7b5"},
                                                          {"C\u00f87", "Cm7b5"},
                                                          {"Cm7(b5)", "Cm7b5"},
                                                          {"C-7", "Cm7"},
                                                          {"Cmin", "Cm"},
                                                          {"Caug", "C+"},
                                                          {"Csus", "Csus4"},
                                                          {"NC", "N.C."}}) {
        INFO(one);
        CHECK(name(one) == other);
    }
}

TEST_CASE("Every quality is read back as it is printed, on every root", "[chord-symbols]")
{
    for (std::size_t quality = 0; quality < chordQualities().size(); ++quality)
        for (int root = 0; root < 12; ++root)
            for (const auto& key : {cMajor, aMinor, ChordKey{5, false}, ChordKey{4, false}}) {
                const auto chord = chordOn(root, quality, key, quality % 3 == 0 ? 2 : -1);
                INFO(chord.name());
                CHECK(parseChord(chord.name(), key) == chord);
            }
}

TEST_CASE("Numerals are chords of the key", "[chord-symbols]")
{
    CHECK(name("I") == "C");
    CHECK(name("ii") == "Dm");
    CHECK(name("V7") == "G7");
    CHECK(name("viio") == "Bdim");
    CHECK(name("vii\u00f87") == "Bm7b5");
    CHECK(name("bVII") == "Bb");
    CHECK(name("iv") == "Fm");
    CHECK(name("V/V") == "D");
    CHECK(name("V7/ii") == "A7");
    CHECK(name("viio7/V") == "F#dim7");
    CHECK(name("Imaj7") == "Cmaj7");
    CHECK(name("ii7", {7, false}) == "Am7");
    CHECK(name("IV", {10, false}) == "Eb");

    CHECK(name("i", aMinor) == "Am");
    CHECK(name("III", aMinor) == "C");
    CHECK(name("VI", aMinor) == "F");
    CHECK(name("V7", aMinor) == "E7");
    CHECK(name("viio", aMinor) == "G#dim");
    CHECK(name("bVII", aMinor) == "G");
    CHECK(name("VII", aMinor) == "G");
}

TEST_CASE("Figures of numerals name the bass", "[chord-symbols]")
{
    CHECK(name("I6") == "C/E");
    CHECK(name("I64") == "C/G");
    CHECK(name("V65") == "G7/B");
    CHECK(name("V43") == "G7/D");
    CHECK(name("V42") == "G7/F");
    CHECK(name("ii65") == "Dm7/F");
    CHECK(name("viio6") == "Bdim/D");
    CHECK(name("Vsus4") == "Gsus4");
    CHECK(name("Iadd9") == "Cadd9");
}

TEST_CASE("Chords are shown as numerals of a key", "[chord-symbols]")
{
    const auto roman = [](const char* text, const ChordKey& key) {
        return romanName(parseChord(text, key), key);
    };
    CHECK(roman("C", cMajor) == "I");
    CHECK(roman("Dm7", cMajor) == "ii7");
    CHECK(roman("G7", cMajor) == "V7");
    CHECK(roman("Bdim", cMajor) == "viio");
    CHECK(roman("Bb", cMajor) == "bVII");
    CHECK(roman("Fmaj7", cMajor) == "IVmaj7");
    CHECK(roman("C/E", cMajor) == "I/E");
    CHECK(roman("Am", aMinor) == "i");
    CHECK(roman("F", aMinor) == "VI");
    CHECK(roman("G#dim7", aMinor) == "viio7");
    // What is shown can be typed, basses and borrowed degrees of minor aside.
    for (std::size_t quality = 0; quality < chordQualities().size(); ++quality)
        for (int root = 0; root < 12; ++root) {
            const auto chord = chordOn(root, quality, {7, false});
            const auto text = romanName(chord, {7, false});
            INFO(text);
            CHECK(parseChord(text, {7, false}) == chord);
        }
}

TEST_CASE("What is no chord is refused with its text and what is known", "[chord-symbols]")
{
    for (const auto* text : {"H", "Cfoo", "C/", "C/H", "c", "VIII", "V/", "I/I/I", "", "7", "b",
                             "C7/G/E", "mV", "V7/Q", "\xff\xfe"}) {
        INFO(text);
        CHECK_THROWS_WITH(parseChord(text, cMajor), Catch::Contains("is no chord. Known are"));
    }
    const std::string long_(5000, 'C');
    CHECK_THROWS_AS(parseChord(long_, cMajor), std::invalid_argument);
}
