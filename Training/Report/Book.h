#pragma once

// A report while it is written: its text and its files. They come into being in a folder beside
// those of an older report and take their places at the end, so that a report is whole or not
// there. Ctrl-C ends it between two lines or files.

#include "Training/Loop/Interrupt.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::training
{

class Book
{
public:
    /** Makes the folder. Throws std::runtime_error. */
    explicit Book(const std::filesystem::path& folderIn);
    /** What was not published goes, and with it folders made for it. */
    ~Book();
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    // All that add to it throw InterruptedError after SIGINT, SIGTERM or SIGHUP.

    /** The folder to write into. */
    std::filesystem::path place() const;
    /** Where to write a file of this name, which must then be there when publishing. */
    std::filesystem::path file(const std::string& name);
    /** A sentence or another line of the text. */
    void line(const std::string& sentence);
    /** Shows a picture in the text; nothing in a build without graphics. */
    void picture(const std::string& name, const std::string& caption);

    /** Writes report.md and puts all files into the folder. Returns them. Throws. */
    std::vector<std::filesystem::path> publish();

private:
    void refuseInterrupted() const;

    const Interrupt interrupt;
    const std::filesystem::path folder;
    std::vector<std::filesystem::path> made; ///< folders, the outermost first
    std::string text;
    std::vector<std::string> names;
};

/** "12.5 %" of a share of 0.125. */
std::string percentText(double share);

} // namespace organum::training
