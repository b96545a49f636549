#include "Engine/CTake.h"

namespace organum::engine
{

namespace
{

std::int64_t ticks(const score::Quarters& time)
{
    return time.toSteps(ORGANUM_TICKS_PER_QUARTER);
}

/** Begin and end rounded apart, so that notes that touch in exact time touch in ticks. */
organum_note noteTo(const score::Note& note, int voice)
{
    const auto onset = ticks(note.onset);
    return {note.pitch, note.velocity, onset, ticks(note.end()) - onset, voice};
}

} // namespace

CTake::CTake(Take take)
    : seed(take.seed)
    , length(ticks(take.length))
    , primerElements(take.primerElements)
    , pitchProbabilities(std::move(take.pitchProbabilities))
    , chordProbabilities(std::move(take.chordProbabilities))
    , durationProbabilities(std::move(take.durationProbabilities))
    , attention(std::move(take.attention))
    , voiceCount(take.voiceCount)
    , activation(std::move(take.activation))
    , activationSteps(take.activationSteps)
    , ownChoiceShare(take.ownChoiceShare)
    , notice(std::move(take.notice))
{
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        notes.push_back(noteTo(take.notes[i], take.noteVoices.empty() ? 0 : take.noteVoices[i]));
    std::int32_t firstNote = 0;
    for (std::size_t i = 0; i < take.elements.size(); ++i) {
        const auto& element = take.elements[i];
        organum_element converted{};
        converted.onset = ticks(element.onset);
        converted.duration = ticks(element.onset + element.duration) - converted.onset;
        converted.first_note = firstNote;
        converted.pitch_log_probability = static_cast<float>(element.pitchLogProbability);
        converted.duration_log_probability = static_cast<float>(element.durationLogProbability);
        if (i >= take.primerElements)
            converted.note_count = static_cast<std::int32_t>(element.pitches.size());
        firstNote += converted.note_count;
        elements.push_back(converted);
    }
    for (const auto& chord : take.chords) {
        chordStarts.push_back(static_cast<std::int32_t>(chordPitches.size()));
        chordPitches.insert(chordPitches.end(), chord.begin(), chord.end());
    }
    chordStarts.push_back(static_cast<std::int32_t>(chordPitches.size()));
    for (const auto& duration : take.durations)
        durations.push_back(ticks(duration));
}

void CTake::fill(organum_take& take) const
{
    const auto orNull = [](const std::vector<float>& values) {
        return values.empty() ? nullptr : values.data();
    };
    take.seed = seed;
    take.length = length;
    take.notes = notes.data();
    take.note_count = notes.size();
    take.elements = elements.data();
    take.element_count = elements.size();
    take.primer_elements = primerElements;
    take.pitch_probabilities = orNull(pitchProbabilities);
    take.duration_probabilities = orNull(durationProbabilities);
    take.durations = durations.empty() ? nullptr : durations.data();
    take.duration_count = durations.size();
    take.attention = orNull(attention);
    take.voice_count = voiceCount;
    take.activation = orNull(activation);
    take.activation_steps = activation.empty() ? 0 : activationSteps;
    take.own_choice_share = ownChoiceShare;
    take.notice = notice.c_str();
    take.chord_probabilities = orNull(chordProbabilities);
    take.chord_count = chordProbabilities.empty() ? 0 : chordStarts.size() - 1;
    take.chord_pitches = chordPitches.data();
    take.chord_starts = chordStarts.data();
}

} // namespace organum::engine
