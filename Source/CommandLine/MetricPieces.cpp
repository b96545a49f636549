#include "CommandLine/MetricPieces.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace organum::commandline
{
namespace
{

constexpr int stepsPerBeat = 4;
constexpr int commonStepsPerBar = 16;

int stepsPerBarOf(const score::Score& score, const score::Quarters& step, Losses& losses)
{
    const auto metre = score.metres.empty() ? score::MetreChange{} : score.metres.front();
    const auto length = metre.barLength() / step;
    const bool fits = length.denominator() == 1 && length.numerator() > 0;
    if (!fits || score.metres.size() > 1)
        ++losses.otherMetres;
    return fits ? static_cast<int>(length.numerator()) : commonStepsPerBar;
}

/** All parts but drums as one. */
score::Score withOnePart(const score::Score& score)
{
    score::Part all;
    for (const auto& part : score.parts)
        if (!part.isDrums())
            all.notes.insert(all.notes.end(), part.notes.begin(), part.notes.end());
    std::sort(all.notes.begin(), all.notes.end());
    auto merged = score;
    merged.parts.assign(1, std::move(all));
    return merged;
}

/** At each step the highest pitch, which begins where its voice or it changes. */
score::VoiceGrid highestVoice(const score::VoiceGrid& grid)
{
    score::VoiceGrid line;
    line.voices = 1;
    line.step = grid.step;
    for (int at = 0; at < grid.steps(); ++at) {
        int highest = 0;
        for (int voice = 1; voice < grid.voices; ++voice)
            if (grid.pitch(at, voice) > grid.pitch(at, highest))
                highest = voice;
        const auto pitch = grid.pitch(at, highest);
        const bool changes = at == 0 || line.pitches.back() != pitch;
        const bool begins =
            grid.onset(at, highest) || (changes && pitch != score::VoiceGrid::silent);
        line.pitches.push_back(pitch);
        line.onsets.push_back(begins ? 1 : 0);
    }
    return line;
}

} // namespace

std::vector<std::string> Losses::sentences() const
{
    const auto ofNotes = " of " + std::to_string(notes) + " notes";
    std::vector<std::string> list = damages;
    if (moved > 0)
        list.push_back("moved to the nearest sixteenth: " + std::to_string(moved) + ofNotes + ".");
    if (dropped + shortened > 0)
        list.push_back("left out or shortened below a higher note that sounds in the same "
                       "voice: " +
                       std::to_string(dropped) + " and " + std::to_string(shortened) + ofNotes +
                       ".");
    if (otherMetres > 0)
        list.push_back("bars counted by the first metre, or as 4/4, since the metre changes or "
                       "sixteenths do not fill its bar: in " +
                       std::to_string(otherMetres) + " of " + std::to_string(pieces) + " pieces.");
    return list;
}

void fillWithSilence(score::VoiceGrid& grid, int steps)
{
    const auto cells = std::max(grid.pitches.size(), grid.cell(steps, 0));
    grid.pitches.resize(cells, score::VoiceGrid::silent);
    grid.onsets.resize(cells, 0);
}

analysis::Piece pieceFrom(const score::Score& score, const std::string& name,
                          const SetOptions& options, Losses& losses, score::SilentParts silentParts)
{
    auto reading =
        score::gridFrom(options.oneVoice ? withOnePart(score) : score, {1, 4}, silentParts);
    if (reading.grid.voices == 0)
        throw std::invalid_argument("it holds no notes but drums");
    analysis::Piece piece;
    piece.name = name;
    piece.grid = std::move(reading.grid);
    piece.stepsPerBeat = stepsPerBeat;
    piece.stepsPerBar = stepsPerBarOf(score, piece.grid.step, losses);
    // A last note that is played short still fills its beat.
    fillWithSilence(piece.grid,
                    (piece.grid.steps() + stepsPerBeat - 1) / stepsPerBeat * stepsPerBeat);
    if (options.joining)
        score::markOnsets(piece.grid, *options.joining, stepsPerBeat, piece.stepsPerBar);
    for (const auto& part : score.parts)
        losses.notes += part.isDrums() ? 0 : part.notes.size();
    ++losses.pieces;
    losses.moved += reading.moved;
    losses.dropped += reading.dropped;
    losses.shortened += reading.shortened;
    return piece;
}

analysis::Piece pieceFrom(const score::VoiceGrid& grid, const std::string& name,
                          const SetOptions& options)
{
    return {name, options.oneVoice ? highestVoice(grid) : grid, stepsPerBeat, commonStepsPerBar};
}

} // namespace organum::commandline
