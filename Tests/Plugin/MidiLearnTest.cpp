#include "Plugin/MidiLearn.h"

#include "Support/RealtimeGuard.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::plugin;

namespace
{

/** One block on the audio thread, with the guard armed; returns what is left of it. */
juce::MidiBuffer heard(MidiLearn& learn, std::initializer_list<juce::MidiMessage> messages)
{
    juce::MidiBuffer midi;
    int at = 0;
    for (const auto& message : messages)
        midi.addEvent(message, at++);
    support::RealtimeGuard guard;
    learn.listen(midi);
    const auto counts = guard.stop();
    INFO(counts.toString());
    CHECK(counts.total() == 0);
    return midi;
}

juce::MidiMessage controller(int number, int value)
{
    return juce::MidiMessage::controllerEvent(3, number, value);
}

juce::MidiMessage down(int key, int channel = 1)
{
    return juce::MidiMessage::noteOn(channel, key, juce::uint8(100));
}

juce::MidiMessage up(int key, int channel = 1)
{
    return juce::MidiMessage::noteOff(channel, key);
}

} // namespace

TEST_CASE("the controller that moves while a knob learns moves the knob from then on")
{
    MidiLearn learn;
    heard(learn, {controller(21, 5)});
    CHECK(learn.collect().empty());
    learn.learn(7);
    CHECK(learn.learning() == 7);
    const auto left = heard(learn, {down(60), controller(21, 90)});
    CHECK(learn.learning() == MidiLearn::nothing);
    REQUIRE(learn.mappings().size() == 1);
    CHECK(learn.mappings()[0].source.isNote); // the key came first
    CHECK(left.getNumEvents() == 1);          // and it is no music
    learn.learn(7);
    heard(learn, {controller(21, 91), controller(21, 92)});
    REQUIRE(learn.mappings().size() == 1); // in place of the key
    CHECK(learn.mappings()[0].source.number == 21);
    const auto moves = learn.collect();
    REQUIRE(moves.size() == 1);
    CHECK(moves[0].parameter == 7);
    CHECK(moves[0].value == 92); // the last place counts
    CHECK(learn.collect().empty());
}

TEST_CASE("a learned key is taken out of the music whole, and no other key is")
{
    MidiLearn learn;
    heard(learn, {down(64)});
    learn.map({{true, 64}, 3});
    CHECK(heard(learn, {up(64)}).getNumEvents() == 1); // it began as music
    CHECK(heard(learn, {down(64), down(65), up(64), up(65)}).getNumEvents() == 2);
    const auto moves = learn.collect();
    REQUIRE(moves.size() == 1);
    CHECK(moves[0].presses == 1);
    CHECK(moves[0].velocity == 100);
    heard(learn, {down(64, 5)});
    learn.forget(3);
    CHECK(heard(learn, {up(64, 5)}).getNumEvents() == 0); // its beginning never went out
    CHECK(heard(learn, {down(64, 5)}).getNumEvents() == 1);
}

TEST_CASE("a controller presses a button by crossing its middle upwards")
{
    MidiLearn learn;
    std::bitset<MidiLearn::mostParameters> buttons;
    buttons[2] = true;
    learn.setButtons(buttons);
    learn.map({{false, 30}, 2});
    heard(learn, {controller(30, 10), controller(30, 127), controller(30, 100), controller(30, 0),
                  controller(30, 64)});
    const auto moves = learn.collect();
    REQUIRE(moves.size() == 1);
    CHECK(moves[0].presses == 2);
    CHECK(moves[0].value == MidiLearn::nothing);
}

TEST_CASE("channel mode messages, bends and system exclusive are never learned or lost")
{
    MidiLearn learn;
    learn.learn(1);
    const juce::uint8 bytes[] = {1, 2, 3, 4};
    const auto left = heard(learn, {controller(123, 0), juce::MidiMessage::pitchWheel(1, 99),
                                    juce::MidiMessage::createSysExMessage(bytes, 4)});
    CHECK(left.getNumEvents() == 3);
    CHECK(learn.learning() == 1);
    learn.stopLearning();
    CHECK(learn.mappings().empty());
}

TEST_CASE("what is mapped out of range does no harm")
{
    MidiLearn learn;
    learn.map({{false, 500}, 1});
    learn.map({{false, 5}, MidiLearn::mostParameters});
    learn.map({{false, 5}, -4});
    CHECK(learn.mappings().empty());
    CHECK(MidiSource{true, 60}.name() == "key C4");
    CHECK(MidiSource{false, 7}.name() == "controller 7");
}
