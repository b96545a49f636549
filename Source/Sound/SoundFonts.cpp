#include "Sound/SoundFonts.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <system_error>

namespace organum::sound
{

namespace fs = std::filesystem;

namespace
{

std::vector<fs::path> folders()
{
    std::vector<fs::path> all = {"/usr/share/sounds/sf2", "/usr/share/sounds/sf3",
                                 "/usr/share/soundfonts", "/usr/local/share/sounds/sf2",
                                 "/opt/homebrew/share/soundfonts"};
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != 0)
        all.push_back(fs::path(home) / ".local/share/sounds/sf2");
    return all;
}

/** Known sets of all instruments come first; the rest by name. */
std::size_t rank(const fs::path& file)
{
    const std::vector<std::string> known = {"TimGM6mb.sf2", "default-GM.sf2", "FluidR3_GM.sf2",
                                            "default.sf2"};
    const auto found = std::find(known.begin(), known.end(), file.filename().string());
    return static_cast<std::size_t>(found - known.begin());
}

bool isFont(const fs::path& file)
{
    auto ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return ending == ".sf2" || ending == ".sf3";
}

} // namespace

std::vector<fs::path> soundFonts()
{
    std::vector<fs::path> found;
    if (const char* named = std::getenv("ORGANUM_SOUNDFONT"); named != nullptr && *named != 0)
        found.emplace_back(named);
    std::set<fs::path> seen;
    for (const auto& folder : folders()) {
        std::error_code problem;
        std::vector<fs::path> here;
        for (fs::directory_iterator each(folder, problem), end; !problem && each != end;
             each.increment(problem)) {
            std::error_code unknown;
            if (isFont(each->path()) && each->is_regular_file(unknown) &&
                seen.insert(fs::canonical(each->path(), unknown)).second)
                here.push_back(each->path());
        }
        std::sort(here.begin(), here.end(), [](const fs::path& a, const fs::path& b) {
            return rank(a) != rank(b) ? rank(a) < rank(b) : a < b;
        });
        found.insert(found.end(), here.begin(), here.end());
    }
    return found;
}

fs::path findSoundFont()
{
    const auto found = soundFonts();
    return found.empty() ? fs::path() : found.front();
}

} // namespace organum::sound
