#include "CommandLine/OutputSet.h"

#include "CommandLine/Command.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <unistd.h>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

bool isDevice(const fs::path& path)
{
    std::error_code error;
    const auto status = fs::status(path, error);
    return !error && fs::exists(status) && !fs::is_regular_file(status) &&
           !fs::is_directory(status);
}

/** The most bytes a file's name may have on any usual disk. */
constexpr std::size_t longestName = 255;

/** The beginning of a name, for a temporary one that must not become too long itself. */
std::string beginningOf(const std::string& name)
{
    auto size = std::min<std::size_t>(name.size(), 100);
    while (size > 0 && size < name.size() &&
           (static_cast<unsigned char>(name[size]) & 0xC0) == 0x80)
        --size; // never half of a UTF-8 character
    return name.substr(0, size);
}

std::string reason()
{
    return errno != 0 ? std::strerror(errno) : "unknown reason";
}

void copyToDevice(const fs::path& from, const fs::path& to)
{
    std::ifstream in(from, std::ios::binary);
    errno = 0;
    std::ofstream out(to, std::ios::binary);
    out << in.rdbuf();
    out.flush();
    if (!in || !out)
        throw Failure("writing " + to.string() + " failed: " + reason() +
                      ". Free some space or choose another place with -o.");
}

} // namespace

OutputSet::~OutputSet()
{
    std::error_code ignored;
    for (const auto& file : staged)
        fs::remove(file.temporary, ignored);
    for (auto folder = madeFolders.rbegin(); folder != madeFolders.rend(); ++folder)
        fs::remove(*folder, ignored); // only removes an empty one
}

void OutputSet::makeFolder(const fs::path& folder)
{
    std::vector<fs::path> missing;
    std::error_code error;
    for (auto path = folder; !path.empty() && !fs::exists(path, error); path = path.parent_path()) {
        missing.push_back(path);
        if (path == path.parent_path())
            break;
    }
    for (auto path = missing.rbegin(); path != missing.rend(); ++path) {
        fs::create_directory(*path, error);
        if (error)
            throw Failure("cannot make the folder " + path->string() + ": " + error.message() +
                          ". Choose another place with -o.");
        madeFolders.push_back(*path);
    }
    if (!fs::is_directory(folder, error))
        throw Failure("cannot write into " + folder.string() +
                      ": it is not a folder. Choose another place with -o.");
}

fs::path OutputSet::stage(const fs::path& target)
{
    std::error_code error;
    if (fs::is_directory(target, error))
        throw Failure("cannot write " + target.string() +
                      ": a folder of that name exists. Choose another name with -o.");
    if (const auto size = target.filename().string().size(); size > longestName)
        throw Failure("cannot write " + target.string() + ": the file's name has " +
                      std::to_string(size) + " bytes, and disks take at most " +
                      std::to_string(longestName) + ". Choose a shorter one with -o.");
    Staged file;
    file.target = target;
    file.isDevice = isDevice(target);
    const auto folder = file.isDevice ? fs::temp_directory_path()
                                      : fs::absolute(target).lexically_normal().parent_path();
    if (!file.isDevice)
        makeFolder(folder);
    file.temporary =
        folder / ("." + beginningOf(target.stem().string()) + ".part" + std::to_string(::getpid()) +
                  "-" + std::to_string(staged.size()) + beginningOf(target.extension().string()));
    errno = 0;
    if (!std::ofstream(file.temporary, std::ios::binary))
        throw Failure("cannot write into " + folder.string() + ": " + reason() +
                      ". Choose another place with -o, or change the folder's rights.");
    staged.push_back(file);
    return file.temporary;
}

void OutputSet::commit()
{
    std::error_code error;
    for (const auto& file : staged) {
        const auto size = fs::file_size(file.temporary, error);
        if (error || size == 0)
            throw Failure("nothing was written for " + file.target.string() +
                          "; is the disk full? Free some space and try again.");
    }
    for (const auto& file : staged) {
        if (file.isDevice) {
            copyToDevice(file.temporary, file.target);
            continue;
        }
        fs::rename(file.temporary, file.target, error);
        if (error)
            throw Failure("cannot put " + file.target.string() +
                          " in its place: " + error.message() + ". Choose another name with -o.");
    }
    for (const auto& file : staged)
        fs::remove(file.temporary, error);
    staged.clear();
    madeFolders.clear();
}

std::vector<fs::path> OutputSet::targets() const
{
    std::vector<fs::path> all;
    for (const auto& file : staged)
        all.push_back(file.target);
    return all;
}

void writeText(const fs::path& file, const std::string& text)
{
    OutputSet outputs;
    const auto temporary = outputs.stage(file);
    errno = 0;
    std::ofstream out(temporary, std::ios::binary);
    out << text;
    out.close();
    if (!out)
        throw Failure("writing " + file.string() + " failed: " + reason() +
                      ". Free some space or choose another place.");
    outputs.commit();
}

} // namespace organum::commandline
