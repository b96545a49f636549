#pragma once

// The data sets that the trainer's models learn from: where they are, what may be done with them,
// and how to tell that a file is the right one. A size and a checksum stand here only where we have
// held the bytes; all other files are unverified, and whoever fetches them is told.

#include <cstdint>
#include <string>
#include <vector>

namespace organum::datasets
{

struct CataloguedFile
{
    std::string name;        ///< path within the set's folder, with slashes
    std::string address;     ///< http or https; empty: to be put there by hand
    std::uint64_t bytes = 0; ///< 0: unknown
    std::string sha256;      ///< empty: unverified
    bool unpack = false;     ///< an archive, of which only the content is kept
};

struct Dataset
{
    std::string name;
    std::string title;
    std::string purpose; ///< which models learn from it
    std::string licence;
    bool researchOnly = false;
    std::string page;    ///< where its makers describe it
    std::string byHand;  ///< what a user has to do; empty: it can be fetched
    std::string trainOn; ///< path within the set's folder for --data; empty: the folder
    std::vector<CataloguedFile> files;
    /** One file that is longer, or an archive with more in it, is not what was meant. */
    std::uint64_t mostBytes = std::uint64_t{64} << 20;
    std::uint64_t mostUnpackedBytes = std::uint64_t{512} << 20;
};

/** In the order of the book. Drawings are here for some categories; see findDataset(). */
const std::vector<Dataset>& catalogue();

/** By name; "quickdraw-" and any of the game's categories is one too. Throws std::invalid_argument
    that names the known sets. */
Dataset findDataset(const std::string& name);

/** Whether a name is "quickdraw-" and what may be a category. */
bool isDrawings(const std::string& name);

/** Whether every file's checksum is known. */
bool isVerifiable(const Dataset& dataset);

} // namespace organum::datasets
