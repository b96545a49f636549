#include "Score/NotationVoices.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace organum::score
{
namespace
{

constexpr std::size_t mostVoices = 4;

Quarters distance(const Quarters& a, const Quarters& b)
{
    return a < b ? b - a : a - b;
}

/** Where each onset and end of a part is written. */
class WrittenTimes
{
public:
    WrittenTimes(const Part& part, const std::vector<BarSpan>& bars)
    {
        std::set<Quarters> times;
        for (const auto& note : part.notes) {
            times.insert(note.onset);
            times.insert(note.end());
        }
        auto time = times.begin();
        for (const auto& bar : bars)
            for (const auto& window : windowsOf(bar.length)) {
                const auto start = bar.start + window.start;
                const auto end = bar.start + window.end;
                std::vector<Quarters> inside;
                for (; time != times.end() && *time < end; ++time)
                    inside.push_back(*time);
                place(inside, start, end);
            }
        for (; time != times.end(); ++time)
            written[*time] = bars.back().start + bars.back().length;
    }

    const Quarters& of(const Quarters& time) const { return written.at(time); }

private:
    void place(const std::vector<Quarters>& times, const Quarters& start, const Quarters& end)
    {
        Quarters binaryError;
        Quarters tripletError;
        for (const auto& time : times) {
            const auto since = time - start;
            binaryError += distance(since, since.roundedToGrid(binaryGrid));
            tripletError += distance(since, since.roundedToGrid(tripletGrid));
        }
        // A window shorter than a sixteenth holds no triplet of written values.
        const bool triplets = tripletError < binaryError && Quarters(1, 4) <= end - start;
        for (const auto& time : times) {
            const auto near = (time - start).roundedToGrid(triplets ? tripletGrid : binaryGrid);
            written[time] = std::clamp(start + near, start, end);
        }
    }

    std::map<Quarters, Quarters> written;
};

} // namespace

std::vector<Span> windowsOf(const Quarters& barLength)
{
    std::vector<Span> windows;
    Quarters at;
    for (Quarters size(1); at < barLength && Quarters(1, binaryGrid) <= size;) {
        if (at + size <= barLength) {
            windows.push_back({at, at + size});
            at += size;
        } else {
            size = size / Quarters(2);
        }
    }
    return windows;
}

std::vector<Note> writtenNotes(const Part& part, const std::vector<BarSpan>& bars)
{
    const WrittenTimes times(part, bars);
    std::vector<Note> notes;
    for (auto note : part.notes) {
        const auto onset = times.of(note.onset);
        const auto end = times.of(note.end());
        if (!(onset < end))
            continue;
        note.onset = onset;
        note.duration = end - onset;
        notes.push_back(note);
    }
    std::sort(notes.begin(), notes.end());
    return notes;
}

std::vector<std::vector<Stretch>> inVoices(const std::vector<Note>& notes)
{
    std::vector<Stretch> chords;
    std::map<std::pair<Quarters, Quarters>, std::size_t> chordAt;
    for (const auto& note : notes) {
        const auto [found, isNew] = chordAt.try_emplace({note.onset, note.end()}, chords.size());
        if (isNew)
            chords.push_back({note.onset, note.end(), {}});
        auto& pitches = chords[found->second].pitches;
        if (pitches.empty() || pitches.back().pitch != note.pitch)
            pitches.push_back({note.pitch, note.velocity, false, false});
    }
    std::stable_sort(chords.begin(), chords.end(), [](const Stretch& a, const Stretch& b) {
        if (a.start != b.start)
            return a.start < b.start;
        return a.pitches.back().pitch > b.pitches.back().pitch;
    });
    std::vector<std::vector<Stretch>> voices;
    for (auto& chord : chords) {
        const auto silent =
            std::find_if(voices.begin(), voices.end(), [&](const std::vector<Stretch>& voice) {
                return voice.back().end <= chord.start;
            });
        if (silent != voices.end())
            silent->push_back(std::move(chord));
        else if (voices.size() < mostVoices)
            voices.push_back({std::move(chord)});
        else
            return {};
    }
    return voices;
}

std::vector<Stretch> sliced(const std::vector<Note>& notes)
{
    std::set<Quarters> times;
    for (const auto& note : notes) {
        times.insert(note.onset);
        times.insert(note.end());
    }
    std::vector<Stretch> slices;
    std::vector<const Note*> sounding;
    auto next = notes.begin();
    for (auto time = times.begin(); std::next(time) != times.end(); ++time) {
        const auto until = *std::next(time);
        sounding.erase(std::remove_if(sounding.begin(), sounding.end(),
                                      [&](const Note* note) { return note->end() <= *time; }),
                       sounding.end());
        for (; next != notes.end() && next->onset <= *time; ++next)
            sounding.push_back(&*next);
        if (sounding.empty())
            continue;
        Stretch slice{*time, until, {}};
        for (const auto* note : sounding)
            slice.pitches.push_back(
                {note->pitch, note->velocity, note->onset < *time, until < note->end()});
        std::stable_sort(
            slice.pitches.begin(), slice.pitches.end(),
            [](const NotatedPitch& a, const NotatedPitch& b) { return a.pitch < b.pitch; });
        slice.pitches.erase(std::unique(slice.pitches.begin(), slice.pitches.end(),
                                        [](const NotatedPitch& a, const NotatedPitch& b) {
                                            return a.pitch == b.pitch;
                                        }),
                            slice.pitches.end());
        slices.push_back(std::move(slice));
    }
    return slices;
}

} // namespace organum::score
