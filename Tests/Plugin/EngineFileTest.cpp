#include "Plugin/EngineFile.h"

#include "Plugin/EngineLibrary.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <cstddef>
#include <fstream>

using namespace organum;
using namespace organum::plugin;

namespace
{

bool contains(const std::string& text, const std::string& words)
{
    INFO(text);
    return text.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("a whole engine has nothing against it")
{
    CHECK(problemWithLibraryFile(ORGANUM_FAKE_ENGINE).empty());
}

TEST_CASE("an engine cut short anywhere is refused before it can take the host down")
{
    const test::TemporaryFolder folder;
    const std::string whole = test::readWholeFile(ORGANUM_FAKE_ENGINE);
    REQUIRE(whole.size() > 10000);
    int number = 0;
    for (std::size_t size = 0; size < whole.size(); size += size < 256 ? 15 : whole.size() / 20) {
        const auto file = folder / ("cut" + std::to_string(number++) + ".so");
        std::ofstream(file, std::ios::binary).write(whole.data(), static_cast<long>(size));
        INFO("the first " << size << " of " << whole.size() << " bytes");
        const EngineResult result = openEngine({file});
        CHECK(result.functions == nullptr);
        CHECK(contains(result.problem, size < 64 ? "is no library" : "incomplete"));
        CHECK(contains(result.problem, "Install Organum again"));
    }
    const auto file = folder / "last.so";
    std::ofstream(file, std::ios::binary).write(whole.data(), static_cast<long>(whole.size() - 1));
    CHECK(contains(problemWithLibraryFile(file), "incomplete"));
}

TEST_CASE("what is no library of this machine is refused with its reason")
{
    const test::TemporaryFolder folder;
    const auto text = folder / "text.so";
    std::ofstream(text)
        << "this is no library, but it is long enough for a header, nearly 100 bytes"
        << std::string(100, '.');
    CHECK(contains(problemWithLibraryFile(text), "no library"));
    CHECK(contains(problemWithLibraryFile(folder.path()), "cannot be read"));
    CHECK(contains(problemWithLibraryFile(folder / "missing.so"), "cannot be read"));

    std::string foreign = test::readWholeFile(ORGANUM_FAKE_ENGINE);
    foreign[18] = static_cast<char>(foreign[18] ^ 0x55); // e_machine
    const auto other = folder / "foreign.so";
    std::ofstream(other, std::ios::binary) << foreign;
    CHECK(contains(problemWithLibraryFile(other), "kind of processor"));
}

TEST_CASE("tables of segments that point anywhere are refused, not followed")
{
    const test::TemporaryFolder folder;
    const std::string whole = test::readWholeFile(ORGANUM_FAKE_ENGINE);
    // e_phoff, e_shoff, e_phentsize and e_shnum of a 64-bit header
    for (const std::size_t place : {32u, 40u, 54u, 60u}) {
        std::string hostile = whole;
        hostile[place] = hostile[place + 1] = '\xFF';
        if (place < 54)
            hostile.replace(place, 8, 8, '\xFF');
        const auto file = folder / ("hostile" + std::to_string(place) + ".so");
        std::ofstream(file, std::ios::binary) << hostile;
        INFO("bytes from " << place);
        CHECK(contains(problemWithLibraryFile(file), "incomplete"));
    }
}
