#pragma once

// The files one command writes, as a set: each is made under a temporary name beside its target,
// and all are renamed together at the end, so that a failure leaves the old files as they were.

#include <filesystem>
#include <string>
#include <vector>

namespace organum::commandline
{

/** Not thread-safe. Errors are thrown as Failure, naming the file and what to do. */
class OutputSet
{
public:
    OutputSet() = default;
    OutputSet(const OutputSet&) = delete;
    OutputSet& operator=(const OutputSet&) = delete;
    /** Removes whatever was staged and not committed, and folders made for it that are empty. */
    ~OutputSet();

    /** Where to write what shall end as `target`; keeps the target's extension. Makes the target's
        folder when it is missing. A device such as /dev/stdout is allowed as a target. */
    std::filesystem::path stage(const std::filesystem::path& target);

    /** Puts every staged file in its place. A staged file that was never written is an error. */
    void commit();

    /** The targets, in the order they were staged. */
    std::vector<std::filesystem::path> targets() const;

private:
    struct Staged
    {
        std::filesystem::path target;
        std::filesystem::path temporary;
        bool isDevice = false;
    };
    void makeFolder(const std::filesystem::path& folder);

    std::vector<Staged> staged;
    std::vector<std::filesystem::path> madeFolders; ///< outermost first
};

/** Writes a text through an OutputSet-like temporary file. Throws Failure. */
void writeText(const std::filesystem::path& file, const std::string& text);

} // namespace organum::commandline
