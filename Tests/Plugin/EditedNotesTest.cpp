#include "Plugin/EditedNotes.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace organum::plugin;

namespace
{

constexpr std::int64_t quarter = organum::player::ticksPerQuarter;

Take randomTake(std::mt19937& random, int voices, int bars)
{
    Take take;
    take.bars = bars;
    if (voices > 1)
        take.voiceNames = {"Soprano", "Alto", "Tenor", "Bass"};
    for (int voice = 0; voice < voices; ++voice)
        for (std::int64_t at = 0; at < take.length();) {
            const auto length = std::min<std::int64_t>(
                quarter / 4 * (1 + static_cast<std::int64_t>(random() % 8)), take.length() - at);
            if (random() % 5 != 0)
                take.notes.push_back({at, length, 40 + static_cast<int>(random() % 40), 90, voice});
            at += length;
        }
    std::stable_sort(take.notes.begin(), take.notes.end(), isBefore);
    return take;
}

bool overlap(const TakeNote& a, const TakeNote& b)
{
    return a.voice == b.voice && a.onset < b.onset + b.duration && b.onset < a.onset + a.duration;
}

} // namespace

TEST_CASE(
    "edited notes come into new music to the bit, and nothing new of their voice overlaps them")
{
    std::mt19937 random(7);
    for (int round = 0; round < 400; ++round) {
        const int voices = round % 2 == 0 ? 1 : 4;
        Take kept = randomTake(random, voices, 1 + static_cast<int>(random() % 6));
        for (TakeNote& note : kept.notes)
            if (random() % 6 == 0) {
                note.isEdited = true;
                note.pitch = static_cast<int>(random() % 128);
                note.velocity = 1 + static_cast<int>(random() % 127);
                // Off every grid, and over its neighbours.
                note.onset = static_cast<std::int64_t>(random()) % kept.length();
                note.duration =
                    1 + static_cast<std::int64_t>(random()) % (kept.length() - note.onset);
            }
        const Take fresh = randomTake(random, voices, 1 + static_cast<int>(random() % 6));
        Take merged = fresh;
        keepEdited(merged, kept, {});
        INFO("round " << round);
        REQUIRE(problemWith(merged).empty());
        REQUIRE(keepsEdited(merged, kept));
        const auto edited = editedNotes(kept, fresh.length());
        for (const TakeNote& note : merged.notes) {
            if (note.isEdited)
                continue;
            for (const TakeNote& each : edited)
                REQUIRE_FALSE(overlap(note, each));
        }
        // A new note that nothing edited touches is as it was composed.
        for (const TakeNote& note : fresh.notes)
            if (std::none_of(edited.begin(), edited.end(),
                             [&](const TakeNote& each) { return overlap(note, each); }))
                REQUIRE(std::count(merged.notes.begin(), merged.notes.end(), note) == 1);
    }
}

TEST_CASE("a note makes room for an edited one: it ends before it or begins after it")
{
    Take kept;
    kept.bars = 1;
    kept.notes = {{quarter, quarter, 72, 100, 0, true}};
    Take fresh = kept;
    fresh.notes = {{0, 2 * quarter, 60, 90, 0},
                   {quarter + quarter / 2, quarter, 62, 90, 0},
                   {quarter, quarter, 64, 90, 0}};
    keepEdited(fresh, kept, {});
    CHECK((fresh.notes == std::vector<TakeNote>{{0, quarter, 60, 90, 0},
                                                {quarter, quarter, 72, 100, 0, true},
                                                {2 * quarter, quarter / 2, 62, 90, 0}}));
}

TEST_CASE("what is locked in a bar stays beside an edited note")
{
    Take kept;
    kept.bars = 2;
    kept.voiceNames = {"Soprano", "Alto"};
    kept.notes = {{0, 2 * quarter, 60, 90, 1}, {quarter, quarter, 72, 100, 1, true}};
    Take fresh = kept;
    fresh.notes.back().isEdited = false; // the engine knows of no edits
    keepEdited(fresh, kept, {2, 0});
    CHECK((fresh.notes == kept.notes));
}

TEST_CASE("a take that has lost an edited note is told from one that has not")
{
    Take kept;
    kept.bars = 2;
    kept.notes = {{quarter, quarter, 72, 100, 0, true}, {7 * quarter, quarter, 50, 90, 0, true}};
    Take take = kept;
    CHECK(keepsEdited(take, kept));
    take.bars = 1;
    take.notes.pop_back();
    CHECK(keepsEdited(take, kept)); // there is no room for the other one
    for (const auto change :
         {+[](TakeNote& note) { ++note.pitch; }, +[](TakeNote& note) { --note.velocity; },
          +[](TakeNote& note) { ++note.onset; }, +[](TakeNote& note) { --note.duration; },
          +[](TakeNote& note) { note.isEdited = false; }}) {
        Take other = take;
        change(other.notes.front());
        CHECK_FALSE(keepsEdited(other, kept));
    }
}
