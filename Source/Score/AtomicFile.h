#pragma once

// Writing a file so that a reader sees the old one or the new one, never half of either: bytes go
// to a temporary file beside the target, which is then renamed over it.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

namespace organum::score
{

/** Why a file was not written; names the file, the reason and what to do. */
class FileWriteError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/** Writes `size` bytes. `what` names the thing for the error message ("the MIDI file"). Devices and
    pipes are written directly, since a rename would replace them. Throws FileWriteError; what
    stood there before is then unchanged. Any thread but an audio thread. */
void writeFileAtomically(const std::filesystem::path& file, const void* bytes, std::size_t size,
                         const std::string& what);

/** The same for what is too large for memory: `write` fills the temporary file that it is given.
   What it throws comes through, and nothing stays. */
void replaceFileAtomically(
    const std::filesystem::path& file, const std::string& what,
    const std::function<void(const std::filesystem::path& temporary)>& write);

} // namespace organum::score
