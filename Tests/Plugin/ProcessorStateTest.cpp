// Saving and opening projects, through the processor.

#include "EditorParts.h"

using namespace organum::plugin;
using namespace organum::test;

TEST_CASE("the plugin opens a state of the first release and gives new knobs their defaults")
{
    const Workbench bench({"choir", "notice"});
    const std::string bytes = readWholeFile(fixture("Plugin/state-1.bin"));
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    setKnob(processor.parameters().voices.rules, 1.0f);
    *processor.parameters().voices.voices[2].mute = true;
    processor.toggleBarLock(3);
    processor.setStateInformation(bytes.data(), static_cast<int>(bytes.size()));
    CHECK(processor.status().phase == Phase::idle);
    CHECK(processor.parameters().model->get() == 1);
    CHECK(processor.parameters().bars->get() == 2.0f);
    CHECK(processor.parameters().pitchTemperature->get() == Approx(0.7f));
    CHECK(processor.parameters().channel->get() == 5);
    CHECK(processor.parameters().voices.rules->get() == 0.5f);
    CHECK(processor.parameters().voices.voices[2].channel->get() == 3);
    CHECK_FALSE(processor.locks().any());
    CHECK(processor.parameters().voices.mutedVoices() == 0);
    CHECK(processor.takes().current == 1);
    const auto first = stateOf(processor);
    *processor.parameters().thru = false;
    host.run(16.0);
    CHECK(host.noteOns == 32);
    CHECK(host.onsOfChannel[5] == 32);
    CHECK(processor.previousTake());
    CHECK(processor.takes().playing()->bars == 2);
    CHECK(processor.nextTake());

    Processor second(Shape::instrument);
    second.setStateInformation(first.getData(), static_cast<int>(first.getSize()));
    CHECK(stateOf(second) == first);
}

TEST_CASE("a project of a later release is given back untouched until music is composed here")
{
    const Workbench bench;
    juce::MemoryBlock newer;
    {
        Processor later(Shape::instrument);
        composeAndWait(later);
        newer = stateOf(later);
        newer[8] = State::version + 1;
    }
    Processor processor(Shape::instrument);
    processor.setStateInformation(newer.getData(), static_cast<int>(newer.getSize()));
    CHECK(processor.status().message.find("newer release") != std::string::npos);
    CHECK(stateOf(processor) == newer);
    BlockRunner host(processor);
    host.run(2.0);
    CHECK(stateOf(processor) == newer);
    composeAndWait(processor);
    CHECK(stateOf(processor) != newer);
    CHECK(processor.takes().takes.size() == 1);
}

TEST_CASE("two threads may set states before the plugin is prepared, and while it plays")
{
    const Workbench bench;
    juce::MemoryBlock states[2];
    for (int i = 0; i < 2; ++i) {
        Processor one(Shape::midiEffect);
        *one.parameters().seed = 10 + i;
        composeAndWait(one);
        states[i] = stateOf(one);
    }
    Processor processor(Shape::midiEffect);
    const auto setMany = [&](const juce::MemoryBlock& state, int times) {
        for (int i = 0; i < times; ++i)
            processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    };
    std::thread first(setMany, std::cref(states[0]), 20);
    std::thread second(setMany, std::cref(states[1]), 20);
    first.join();
    second.join();
    const auto either = [&](const juce::MemoryBlock& now) {
        return now == states[0] || now == states[1];
    };
    CHECK(either(stateOf(processor)));

    BlockRunner host(processor);
    host.run(4.0);
    CHECK(host.noteOns == 8);
    std::thread third(setMany, std::cref(states[0]), 40);
    host.run(200.0);
    third.join();
    CHECK(stateOf(processor) == states[0]);
    host.playing = false;
    host.block();
    CHECK(host.sounding() == 0);
}

// A project without takes left what had played before in the player: the window said "No take", and
// the old music sounded.
TEST_CASE("a project without takes is silent, whatever played before it was opened")
{
    const Workbench bench;
    Processor empty(Shape::midiEffect);
    const auto state = stateOf(empty);
    Processor processor(Shape::midiEffect);
    BlockRunner host(processor);
    composeAndWait(processor);
    host.run(4.0);
    REQUIRE(host.noteOns > 0);
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    host.run(4.0); // the bar that sounds may end
    const int before = host.noteOns;
    host.run(12.0);
    CHECK(host.noteOns == before);
    CHECK(host.sounding() == 0);
}

// The window showed its first take in place of a project that it could not read, and the host saved
// that take over it.
TEST_CASE("a project of a later release is given back after its window was opened, too")
{
    const Workbench bench;
    Processor writer(Shape::instrument);
    composeAndWait(writer);
    auto state = stateOf(writer);
    static_cast<char*>(state.getData())[8] = 99; // the version
    Processor processor(Shape::instrument);
    processor.welcomeUser();
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    REQUIRE(processor.status().phase == Phase::failed);
    opened(processor);
    CHECK(processor.takes().takes.empty());
    CHECK(stateOf(processor) == state);
}

TEST_CASE("the model that stands where a missing one stood can be chosen")
{
    juce::MemoryBlock state;
    {
        const Workbench bench({"aaa", "bbb"});
        Processor processor(Shape::instrument);
        *processor.parameters().model = 0;
        REQUIRE(processor.model()->id == "aaa");
        state = stateOf(processor);
    }
    const Workbench bench({"bbb", "ccc"});
    Workbench::hideSharedModels();
    Processor processor(Shape::instrument);
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    REQUIRE(processor.missingModel() == "aaa");
    auto window = opened(processor);
    auto& menu = control<juce::ComboBox>(*window, "Model");
    CHECK(menu.getTextWhenNothingSelected() == "aaa (not installed)");
    menu.setSelectedId(1, juce::sendNotificationSync);
    CHECK(processor.missingModel().empty());
    REQUIRE(processor.model());
    CHECK(processor.model()->id == "bbb");
    window->refresh();
    CHECK(menu.getText() == "Model bbb");
    composeAndWait(processor);
}

TEST_CASE("a host hears of changes to the project, not of what is said or of opening it")
{
    struct Ear : juce::AudioProcessorListener
    {
        void audioProcessorParameterChanged(juce::AudioProcessor*, int, float) override {}
        void audioProcessorChanged(juce::AudioProcessor*, const ChangeDetails& details) override
        {
            changes += details.nonParameterStateChanged ? 1 : 0;
        }
        int changes = 0;
    };
    const Workbench bench;
    Processor processor(Shape::instrument);
    Ear ear;
    processor.addListener(&ear);
    const auto heard = [&ear] {
        juce::MessageManager::getInstance()->runDispatchLoopUntil(50);
        return std::exchange(ear.changes, 0) > 0;
    };
    composeAndWait(processor);
    CHECK(heard());
    const auto revision = processor.revision();
    processor.generation().report(Phase::idle, "Saved take.mid.");
    CHECK(processor.revision() != revision);
    CHECK_FALSE(heard());
    processor.starTake(0, true);
    CHECK(heard());
    const auto state = stateOf(processor);
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    CHECK_FALSE(heard());
    bench.addModel("another");
    CHECK(processor.lookForModels());
    CHECK_FALSE(heard());
    processor.removeListener(&ear);
}
