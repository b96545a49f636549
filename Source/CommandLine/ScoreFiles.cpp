#include "CommandLine/ScoreFiles.h"

#include "Picture/PianoRoll.h"
#include "Picture/Png.h"
#include "Score/MusicXml.h"

namespace organum::commandline
{

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
        score::writeMusicXml(outputs.stage(withEnding(base, ".musicxml")), score);
    if (options.pianoRoll) {
        picture::PianoRollOptions roll;
        roll.title = options.title;
        picture::savePng(picture::pianoRoll(score, roll),
                         outputs.stage(withEnding(base, "-roll.png")));
    }
}

} // namespace organum::commandline
