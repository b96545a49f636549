#include "Training/Data/MusicFolder.h"

#include "Score/MidiFile.h"
#include "Training/Data/JsonText.h"
#include "Training/Data/Sha256.h"
#include "Training/Loop/Progress.h"

#include <algorithm>
#include <cctype>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

bool isMidiName(const fs::path& file)
{
    auto ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".mid" || ending == ".midi" || ending == ".smf";
}

std::vector<fs::path> midiFilesBelow(const fs::path& folder)
{
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw DataError("The data folder " + folder.string() +
                        " does not exist or is no folder. Give --data a folder of MIDI files.");
    if (!isUtf8(folder.string()))
        throw DataError("The data folder " + folder.string() +
                        " has a name that is not UTF-8, so a run could not note where its data "
                        "are. Rename the folder.");
    std::vector<fs::path> files;
    auto entry = fs::recursive_directory_iterator(
        folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error))
        if (std::error_code ignored; entry->is_regular_file(ignored) && isMidiName(entry->path()))
            files.push_back(entry->path());
    if (error)
        throw DataError("Could not list the data folder " + folder.string() + ": " +
                        error.message() + ".");
    if (files.empty())
        throw DataError("There is no MIDI file (.mid, .midi, .smf) in " + folder.string() +
                        " or its subfolders. Give --data a folder of MIDI files.");
    std::sort(files.begin(), files.end());
    return files;
}

Piece readPiece(const fs::path& file, const score::PartSelection& parts,
                std::vector<std::string>& warnings)
{
    if (!isUtf8(file.filename().string()))
        throw DataError("its name is not UTF-8, so a split could not hold it; rename the file");
    Piece piece;
    piece.file = file;
    const auto read = score::readMidiFile(file);
    piece.elements = score::chordify(read.score, parts);
    const auto sounds = std::any_of(piece.elements.begin(), piece.elements.end(),
                                    [](const auto& e) { return !e.isRest(); });
    if (!sounds)
        throw DataError("no notes in the chosen parts (" + parts.toString() + ")");
    piece.program = score::selectedParts(read.score, parts).front()->program;
    const score::BarGrid grid(read.score.metres);
    for (const auto& element : piece.elements)
        piece.bars.push_back(grid.at(element.onset));
    piece.bars.push_back(grid.at(piece.elements.back().onset + piece.elements.back().duration));
    piece.sha256 = sha256OfFile(file);
    for (const auto& warning : read.warnings)
        warnings.push_back(file.filename().string() + ": " + warning);
    return piece;
}

} // namespace

MusicFolder readMusicFolder(const fs::path& folder, const score::PartSelection& parts,
                            Progress& progress)
{
    const auto files = midiFilesBelow(folder);
    MusicFolder result;
    for (const auto& file : files) {
        progress.advance("reading " + folder.filename().string(),
                         static_cast<double>(&file - files.data()),
                         static_cast<double>(files.size()), "files", "");
        try {
            auto piece = readPiece(file, parts, result.warnings);
            auto name = file.lexically_relative(folder);
            piece.name = fs::path(name).replace_extension().generic_string();
            const auto twin = std::any_of(result.pieces.begin(), result.pieces.end(),
                                          [&](const auto& p) { return p.name == piece.name; });
            if (twin)
                piece.name = name.generic_string();
            result.pieces.push_back(std::move(piece));
        } catch (const std::exception& error) {
            result.rejected.push_back({file, error.what()});
        }
    }
    if (result.pieces.empty()) {
        std::string message = "None of the " + std::to_string(files.size()) + " MIDI files in " +
                              folder.string() + " can be used:";
        for (const auto& [file, reason] : result.rejected)
            message += "\n  " + file.filename().string() + ": " + reason;
        throw DataError(message);
    }
    return result;
}

} // namespace organum::training
