#include "Plugin/UndoStack.h"

#include <catch2/catch.hpp>

using namespace organum::plugin;

namespace
{

TakePointer takeOf(std::uint64_t seed, std::size_t notes = 0)
{
    Take take;
    take.seed = seed;
    take.bars = 1;
    take.notes.resize(notes);
    return std::make_shared<const Take>(take);
}

/** Something that hands change: one knob. */
struct Desk
{
    float knob = 0.0f;
    UndoStack undo{[this] {
        Memento memento;
        memento.knobs = {knob};
        return memento;
    }};

    void turn(float to, const std::string& group = {})
    {
        undo.remember("Turn", group);
        knob = to;
    }
    bool same(const Memento& memento) const { return memento.knobs.front() == knob; }
    bool back()
    {
        const auto memento = undo.back([this](const Memento& m) { return same(m); });
        if (memento)
            knob = memento->knobs.front();
        return memento.has_value();
    }
    bool forth()
    {
        const auto memento = undo.forth([this](const Memento& m) { return same(m); });
        if (memento)
            knob = memento->knobs.front();
        return memento.has_value();
    }
};

} // namespace

TEST_CASE("undo goes back step by step, redo forth again, until something else is done")
{
    Desk desk;
    CHECK_FALSE(desk.back());
    desk.turn(1.0f);
    desk.turn(2.0f);
    CHECK(desk.undo.undoLabel() == "Turn");
    CHECK(desk.back());
    CHECK(desk.knob == 1.0f);
    CHECK(desk.back());
    CHECK(desk.knob == 0.0f);
    CHECK_FALSE(desk.back());
    CHECK(desk.forth());
    CHECK(desk.forth());
    CHECK(desk.knob == 2.0f);
    CHECK_FALSE(desk.forth());
    CHECK(desk.back());
    CHECK(desk.undo.redoLabel() == "Turn");
    desk.turn(5.0f);
    CHECK(desk.undo.redoLabel().empty());
    CHECK_FALSE(desk.forth());
    CHECK(desk.back());
    CHECK(desk.knob == 1.0f);
}

TEST_CASE("what changed nothing is no step, and calls of one group are one step")
{
    Desk desk;
    desk.turn(1.0f);
    desk.turn(1.0f);
    desk.turn(1.0f);
    CHECK(desk.back());
    CHECK(desk.knob == 0.0f);
    for (int notch = 1; notch <= 5; ++notch)
        desk.turn(static_cast<float>(notch), "wheel");
    desk.turn(7.0f, "keys");
    CHECK(desk.back());
    CHECK(desk.knob == 5.0f);
    CHECK(desk.back());
    CHECK(desk.knob == 0.0f);
    {
        const UndoStack::Step step(desk.undo, "Reroll");
        desk.turn(8.0f);
        desk.turn(9.0f);
    }
    CHECK(desk.undo.undoLabel() == "Reroll");
    CHECK(desk.back());
    CHECK(desk.knob == 0.0f);
}

TEST_CASE("the steps of undo are bounded in number and in the music they hold")
{
    Desk desk;
    for (std::size_t i = 1; i <= 2 * UndoStack::mostSteps; ++i)
        desk.turn(static_cast<float>(i));
    std::size_t steps = 0;
    while (desk.back())
        ++steps;
    CHECK(steps == UndoStack::mostSteps);

    TakePointer take = takeOf(1, UndoStack::mostNotes / 4);
    UndoStack undo([&take] {
        Memento memento;
        memento.takes.takes = {take};
        return memento;
    });
    for (int i = 0; i < 20; ++i) {
        undo.remember("Edit");
        take = takeOf(2, UndoStack::mostNotes / 4);
    }
    steps = 0;
    while (undo.back([](const Memento&) { return false; }))
        ++steps;
    CHECK(steps == 4);
}

TEST_CASE("restored takes stand as they stood, and takes that came since stay behind them")
{
    TakeHistory history;
    history.add(takeOf(1));
    history.add(takeOf(2));
    history.select(0);
    const auto then = history.snapshot();

    history.star(0, true);
    history.remove(1);
    history.add(takeOf(3));
    const auto edited = takeOf(4);
    CHECK(history.change(history.playing(), edited));
    history.restore(then);
    auto now = history.snapshot();
    REQUIRE(now.takes.size() == 3);
    CHECK(now.takes[0] == then.takes[0]);
    CHECK(now.takes[1] == then.takes[1]);
    CHECK(now.takes[2] == edited);
    CHECK(now.current == 0);

    for (std::uint64_t i = 0; i < 2 * TakeHistory::capacity; ++i)
        history.add(takeOf(100 + i));
    history.restore(then);
    now = history.snapshot();
    CHECK(now.takes.size() == TakeHistory::capacity);
    CHECK(now.playing() == then.takes[0]); // what plays is not thrown out
    CHECK(now.takes.back()->seed == 99 + 2 * TakeHistory::capacity);
}

TEST_CASE("a take that is thrown out leaves another one playing, and the last one stays")
{
    TakeHistory history;
    for (std::uint64_t i = 0; i < 3; ++i)
        history.add(takeOf(i));
    CHECK(history.remove(0));
    CHECK(history.playing()->seed == 2);
    CHECK(history.remove(1));
    CHECK(history.playing()->seed == 1);
    CHECK_FALSE(history.remove(0));
    CHECK_FALSE(history.remove(7));
    CHECK(history.snapshot().takes.size() == 1);
}
