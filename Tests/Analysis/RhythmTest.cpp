#include "Analysis/Rhythm.h"

#include "Analysis/Grids.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using namespace organum::analysis;
using test::none;

TEST_CASE("Note lengths end with the next onset or with silence", "[rhythm]")
{
    auto music = test::piece({{60, 60, 60, 60, 62, 62, 64, none, 65, 65, 65, 65}});
    // 4, 2, 1 and 4 steps of a sixteenth.
    auto lengths = measureNoteLengths({music});
    CHECK(lengths.notes == 4);
    CHECK(lengths.eighthPercent == Approx(75));
    CHECK(lengths.quarterPercent == Approx(50));
    score::markOnsets(music.grid, score::Joining::cutAtBeats, 2);
    lengths = measureNoteLengths({music});
    // 2 2, 2, 1, 2 2.
    CHECK(lengths.notes == 6);
    CHECK(lengths.quarterPercent == 0);
    CHECK(lengths.eighthPercent == Approx(100.0 * 5 / 6));
    music.grid.step = score::Quarters(1, 2);
    CHECK(measureNoteLengths({music}).quarterPercent == Approx(100.0 * 5 / 6));
}

TEST_CASE("Groove consistency compares onsets of neighbouring bars", "[rhythm]")
{
    // Bars of four steps with onsets 1000, 1010, 1010 of any voice.
    const auto music = test::piece({{60, 60, 60, 60, 61, 61, 62, 62, 63, 63, 63, 63},
                                    {48, 48, 48, 48, 49, 49, 49, 49, 50, 50, 51, 51}},
                                   2, 4);
    CHECK(grooveConsistency(music) == Approx(1 - 1.0 / 8));
    // An empty bar follows: two more differences in one more pair.
    CHECK(grooveConsistency(music, LastBar::countedByMuspy) == Approx(1 - 3.0 / 12));
    // A last bar cut short is filled with silence, either way.
    const auto ragged = test::piece({{60, 60, 61, 61, 62, 63}}, 2, 4);
    CHECK(grooveConsistency(ragged) == Approx(1 - 2.0 / 4));
    CHECK(grooveConsistency(ragged, LastBar::countedByMuspy) == Approx(1 - 2.0 / 4));
    const auto single = test::piece({{60, 60, 61, 61}}, 2, 4);
    CHECK(std::isnan(grooveConsistency(single)));
    CHECK(measureGroove({music, single}).mean == Approx(1 - 1.0 / 8));
}

TEST_CASE("Changes are counted by voice and by place in the beat", "[rhythm]")
{
    const auto music = test::piece({{60, 60, 62, 62, 62}, {48, none, none, 55, 50}}, 2, 4);
    const auto changes = measureChanges({music});
    CHECK(changes.cells == 8);
    CHECK(changes.changed == 4);
    CHECK(changes.percent == Approx(50));
    CHECK(changes.percentByVoice == std::vector<double>{25, 75});
    // Steps 2 and 4 lie on beats: 62 and 50 are new. Between: silence and 55.
    CHECK(changes.percentByPlace == std::vector<double>{50, 50});
    CHECK(changes.percentByVoiceAndPlace[0] == std::vector<double>{50, 0});
    CHECK(changes.percentByVoiceAndPlace[1] == std::vector<double>{50, 100});
    // 2 up, 5 down; to and from silence is no step.
    CHECK(changes.meanStep == Approx(3.5));
    CHECK(changes.meanStepByVoice == std::vector<double>{2, 5});
    CHECK(std::isnan(measureChanges({}).percent));
}
