#include "Score/VoiceGrid.h"

#include <algorithm>
#include <stdexcept>

namespace organum::score
{
namespace
{

constexpr int highestPitch = 127;
constexpr int drumChannel = 9;
constexpr int melodicChannels = 15;
constexpr std::size_t mostParts = 64;
constexpr std::int64_t mostSteps = 400000;

void checkTable(const VoiceGrid& grid)
{
    const auto columns = static_cast<std::size_t>(std::max(0, grid.voices));
    if (columns == 0 || grid.pitches.size() % columns != 0 ||
        grid.onsets.size() != grid.pitches.size())
        throw std::invalid_argument("A grid of voices must hold one pitch and one onset for every "
                                    "step and voice.");
    for (const auto pitch : grid.pitches)
        if (pitch < VoiceGrid::silent || pitch > highestPitch)
            throw std::invalid_argument("A grid of voices holds the pitch " +
                                        std::to_string(pitch) + "; it must be 0 to 127, or -1.");
}

std::string nameOf(int voice, int voices, const std::vector<std::string>& names)
{
    static const char* const choir[] = {"Soprano", "Alto", "Tenor", "Bass"};
    if (static_cast<std::size_t>(voice) < names.size())
        return names[static_cast<std::size_t>(voice)];
    return voices == 4 ? choir[voice] : "Voice " + std::to_string(voice + 1);
}

int programOf(int voice, const std::vector<int>& programs)
{
    if (programs.empty())
        return 0;
    return programs[std::min(static_cast<std::size_t>(voice), programs.size() - 1)];
}

/** A note on the grid: steps first to end. */
struct Placed
{
    int first = 0;
    int end = 0;
    bool moved = false;
};

Placed place(const Note& note, const Quarters& step)
{
    const auto first = note.onset / step, end = note.end() / step;
    const Quarters half(1, 2);
    Placed placed;
    placed.first = std::max(0, static_cast<int>((first + half).floor()));
    placed.end = std::max(placed.first + 1, static_cast<int>((end + half).floor()));
    placed.moved = Quarters(placed.first) != first || Quarters(placed.end) != end;
    return placed;
}

/** Fills one column; counts what became of the part's notes. */
void readPart(const Part& part, int voice, GridReading& reading)
{
    auto& grid = reading.grid;
    const auto steps = static_cast<std::size_t>(grid.steps());
    constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    std::vector<std::size_t> winner(steps, nobody);
    std::vector<Placed> placed;
    for (std::size_t n = 0; n < part.notes.size(); ++n) {
        placed.push_back(place(part.notes[n], grid.step));
        for (int at = placed[n].first; at < placed[n].end; ++at) {
            auto& now = winner[static_cast<std::size_t>(at)];
            // Notes come in order of onset, so that of equal pitches the later one wins.
            if (now == nobody || part.notes[n].pitch >= part.notes[now].pitch)
                now = n;
        }
    }
    std::vector<int> heard(part.notes.size(), 0);
    for (int at = 0; at < grid.steps(); ++at) {
        const auto now = winner[static_cast<std::size_t>(at)];
        if (now == nobody)
            continue;
        ++heard[now];
        grid.pitches[grid.cell(at, voice)] = part.notes[now].pitch;
        grid.onsets[grid.cell(at, voice)] =
            at == 0 || winner[static_cast<std::size_t>(at) - 1] != now ? 1 : 0;
    }
    for (std::size_t n = 0; n < part.notes.size(); ++n) {
        reading.moved += placed[n].moved ? 1 : 0;
        if (heard[n] == 0)
            ++reading.dropped;
        else if (heard[n] < placed[n].end - placed[n].first)
            ++reading.shortened;
    }
}

} // namespace

bool VoiceGrid::operator==(const VoiceGrid& other) const
{
    return voices == other.voices && step == other.step && pitches == other.pitches &&
           onsets == other.onsets;
}

void markOnsets(VoiceGrid& grid, Joining joining, int stepsPerBeat, int stepsPerBar)
{
    if (stepsPerBeat < 1 || stepsPerBar < 1)
        throw std::invalid_argument("A beat and a bar must hold one step at least.");
    grid.onsets.assign(grid.pitches.size(), 0);
    const bool hasMiddle = stepsPerBar % (2 * stepsPerBeat) == 0 && stepsPerBar >= 4 * stepsPerBeat;
    std::vector<int> began(static_cast<std::size_t>(grid.voices), 0); // the step of the last onset
    for (int at = 0; at < grid.steps(); ++at) {
        const bool onBarLine = at % stepsPerBar == 0;
        const bool strong = joining == Joining::cutAtStrongBeats;
        const bool cut = (joining == Joining::cutAtBeats && at % stepsPerBeat == 0) ||
                         ((joining == Joining::cutAtBars || strong) && onBarLine);
        const bool inMiddle = strong && hasMiddle && at % stepsPerBar == stepsPerBar / 2;
        for (int voice = 0; voice < grid.voices; ++voice) {
            auto& since = began[static_cast<std::size_t>(voice)];
            const auto pitch = grid.pitch(at, voice);
            const bool changed = at == 0 || grid.pitch(at - 1, voice) != pitch;
            const bool syncopated = inMiddle && since % stepsPerBar != 0;
            const bool begins = pitch != VoiceGrid::silent && (changed || cut || syncopated);
            grid.onsets[grid.cell(at, voice)] = begins ? 1 : 0;
            if (begins)
                since = at;
        }
    }
}

VoiceGrid excerpt(const VoiceGrid& grid, int first, int count)
{
    if (first < 0 || count < 0)
        throw std::invalid_argument("An excerpt cannot begin before its piece or have a negative "
                                    "length.");
    const auto begin = std::min(first, grid.steps());
    const auto end = begin + std::min(count, grid.steps() - begin);
    const auto from = static_cast<std::ptrdiff_t>(grid.cell(begin, 0));
    const auto to = static_cast<std::ptrdiff_t>(grid.cell(end, 0));
    VoiceGrid part;
    part.voices = grid.voices;
    part.step = grid.step;
    part.pitches.assign(grid.pitches.begin() + from, grid.pitches.begin() + to);
    part.onsets.assign(grid.onsets.begin() + from, grid.onsets.begin() + to);
    if (part.steps() > 0)
        for (int voice = 0; voice < part.voices; ++voice)
            part.onsets[part.cell(0, voice)] = part.isSilent(0, voice) ? 0 : 1;
    return part;
}

Score scoreFrom(const VoiceGrid& grid, const VoiceScoreOptions& options)
{
    checkTable(grid);
    if (grid.voices > melodicChannels)
        throw std::invalid_argument("A score can be made of at most 15 voices, one a MIDI channel; "
                                    "there are " +
                                    std::to_string(grid.voices) + ".");
    Score score;
    score.title = options.title;
    score.tempos.push_back({{}, options.microsecondsPerQuarter});
    score.metres.push_back(options.metre);
    for (int voice = 0; voice < grid.voices; ++voice) {
        Part part;
        part.name = nameOf(voice, grid.voices, options.names);
        part.channel = voice < drumChannel ? voice : voice + 1;
        part.program = programOf(voice, options.programs);
        for (int at = 0; at < grid.steps(); ++at) {
            if (grid.isSilent(at, voice))
                continue;
            const bool goesOn = at > 0 && !grid.onset(at, voice) &&
                                grid.pitch(at - 1, voice) == grid.pitch(at, voice);
            if (goesOn)
                part.notes.back().duration += grid.step;
            else
                part.notes.push_back(
                    {grid.pitch(at, voice), options.velocity, grid.step * Quarters(at), grid.step});
        }
        score.parts.push_back(std::move(part));
    }
    return score;
}

GridReading gridFrom(const Score& score, const Quarters& step, SilentParts silentParts)
{
    if (step <= Quarters(0))
        throw std::invalid_argument("The step of a grid must be longer than nothing.");
    std::vector<const Part*> parts;
    for (const auto& part : score.parts)
        if (!part.isDrums() && (!part.notes.empty() || silentParts == SilentParts::areVoices))
            parts.push_back(&part);
    if (parts.size() > mostParts)
        throw std::invalid_argument("A grid can hold at most 64 parts; the score has " +
                                    std::to_string(parts.size()) + ".");
    if (score.end() / step > Quarters(mostSteps))
        throw std::invalid_argument("The score is longer than 400,000 steps of " + step.toString() +
                                    " quarter notes; cut it, or choose longer steps.");
    GridReading reading;
    auto& grid = reading.grid;
    grid.voices = static_cast<int>(parts.size());
    grid.step = step;
    int steps = 0;
    for (const auto* part : parts)
        for (const auto& note : part->notes)
            steps = std::max(steps, place(note, step).end);
    const auto cells = static_cast<std::size_t>(steps) * parts.size();
    grid.pitches.assign(cells, VoiceGrid::silent);
    grid.onsets.assign(cells, 0);
    for (std::size_t voice = 0; voice < parts.size(); ++voice)
        readPart(*parts[voice], static_cast<int>(voice), reading);
    return reading;
}

} // namespace organum::score
