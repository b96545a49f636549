#include "BundleFixture.h"

#include <catch2/catch.hpp>

#include <cstdio>

using namespace organum;

namespace
{

struct ClosePipe
{
    void operator()(std::FILE* pipe) const { pclose(pipe); }
};

std::string outputOf(const std::string& command)
{
    std::unique_ptr<std::FILE, ClosePipe> pipe(popen(command.c_str(), "r"));
    REQUIRE(pipe);
    std::string output;
    char buffer[512];
    while (std::fgets(buffer, sizeof buffer, pipe.get()) != nullptr)
        output += buffer;
    return output;
}

} // namespace

TEST_CASE("Twenty lines of Python with json and struct alone read a bundle")
{
    if (outputOf("python3 -c 'print(1)' 2>/dev/null") != "1\n") {
        WARN("SKIPPED: there is no python3, so the bundle was not read from Python");
        return;
    }
    test::TemporaryFolder folder;
    const auto file = folder / "a.organum";
    bundle::writeBundle(file, test::smallBundle());
    CHECK(outputOf("PYTHONIOENCODING=utf-8 python3 '" ORGANUM_PYTHON_READER "' '" + file.string() +
                   "'") == "organum 1 attention-lstm Études for cello\n"
                           "vocabulary 3 3\n"
                           "half [3] 65504\n"
                           "ids [2] 1.09951e+12\n"
                           "none [0, 5] 0\n"
                           "weight [2, 3] 1.00001e+06\n");
}
