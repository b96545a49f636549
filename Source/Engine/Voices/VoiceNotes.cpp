#include "Engine/Voices/VoiceNotes.h"

#include "Engine/Generation.h"

#include <algorithm>
#include <tuple>

namespace organum::engine
{

namespace
{

constexpr int stepsPerQuarter = 4;

/** Which of the notes that sound are struck again at a step. */
enum class Strike
{
    none,
    all,
    offBarLines ///< those that did not begin on a bar line
};

/** Collects the notes of one voice from what sounds at each step. */
class NoteWriter
{
public:
    NoteWriter(const Request& requestIn, int voiceIn, std::vector<VoicedNote>& notesIn)
        : request(requestIn)
        , voice(voiceIn)
        , notes(notesIn)
    {
    }

    /** `pitches` sound from this step on; those that sounded before go on unless struck again. */
    void step(int at, const std::vector<int>& pitches, Strike strike)
    {
        std::vector<Sounding> next;
        for (const auto& note : sounding) {
            const bool struck =
                strike == Strike::all || (strike == Strike::offBarLines && !onBarLine(note.since));
            const bool goesOn =
                !struck && std::find(pitches.begin(), pitches.end(), note.pitch) != pitches.end();
            if (goesOn)
                next.push_back(note);
            else
                end(note, at);
        }
        for (const int pitch : pitches) {
            const bool there = std::any_of(next.begin(), next.end(), [pitch](const Sounding& note) {
                return note.pitch == pitch;
            });
            if (!there)
                next.push_back({pitch, at});
        }
        sounding = std::move(next);
    }

private:
    struct Sounding
    {
        int pitch = 0;
        int since = 0;
    };

    bool onBarLine(int step) const
    {
        return request.metre.accent(score::Quarters(step, stepsPerQuarter)) == 2;
    }

    void end(const Sounding& note, int at)
    {
        const score::Quarters onset(note.since, stepsPerQuarter);
        notes.push_back({{note.pitch, velocityOf(request.metre, onset), onset,
                          score::Quarters(at - note.since, stepsPerQuarter)},
                         voice});
    }

    const Request& request;
    const int voice;
    std::vector<VoicedNote>& notes;
    std::vector<Sounding> sounding;
};

Strike strikeAt(const Request& request, int step)
{
    const score::Quarters time(step, stepsPerQuarter);
    const int accent = request.metre.accent(time);
    switch (request.voices.joining) {
    case score::Joining::cutAtBeats:
        return accent >= 1 ? Strike::all : Strike::none;
    case score::Joining::cutAtBars:
        return accent == 2 ? Strike::all : Strike::none;
    case score::Joining::cutAtStrongBeats:
        if (accent == 2)
            return Strike::all;
        return request.metre.isMiddle(time) ? Strike::offBarLines : Strike::none;
    case score::Joining::untilPitchChanges:
        break;
    }
    return Strike::none;
}

bool touches(const score::Note& note, int step)
{
    return note.onset < score::Quarters(step + 1, stepsPerQuarter) &&
           note.end() > score::Quarters(step, stepsPerQuarter);
}

} // namespace

void writeNotes(const Request& request, const VoiceSketch& sketch,
                const std::vector<VoicedNote>& kept, const std::vector<std::vector<int>>& sounding,
                Take& take)
{
    std::vector<VoicedNote> notes = kept;
    for (int voice = 0; voice < sketch.voices; ++voice) {
        std::vector<char> isKept(static_cast<std::size_t>(sketch.steps), 0);
        for (const auto& [note, owner] : kept) {
            if (owner != voice)
                continue;
            const auto from = (note.onset * score::Quarters(stepsPerQuarter)).floor();
            for (auto step = static_cast<int>(from); step < sketch.steps && touches(note, step);
                 ++step)
                isKept[static_cast<std::size_t>(step)] = 1;
        }
        NoteWriter writer(request, voice, notes);
        for (int step = 0; step < sketch.steps; ++step) {
            const int pitch = sketch.at(step, voice);
            std::vector<int> pitches;
            if (isKept[static_cast<std::size_t>(step)] != 0)
                pitches.clear();
            else if (!sounding.empty() && !sketch.isGiven(step, voice))
                pitches = sounding[static_cast<std::size_t>(step * sketch.voices + voice)];
            else if (pitch >= 0)
                pitches = {pitch};
            writer.step(step, pitches,
                        sketch.isGiven(step, voice) ? Strike::none : strikeAt(request, step));
        }
        writer.step(sketch.steps, {}, Strike::none);
    }
    const auto order = [](const VoicedNote& note) {
        return std::make_tuple(note.note.onset, note.voice, note.note.pitch);
    };
    std::stable_sort(notes.begin(), notes.end(),
                     [&order](const auto& a, const auto& b) { return order(a) < order(b); });
    take.notes.clear();
    take.noteVoices.clear();
    for (const auto& [note, voice] : notes) {
        take.notes.push_back(note);
        take.noteVoices.push_back(voice);
    }
}

} // namespace organum::engine
