#include "Score/VoiceGrid.h"

#include "Score/MidiFile.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace organum;
using namespace organum::score;

namespace
{

constexpr int none = VoiceGrid::silent;

VoiceGrid gridOf(int voices, std::vector<int> pitches, Joining joining = Joining::untilPitchChanges)
{
    VoiceGrid grid;
    grid.voices = voices;
    grid.pitches = std::move(pitches);
    markOnsets(grid, joining);
    return grid;
}

/** Pitches that move now and then, with rests; onsets where they change and at other places. */
VoiceGrid randomGrid(std::uint64_t seed)
{
    test::RandomNumbers random(seed);
    VoiceGrid grid;
    grid.voices = random.between(1, 6);
    const int steps = random.between(1, 70);
    std::vector<int> held(static_cast<std::size_t>(grid.voices), 60);
    for (int at = 0; at < steps; ++at)
        for (auto& pitch : held) {
            if (random.oneIn(3))
                pitch = random.oneIn(5) ? none : random.between(30, 90);
            grid.pitches.push_back(pitch);
        }
    markOnsets(grid, Joining::untilPitchChanges);
    for (std::size_t i = 0; i < grid.pitches.size(); ++i)
        if (grid.pitches[i] != none && random.oneIn(4))
            grid.onsets[i] = 1;
    return grid;
}

Part part(const std::string& name, std::vector<Note> notes, int channel = 0)
{
    return {name, channel, 0, std::move(notes)};
}

} // namespace

TEST_CASE("A joining rule says where runs of one pitch are struck again", "[voices]")
{
    const std::vector<int> line = {60, 60, 60, 60, 60, 62, none, none, none, 62, 62, 62};
    const auto onsets = [&](Joining joining, int beat, int bar) {
        auto grid = gridOf(1, line);
        markOnsets(grid, joining, beat, bar);
        return std::vector<int>(grid.onsets.begin(), grid.onsets.end());
    };
    using Marks = std::vector<int>;
    CHECK(onsets(Joining::untilPitchChanges, 4, 16) == Marks{1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0});
    CHECK(onsets(Joining::cutAtBeats, 4, 16) == Marks{1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0});
    CHECK(onsets(Joining::cutAtBeats, 2, 16) == Marks{1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0});
    CHECK(onsets(Joining::cutAtBars, 4, 11) == Marks{1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1});
    CHECK_THROWS_AS(onsets(Joining::cutAtBeats, 0, 16), std::invalid_argument);
}

TEST_CASE("On strong beats a long note survives that began with the bar, a syncopation does not",
          "[voices]")
{
    // Bars of four beats: a whole note; a change on the second beat that is held over the middle
    // and over the bar line.
    std::vector<int> line(48, 60);
    std::fill(line.begin() + 20, line.begin() + 40, 62);
    auto grid = gridOf(1, line);
    const auto struck = [&](int beat, int bar) {
        markOnsets(grid, Joining::cutAtStrongBeats, beat, bar);
        std::vector<int> steps;
        for (int at = 0; at < grid.steps(); ++at)
            if (grid.onset(at, 0))
                steps.push_back(at);
        return steps;
    };
    CHECK(struck(4, 16) == std::vector<int>{0, 16, 20, 24, 32, 40});
    // Three beats have no middle.
    CHECK(struck(4, 12) == std::vector<int>{0, 12, 20, 24, 36, 40});
}

TEST_CASE("A grid becomes four named parts on four channels", "[voices]")
{
    const auto grid = gridOf(4, {72, 67, 60, none, 72, 65, 60, 48}, Joining::untilPitchChanges);
    VoiceScoreOptions options;
    options.programs = {52, 19};
    const auto score = scoreFrom(grid, options);
    REQUIRE(score.parts.size() == 4);
    const Quarters sixteenth(1, 4);
    CHECK(score.parts[0] == Part{"Soprano", 0, 52, {{72, 90, {}, sixteenth + sixteenth}}});
    CHECK(score.parts[1] ==
          Part{"Alto", 1, 19, {{67, 90, {}, sixteenth}, {65, 90, sixteenth, sixteenth}}});
    CHECK(score.parts[2].name == "Tenor");
    CHECK(score.parts[3] == Part{"Bass", 3, 19, {{48, 90, sixteenth, sixteenth}}});
    REQUIRE(score.tempos.size() == 1);
    CHECK(60e6 / score.tempos[0].microsecondsPerQuarter == Approx(66).epsilon(1e-5));
}

TEST_CASE("No voice gets the drums' channel", "[voices]")
{
    VoiceGrid grid;
    grid.voices = 15;
    grid.pitches.assign(15, 60);
    grid.onsets.assign(15, 1);
    const auto score = scoreFrom(grid);
    for (const auto& voice : score.parts)
        CHECK_FALSE(voice.isDrums());
    CHECK(score.parts.back().channel == 15);
    CHECK(score.parts.back().name == "Voice 15");
    grid.voices = 16;
    grid.pitches.push_back(60);
    grid.onsets.push_back(1);
    CHECK_THROWS_WITH(scoreFrom(grid), Catch::Contains("15 voices"));
}

