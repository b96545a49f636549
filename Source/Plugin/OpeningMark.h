#pragma once

// Remembers on disk that an engine is being opened. A library that crashes while it is opened takes
// its host with it, and nothing in the process can prevent that; but the mark stays, and the next
// host can know better.

#include <filesystem>
#include <string>

namespace organum::plugin
{

/** Folder of the marks: $XDG_STATE_HOME/organum/opening or ~/.local/state/organum/opening; empty
    without a home, then nothing is remembered. */
std::filesystem::path openingMarks();

/** One opening of one file, by this process. What cannot be written is not remembered: a home that
    is full or read-only is no reason not to compose. Any thread but an audio thread. */
class OpeningMark
{
public:
    explicit OpeningMark(const std::filesystem::path& engine);

    /** How many processes have died opening this very file since it was last opened well. */
    int crashes() const;
    void set() const;
    /** After opening, whatever came of it; when it went well earlier crashes are forgotten. */
    void clear(bool wentWell) const;

private:
    std::filesystem::path folder;
    std::string identity; ///< path, size and time of change
};

} // namespace organum::plugin
