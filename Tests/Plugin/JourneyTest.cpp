// What a musician does in a first sitting, with the engine and the chorales that ship: through the
// window's own controls, in one go.

#include "EditorParts.h"
#include "Home.h"
#include "Score/MidiFile.h"
#include "Workbench.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

struct Studio
{
    Studio()
    {
        setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
        setVariable("ORGANUM_MODELS", ORGANUM_SHIPPED_MODELS);
    }
    const Home home;
    const Workbench bench{std::vector<std::string>{}};
};

/** Waits for what was begun, as the window does while it shows "Composing". */
void settle(Processor& processor)
{
    REQUIRE(eventually([&] {
        juce::MessageManager::getInstance()->runDispatchLoopUntil(5);
        return processor.generation().isIdle();
    }));
    REQUIRE(processor.generation().catchUp(10000));
    juce::MessageManager::getInstance()->runDispatchLoopUntil(20);
    INFO(processor.status().message);
    REQUIRE(processor.status().phase == Phase::idle);
}

void press(juce::Component& window, const char* title)
{
    auto& button = control<juce::Button>(window, title);
    REQUIRE(button.isEnabled());
    button.triggerClick();
    juce::MessageManager::getInstance()->runDispatchLoopUntil(30);
}

std::vector<TakeNote> voiceOf(const Take& take, int voice)
{
    std::vector<TakeNote> notes;
    for (const TakeNote& note : take.notes)
        if (note.voice == voice)
            notes.push_back(note);
    return notes;
}

void chooseModel(Processor& processor, const std::string& id)
{
    const auto entries = processor.models().entries();
    for (std::size_t i = 0; i < entries->size(); ++i)
        if ((*entries)[i].id == id)
            *processor.parameters().model = static_cast<int>(i);
    REQUIRE(processor.model());
    REQUIRE(processor.model()->id == id);
}

} // namespace

TEST_CASE("a first sitting: open, hear, turn knobs, lock, vary, star, undo, drag, save, reopen")
{
    const Studio studio;
    juce::MemoryBlock project;
    TakePointer kept;
    std::size_t takeCount = 0;
    {
        Processor processor(Shape::instrument);
        BlockRunner host(processor);
        chooseModel(processor, "bach-chorales");
        setKnob(processor.parameters().bars, 8.0f);
        auto window = opened(processor);

        // Hear: the preview sounds while the host plays.
        press(*window, "Generate");
        settle(processor);
        window->refresh();
        const auto first = processor.takes().playing();
        REQUIRE(first != nullptr);
        CHECK(first->hasVoices());
        host.run(8.0);
        CHECK(host.loudest > 0.01f);
        CHECK(host.noteOns > 16);

        // Turn a knob: the next bars are others.
        auto& morph = control<juce::Slider>(*window, "Chords morph");
        morph.setValue(0.7, juce::sendNotificationSync);
        REQUIRE(eventually([&] { return processor.takes().playing() != first; }));
        settle(processor);
        const auto second = processor.takes().playing();
        CHECK(second->notes != first->notes);

        // Lock the soprano: the others change, it does not.
        press(*window, "Soprano lock");
        press(*window, "Reroll chords");
        REQUIRE(eventually([&] { return processor.takes().playing() != second; }));
        settle(processor);
        const auto third = processor.takes().playing();
        CHECK(voiceOf(*third, 0) == voiceOf(*second, 0));
        CHECK(third->notes != second->notes);

        // Eight variations, beside what plays.
        const std::size_t before = processor.takes().takes.size();
        press(*window, "Variations");
        REQUIRE(eventually([&] { return processor.takes().takes.size() == before + 8; }));
        settle(processor);
        window->refresh();
        CHECK(processor.takes().playing() == third);
        CHECK(processor.selectTake(before + 4));
        window->refresh();
        kept = processor.takes().playing();
        processor.starTake(before + 4, true);
        kept = processor.takes().playing();
        CHECK(kept->starred);

        // Undo takes the star away, redo brings it back.
        CHECK(processor.undo());
        CHECK_FALSE(processor.takes().playing()->starred);
        CHECK(processor.redo());
        CHECK(processor.takes().playing()->starred);

        // Out into a track.
        const auto file = window->exporter().fileToDrag();
        REQUIRE(file.existsAsFile());
        const auto read = score::readMidiFile(file.getFullPathName().toStdString());
        CHECK(read.warnings.empty());
        CHECK(read.score.parts.size() == 4);
        CHECK(read.score.noteCount() == kept->notes.size());
        window->exporter().dropped();
        const int heard = host.noteOns;
        host.run(8.0);
        CHECK(host.noteOns == heard);

        kept = processor.takes().playing();
        takeCount = processor.takes().takes.size();
        snapshot(*window, "journey", 1.0f);
        project = stateOf(processor);
    }
    // The same again, without an engine too.
    setVariable("ORGANUM_ENGINE", "/nowhere/engine.so");
    Processor again(Shape::instrument);
    BlockRunner host(again);
    again.setStateInformation(project.getData(), static_cast<int>(project.getSize()));
    auto window = opened(again);
    CHECK(again.takes().takes.size() == takeCount);
    REQUIRE(again.takes().playing() != nullptr);
    CHECK(again.takes().playing()->notes == kept->notes);
    CHECK(again.takes().playing()->starred);
    CHECK(again.parameters().voices.voices[0].lock->get());
    CHECK(stateOf(again) == project);
    host.run(16.0);
    CHECK(host.noteOns == 0); // it still leaves the sound to the track
    *again.parameters().follow = true;
    host.run(16.0);
    CHECK(host.noteOns > 16);
    CHECK(host.loudest > 0.01f);
}
