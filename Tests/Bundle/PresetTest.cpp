#include "Bundle/Preset.h"

#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace organum::bundle;
using organum::test::RandomNumbers;
using organum::test::TemporaryFolder;

namespace
{

Preset somePreset()
{
    Preset preset;
    preset.name = "Für Élise";
    preset.model = "bach-cello";
    preset.about = "One sentence.";
    preset.key = "F#";
    preset.scale = "harmonic minor";
    preset.values = {{"bars", 16}, {"pitch_temperature", 0.85}};
    preset.macros = {{"density", -0.5}};
    return preset;
}

std::string refusal(const std::string& text)
{
    try {
        parsePreset(text, "mine.organum-preset");
    } catch (const PresetError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("a preset comes back from its text as it was")
{
    CHECK(parsePreset(presetText(somePreset()), "file") == somePreset());
    Preset bare;
    bare.name = "Bare";
    bare.model = "folk-tunes";
    CHECK(parsePreset(presetText(bare), "file") == bare);
}

TEST_CASE(
    "a damaged, foreign, huge or newer preset is refused with one sentence that names the file")
{
    const std::string good = presetText(somePreset());
    for (
        const std::string& bad :
        {std::string(), std::string("no preset"), good.substr(0, good.size() / 2),
         std::string("{}"), std::string(R"({"format":"organum-preset","version":1})"),
         std::string(R"({"format":"organum-preset","version":2,"name":"a","model":"b"})"),
         std::string(R"({"format":"organum-preset","version":1,"name":"","model":"b"})"),
         std::string(R"({"format":"organum-preset","version":1,"name":7,"model":"b"})"),
         std::string(
             R"({"format":"organum-preset","version":1,"name":"a","model":"b","values":[1]})"),
         std::string(
             R"({"format":"organum-preset","version":1,"name":"a","model":"b","values":{"x":"y"}})"),
         std::string(
             R"({"format":"organum-preset","version":1,"name":"a","model":"b","values":{"x":1e999}})"),
         std::string(10000, '['), std::string(largestPresetBytes + 1, ' ')}) {
        INFO(bad.substr(0, 80));
        CHECK(refusal(bad).find("mine.organum-preset was not used") != std::string::npos);
    }
}

TEST_CASE("five thousand damaged copies of a preset are read or refused, never worse")
{
    const std::string good = presetText(somePreset());
    int refused = 0;
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        RandomNumbers random(seed);
        std::string bytes = good;
        for (int changes = random.between(1, 4); changes > 0; --changes)
            bytes[static_cast<std::size_t>(random.between(0, static_cast<int>(bytes.size()) - 1))] =
                static_cast<char>(random.next());
        try {
            const Preset preset = parsePreset(bytes, "file");
            REQUIRE_FALSE(preset.name.empty());
            parsePreset(presetText(preset), "file");
        } catch (const PresetError&) {
            ++refused;
        }
    }
    CHECK(refused > 1000);
}

TEST_CASE(
    "presets are found by folder, the own ones first, and a bad one is listed with its reason")
{
    const TemporaryFolder folder;
    const auto write = [](const std::filesystem::path& file, const std::string& text) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
    };
    Preset shipped = somePreset();
    write(folder / "shipped/a.organum-preset", presetText(shipped));
    write(folder / "shipped/b.organum-preset", presetText(shipped));
    write(folder / "shipped/notes.txt", "no preset");
    shipped.name = "Mine";
    write(folder / "home/organum/presets/b.organum-preset", presetText(shipped));
    write(folder / "home/organum/presets/c.organum-preset", "damaged");
    setenv("XDG_DATA_HOME", (folder / "home").string().c_str(), 1);
    const auto found = findPresets(folder / "shipped");
    unsetenv("XDG_DATA_HOME");
    std::vector<std::string> names;
    for (const auto& each : found)
        if (each.file.string().rfind(folder.path().string(), 0) == 0)
            names.push_back(each.preset.name + (each.isOwn ? " own" : "") +
                            (each.problem.empty() ? "" : " bad"));
    CHECK(names == std::vector<std::string>{"Mine own", "c own bad", "Für Élise"});
}
