#include "Interface/NoteText.h"

#include "Player/Timeline.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <numeric>

namespace organum::editor
{

namespace
{

/** "1/8", "3/16", "2 1/4": in parts of a whole note. */
juce::String lengthText(std::int64_t ticks)
{
    const std::int64_t whole = 4 * player::ticksPerQuarter;
    const std::int64_t divisor = std::gcd(ticks, whole);
    const std::int64_t denominator = whole / divisor;
    if (denominator > 96) // no musical length: say it in quarter notes
        return juce::String(
                   static_cast<double>(ticks) / static_cast<double>(player::ticksPerQuarter), 2) +
               " quarters";
    const std::int64_t numerator = ticks / divisor;
    const juce::String wholes =
        numerator >= denominator ? juce::String(numerator / denominator) : juce::String();
    const std::int64_t rest = numerator % denominator;
    if (rest == 0)
        return wholes;
    return (wholes.isEmpty() ? wholes : wholes + " ") + juce::String(rest) + "/" +
           juce::String(denominator);
}

} // namespace

juce::String pitchText(int pitch)
{
    return juce::MidiMessage::getMidiNoteName(pitch, true, true, 4);
}

juce::String percentText(float chance)
{
    const double percent = 100.0 * static_cast<double>(chance);
    return juce::String(percent, percent < 9.95 ? 1 : 0) + " %";
}

juce::String placeText(const plugin::Take& take, std::int64_t tick)
{
    const std::int64_t bar = take.barLength();
    const std::int64_t beat = bar / take.metreNumerator;
    const double beats = 1.0 + static_cast<double>(tick % bar) / static_cast<double>(beat);
    juce::String text(beats, 2);
    text = text.trimCharactersAtEnd("0").trimCharactersAtEnd(".");
    return "bar " + juce::String(tick / bar + 1) + ", beat " + text;
}

juce::String noteText(const plugin::Take& take, const plugin::TakeNote& note)
{
    juce::String text = pitchText(note.pitch) + ", " + placeText(take, note.onset) + ", " +
                        lengthText(note.duration) + ", velocity " + juce::String(note.velocity);
    if (take.hasVoices())
        text << ", " << take.voiceNames[static_cast<std::size_t>(note.voice)];
    return note.isEdited ? text + ", edited" : text;
}

juce::String selectionText(const plugin::Take& take, const plugin::Selection& selection)
{
    if (selection.empty())
        return "No note selected";
    if (selection.size() == 1)
        return noteText(take, take.notes[selection.front()]);
    return juce::String(static_cast<int>(selection.size())) + " notes selected, from " +
           placeText(take, take.notes[selection.front()].onset) + " to " +
           placeText(take, take.notes[selection.back()].onset);
}

} // namespace organum::editor
