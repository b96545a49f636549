// Editing by hand in a plugin that plays and composes.

#include "Plugin/EditedNotes.h"
#include "Plugin/NoteEdits.h"
#include "Workbench.h"

#include <random>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

constexpr std::int64_t quarter = player::ticksPerQuarter;

TakePointer nextTake(Processor& processor, const TakePointer& before)
{
    REQUIRE(eventually([&] { return processor.takes().playing() != before; }));
    REQUIRE(processor.generation().waitUntilIdle(5000));
    return processor.takes().playing();
}

} // namespace

TEST_CASE("edited notes survive generating, continuing and other seeds, in music of one line")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const TakePointer first = processor.takes().playing();
    const TakeNote own{3 * quarter + 777, 2 * quarter + 1, 99, 127, 0};
    const TakePointer edited = processor.editTake(first, withNote(*first, own).take, "Add note");
    REQUIRE(edited != nullptr);
    CHECK(processor.takes().playing() == edited);
    CHECK(processor.takes().takes.size() == 1); // the same take, changed
    const auto kept = editedNotes(*edited, edited->length());
    REQUIRE(kept.size() == 1);

    setKnob(processor.parameters().seed, 4711.0f);
    processor.generate();
    const TakePointer other = nextTake(processor, edited);
    CHECK(keepsEdited(*other, *edited));
    CHECK_FALSE((other->notes == edited->notes));
    for (const TakeNote& note : other->notes)
        if (!note.isEdited)
            CHECK((note.onset + note.duration <= kept[0].onset ||
                   note.onset >= kept[0].onset + kept[0].duration));

    processor.continueTake();
    const TakePointer longer = nextTake(processor, other);
    CHECK(longer->bars == 2 * other->bars);
    CHECK(std::equal(other->notes.begin(), other->notes.end(), longer->notes.begin()));

    // Let go, they are composed anew.
    const TakePointer free =
        processor.editTake(longer, released(*longer, editedPlaces(*longer)).take, "Unlock");
    REQUIRE(free != nullptr);
    processor.generate();
    CHECK_FALSE(hasEditedNotes(*nextTake(processor, free)));
}

TEST_CASE("edited notes survive rerolls and knobs in music of four voices, beside locks")
{
    const Workbench bench({"choir"});
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().bars, 6.0f);
    composeAndWait(processor);
    std::mt19937 random(5);
    for (int round = 0; round < 30; ++round) {
        TakePointer take = processor.takes().playing();
        const auto note = random() % take->notes.size();
        take = processor.editTake(take,
                                  moved(*take, {note},
                                        static_cast<std::int64_t>(random() % 20000) - 10000,
                                        static_cast<int>(random() % 13) - 6)
                                      .take,
                                  "Move notes");
        REQUIRE(take != nullptr);
        if (random() % 3 == 0)
            processor.toggleBarLock(static_cast<int>(random() % 6));
        *processor.parameters().voices.voices[random() % 4].lock = random() % 2 == 0;
        const Locks locks = processor.locks();
        processor.reroll(latent::all);
        const TakePointer after = nextTake(processor, take);
        INFO("round " << round << ": " << processor.status().message);
        REQUIRE(keepsEdited(*after, *take));
        REQUIRE(lockProblem(*after, *take, lockedCells(locks, *take, 6)) == "");
    }
}

TEST_CASE("an edit while music is being composed is in that music")
{
    const Workbench bench({"slow"});
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const TakePointer first = processor.takes().playing();
    setKnob(processor.parameters().seed, 99.0f);
    processor.generate();
    std::this_thread::sleep_for(std::chrono::milliseconds(120));
    const TakePointer edited =
        processor.editTake(first, moved(*first, {2}, 0, 7).take, "Move notes");
    REQUIRE(edited != nullptr);
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
    CHECK(keepsEdited(*processor.takes().playing(), *edited));
    CHECK(processor.editTake(first, *edited, "Move notes") == nullptr); // that one plays no more
}

