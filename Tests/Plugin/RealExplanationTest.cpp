// What the plugin shows of how a take came about, with the engine that ships.

#include "EditorParts.h"
#include "Interface/RollDesk.h"
#include "Plugin/NoteEdits.h"
#include "RealBench.h"

#include <cmath>
#include <numeric>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

ExplanationPointer explained(Processor& processor, const TakePointer& take)
{
    processor.explain(take);
    REQUIRE(eventually([&] {
        const auto now = processor.explanation();
        return now != nullptr && now->take == take;
    }));
    return processor.explanation();
}

/** A pitch alone other than the chosen one, the likeliest that there is. */
int runnerUp(const ExplainedElement& element)
{
    for (const HeatCell& cell : element.cells)
        if (cell.pitch != HeatCell::rest &&
            std::find(element.pitches.begin(), element.pitches.end(), cell.pitch) ==
                element.pitches.end())
            return cell.pitch;
    FAIL("there was only one choice");
    return 0;
}

std::vector<TakeNote> notesBefore(const Take& take, std::int64_t tick)
{
    std::vector<TakeNote> notes;
    for (const TakeNote& note : take.notes)
        if (note.onset < tick)
            notes.push_back(note);
    return notes;
}

} // namespace

TEST_CASE(
    "each note of one line is explained: its column sums to 1, and its chance is the one of its "
    "likelihood")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::solo;
    setKnob(processor.parameters().bars, 6.0f);
    composeAndWait(processor);
    const TakePointer take = processor.takes().playing();
    const auto why = explained(processor, take);
    INFO(why->problem);
    REQUIRE(why->isShown());
    CHECK(processor.takes().takes.size() == 1); // no new take
    CHECK(processor.takes().playing() == take);
    for (std::size_t i = 0; i < take->notes.size(); ++i) {
        REQUIRE(why->elementOfNote[i] >= 0);
        const auto& element = why->elements[static_cast<std::size_t>(why->elementOfNote[i])];
        CHECK(element.onset == take->notes[i].onset);
        CHECK(element.duration == take->notes[i].duration);
        float sum = 0.0f;
        float chosen = 0.0f;
        for (const HeatCell& cell : element.cells) {
            sum += cell.value;
            for (const int pitch : element.pitches)
                chosen += cell.pitch == pitch ? cell.value : 0.0f;
        }
        CHECK(sum == Approx(1.0f).epsilon(1e-4));
        // A pitch may have a share of other chords, too.
        CHECK(chosen >= element.pitchChance - 1e-6f);
        CHECK(why->surprise[i] == Approx(-std::log2(element.pitchChance)));
        CHECK(why->uncertainty[i] >= 0.0f);
        if (const float* weights = why->attentionOf(why->elementOfNote[i]);
            why->elementOfNote[i] > 0) {
            REQUIRE(weights != nullptr);
            CHECK(std::accumulate(weights, weights + why->elements.size(), 0.0f) == Approx(1.0f));
        }
    }
}

TEST_CASE(
    "the runner-up sounds where it was chosen, all before it is bit-equal, and it is the same "
    "every time")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::solo;
    setKnob(processor.parameters().bars, 8.0f);
    composeAndWait(processor);
    const TakePointer first = processor.takes().playing();
    TakePointer take = first;
    // Branch upon branch, later and earlier.
    for (const std::size_t at : {12u, 20u, 5u}) {
        const auto why = explained(processor, take);
        REQUIRE(why->isShown());
        const auto& element = why->elements.at(at);
        const int pitch = runnerUp(element);
        REQUIRE(processor.branchOff(take, static_cast<int>(at), pitch));
        const TakePointer next = nextTake(processor, take);
        INFO("element " << at);
        CHECK((notesBefore(*next, element.onset) == notesBefore(*take, element.onset)));
        CHECK(std::any_of(next->notes.begin(), next->notes.end(), [&](const TakeNote& note) {
            return note.onset == element.onset && note.pitch == pitch;
        }));
        CHECK_FALSE((next->notes == take->notes));
        CHECK(next->length() == take->length());
        CHECK_FALSE(processor.branchOff(take, 1, 60)); // plays no more
        processor.undo();
        REQUIRE(processor.takes().playing() == take);
        REQUIRE(processor.branchOff(take, static_cast<int>(at), pitch));
        const TakePointer again = nextTake(processor, take);
        CHECK((again->notes == next->notes));
        take = again;
    }
}

TEST_CASE("a take of a project that was opened again is explained, and so is its last continuation")
{
    const RealBench bench;
    juce::MemoryBlock project;
    {
        Processor processor(Shape::midiEffect);
        *processor.parameters().model = RealBench::solo;
        setKnob(processor.parameters().bars, 4.0f);
        composeAndWait(processor);
        const TakePointer first = processor.takes().playing();
        processor.continueTake();
        nextTake(processor, first);
        project = stateOf(processor);
    }
    Processor processor(Shape::midiEffect);
    processor.setStateInformation(project.getData(), static_cast<int>(project.getSize()));
    const TakePointer whole = processor.takes().playing();
    REQUIRE(whole->bars == 8);
    const auto why = explained(processor, whole);
    INFO(why->problem);
    REQUIRE(why->isShown());
    CHECK(why->start == whole->length() / 2);
    CHECK(why->heardElements > 0);
    for (std::size_t i = 0; i < whole->notes.size(); ++i)
        CHECK((why->elementOfNote[i] >= 0) == (whole->notes[i].onset >= why->start));
}

