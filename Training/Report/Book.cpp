#include "Training/Report/Book.h"

#include "Score/AtomicFile.h"
#include "Training/Report/Pictures.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace organum::training
{

namespace fs = std::filesystem;

namespace
{

constexpr auto unfinished = ".unfinished";

[[noreturn]] void refuse(const fs::path& folder, const std::string& reason)
{
    throw std::runtime_error("Could not make the report folder " + folder.string() + ": " + reason +
                             ". Choose a place that can be written to.");
}

} // namespace

Book::Book(const fs::path& folderIn)
    : folder(folderIn)
{
    std::error_code error;
    auto missing = fs::absolute(folder).lexically_normal();
    if (missing.filename().empty())
        missing = missing.parent_path();
    for (; !missing.empty() && !fs::exists(missing, error) && !error;
         missing = missing.parent_path())
        made.insert(made.begin(), missing);
    error.clear();
    fs::create_directories(place(), error);
    if (error) {
        const auto reason = error.message();
        for (auto path = made.rbegin(); path != made.rend(); ++path)
            fs::remove(*path, error);
        refuse(folder, reason);
    }
}

Book::~Book()
{
    std::error_code error;
    fs::remove_all(place(), error);
    for (auto path = made.rbegin(); path != made.rend(); ++path)
        fs::remove(*path, error); // fails, as it should, where anything is inside
}

fs::path Book::place() const
{
    return folder / unfinished;
}

void Book::refuseInterrupted() const
{
    if (interrupt.requested())
        throw InterruptedError();
}

fs::path Book::file(const std::string& name)
{
    refuseInterrupted();
    if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    return place() / name;
}

void Book::line(const std::string& sentence)
{
    refuseInterrupted();
    text += sentence + "\n";
}

void Book::picture(const std::string& name, const std::string& caption)
{
    if (canDraw())
        text += "\n![" + caption + "](" + name + ")\n";
}

std::vector<fs::path> Book::publish()
{
    const auto report = file("report.md");
    score::writeFileAtomically(report, text.data(), text.size(), "the report");
    std::vector<fs::path> files;
    for (const auto& name : names) {
        std::error_code error;
        fs::rename(place() / name, folder / name, error);
        if (error)
            throw std::runtime_error("Could not put " + name + " into the report folder " +
                                     folder.string() + ": " + error.message() +
                                     ". Choose another folder.");
        files.push_back(folder / name);
    }
    return files;
}

std::string percentText(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", 100.0 * share);
    return text;
}

} // namespace organum::training
