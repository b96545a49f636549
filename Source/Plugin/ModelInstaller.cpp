#include "Plugin/ModelInstaller.h"

#include "Bundle/Bundle.h"
#include "Plugin/ModelList.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <vector>

namespace organum::plugin
{

namespace fs = std::filesystem;

namespace
{

constexpr auto extension = ".organum";
constexpr std::size_t longestName = 60;
constexpr int mostOfAName = 1000;

/** What a file system and a state take without trouble. */
std::string plainName(const std::string& name)
{
    std::string plain;
    for (const char each : name.substr(0, longestName)) {
        const auto letter = static_cast<unsigned char>(each);
        plain +=
            std::isalnum(letter) != 0 || each == '-' || each == '_' || each == '.' ? each : '-';
    }
    plain.erase(0, plain.find_first_not_of('.'));
    return plain.empty() ? "model" : plain;
}

bool isSame(const fs::path& first, const fs::path& second)
{
    std::error_code error;
    if (fs::file_size(first, error) != fs::file_size(second, error) || error)
        return false;
    std::ifstream a(first, std::ios::binary), b(second, std::ios::binary);
    std::array<char, 65536> left{}, right{};
    while (a && b) {
        a.read(left.data(), static_cast<std::streamsize>(left.size()));
        b.read(right.data(), static_cast<std::streamsize>(right.size()));
        if (a.gcount() != b.gcount() ||
            !std::equal(left.begin(), left.begin() + a.gcount(), right.begin()))
            return false;
    }
    return a.eof() && b.eof();
}

constexpr std::size_t slice = 1024 * 1024; ///< bytes

/** Copies slice by slice as long as `goesOn`; what is wrong, or nothing. */
std::error_code copyFile(const fs::path& from, const fs::path& to,
                         const std::function<bool()>& goesOn)
{
    errno = 0;
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary | std::ios::trunc);
    std::vector<char> bytes(slice);
    while (in && out) {
        if (goesOn && !goesOn())
            return std::make_error_code(std::errc::operation_canceled);
        in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.write(bytes.data(), in.gcount());
    }
    out.close();
    if (in.eof() && out)
        return {};
    return {errno != 0 ? errno : EIO, std::generic_category()};
}

/** Removes a file that was not moved away. */
struct Leftover
{
    fs::path file;
    ~Leftover()
    {
        std::error_code ignored;
        fs::remove(file, ignored);
    }
};

} // namespace

fs::path userModelFolder()
{
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    if (data != nullptr && *data != 0)
        return fs::path(data) / "organum/models";
    if (home != nullptr && *home != 0)
        return fs::path(home) / ".local/share/organum/models";
    return {};
}

Installed installModel(const fs::path& bundle, const fs::path& folder,
                       const std::function<bool()>& goesOn)
{
    const std::string shown = bundle.filename().string();
    if (bundle.extension() != extension)
        return {{}, shown + " is no model: models are files that end in " + extension + "."};
    if (folder.empty())
        return {{}, "The model was not installed: there is no home folder to put it into."};
    std::error_code error;
    if (!fs::is_regular_file(bundle, error))
        return {{}, shown + " cannot be read; is it still there?"};
    fs::create_directories(folder, error);
    const auto failed = [&folder](const std::error_code& why) {
        return Installed{{},
                         "The model was not installed: " + folder.string() +
                             " cannot be written (" + why.message() + ")."};
    };
    if (error)
        return failed(error);
    // The copy is what is checked, since the original may change meanwhile. It does not end in
    // ".organum", so no list shows it.
    const std::string name = plainName(bundle.stem().string());
    const Leftover copy{folder / ("." + name + ".incoming")};
    error = copyFile(bundle, copy.file, goesOn);
    if (error == std::errc::operation_canceled)
        return {{}, shown + " was not installed: the window was closed before."};
    if (error)
        return failed(error);
    std::string title;
    try {
        title = bundle::readBundle(copy.file).metadata.name;
    } catch (const std::exception& problem) {
        std::string reason = problem.what();
        if (const auto at = reason.find(copy.file.string()); at != std::string::npos)
            reason.replace(at, copy.file.string().size(), shown);
        return {{}, "Not installed: " + reason};
    }
    if (title.empty())
        title = name;
    std::string id = name;
    for (int number = 2; fs::exists(folder / (id + extension), error); ++number) {
        if (isSame(folder / (id + extension), copy.file))
            return {id, title + " is already installed."};
        if (number > mostOfAName)
            return {{}, "There are too many models called " + name + "; rename the file."};
        id = name + "-" + std::to_string(number);
    }
    fs::permissions(copy.file,
                    fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read |
                        fs::perms::others_read,
                    error);
    fs::rename(copy.file, folder / (id + extension), error);
    if (error)
        return failed(error);
    if (id == name)
        return {id, "Installed " + title + "."};
    return {id, "Installed " + title + " as " + id + ", since there is another " + name + "."};
}

Removed removeModel(const fs::path& bundle, const fs::path& folder)
{
    const std::string name = bundle.filename().string();
    if (folder.empty() || bundle.parent_path() != folder || bundle.extension() != extension)
        return {false, name + " was not removed: it does not lie in your folder of models."};
    const juce::File file(juce::String::fromUTF8(bundle.string().c_str()));
    if (file.isDirectory() && !file.isSymbolicLink())
        return {false, name + " was not removed: it is a folder. Take it away by hand."};
    if (!file.existsAsFile() && !file.isSymbolicLink())
        return {false, name + " was not removed: it is not there any more."};
    if (file.moveToTrash())
        return {true, name + " lies in the trash."};
    if (file.deleteFile())
        return {true, "Deleted " + name + "."};
    return {false, name + " was not removed: its folder cannot be written."};
}

} // namespace organum::plugin
