#include "CommandLine/MetricSets.h"

#include "CommandLine/Command.h"
#include "CommandLine/Composer.h"
#include "CommandLine/MetricPieces.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/VoiceOptions.h"
#include "Score/ChoraleFile.h"
#include "Score/MidiFile.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr int mostVariations = 16;

std::string endingOf(const fs::path& file)
{
    auto ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool isMidi(const fs::path& file)
{
    const auto ending = endingOf(file);
    return ending == ".mid" || ending == ".midi" || ending == ".smf";
}

std::string ruleText(score::Joining joining)
{
    switch (joining) {
    case score::Joining::untilPitchChanges:
        return "notes begin where the pitch changes";
    case score::Joining::cutAtBeats:
        return "notes begin where the pitch changes and on every beat";
    case score::Joining::cutAtBars:
        return "notes begin where the pitch changes and on every bar line";
    case score::Joining::cutAtStrongBeats:
        return "notes begin where the pitch changes, on every bar line, and mid-bar unless they "
               "began with the bar";
    }
    return {};
}

std::string onsetText(const SetOptions& options)
{
    return options.joining ? ruleText(*options.joining) : "notes begin as written";
}

analysis::Piece pieceFromFile(const fs::path& file, const std::string& name,
                              const SetOptions& options, Losses& losses)
{
    const auto read = score::readMidiFile(file);
    for (const auto& warning : read.warnings)
        losses.damages.push_back(file.filename().string() + ": " + warning);
    try {
        return pieceFrom(read.score, name, options, losses);
    } catch (const std::invalid_argument& error) {
        throw Failure("cannot measure " + file.string() + ": " + error.what() + ".");
    }
}

std::vector<fs::path> midiFilesBelow(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    auto entry = fs::recursive_directory_iterator(
        folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error))
        if (std::error_code ignored; entry->is_regular_file(ignored) && isMidi(entry->path()))
            files.push_back(entry->path());
    if (error)
        throw Failure("cannot list the folder " + folder.string() + ": " + error.message() + ".");
    if (files.empty())
        throw Failure("there is no MIDI file (.mid, .midi, .smf) in " + folder.string() +
                      " or its subfolders, and it is no run folder with a model.organum.");
    std::sort(files.begin(), files.end());
    return files;
}

/** Its last part, also of "." and of names that end in a slash. */
std::string folderName(const fs::path& folder)
{
    return fs::absolute(folder / "x").lexically_normal().parent_path().filename().string();
}

MetricSet readFolder(const fs::path& folder, const SetOptions& options)
{
    MetricSet set;
    set.name = folderName(folder);
    set.onsets = onsetText(options);
    Losses losses;
    std::string rejected;
    for (const auto& file : midiFilesBelow(folder)) {
        options.pulse();
        try {
            set.pieces.push_back(pieceFromFile(
                file, file.lexically_relative(folder).generic_string(), options, losses));
        } catch (const std::exception& error) {
            set.warnings.emplace_back(error.what());
            rejected += "\n  " + set.warnings.back();
        }
    }
    if (set.pieces.empty())
        throw Failure("none of the MIDI files in " + folder.string() +
                      " can be measured:" + rejected);
    for (auto& sentence : losses.sentences())
        set.warnings.push_back(std::move(sentence));
    return set;
}

MetricSet readFiles(const std::vector<std::string>& files, const SetOptions& options)
{
    MetricSet set;
    set.name = files.size() == 1 ? fs::path(files.front()).filename().string()
                                 : std::to_string(files.size()) + " files";
    set.onsets = onsetText(options);
    Losses losses;
    for (const auto& file : files) {
        options.pulse();
        set.pieces.push_back(pieceFromFile(file, file, options, losses));
    }
    set.warnings = losses.sentences();
    return set;
}

