// `organum render`: what a MIDI file sounds and looks like, as WAV, MusicXML and a piano roll.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/OutputSet.h"
#include "CommandLine/Ranges.h"
#include "CommandLine/ScoreFiles.h"
#include "Score/MidiFile.h"
#include "Sound/SoundLength.h"
#include "Training/Loop/Interrupt.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr auto examples = R"(Examples:
  organum render new.mid                    new.wav, new.musicxml and new-roll.png here
  organum render new.mid -o pictures --only roll
  organum render new.mid --soundfont ~/fonts/Cello.sf2

--json prints {"files": [...], "notes": N, "quarters": length, "warnings": [...]}.
)";

struct Options
{
    fs::path file;
    fs::path output = ".";
    std::vector<std::string> only;
    SoundOptions sound;
    bool json = false;
};

bool wanted(const Options& options, const std::string& what)
{
    return options.only.empty() ||
           std::find(options.only.begin(), options.only.end(), what) != options.only.end();
}

void checkSoundLength(const Options& options, const score::Score& score)
{
    const auto seconds = sound::secondsAt(score, score.end());
    if (sound::isTooLongForSound(seconds))
        throw Failure(options.file.string() + " lasts " +
                      std::to_string(std::lround(seconds / 60.0)) +
                      " minutes, but a sound file takes at most " +
                      std::to_string(sound::longestSoundMinutes) +
                      ". Leave the sound out with --only musicxml roll, or cut the file into "
                      "shorter ones.");
}

int run(const Options& options)
{
    const training::Interrupt interrupt;
    const auto stopIfAsked = [&interrupt] {
        if (interrupt.requested())
            throw Interrupted();
    };
    const auto read = score::readMidiFile(options.file);
    for (const auto& warning : read.warnings)
        std::cerr << "warning: " << warning << '\n';
    if (read.score.noteCount() == 0)
        throw Failure(options.file.string() + " holds no notes, so there is nothing to render. "
                                              "Choose another MIDI file.");
    ScoreFileOptions files;
    files.wav = wanted(options, "wav");
    files.musicXml = wanted(options, "musicxml");
    files.pianoRoll = wanted(options, "roll");
    files.title = read.score.title.empty() ? options.file.stem().string() : read.score.title;
    files.sound = options.sound;
    files.sound.pulse = stopIfAsked;
    if (files.wav)
        checkSoundLength(options, read.score);
    OutputSet outputs;
    stageScoreFiles(outputs, read.score, options.output / options.file.stem(), files);
    const auto targets = outputs.targets();
    stopIfAsked();
    outputs.commit();

    if (options.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& file : targets)
            list.push_back(file.lexically_normal().string());
        std::cout << jsonText({{"files", list},
                               {"notes", read.score.noteCount()},
                               {"quarters", read.score.end().toDouble()},
                               {"warnings", read.warnings}})
                  << '\n';
    } else {
        for (const auto& file : targets)
            std::cout << file.lexically_normal().string() << '\n';
    }
    return done;
}

} // namespace

void addRender(CLI::App& program, Invocation& invocation)
{
    auto* command =
        program.add_subcommand("render", "Turns a MIDI file into sound, notation and a picture");
    auto options = std::make_shared<Options>();
    command->add_option("file", options->file, "The MIDI file")->required();
    command->add_option("-o,--output", options->output, "Folder to write into")
        ->capture_default_str();
    command->add_option("--only", options->only, "Only these: wav, musicxml, roll")
        ->check(CLI::IsMember({"wav", "musicxml", "roll"}));
    command->add_option("--soundfont", options->sound.soundFont, "SoundFont (.sf2) to play with");
    command->add_option("--rate", options->sound.sampleRate, "Samples a second")
        ->capture_default_str()
        ->check(inRange(8000, 96000, "rate"));
    command->add_option("--gain", options->sound.gain, "Loudness")
        ->capture_default_str()
        ->check(inRange(0.01, 10.0, "gain"));
    command->add_flag("--json", options->json, "Print what was made as JSON (keys below)");
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