namespace
{

/** What a fresh instance says of the playing take after it opened the project of `processor`. */
ExplanationPointer explainedElsewhere(Processor& processor)
{
    const juce::MemoryBlock project = stateOf(processor);
    Processor other(Shape::midiEffect);
    other.setStateInformation(project.getData(), static_cast<int>(project.getSize()));
    REQUIRE((other.takes().playing()->notes == processor.takes().playing()->notes));
    // What it does not change of the project stays in it.
    CHECK(stateOf(other) == project);
    return explained(other, other.takes().playing());
}

void checkSameReasons(const Explanation& there, const Explanation& here)
{
    INFO(there.problem);
    REQUIRE(here.isShown());
    REQUIRE(there.isShown());
    CHECK(there.surprise == here.surprise);
    CHECK(there.uncertainty == here.uncertainty);
    CHECK(there.activation == here.activation);
    CHECK(there.attention == here.attention);
}

} // namespace

// Locks, branches and phrases were known only while the plugin ran: the takes that came of them
// could not be explained, nor left at a note, once their project had been closed.
TEST_CASE("a take that took another way is explained after its project was opened again")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::solo;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    for (const std::size_t at : {9u, 4u}) {
        const TakePointer take = processor.takes().playing();
        const auto why = explained(processor, take);
        REQUIRE(why->isShown());
        REQUIRE(processor.branchOff(take, static_cast<int>(at), runnerUp(why->elements.at(at))));
        nextTake(processor, take);
    }
    checkSameReasons(*explainedElsewhere(processor),
                     *explained(processor, processor.takes().playing()));
}

TEST_CASE("four voices that took another way are explained after the project was opened again")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::choir;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    const TakePointer take = processor.takes().playing();
    const auto place = std::find_if(take->notes.begin(), take->notes.end(), [](const auto& note) {
        return note.voice == 2 && note.onset > 9 * player::ticksPerQuarter;
    });
    REQUIRE(place != take->notes.end());
    REQUIRE(processor.branchOffVoice(take, 2, place->onset, place->pitch + 2));
    nextTake(processor, take);
    checkSameReasons(*explainedElsewhere(processor),
                     *explained(processor, processor.takes().playing()));
}

TEST_CASE("a take with locked voices and bars is explained after the project was opened again")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::choir;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    const TakePointer first = processor.takes().playing();
    *processor.parameters().voices.voices[1].lock = true;
    processor.toggleBarLock(2);
    processor.reroll(latent::all);
    nextTake(processor, first);
    *processor.parameters().voices.voices[1].lock = false; // what was locked then counts
    checkSameReasons(*explainedElsewhere(processor),
                     *explained(processor, processor.takes().playing()));
}

TEST_CASE("an answer is explained after the project was opened again")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::solo;
    setKnob(processor.parameters().bars, 4.0f);
    BlockRunner host(processor);
    playPhrase(host, processor, {60, 64, 67});
    const TakePointer before = processor.takes().playing();
    processor.answer();
    nextTake(processor, before);
    const auto here = explained(processor, processor.takes().playing());
    CHECK(here->heardElements > 0);
    const auto there = explainedElsewhere(processor);
    CHECK(there->heardElements == here->heardElements);
    checkSameReasons(*there, *here);
}

TEST_CASE("what was edited by hand is not explained as if the network had chosen it")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::solo;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    const TakePointer first = processor.takes().playing();
    const TakePointer louderTake = processor.editTake(first, louder(*first, {3}, 9).take, "Louder");
    const auto why = explained(processor, louderTake);
    REQUIRE(why->isShown());
    CHECK(why->elementOfNote[3] == -1);
    CHECK(why->surprise[4] >= 0.0f);
    // A branch keeps the edited note.
    const auto& element = why->elements.at(8);
    REQUIRE(processor.branchOff(louderTake, 8, runnerUp(element)));
    const TakePointer branch = nextTake(processor, louderTake);
    CHECK((notesBefore(*branch, element.onset) == notesBefore(*louderTake, element.onset)));

    const TakePointer less = processor.editTake(branch, without(*branch, {2}).take, "Delete");
    const auto lost = explained(processor, less);
    CHECK_FALSE(lost->isShown());
    CHECK_FALSE(lost->problem.empty());
}

