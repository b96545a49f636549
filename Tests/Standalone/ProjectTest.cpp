#include "Standalone/Project.h"

#include "Plugin/State.h"

#include <catch2/catch.hpp>

#include <random>

using namespace organum;
using namespace organum::standalone;

namespace
{

Project filled()
{
    Project project;
    plugin::State state;
    state.parameters["bars"] = 0.5f;
    state.model = "bach-cello";
    project.state = plugin::encode(state);
    project.tempo = 93.5;
    project.numerator = 7;
    project.denominator = 8;
    project.loops = false;
    return project;
}

std::string problemOf(const std::string& bytes)
{
    try {
        decodeProject(bytes);
        return {};
    } catch (const ProjectError& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("a project comes back as it was")
{
    const auto project = filled();
    const auto read = decodeProject(encode(project));
    CHECK(read.state == project.state);
    CHECK(read.tempo == project.tempo);
    CHECK(read.numerator == 7);
    CHECK(read.denominator == 8);
    CHECK_FALSE(read.loops);
    CHECK(encode(read) == encode(project));
}

TEST_CASE("a project that is cut short or changed anywhere is refused")
{
    const auto whole = encode(filled());
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(problemOf(whole.substr(0, length)).empty());
    std::mt19937 random(5);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1u << (random() % 8)));
        CHECK_FALSE(problemOf(changed).empty());
    }
    CHECK_FALSE(problemOf(whole + "x").empty());
    CHECK(problemOf(whole).empty());
}

TEST_CASE("what is no project, and what a newer Organum saved, is called by its name")
{
    CHECK(problemOf("MThd and so on") == "is no Organum project");
    CHECK(problemOf({}) == "is no Organum project");
    auto newer = encode(filled());
    newer[8] = 9;
    CHECK(problemOf(newer).find("newer") != std::string::npos);
    CHECK(problemOf(std::string(Project::largestFile + 1, 'x')) == "is no Organum project");
}