MetricSet readChoraleSet(const fs::path& file, const SetOptions& options)
{
    const auto joining = options.joining.value_or(score::Joining::untilPitchChanges);
    const auto splits = score::readChorales(file, joining);
    MetricSet set;
    set.name = options.split + " of " + file.stem().string();
    set.onsets = ruleText(joining) + (options.joining ? "" : " (the file does not say)");
    for (const auto& grid : splits.split(options.split)) {
        const auto name = options.split + " " + std::to_string(set.pieces.size() + 1);
        set.pieces.push_back(pieceFrom(grid, name, options));
    }
    if (set.pieces.empty())
        throw Failure(file.string() + " holds no piece in its split '" + options.split +
                      "'; choose another one.");
    return set;
}

/** One part a voice, silent ones included. */
score::Score scoreOf(const Take& take)
{
    score::Score score;
    for (int voice = 0; voice < std::max(1, take.voiceCount); ++voice) {
        score.parts.emplace_back();
        for (std::size_t i = 0; i < take.notes.size(); ++i)
            if (take.voices.at(i) == voice)
                score.parts.back().notes.push_back(take.notes[i]);
    }
    return score;
}

MetricSet composeSet(const fs::path& bundle, const std::string& setName, const SetOptions& options)
{
    Composer composer(bundle);
    const auto model = ModelDescription::fromJson(composer.description());
    MetricSet set;
    set.name = setName;
    set.onsets = onsetText(options);
    Losses losses;
    bool hasVoices = false;
    double ownChoices = 0;
    for (int made = 0; made < options.pieces;) {
        organum_request request;
        organum_request_init(&request);
        request.seed = options.seed + static_cast<std::uint64_t>(made);
        request.bars = options.bars;
        request.variations = std::min(mostVariations, options.pieces - made);
        if (options.ruleStrength >= 0)
            request.rule_strength = options.ruleStrength;
        fillMacros(options.macros, model, request);
        for (const auto& take : composer.compose(request, {}, options.pulse)) {
            const auto name = "seed " + std::to_string(take.seed);
            ++made;
            hasVoices = hasVoices || take.voiceCount > 1;
            ownChoices += take.ownChoiceShare;
            auto piece =
                pieceFrom(scoreOf(take), name, options, losses, score::SilentParts::areVoices);
            fillWithSilence(piece.grid, static_cast<int>((take.length / piece.grid.step).floor()));
            set.pieces.push_back(std::move(piece));
        }
    }
    if (hasVoices)
        set.ownChoiceShare = ownChoices / options.pieces;
    for (auto& sentence : losses.sentences())
        set.warnings.push_back(std::move(sentence));
    return set;
}

MetricSet readOther(const std::string& input, const SetOptions& options)
{
    std::error_code error;
    const fs::path path(input);
    if (fs::is_directory(path, error)) {
        const auto bundle = path / "model.organum";
        return fs::exists(bundle, error) ? composeSet(bundle, folderName(path), options)
                                         : readFolder(path, options);
    }
    if (endingOf(path) == ".json")
        return readChoraleSet(path, options);
    if (endingOf(path) != ".organum" && fs::exists(path, error))
        throw Failure(input + " cannot be measured; give MIDI files (.mid, .midi, .smf), a folder "
                              "of them, chorales (.json) or a model (.organum).");
    const auto bundle = resolveModel(input);
    return composeSet(bundle, bundle.stem().string(), options);
}

} // namespace

std::vector<MetricSet> readSets(const std::vector<std::string>& inputs, const SetOptions& options)
{
    std::vector<std::string> files;
    for (const auto& input : inputs)
        if (std::error_code error; isMidi(input) && !fs::is_directory(input, error))
            files.push_back(input);
    std::vector<MetricSet> sets;
    bool filesRead = false;
    for (const auto& input : inputs) {
        options.pulse();
        const bool isFile = std::find(files.begin(), files.end(), input) != files.end();
        if (!isFile)
            sets.push_back(readOther(input, options));
        else if (!filesRead)
            sets.push_back(readFiles(files, options));
        filesRead = filesRead || isFile;
    }
    return sets;
}

} // namespace organum::commandline
