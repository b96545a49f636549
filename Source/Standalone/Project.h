#pragma once

// A project of the standalone as a file: the plugin's state, and of the transport what a host would
// keep. The bytes depend on the content alone.
//
//   "ORGPROJ" 0, version u32, then sections: tag (4 letters), size u32, bytes. Little-endian.
//   TRAN  tempo, metre, loop        STAT  the plugin's state, see Plugin/State.h
//   CSUM  last: 32-bit FNV-1a of all that stands before

#include <cstddef>
#include <stdexcept>
#include <string>

namespace organum::standalone
{

struct Project
{
    static constexpr std::uint32_t version = 1;
    static constexpr auto ending = ".organumproject";
    /** More than any project has: the plugin's state is kept below a megabyte. */
    static constexpr std::size_t largestFile = 8u << 20;

    std::string state;
    double tempo = 100.0; ///< quarter notes a minute
    int numerator = 4;
    int denominator = 4;
    bool loops = true;
};

/** Why a file is no project: what() ends a sentence that begins with the file's name. */
class ProjectError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

std::string encode(const Project& project);

/** Also makes sure that the plugin can read its state. Throws ProjectError. */
Project decodeProject(const std::string& bytes);

} // namespace organum::standalone
