#pragma once

// Small folders of MIDI tunes that repeat themselves, for training in a second.

#include "Score/MidiFile.h"
#include "Support/RandomScore.h"
#include "Training/Data/MusicFolder.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::test
{

/** One voice that wanders through C major and says everything twice. */
inline score::Score tune(std::uint64_t seed, int notes = 40, int transposition = 0)
{
    constexpr int scale[] = {0, 2, 4, 5, 7, 9, 11};
    RandomNumbers random(seed);
    std::vector<std::pair<int, score::Quarters>> phrase;
    int degree = random.between(0, 14);
    for (int i = 0; i < notes / 2; ++i) {
        degree = std::min(20, std::max(0, degree + random.between(-2, 2)));
        phrase.emplace_back(48 + transposition + 12 * (degree / 7) + scale[degree % 7],
                            score::Quarters(random.oneIn(3) ? 2 : 1, 4));
    }
    score::Score score;
    score.metres.push_back({{}, 3, 4});
    score::Part part;
    part.name = "tune";
    part.program = 73; // a flute
    score::Quarters time;
    for (int half = 0; half < 2; ++half)
        for (const auto& [pitch, duration] : phrase) {
            part.notes.push_back({pitch, 90, time, duration});
            time += duration;
        }
    score.parts.push_back(std::move(part));
    return score;
}

/** tune-01.mid, tune-02.mid, ... */
inline void writeTunes(const std::filesystem::path& folder, int count, int notes = 40)
{
    std::filesystem::create_directories(folder);
    for (int i = 1; i <= count; ++i)
        score::writeMidiFile(
            folder / ("tune-" + std::string(i < 10 ? "0" : "") + std::to_string(i) + ".mid"),
            tune(static_cast<std::uint64_t>(i), notes));
}

/** A tune as the trainer reads it, without a file. */
inline training::Piece piece(const std::string& name, const score::Score& score)
{
    training::Piece piece;
    piece.name = name;
    piece.elements = score::chordify(score);
    const score::BarGrid grid(score.metres);
    for (const auto& element : piece.elements)
        piece.bars.push_back(grid.at(element.onset));
    piece.bars.push_back(grid.at(piece.elements.back().onset + piece.elements.back().duration));
    return piece;
}

} // namespace organum::test
