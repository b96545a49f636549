#include "Analysis/Rhythm.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace organum::analysis
{
namespace
{

std::vector<bool> onsetsOf(const Piece& piece)
{
    std::vector<bool> onsets(static_cast<std::size_t>(piece.grid.steps()));
    for (int at = 0; at < piece.grid.steps(); ++at)
        for (int voice = 0; voice < piece.grid.voices; ++voice)
            if (piece.grid.onset(at, voice))
                onsets[static_cast<std::size_t>(at)] = true;
    return onsets;
}

struct ChangeTally
{
    double cells = 0, changed = 0, steps = 0, semitones = 0;

    void add(int before, int now)
    {
        cells += 1;
        if (before == now)
            return;
        changed += 1;
        if (before == score::VoiceGrid::silent || now == score::VoiceGrid::silent)
            return;
        steps += 1;
        semitones += std::abs(now - before);
    }
    double percent() const { return 100.0 * ratioOrNothing(changed, cells); }
    double meanStep() const { return ratioOrNothing(semitones, steps); }
};

} // namespace

NoteLengths measureNoteLengths(const Pieces& pieces)
{
    const score::Quarters eighth(1, 2), quarter(1);
    std::size_t notes = 0, eighths = 0, quarters = 0;
    for (const auto& piece : pieces) {
        const auto& grid = piece.grid;
        for (int voice = 0; voice < grid.voices; ++voice)
            for (int at = 0; at < grid.steps(); ++at) {
                if (!grid.onset(at, voice))
                    continue;
                int end = at + 1;
                while (end < grid.steps() && !grid.onset(end, voice) && !grid.isSilent(end, voice))
                    ++end;
                const auto length = grid.step * score::Quarters(end - at);
                ++notes;
                eighths += length >= eighth ? 1 : 0;
                quarters += length >= quarter ? 1 : 0;
            }
    }
    const auto count = static_cast<double>(notes);
    return {notes, 100.0 * ratioOrNothing(static_cast<double>(eighths), count),
            100.0 * ratioOrNothing(static_cast<double>(quarters), count)};
}

double grooveConsistency(const Piece& piece, LastBar lastBar)
{
    auto onsets = onsetsOf(piece);
    const auto length = static_cast<std::size_t>(piece.stepsPerBar);
    const auto bars = lastBar == LastBar::filledUp ? (onsets.size() + length - 1) / length
                                                   : onsets.size() / length + 1;
    onsets.resize(bars * length, false);
    if (bars < 2)
        return std::numeric_limits<double>::quiet_NaN();
    double different = 0;
    for (std::size_t at = 0; at + length < onsets.size(); ++at)
        different += onsets[at] != onsets[at + length] ? 1 : 0;
    return 1.0 - different / static_cast<double>((bars - 1) * length);
}

Average measureGroove(const Pieces& pieces, LastBar lastBar)
{
    std::vector<double> values;
    for (const auto& piece : pieces)
        if (piece.grid.steps() > piece.stepsPerBar)
            values.push_back(grooveConsistency(piece, lastBar));
    return averageOf(values);
}

ChangeMeasures measureChanges(const Pieces& pieces)
{
    std::size_t places = 0;
    for (const auto& piece : pieces)
        places = std::max(places, static_cast<std::size_t>(piece.stepsPerBeat));
    const auto voices = static_cast<std::size_t>(voicesOf(pieces));
    std::vector<std::vector<ChangeTally>> tallies(voices, std::vector<ChangeTally>(places));
    std::vector<ChangeTally> ofVoice(voices), ofPlace(places);
    ChangeTally all;
    for (const auto& piece : pieces)
        for (int at = 1; at < piece.grid.steps(); ++at)
            for (int voice = 0; voice < piece.grid.voices; ++voice) {
                const auto before = piece.grid.pitch(at - 1, voice);
                const auto now = piece.grid.pitch(at, voice);
                const auto v = static_cast<std::size_t>(voice);
                const auto place = static_cast<std::size_t>(at % piece.stepsPerBeat);
                tallies[v][place].add(before, now);
                ofVoice[v].add(before, now);
                ofPlace[place].add(before, now);
                all.add(before, now);
            }
    ChangeMeasures measures;
    measures.cells = static_cast<std::size_t>(all.cells);
    measures.changed = static_cast<std::size_t>(all.changed);
    measures.percent = all.percent();
    measures.meanStep = all.meanStep();
    for (std::size_t v = 0; v < voices; ++v) {
        measures.percentByVoice.push_back(ofVoice[v].percent());
        measures.meanStepByVoice.push_back(ofVoice[v].meanStep());
        measures.percentByVoiceAndPlace.emplace_back();
        for (const auto& tally : tallies[v])
            measures.percentByVoiceAndPlace.back().push_back(tally.percent());
    }
    for (const auto& tally : ofPlace)
        measures.percentByPlace.push_back(tally.percent());
    return measures;
}

} // namespace organum::analysis
