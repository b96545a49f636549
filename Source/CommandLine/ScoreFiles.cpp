#include "CommandLine/ScoreFiles.h"

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
}

} // namespace organum::commandline
