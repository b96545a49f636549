#include "Plugin/NoteEdits.h"

#include <catch2/catch.hpp>

#include <random>

using namespace organum::plugin;

namespace
{

constexpr std::int64_t quarter = organum::player::ticksPerQuarter;

Take scale()
{
    Take take;
    take.bars = 2;
    for (int i = 0; i < 8; ++i)
        take.notes.push_back({i * quarter, quarter, 60 + i, 80, 0});
    return take;
}

} // namespace

TEST_CASE("notes move together, stay selected and are marked as edited")
{
    const Take take = scale();
    const NoteEdit edit = moved(take, {0, 1}, 2 * quarter + quarter / 2, 12);
    REQUIRE(edit.selection.size() == 2);
    const TakeNote& first = edit.take.notes[edit.selection[0]];
    CHECK(first == TakeNote{2 * quarter + quarter / 2, quarter, 72, 80, 0, true});
    CHECK(editedPlaces(edit.take) == edit.selection);
    CHECK(edit.take.notes.size() == 8);
    CHECK(edit.take.notes[0].pitch == 62); // the order is that of time again
    CHECK(problemWith(edit.take).empty());
}

TEST_CASE("notes that are moved as one keep their distances at the edges")
{
    const Take take = scale();
    const auto early = moved(take, {0, 3}, -100 * quarter, -200);
    CHECK(early.take.notes[0].pitch == 0);
    CHECK(early.take.notes[early.selection[1]].onset == 3 * quarter);
    const auto late = moved(take, {0, 6}, 100 * quarter, 200);
    CHECK(late.take.notes[late.selection[1]] == TakeNote{7 * quarter, quarter, 127, 80, 0, true});
    CHECK(late.take.notes[late.selection[0]].onset == quarter);
    CHECK((moved(take, {0}, 0, 0).take == take)); // nothing done, nothing marked
}

TEST_CASE("lengths and velocities stay in their ranges, and what does not change is not marked")
{
    const Take take = scale();
    CHECK(lengthened(take, {7}, 50 * quarter, 10).take == take);
    CHECK(lengthened(take, {0}, -50 * quarter, 630).take.notes[0].duration == 630);
    CHECK(lengthened(take, {0}, quarter, 630).take.notes[0].isEdited);
    CHECK(louder(take, {0}, 500).take.notes[0].velocity == 127);
    CHECK(louder(take, {0}, -500).take.notes[0].velocity == 1);
    CHECK(louder(take, {0}, 0).take == take);
}

TEST_CASE("notes are added, deleted and let go")
{
    const Take take = scale();
    const auto more = withNote(take, {quarter, 100 * quarter, 200, 0, 3});
    REQUIRE(more.selection.size() == 1);
    const TakeNote added = more.take.notes[more.selection[0]];
    CHECK(added == TakeNote{quarter, 7 * quarter, 127, 1, 0, true});
    CHECK(withNote(take, {take.length(), quarter, 60, 90, 0}).take == take);
    const auto fewer = without(more.take, more.selection);
    CHECK(fewer.take == take);
    CHECK(fewer.selection.empty());
    CHECK(editedPlaces(released(more.take, more.selection).take).empty());
}

TEST_CASE("any row of edits leaves a take that can be played")
{
    std::mt19937 random(3);
    NoteEdit edit{scale(), {}};
    for (int i = 0; i < 3000; ++i) {
        Selection some;
        for (std::size_t k = 0; k < edit.take.notes.size(); ++k)
            if (random() % 3 == 0)
                some.push_back(k);
        const auto ticks = static_cast<std::int64_t>(random() % (8 * quarter)) - 4 * quarter;
        const int steps = static_cast<int>(random() % 60) - 30;
        switch (random() % 6) {
        case 0:
            edit = moved(edit.take, some, ticks, steps);
            break;
        case 1:
            edit = lengthened(edit.take, some, ticks, 630);
            break;
        case 2:
            edit = louder(edit.take, some, steps);
            break;
        case 3:
            if (edit.take.notes.size() > 4)
                edit = without(edit.take, {random() % edit.take.notes.size()});
            break;
        default:
            if (edit.take.notes.size() < 40)
                edit = withNote(edit.take, {ticks, quarter, 60 + steps, 90, 0});
        }
        REQUIRE(problemWith(edit.take).empty());
        for (const std::size_t place : edit.selection)
            REQUIRE(place < edit.take.notes.size());
    }
}
