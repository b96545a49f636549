#pragma once

// Fetching one file over HTTP so that a cut connection costs nothing but time: bytes go to a
// ".part" file with a note beside it that says of which version of the file they are the beginning,
// and the next try goes on from there.

#include "Training/Loop/Progress.h"

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace organum::datasets
{

/** Why a file could not be fetched; names the address, the reason and what to do. */
class DownloadError : public std::runtime_error
{
public:
    enum class Reason
    {
        unreachable, ///< no network, no such host, no answer
        refused,     ///< the server answered, but not with the file
        wrongSize,   ///< longer than allowed, or than the catalogue says
        cut,         ///< ended too early on every try; what came is kept
        disk         ///< could not be written, or another fetch is at work on it
    };
    DownloadError(Reason reasonIn, const std::string& message)
        : std::runtime_error(message)
        , reason(reasonIn)
    {
    }
    const Reason reason;
};

struct DownloadRequest
{
    std::string address;
    std::filesystem::path part;  ///< where its bytes go; the note is this name and ".json"
    std::uint64_t bytes = 0;     ///< its exact length; 0: unknown
    std::uint64_t mostBytes = 0; ///< never write more than this; > 0
    bool willBeVerified = false; ///< by a checksum: a beginning of unknown version may be gone on
    int attempts = 3;            ///< after a cut connection or a busy server
    int pauseMilliseconds = 1000;
    int silenceSeconds = 60; ///< give up when so long nothing comes
};

/** False in a build without libcurl; download() then throws. */
bool canFetch();

/** Fetches all of the file into `part` and removes the note. Only http and https, also after
    redirections (at most five; never from https down to http). Returns the file's length. Throws
    DownloadError; a file that was cut stays for the next try. */
std::uint64_t download(const DownloadRequest& request, training::Progress& progress);

} // namespace organum::datasets