TEST_CASE("the map of a voice is shown before any threshold, and a pitch of it can be taken")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::choir;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    const TakePointer take = processor.takes().playing();
    const auto why = explained(processor, take);
    INFO(why->problem);
    REQUIRE(why->isShown());
    CHECK(why->activation.size() == 4u * 16 * 4 * 128);
    for (int voice = 0; voice < 4; ++voice)
        for (std::int64_t tick = 0; tick < take->length(); tick += activationStep) {
            float sum = 0.0f;
            for (int pitch = 0; pitch < 128; ++pitch)
                sum += why->activationAt(voice, tick, pitch);
            CHECK(sum <= 1.0001f);
        }
    const auto place = std::find_if(take->notes.begin(), take->notes.end(), [](const auto& note) {
        return note.voice == 2 && note.onset > 9 * player::ticksPerQuarter;
    });
    REQUIRE(place != take->notes.end());
    REQUIRE(processor.branchOffVoice(take, 2, place->onset, place->pitch + 2));
    const TakePointer next = nextTake(processor, take);
    CHECK((notesBefore(*next, place->onset) == notesBefore(*take, place->onset)));
    TakeNote wanted = *place;
    wanted.pitch += 2;
    CHECK(std::count(next->notes.begin(), next->notes.end(), wanted) == 1);
    CHECK_FALSE((next->notes == take->notes));
}

TEST_CASE("edited notes are heard by the other voices of the real engine, and kept to the bit")
{
    const RealBench bench;
    Processor processor(Shape::midiEffect);
    *processor.parameters().model = RealBench::choir;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    for (int round = 0; round < 10; ++round) {
        const TakePointer take = processor.takes().playing();
        const Selection some{static_cast<std::size_t>(round), static_cast<std::size_t>(20 + round)};
        const TakePointer edited =
            processor.editTake(take, moved(*take, some, 333 * round, 1 + round % 3).take, "Move");
        REQUIRE(edited != nullptr);
        processor.reroll(latent::all);
        const TakePointer next = nextTake(processor, edited);
        for (const TakeNote& note : edited->notes)
            if (note.isEdited)
                CHECK(std::count(next->notes.begin(), next->notes.end(), note) == 1);
    }
}

TEST_CASE("the window shows why, says so when it cannot, and takes a clicked alternative")
{
    const RealBench bench;
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    *processor.parameters().model = RealBench::solo;
    setKnob(processor.parameters().bars, 4.0f);
    composeAndWait(processor);
    window->refresh();
    auto& roll = control<editor::PianoRoll>(*window, "Piano roll");
    auto& mode = control<juce::ComboBox>(*window, "View");
    const auto shown = [&] {
        window->refresh();
        return roll.shownOverlay().isOn();
    };
    for (int id = 2; id <= 5; ++id) {
        mode.setSelectedId(id, juce::sendNotificationSync);
        REQUIRE(eventually(shown));
        CHECK(coloursIn(snapshot(*window, "roll-view-" + juce::String(id), 1.0f)) > 40);
    }
    mode.setSelectedId(2, juce::sendNotificationSync);
    window->refresh();
    const TakePointer take = processor.takes().playing();
    const auto& element = processor.explanation()->elements.at(6);
    const auto choice = roll.shownOverlay().choiceAt(element.onset, runnerUp(element));
    REQUIRE(choice.has_value());
    roll.onChoice(*choice);
    nextTake(processor, take);
    REQUIRE(eventually(shown)); // and the new one is explained in its turn
    const TakePointer next = processor.takes().playing();
    processor.editTake(next, without(*next, {1}).take, "Delete");
    auto& news = control<juce::Label>(*window, "Selected notes");
    CHECK(eventually([&] {
        window->refresh();
        return news.getText().contains("by hand");
    }));
    mode.setSelectedId(1, juce::sendNotificationSync);
    window->refresh();
    CHECK_FALSE(roll.shownOverlay().isOn());
}

// Run by hand, with the models that ship or those that ORGANUM_MODELS names:
//   organum_tests_plugin_engine "[pictures]"   draws every view of the roll
TEST_CASE("pictures of how takes of real models came about", "[.][pictures]")
{
    setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
    Processor processor(Shape::instrument);
    processor.models().refresh();
    const auto models = processor.models().entries();
    for (std::size_t i = 0; i < models->size(); ++i) {
        *processor.parameters().model = static_cast<int>(i);
        setKnob(processor.parameters().bars, 8.0f);
        composeAndWait(processor);
        const TakePointer take = processor.takes().playing();
        for (const bool isLight : {false, true}) {
            editor::setLight(isLight);
            auto window = opened(processor);
            window->refresh();
            auto& roll = control<editor::PianoRoll>(*window, "Piano roll");
            auto& mode = control<juce::ComboBox>(*window, "View");
            roll.notes().select({take->notes.size() * 3 / 4});
            for (int id = 1; id <= mode.getNumItems(); ++id) {
                if (!mode.isItemEnabled(id))
                    continue;
                mode.setSelectedId(id, juce::sendNotificationSync);
                REQUIRE(eventually([&] {
                    window->refresh();
                    return id == 1 || roll.shownOverlay().isOn();
                }));
                const juce::String name = "roll-" + juce::String((*models)[i].id) + "-" +
                                          mode.getText().toLowerCase() +
                                          (isLight ? "-light" : "-dark");
                snapshot(*window, name + "-100", 1.0f);
                snapshot(*window, name + "-200", 2.0f);
            }
        }
        editor::setLight(false);
    }
}
