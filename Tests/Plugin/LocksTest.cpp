#include "Plugin/Locks.h"

#include <catch2/catch.hpp>

using namespace organum::plugin;

namespace
{

constexpr std::int64_t quarter = organum::player::ticksPerQuarter;

/** Four bars of 4/4 in which every voice has a note on each half. */
Take fourBars()
{
    Take take;
    take.bars = 4;
    take.voiceNames = {"Soprano", "Alto", "Tenor", "Bass"};
    for (std::int64_t at = 0; at < take.length(); at += 2 * quarter)
        for (int voice = 0; voice < 4; ++voice)
            take.notes.push_back({at, 2 * quarter, 70 - 10 * voice, 90, voice});
    return take;
}

} // namespace

TEST_CASE("locked cells are the locked voices of every bar and all voices of locked bars")
{
    const Take take = fourBars();
    CHECK(lockedCells({0b0101, {1}}, take, 4) == std::vector<std::uint32_t>{5, 15, 5, 5});
    CHECK(lockedCells({0, {3, 200}}, take, 3) == std::vector<std::uint32_t>{0, 0, 0});
    CHECK(lockedCells({0b1000, {}}, take, 64).size() == 4); // what is not there cannot be kept
}

TEST_CASE("a take that keeps what is locked is told from one that does not")
{
    const Take kept = fourBars();
    const auto cells = lockedCells({0b0001, {1}}, kept, 4);
    Take take = kept;
    CHECK(lockProblem(take, kept, cells).empty());
    for (std::size_t i = 0; i < take.notes.size(); ++i) {
        const TakeNote before = take.notes[i];
        const auto bar = static_cast<std::size_t>(before.onset / take.barLength());
        const bool isLocked = (cells[bar] >> before.voice & 1u) != 0;
        INFO("note " << i);
        const auto checks = [&](const TakeNote& changed) {
            take.notes[i] = changed;
            CHECK(lockProblem(take, kept, cells).empty() == !isLocked);
            take.notes[i] = before;
        };
        TakeNote changed = before;
        changed.pitch += 1;
        checks(changed);
        changed = before;
        changed.velocity += 1;
        checks(changed);
        changed = before;
        changed.duration -= 1;
        checks(changed);
    }
    take.notes.push_back({5 * quarter, quarter, 90, 90, 2});
    CHECK_FALSE(lockProblem(take, kept, cells).empty());
    // But what sounds on into the bar may be struck on its line.
    take.notes.back().onset = 4 * quarter;
    CHECK(lockProblem(take, kept, cells).empty());
    take.notes.erase(take.notes.begin());
    CHECK_FALSE(lockProblem(take, kept, cells).empty());
}

TEST_CASE("of a longer take only what fits is kept")
{
    const Take kept = fourBars();
    Take shorter = kept;
    shorter.bars = 2;
    shorter.notes.resize(16);
    const auto cells = lockedCells({0b1111, {}}, kept, 2);
    CHECK(lockProblem(shorter, kept, cells).empty());
    // A note over the end is kept up to the end.
    Take longNote = kept;
    longNote.notes[15].duration = 4 * quarter;
    CHECK(lockProblem(shorter, longNote, cells).empty());
}

TEST_CASE("locked bars stay in order, and a second click unlocks")
{
    BarLocks locks;
    for (const int bar : {7, 2, 9, 2, 4})
        locks.toggle(bar);
    CHECK(locks.bars() == std::vector<int>{4, 7, 9});
    CHECK(locks.isLocked(7));
    CHECK_FALSE(locks.isLocked(2));
    locks.replace({1});
    CHECK(locks.bars() == std::vector<int>{1});
}
