#include "Analysis/ChordDetection.h"

#include "Analysis/Conformity.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

using namespace organum;
using analysis::detectChords;
using analysis::detectKey;
using score::Quarters;

namespace
{

const score::ChordKey cMajor{0, false};

using Notes = std::vector<score::Note>;

void add(Notes& notes, const Quarters& onset, const Quarters& length,
         const std::vector<int>& pitches)
{
    for (const int pitch : pitches)
        notes.push_back({pitch, 90, onset, length});
}

std::string detected(const Notes& notes, int bars, int beats = 4)
{
    return detectChords(notes, bars, beats, beats, cMajor).toString();
}

/** What people heard in a song: from, to (seconds), chord as "B:min7/b7" or "N". */
struct Heard
{
    double from = 0, to = 0;
    int root = -1;
    bool minor = false;
};

std::vector<Heard> heardIn(const std::filesystem::path& file)
{
    const std::map<char, int> letters{{'C', 0}, {'D', 2}, {'E', 4}, {'F', 5},
                                      {'G', 7}, {'A', 9}, {'B', 11}};
    std::vector<Heard> all;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        Heard one;
        std::string name;
        if (!(words >> one.from >> one.to >> name) || name == "N")
            continue;
        one.root = letters.at(name[0]);
        for (std::size_t i = 1; i < name.size() && name[i] != ':'; ++i)
            one.root += name[i] == '#' ? 1 : -1;
        one.root = (one.root + 12) % 12;
        const auto quality = name.substr(name.find(':') + 1);
        one.minor = quality.rfind("min", 0) == 0 || quality.rfind("dim", 0) == 0 ||
                    quality.rfind("hdim", 0) == 0;
        all.push_back(one);
    }
    return all;
}

/** Quarters from the start at a time in seconds. */
double beatAt(double seconds, const std::vector<score::TempoChange>& tempos)
{
    double beat = 0.0, secondsPerBeat = 0.5;
    for (const auto& tempo : tempos) {
        const double until =
            static_cast<double>(tempo.at.numerator()) / static_cast<double>(tempo.at.denominator());
        const double spent = (until - beat) * secondsPerBeat;
        if (spent > seconds)
            break;
        seconds -= spent;
        beat = until;
        secondsPerBeat = tempo.microsecondsPerQuarter / 1e6;
    }
    return beat + seconds / secondsPerBeat;
}

struct Agreement
{
    int beats = 0, roots = 0, rootsAndThirds = 0;
};

/** Beats in the middle of which people heard a chord, and on how many of them we hear it too. */
void compare(const std::filesystem::path& song, Agreement& agreement)
{
    const auto score = score::readMidiFile(song / (song.filename().string() + ".mid")).score;
    Notes notes;
    for (const auto& part : score.parts)
        if (!part.isDrums())
            notes.insert(notes.end(), part.notes.begin(), part.notes.end());
    std::sort(notes.begin(), notes.end());
    const int bars =
        static_cast<int>(std::min<std::int64_t>(256, (score.end() / Quarters(4)).floor() + 1));
    const auto spans = detectChords(notes, bars, 4, 4, detectKey(notes)).over(0, bars, 4);
    for (const auto& heard : heardIn(song / "chord_midi.txt"))
        for (int beat = static_cast<int>(std::lround(beatAt(heard.from, score.tempos)));
             beat < std::lround(beatAt(heard.to, score.tempos)) && beat < 4 * bars; ++beat) {
            ++agreement.beats;
            const auto span = std::find_if(spans.begin(), spans.end(), [beat](const auto& each) {
                return each.onset <= Quarters(beat) && Quarters(beat) < each.onset + each.length;
            });
            if (span == spans.end() || span->chord.root != heard.root)
                continue;
            ++agreement.roots;
            const bool minor = (span->chord.pitchClasses() >> ((heard.root + 3) % 12) & 1) != 0;
            agreement.rootsAndThirds += minor == heard.minor ? 1 : 0;
        }
}

} // namespace

TEST_CASE("In songs the chords that people wrote down are heard", "[chord-detection]")
{
    const auto folder = test::realData("pop909");
    if (!folder)
        return;
    std::vector<std::filesystem::path> songs;
    for (const auto& entry : std::filesystem::directory_iterator(*folder))
        if (entry.is_directory())
            songs.push_back(entry.path());
    std::sort(songs.begin(), songs.end());
    REQUIRE(songs.size() > 300);
    songs.erase(songs.begin(), songs.begin() + 300); // the weights were chosen on the first hundred
    songs.resize(40);
    Agreement agreement;
    for (const auto& song : songs)
        compare(song, agreement);
    const double roots = static_cast<double>(agreement.roots) / agreement.beats;
    const double thirds = static_cast<double>(agreement.rootsAndThirds) / agreement.beats;
    INFO(agreement.beats << " beats: root " << roots << ", root and third " << thirds);
    CHECK(roots > 0.85);
    CHECK(thirds > 0.80);
}

TEST_CASE("Block chords are heard as what they are", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 4, {48, 60, 64, 67});
    add(notes, 4, 2, {45, 60, 64, 69});
    add(notes, 6, 2, {53, 60, 65, 69});
    add(notes, 8, 4, {55, 59, 62, 65});
    add(notes, 12, 4, {47, 59, 62, 65});
    CHECK(detected(notes, 5) == "| C | Am F | G7 | Bdim | N.C. |");
}

TEST_CASE("Broken chords and passing notes between beats do not hide the harmony",
          "[chord-detection]")
{
    Notes notes;
    const int alberti[] = {60, 67, 64, 67};
    for (int i = 0; i < 16; ++i)
        add(notes, Quarters(i, 2), {1, 2}, {alberti[i % 4] + (i < 8 ? 0 : 5)});
    // A scale in the right hand: D and B pass by.
    const int scale[] = {72, 74, 76, 77, 79, 77, 76, 74};
    for (int i = 0; i < 8; ++i)
        add(notes, Quarters(i, 2), {1, 2}, {scale[i]});
    CHECK(detected(notes, 2) == "| C | F |");
}

TEST_CASE("The lowest note is named when it is another chord tone", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 4, {52, 60, 67, 72});
    add(notes, 4, 4, {53, 59, 62, 67});
    CHECK(detected(notes, 2) == "| C/E | G7/F |");
}

TEST_CASE("Three beats make a bar of three", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 3, {48, 60, 64});
    add(notes, 3, 3, {55, 59, 62});
    CHECK(detected(notes, 2, 3) == "| C | G |");
}

TEST_CASE("Roots are spelt as the key would", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 4, {46, 58, 62, 65});
    CHECK(detectChords(notes, 1, 4, 4, {5, false}).toString() == "| Bb |");
    CHECK(detectChords(notes, 1, 4, 4, {11, false}).toString() == "| A# |");
}

TEST_CASE("Nothing is heard in silence, and nonsense is refused", "[chord-detection]")
{
    CHECK(detected({}, 2) == "| N.C. | N.C. |");
    CHECK_THROWS_AS(detectChords({}, 0, 4, 4, cMajor), std::invalid_argument);
    CHECK_THROWS_AS(detectChords({}, 1, 0, 4, cMajor), std::invalid_argument);
}

TEST_CASE("The key of a tune is found", "[chord-detection]")
{
    Notes notes;
    const int tune[] = {67, 69, 71, 72, 74, 71, 67, 66, 67};
    for (int i = 0; i < 9; ++i)
        add(notes, i, 1, {tune[i]});
    CHECK(detectKey(notes).tonic == 7);
    CHECK_FALSE(detectKey(notes).minor);
    CHECK(detectKey({}).tonic == 0);
}
