#pragma once

// The data sets on this machine: a folder with one folder for each set. A set that is fetched grows
// beside its place and is moved there when all of it has come and been checked, so that a folder
// with its name is whole. A record of every file, organum-data.json, lies in it.

#include "Training/Datasets/Catalogue.h"
#include "Training/Loop/Progress.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::datasets
{

constexpr auto recordName = "organum-data.json";

/** $XDG_DATA_HOME/organum/data, or ~/.local/share/organum/data. Throws std::runtime_error without
    a home. */
std::filesystem::path defaultStore();

enum class FileState
{
    verified, ///< its bytes are those we held
    recorded, ///< its bytes are those that were fetched; nobody vouches for them
    present,  ///< it is there; nothing is known of its bytes
    wrong,    ///< other bytes than those we held, or than were fetched
    missing
};

struct CheckedFile
{
    std::string name;
    FileState state = FileState::missing;
    std::string remark; ///< what is wrong, e.g. "1 of 4542 bytes"
};

struct Check
{
    std::filesystem::path folder;
    std::vector<CheckedFile> files;
    bool isWhole = false; ///< every file is there and none is wrong
};

/** The sets that have a folder here: those of the catalogue, then other categories of drawings. */
std::vector<Dataset> setsIn(const std::filesystem::path& store);

/** Compares what lies in the set's folder with the catalogue and with the record. Throws
    std::runtime_error when a file cannot be read. */
Check check(const Dataset& dataset, const std::filesystem::path& store,
            training::Progress& progress);

struct FetchOptions
{
    std::filesystem::path store;
    std::string mirror; ///< an address to put before the files' names; empty: the catalogue's
    int attempts = 3;
    int pauseMilliseconds = 1000;
};

/** Makes the set whole: fetches what is missing, checks it, unpacks it. Never touches a file that
    is there; one with wrong bytes is named and refused. Returns what check() then says. Throws
    std::runtime_error, which ends by what to put where by hand. */
Check fetch(const Dataset& dataset, const FetchOptions& options, training::Progress& progress);

/** What to put where when a set is not fetched: one line for each file. */
std::string byHandText(const Dataset& dataset, const std::filesystem::path& store);

} // namespace organum::datasets