TEST_CASE("every variation has the edited notes")
{
    for (const char* model : {"plain", "choir"}) {
        const Workbench bench({model});
        Processor processor(Shape::midiEffect);
        composeAndWait(processor);
        const TakePointer first = processor.takes().playing();
        const TakePointer edited =
            processor.editTake(first, moved(*first, {3, 5}, 1234, 2).take, "Move notes");
        REQUIRE(edited != nullptr);
        processor.vary(4);
        REQUIRE(eventually([&] { return processor.takes().takes.size() == 5; }));
        for (const TakePointer& take : processor.takes().takes)
            CHECK(keepsEdited(*take, *edited));
    }
}

// They vanished one by one, and nobody said why.
TEST_CASE("variations that an edit leaves behind are left out with a word")
{
    const Workbench bench({"slow"});
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const TakePointer first = processor.takes().playing();
    processor.vary(3);
    REQUIRE(eventually([&] { return processor.status().phase == Phase::composing; }));
    REQUIRE(processor.editTake(first, moved(*first, {2}, 0, 7).take, "Move notes") != nullptr);
    REQUIRE(processor.generation().waitUntilIdle(20000));
    CHECK(processor.takes().takes.size() < 4);
    CHECK(processor.status().phase == Phase::idle);
    CHECK(processor.status().message.find("variations were left out") != std::string::npos);
}

TEST_CASE("an edit is one step of undo, and redo brings the edited note back, locked")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    composeAndWait(processor);
    const TakePointer first = processor.takes().playing();
    const TakePointer edited =
        processor.editTake(first, moved(*first, {2}, 0, 7).take, "Move notes");
    REQUIRE(processor.editTake(edited, without(*edited, {0}).take, "Delete notes") != nullptr);
    CHECK(processor.undoStack().undoLabel() == "Delete notes");
    REQUIRE(processor.undo());
    CHECK(processor.takes().playing() == edited);
    REQUIRE(processor.undo());
    CHECK(processor.takes().playing() == first);
    REQUIRE(processor.redo());
    CHECK(processor.takes().playing() == edited);
    processor.generate();
    CHECK(keepsEdited(*nextTake(processor, edited), *edited));
}

TEST_CASE("no note hangs while notes are edited as they play, on the audio thread without a fault")
{
    for (const char* model : {"dense", "choir-dense"}) {
        const Workbench bench({model});
        Processor processor(Shape::instrument);
        BlockRunner host(processor);
        setKnob(processor.parameters().bars, 2.0f);
        composeAndWait(processor);
        std::mt19937 random(11);
        for (int i = 0; i < 300; ++i) {
            const TakePointer take = processor.takes().playing();
            Selection some;
            for (std::size_t k = 0; k < take->notes.size(); ++k)
                if (random() % 4 == 0)
                    some.push_back(k);
            // Pitches close together: notes come to lie upon each other.
            const auto ticks = static_cast<std::int64_t>(random() % quarter) - quarter / 2;
            NoteEdit edit;
            switch (i % 4) {
            case 0:
                edit = moved(*take, some, ticks, static_cast<int>(random() % 3) - 1);
                break;
            case 1:
                edit = lengthened(*take, some, ticks, 100);
                break;
            case 2:
                edit = take->notes.size() > 20 ? without(*take, {random() % take->notes.size()})
                                               : louder(*take, some, 3);
                break;
            default:
                edit = withNote(*take, {static_cast<std::int64_t>(random() % 80000), 3 * quarter,
                                        60, 100, static_cast<int>(random() % 4)});
            }
            REQUIRE(processor.editTake(take, edit.take, "Edit") != nullptr);
            host.run(0.37); // every pair of on and off is checked
        }
        host.playing = false;
        host.block();
        host.block();
        CHECK(host.sounding() == 0);
        CHECK(host.noteOns > 300);
    }
}
