// Many instances in one host, many hosts on one machine, hosts that leave early, bundles that
// vanish under them.

#include "Host/Playing.h"
#include "Support/Paths.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>

using namespace organum::host;
using organum::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace
{

std::string thisProgram()
{
    return fs::read_symlink("/proc/self/exe").string();
}

std::set<std::string> mapped(const std::string& library)
{
    std::set<std::string> files;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.find(library) != std::string::npos)
            files.insert(line.substr(line.find('/')));
    return files;
}

/** What the parent process has told this one. */
std::string told(const char* variable)
{
    const char* value = std::getenv(variable);
    REQUIRE(value != nullptr);
    return value;
}

double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS:", 0) == 0)
            return std::stod(line.substr(6)) / 1024.0;
    return 0.0;
}

} // namespace

TEST_CASE("Opening plugins maps no part of LibTorch; the first music does", "[crowd]")
{
    auto instrument = open(Format::vst3, "Organum");
    auto effect = open(Format::lv2, "Organum MIDI");
    Roll roll(*instrument, {256});
    roll.stand(20);
    CHECK(instrument->saveState() == instrument->saveState());
    CHECK(mapped("libtorch").empty());
    CHECK(mapped("liborganum_engine").empty());
    REQUIRE(compose(*instrument, roll, 1));
    CHECK_FALSE(mapped("libtorch").empty());
    CHECK(mapped("liborganum_engine").size() == 1);
}

TEST_CASE("A crowd of instances shares one engine and one copy of the weights", "[crowd]")
{
    setenv("ORGANUM_MODELS", ORGANUM_SHIPPED_MODELS, 1); // its first, bach-cello, has 5.7 MB
    constexpr int count = 12;
    std::vector<std::unique_ptr<HostedPlugin>> plugins;
    std::vector<std::unique_ptr<Roll>> rolls;
    double afterFirst = 0.0;
    for (int i = 0; i < count; ++i) {
        plugins.push_back(
            open(i % 2 == 0 ? Format::vst3 : Format::lv2, i % 4 < 2 ? "Organum" : "Organum MIDI"));
        rolls.push_back(std::make_unique<Roll>(*plugins.back(), std::vector<int>{256}));
        REQUIRE(compose(*plugins.back(), *rolls.back(), i + 1));
        if (i == 3) // by then each of the four bundles has brought its code
            afterFirst = residentMegabytes();
    }
    CHECK(mapped("liborganum_engine").size() == 1);
    const double each = (residentMegabytes() - afterFirst) / (count - 4);
    INFO(each << " MB for each instance more");
    CHECK(each < 5.0);
    for (const auto& roll : rolls)
        requireNoFaults(*roll);
}

TEST_CASE("Two hosts at once compose the same music beside each other", "[processes]")
{
    const TemporaryFolder folder;
    const std::string peer = "'" + thisProgram() + "' '[peer]'";
    const auto file = [&](const char* name) { return (folder / name).string(); };
    const auto result = organum::test::runCommand("PEER_NOTES='" + file("a") + "' " + peer +
                                                  " >/dev/null 2>&1 & first=$!; PEER_NOTES='" +
                                                  file("b") + "' " + peer + " && wait $first");
    INFO(result.output);
    CHECK(result.status == 0);
    const auto notes = organum::test::readWholeFile(file("a"));
    CHECK(notes.size() > 40);
    CHECK(notes == organum::test::readWholeFile(file("b")));
}

TEST_CASE("A host may close while the engine is being opened", "[processes]")
{
    for (const char* milliseconds : {"0", "20", "60", "150", "400", "800"}) {
        const auto result = organum::test::runCommand(std::string("LEAVE_AFTER=") + milliseconds +
                                                      " '" + thisProgram() + "' '[leaver]' 2>&1");
        INFO(result.output);
        INFO("left after " << milliseconds << " ms");
        CHECK(result.status == 0);
    }
}

TEST_CASE("A plugin whose bundle is removed or replaced while in use plays on", "[processes]")
{
    const TemporaryFolder folder;
    const auto installed = folder / "Organum.vst3";
    const auto install = [&] {
        fs::copy(fs::path(ORGANUM_PLUGINS) / "Organum.vst3", installed,
                 fs::copy_options::recursive);
    };
    install();
    auto plugin = openVst3(installed);
    Roll roll(*plugin, {256});
    REQUIRE(compose(*plugin, roll, 7));
    const auto notes = oneLoop(roll);
    fs::remove_all(installed);
    requireSameMusic(notes, oneLoop(roll), 0.0, samples(2, 120.0));
    const auto state = plugin->saveState();
    install(); // an update, as ./dev install does it
    auto updated = openVst3(installed);
    updated->loadState(state);
    Roll other(*updated, {256});
    other.stand(8);
    requireSameMusic(notes, oneLoop(other), 0.0, samples(2, 120.0));
    requireSameMusic(notes, oneLoop(roll), 0.0, samples(2, 120.0));
    requireNoFaults(roll);
}

TEST_CASE("a second host", "[.][peer]")
{
    auto plugin = open(Format::vst3, "Organum");
    Roll roll(*plugin, {256});
    REQUIRE(compose(*plugin, roll, 7));
    std::ofstream file(told("PEER_NOTES"));
    for (const HeardNote& note : oneLoop(roll))
        file << std::llround(note.onset * 48.0) << " " << std::llround(note.end * 48.0) << " "
             << note.pitch << "\n";
    requireNoFaults(roll);
}

TEST_CASE("a host that leaves early", "[.][leaver]")
{
    auto plugin = open(Format::lv2, "Organum");
    Roll roll(*plugin, {256});
    press(*plugin, roll, "Generate");
    std::this_thread::sleep_for(std::chrono::milliseconds(std::stoi(told("LEAVE_AFTER"))));
    CHECK(roll.heard().empty());
}
