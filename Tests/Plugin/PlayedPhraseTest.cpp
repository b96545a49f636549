#include "Plugin/PlayedPhrase.h"

#include <catch2/catch.hpp>

using organum::plugin::PlayedPhrase;
using organum::plugin::TakePointer;

namespace
{

constexpr double perSample = 1.0 / 24000.0;

/** Presses a key for a quarter note, then waits. */
void play(PlayedPhrase& phrase, int pitch, double waitQuarters = 0.0)
{
    juce::MidiBuffer midi;
    midi.addEvent(juce::MidiMessage::noteOn(1, pitch, juce::uint8(90)), 0);
    phrase.listen(midi, 24000, perSample);
    midi.clear();
    midi.addEvent(juce::MidiMessage::noteOff(1, pitch), 0);
    phrase.listen(midi, static_cast<int>(waitQuarters * 24000.0), perSample);
    phrase.collect();
}

} // namespace

TEST_CASE("nothing played is no phrase")
{
    PlayedPhrase phrase;
    phrase.collect();
    CHECK_FALSE(phrase.hasNotes());
    CHECK(phrase.phrase(4, 4) == nullptr);
}

TEST_CASE("a phrase holds what was played, from its first note, in whole bars")
{
    PlayedPhrase phrase;
    phrase.listen({}, 100000, perSample);
    for (const int pitch : {60, 62, 64, 65, 67})
        play(phrase, pitch);
    const TakePointer played = phrase.phrase(4, 4);
    REQUIRE(played != nullptr);
    REQUIRE(played->notes.size() == 5);
    CHECK(played->bars == 2);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(played->notes[i].onset == static_cast<std::int64_t>(i) * 10080);
        CHECK(played->notes[i].duration == 10080);
    }
    CHECK(problemWith(*played).empty());
}

TEST_CASE("a long silence begins a new phrase")
{
    PlayedPhrase phrase;
    play(phrase, 60, 9.0);
    play(phrase, 72);
    const TakePointer played = phrase.phrase(3, 4);
    REQUIRE(played->notes.size() == 1);
    CHECK(played->notes[0].pitch == 72);
    CHECK(played->notes[0].onset == 0);
}

TEST_CASE("a flood of notes is cut, and held notes end with the phrase")
{
    PlayedPhrase phrase;
    for (int i = 0; i < 3000; ++i) {
        juce::MidiBuffer midi;
        midi.addEvent(juce::MidiMessage::noteOn(1, i % 128, juce::uint8(90)), 0);
        phrase.listen(midi, 100, perSample);
        if (i % 500 == 0)
            phrase.collect();
    }
    phrase.collect();
    const TakePointer played = phrase.phrase(4, 4);
    CHECK(played->notes.size() == PlayedPhrase::longest);
    CHECK(problemWith(*played).empty());
}
