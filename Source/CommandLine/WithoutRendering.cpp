// Stands in for sound, ports and pictures in a build of the trainer alone: those commands say so.

#include "CommandLine/Command.h"
#include "CommandLine/Explanations.h"
#include "CommandLine/MetricPicture.h"
#include "CommandLine/ScoreFiles.h"

namespace organum::commandline
{
namespace
{

constexpr auto reason =
    "this program was built for training alone, without sound and pictures. Write MIDI only, or "
    "build Organum with ORGANUM_TRAINER_ONLY=OFF.";

} // namespace

std::filesystem::path withEnding(const std::filesystem::path& base, const std::string& ending)
{
    return std::filesystem::path(base.string() + ending);
}

void stageScoreFiles(OutputSet& outputs, const score::Score& score,
                     const std::filesystem::path& base, const ScoreFileOptions& options)
{
    (void) outputs, (void) score, (void) base, (void) options;
    throw Failure(reason);
}

void stageExplanations(OutputSet& outputs, const Take& take, const std::filesystem::path& base,
                       const std::string& title, const ModelDescription& model)
{
    (void) outputs, (void) take, (void) base, (void) title, (void) model;
    throw Failure(reason);
}

void addPlay(CLI::App& program, Invocation& invocation)
{
    (void) invocation;
    auto* command = program.add_subcommand("play", "Plays music through a MIDI port (not in this "
                                                   "build, which was made for training alone)");
    command->allow_extras();
    command->callback([] {
        throw Failure(
            "this program was built for training alone, without MIDI ports. Build Organum "
            "with ORGANUM_TRAINER_ONLY=OFF.");
    });
}

bool stageMetricPicture(OutputSet& outputs, const Comparison& comparison,
                        const std::filesystem::path& file)
{
    (void) outputs, (void) comparison, (void) file;
    return false;
}

} // namespace organum::commandline
