#include "Training/Music/MuseGanData.h"

#include "Models/Music/MuseGan.h"

#include <stdexcept>
#include <string>

namespace organum::training
{
namespace
{

constexpr int stepsOfBeat = 4;

/** The first step of the first beat in which no voice is ever silent. */
int firstFullBeat(const score::VoiceGrid& piece)
{
    int start = 0;
    for (; start < piece.steps(); start += stepsOfBeat) {
        bool full = true;
        for (int step = start; step < std::min(start + stepsOfBeat, piece.steps()); ++step)
            for (int voice = 0; voice < piece.voices; ++voice)
                full = full && !piece.isSilent(step, voice);
        if (full)
            break;
    }
    return start;
}

} // namespace

Beginnings beginningsOf(const std::vector<score::VoiceGrid>& pieces, std::int64_t bars,
                        std::int64_t voices)
{
    using Config = models::MuseGanConfig;
    const auto steps = static_cast<int>(bars * Config::steps);
    Beginnings result;
    std::vector<torch::Tensor> rolls;
    for (const auto& piece : pieces) {
        if (piece.voices != voices)
            throw std::invalid_argument("A piece has " + std::to_string(piece.voices) +
                                        " voices where " + std::to_string(voices) + " are learnt.");
        const auto start = firstFullBeat(piece);
        if (piece.steps() <= steps || start + steps > piece.steps()) {
            ++result.tooShort;
            continue;
        }
        auto roll = torch::full({steps, Config::pitches, voices}, -1.0f);
        auto cells = roll.accessor<float, 3>();
        for (int step = 0; step < steps; ++step)
            for (int voice = 0; voice < piece.voices; ++voice) {
                const auto pitch = piece.pitch(start + step, voice);
                if (pitch >= Config::pitches)
                    throw std::invalid_argument(
                        "A piece holds the MIDI pitch " + std::to_string(pitch) +
                        "; MuseGAN knows those up to " + std::to_string(Config::pitches - 1) +
                        ". Transpose it, or leave it out.");
                if (pitch != score::VoiceGrid::silent)
                    cells[step][pitch][voice] = 1.0f;
            }
        rolls.push_back(roll.view({bars, Config::steps, Config::pitches, voices}));
    }
    if (rolls.empty())
        throw std::invalid_argument("No training piece is longer than " + std::to_string(bars) +
                                    " bars of sixteen steps, so there is nothing to learn from.");
    result.rolls = torch::stack(rolls);
    return result;
}

} // namespace organum::training