TEST_CASE("A table that is none is refused", "[voices]")
{
    VoiceGrid grid;
    grid.pitches = {60, 60, 60};
    grid.onsets = {1, 1, 1};
    CHECK_THROWS_AS(scoreFrom(grid), std::invalid_argument);
    grid.pitches.push_back(128);
    grid.onsets.push_back(1);
    CHECK_THROWS_WITH(scoreFrom(grid), Catch::Contains("128"));
    grid.voices = 0;
    CHECK_THROWS_AS(scoreFrom(grid), std::invalid_argument);
}

TEST_CASE("A grid survives the way through a score and a MIDI file", "[voices]")
{
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        auto grid = randomGrid(seed);
        for (int voice = 0; voice < grid.voices; ++voice) {
            // A part without notes would be no voice, and the grid ends with its last note.
            const auto last = grid.cell(grid.steps() - 1, voice);
            grid.onsets[last] = grid.onsets[last] != 0 || grid.pitches[last] == none ? 1 : 0;
            if (grid.pitches[last] == none)
                grid.pitches[last] = 64;
        }
        const auto score = scoreFrom(grid);
        const auto direct = gridFrom(score);
        REQUIRE(direct.grid == grid);
        CHECK(direct.dropped + direct.shortened + direct.moved == 0);
        const auto bytes = midiBytes(score).bytes;
        REQUIRE(gridFrom(readMidi(bytes.data(), bytes.size(), "grid").score).grid == grid);
    }
}

TEST_CASE("Of several notes in a part the highest is heard, and the others are counted", "[voices]")
{
    Score score;
    // The long low note is heard before and after the high one; the middle one never is.
    score.parts.push_back(part("Keys", {{48, 90, Quarters(0), Quarters(1)},
                                        {60, 90, Quarters(1, 4), Quarters(1, 4)},
                                        {72, 90, Quarters(1, 4), Quarters(1, 2)}}));
    score.parts.push_back(part("Kit", {{36, 90, Quarters(0), Quarters(4)}}, 9));
    score.parts.push_back(part("nobody", {}));
    const auto reading = gridFrom(score);
    CHECK(reading.grid.voices == 1);
    CHECK(reading.grid.pitches == std::vector<int>{48, 72, 72, 48});
    CHECK(reading.grid.onsets == std::vector<std::uint8_t>{1, 1, 0, 1});
    CHECK(reading.dropped == 1);
    CHECK(reading.shortened == 1);
    CHECK(reading.moved == 0);
    const auto withSilence = gridFrom(score, {1, 4}, SilentParts::areVoices);
    CHECK(withSilence.grid.voices == 2);
    CHECK(withSilence.grid.pitches == std::vector<int>{48, none, 72, none, 72, none, 48, none});
}

TEST_CASE("A repeated note has an onset of its own", "[voices]")
{
    Score score;
    score.parts.push_back(part("Flute", {{60, 90, Quarters(0), Quarters(1, 2)},
                                         {60, 90, Quarters(1, 2), Quarters(1, 4)}}));
    const auto reading = gridFrom(score);
    CHECK(reading.grid.pitches == std::vector<int>{60, 60, 60});
    CHECK(reading.grid.onsets == std::vector<std::uint8_t>{1, 0, 1});
}

TEST_CASE("Times between two steps go to the nearer one", "[voices]")
{
    Score score;
    score.parts.push_back(part("Flute", {{60, 90, Quarters(1, 12), Quarters(1, 3)}, // .33 to 1.67
                                         {62, 90, Quarters(5, 8), Quarters(1, 32)}, // vanishing
                                         {64, 90, Quarters(1), Quarters(1, 4)}}));
    const auto reading = gridFrom(score);
    CHECK(reading.grid.pitches == std::vector<int>{60, 60, none, 62, 64});
    CHECK(reading.moved == 2);
    CHECK(reading.dropped == 0);
    const auto coarse = gridFrom(score, Quarters(1));
    CHECK(coarse.grid.pitches == std::vector<int>{60, 64});
    CHECK(coarse.dropped == 1);
}

TEST_CASE("Scores that would not fit a grid are refused", "[voices]")
{
    Score score;
    score.parts.push_back(part("Flute", {{60, 90, Quarters(0), Quarters(100001)}}));
    CHECK_THROWS_WITH(gridFrom(score), Catch::Contains("400,000 steps"));
    CHECK_THROWS_AS(gridFrom(score, Quarters(0)), std::invalid_argument);
    score.parts.assign(65, part("Flute", {{60, 90, Quarters(0), Quarters(1)}}));
    CHECK_THROWS_WITH(gridFrom(score), Catch::Contains("64 parts"));
    CHECK(gridFrom(Score{}).grid.steps() == 0);
}

TEST_CASE("An excerpt begins the notes that sound on into it", "[voices]")
{
    const auto grid = gridOf(2, {60, none, 60, none, 60, 48, 62, 48});
    const auto middle = excerpt(grid, 1, 2);
    CHECK(middle.pitches == std::vector<int>{60, none, 60, 48});
    CHECK(middle.onsets == std::vector<std::uint8_t>{1, 0, 0, 1});
    CHECK(excerpt(grid, 3, 9).pitches == std::vector<int>{62, 48});
    CHECK(excerpt(grid, 9, 1).steps() == 0);
    CHECK_THROWS_AS(excerpt(grid, -1, 2), std::invalid_argument);
}
