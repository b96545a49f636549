#include "CommandLine/ScoreFiles.h"

#include "Picture/PianoRoll.h"
#include "Picture/Png.h"
#include "Score/Elements.h"
#include "Score/MusicXml.h"

namespace organum::commandline
{
namespace
{

constexpr std::int64_t usualBars = 8;
/** With every MIDI pitch in use, a picture of more lines than this would be too tall to draw. */
constexpr std::int64_t mostLines = 36;

/** Bars on a line of the piano roll: all music is shown, however long; 0 = as the picture likes. */
int barsPerLine(const score::Score& score)
{
    const auto bars = score::BarGrid(score.metres).at(score.end()).bar + 1;
    return bars > usualBars * mostLines ? static_cast<int>((bars + mostLines - 1) / mostLines) : 0;
}

} // namespace

std::filesystem::path withEnding(const std::filesystem::path& base, const std::string& ending)
{
    return std::filesystem::path(base.string() + ending);
}

void stageScoreFiles(OutputSet& outputs, const score::Score& score,
                     const std::filesystem::path& base, const ScoreFileOptions& options)
{
    if (options.wav)
        renderWav(score, outputs.stage(withEnding(base, ".wav")), options.sound);
    if (options.musicXml)
        score::writeMusicXml(outputs.stage(withEnding(base, ".musicxml")), score,
                             options.chords);
    if (options.pianoRoll) {
        picture::PianoRollOptions roll;
        roll.title = options.title;
        roll.barsPerSystem = barsPerLine(score);
        picture::savePng(picture::pianoRoll(score, roll),
                         outputs.stage(withEnding(base, "-roll.png")));
    }
}

} // namespace organum::commandline
