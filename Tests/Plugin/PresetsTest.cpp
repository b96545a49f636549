#include "Plugin/Presets.h"

#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>

using namespace organum;
using namespace organum::plugin;

namespace
{

ModelEntry entryOf(const std::string& id)
{
    const auto entries = ModelList().entries();
    for (const ModelEntry& entry : *entries)
        if (entry.id == id)
            return entry;
    FAIL("the model " << id << " is not there");
    return {};
}

/** What a musician would notice besides which piece it is. */
Settings withoutSeeds(Settings settings)
{
    settings.seed = 0;
    for (LatentSetting& knob : settings.latents)
        knob.seedA = knob.seedB = 0;
    return settings;
}

std::string problemOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const bundle::PresetError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("at least 24 factory presets fit the shipped models and differ in more than seeds")
{
    std::map<std::string, std::vector<Settings>> byModel;
    int count = 0;
    for (const auto& found : allPresets()) {
        if (found.isOwn || found.file.string().find("Assets/Presets") == std::string::npos)
            continue;
        INFO(found.preset.name << ": " << found.problem);
        REQUIRE(found.problem.empty());
        CHECK_FALSE(found.preset.about.empty());
        const ModelEntry model = entryOf(found.preset.model);
        const Settings settings = settingsOf(found.preset, model);
        CHECK(isInRange(settings));
        for (const auto& [name, value] : found.preset.macros)
            CHECK(std::any_of(model.macros.begin(), model.macros.end(),
                              [&name = name](const auto& macro) { return macro.name == name; }));
        const auto known = presetOf(settings, model, "x").values;
        for (const auto& [id, value] : found.preset.values)
            CHECK(known.count(id) == 1);
        for (const Settings& other : byModel[found.preset.model])
            CHECK_FALSE(withoutSeeds(settings) == withoutSeeds(other));
        byModel[found.preset.model].push_back(settings);
        ++count;
    }
    CHECK(count >= 24);
    CHECK(byModel.size() == 3);
}

TEST_CASE("settings become a preset and come back, for a line and for four voices")
{
    Settings settings;
    settings.bars = 24;
    settings.seed = 4711;
    settings.pitchTemperature = 0.85f;
    settings.topP = 0.9f;
    settings.lowest = 40;
    settings.highest = 72;
    settings.key = 3;
    settings.scale = 2;
    const ModelEntry line = entryOf("bach-cello");
    CHECK(settingsOf(presetOf(settings, line, "Mine"), line) == settings);

    Settings voices;
    voices.rules = 0.75f;
    voices.latents[4] = {17, 99999, 0.33f};
    voices.macros[1] = -0.5f;
    const ModelEntry choir = entryOf("bach-chorales");
    CHECK(settingsOf(presetOf(voices, choir, "Mine"), choir) == voices);
}

TEST_CASE("a preset's numbers are brought into range, unknown names are left aside, a scale is not")
{
    bundle::Preset preset;
    preset.name = preset.model = "x";
    preset.values = {{"bars", 1e9}, {"top_p", -3.0}, {"of_a_later_release", 1.0}};
    const ModelEntry line = entryOf("bach-cello");
    const Settings settings = settingsOf(preset, line);
    CHECK(isInRange(settings));
    CHECK(settings.bars == Settings::largestBars);
    CHECK(settings.seed == 1);
    preset.scale = "klingon";
    CHECK(problemOf([&] { settingsOf(preset, line); }).find("klingon") != std::string::npos);
    preset.scale = {};
    preset.key = "H";
    CHECK(problemOf([&] { settingsOf(preset, line); }).find("\"H\"") != std::string::npos);
}

TEST_CASE("own presets are saved, renamed and deleted; factory ones stay")
{
    const test::TemporaryFolder folder;
    setenv("XDG_DATA_HOME", folder.path().string().c_str(), 1);
    const auto ownOnes = [] {
        std::vector<bundle::FoundPreset> own;
        for (const auto& each : allPresets())
            if (each.isOwn)
                own.push_back(each);
        return own;
    };
    const ModelEntry line = entryOf("bach-cello");
    savePreset(presetOf({}, line, "Mine"));
    savePreset(presetOf({}, line, "Mine")); // over itself
    savePreset(presetOf({}, line, "Other"));
    REQUIRE(ownOnes().size() == 2);
    CHECK(problemOf([&] { renamePreset(ownOnes()[0], "Other"); }).find("already") !=
          std::string::npos);
    renamePreset(ownOnes()[0], "Fine: a/b");
    REQUIRE(ownOnes().size() == 2);
    CHECK(ownOnes()[0].preset.name == "Fine: a/b");
    CHECK(ownOnes()[0].file.parent_path() == folder / "organum/presets");
    deletePreset(ownOnes()[0]);
    CHECK(ownOnes().size() == 1);
    CHECK_FALSE(problemOf([] { savePreset(presetOf({}, entryOf("bach-cello"), "..")); }).empty());
    for (const auto& each : allPresets())
        if (!each.isOwn) {
            CHECK(problemOf([&] { deletePreset(each); }).find("came with Organum") !=
                  std::string::npos);
            break;
        }
    unsetenv("XDG_DATA_HOME");
}

TEST_CASE("two names of presets never share a file, and a free name is proposed")
{
    const test::TemporaryFolder folder;
    setenv("XDG_DATA_HOME", folder.path().string().c_str(), 1);
    const ModelEntry line = entryOf("bach-cello");
    const auto seedOf = [](const std::string& name) {
        const auto found = ownPresetNamed(name);
        return found ? static_cast<int>(found->preset.values.at("seed")) : 0;
    };
    Settings settings;
    int seed = 0;
    for (const char* name : {"ab", "a/b", "a:b"}) { // one name for a file
        settings.seed = ++seed;
        savePreset(presetOf(settings, line, name));
    }
    CHECK(seedOf("ab") == 1);
    CHECK(seedOf("a/b") == 2);
    CHECK(seedOf("a:b") == 3);
    // Over itself wherever it lies, even when the first file's name has become free.
    deletePreset(*ownPresetNamed("ab"));
    settings.seed = 4;
    savePreset(presetOf(settings, line, "a/b"));
    CHECK(seedOf("a/b") == 4);
    renamePreset(*ownPresetNamed("a:b"), "a/b 2");
    CHECK(seedOf("a/b 2") == 3);
    CHECK(freePresetName("a/b") == "a/b 3");
    CHECK(freePresetName("ab") == "ab");
    deletePreset(*ownPresetNamed("a/b"));
    deletePreset(*ownPresetNamed("a/b 2"));
    CHECK(std::filesystem::is_empty(folder / "organum/presets"));
    unsetenv("XDG_DATA_HOME");
}
