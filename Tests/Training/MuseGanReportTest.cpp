// The report on a small run of a network of four voices.

#include "ChildRuns.h"
#include "Score/ChoraleFile.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"
#include "Support/RandomScore.h"
#include "Support/TestDevice.h"
#include "Training/Report/NearestExcerpt.h"
#include "Training/Report/Pictures.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

const std::vector<std::string> panels = {"panel-1-generated", "panel-2-nearest", "panel-3-chords",
                                         "panel-4-style",     "panel-5-melody",  "panel-6-groove"};

/** A file of chorales whose voices step around their middles. */
void writeChorales(const fs::path& file)
{
    constexpr int middle[] = {70, 62, 56, 48};
    test::RandomNumbers random(5);
    nlohmann::json json;
    for (const auto* split : {"train", "valid", "test"})
        for (int i = 0; i < 5; ++i) {
            auto piece = nlohmann::json::array();
            int now[] = {0, 0, 0, 0};
            for (int step = 0; step < 80; ++step) {
                for (int voice = 0; voice < 4 && step % 4 == 0; ++voice)
                    now[voice] = middle[voice] + random.between(-5, 5);
                piece.push_back({now[0], now[1], now[2], now[3]});
            }
            json[split].push_back(std::move(piece));
        }
    std::ofstream(file) << json.dump();
}

/** A run of the book's network, small and short. */
fs::path smallRun(const fs::path& folder)
{
    writeChorales(folder / "chorales.json");
    TrainOptions options;
    options.what = "musegan";
    options.data = folder / "chorales.json";
    options.run = folder / "run";
    options.recipe = "book";
    options.device = test::testDevice();
    options.epochs = 3;
    // Wide enough that a voice's vectors matter.
    options.settings = {{"generator_width", "64"}, {"critic_width", "4"},
                        {"noise", "16"},           {"batch", "6"},
                        {"critic_steps", "1"},     {"epoch_steps", "10"}};
    REQUIRE(test::trainInChild(options) == 0);
    return options.run;
}

/** The four voices of a file; one that is silent throughout has no track. */
score::VoiceGrid gridOf(const fs::path& midi)
{
    const auto read = score::readMidiFile(midi).score;
    score::Score voices;
    for (const auto* name : {"Soprano", "Alto", "Tenor", "Bass"}) {
        score::Part voice;
        for (const auto& part : read.parts)
            if (part.name == name)
                voice = part;
        voices.parts.push_back(std::move(voice));
    }
    auto grid = score::gridFrom(voices, {1, 4}, score::SilentParts::areVoices).grid;
    grid.pitches.resize(2 * 16 * 4, score::VoiceGrid::silent);
    return grid;
}

std::vector<fs::path> reportOf(const fs::path& model, const fs::path& output,
                               const fs::path& data = {}, std::uint64_t seed = 3)
{
    ReportOptions options;
    options.model = model;
    options.output = output;
    options.data = data;
    options.seed = seed;
    options.bars = 4;
    Progress silent;
    return report(options, silent);
}

} // namespace

TEST_CASE("A report on a MuseGAN shows the six panels, the way between ideas and the losses",
          "[museganreport]")
{
    test::TemporaryFolder folder;
    const auto run = smallRun(folder.path());
    const auto files = reportOf(run, folder / "report");
    for (const auto& file : files) {
        INFO(file);
        CHECK(fs::file_size(file) > 0);
        CHECK(file.parent_path() == folder / "report");
    }
    auto names = panels;
    names.insert(names.end(), {"interpolation", "piece"});
    for (const auto& name : names) {
        INFO(name);
        const auto midi = score::readMidiFile(folder / "report" / (name + ".mid"));
        CHECK(midi.warnings.empty());
        CHECK(midi.score.end().toDouble() <= (name == "interpolation" ? 7 * 8.0
                                              : name == "piece"       ? 16.0
                                                                      : 8.0));
        if (canDraw())
            CHECK(fs::exists(folder / "report" / (name + ".png")));
    }
    if (canDraw())
        for (const auto* name : {"panels.png", "losses.png"})
            CHECK(fs::exists(folder / "report" / name));
    CHECK_FALSE(fs::exists(folder / "report" / ".unfinished"));

    const auto text = test::readWholeFile(folder / "report" / "report.md");
    CHECK_THAT(text, Contains("train/") && Contains("distance") && Contains("3 epochs"));
    CHECK_THAT(text, Contains("Groove of Bass changed: every other voice stays as it was."));
    CHECK_THAT(text, Contains("Melody of Soprano changed: every other voice stays as it was."));

    // The same seed makes the same report.
    reportOf(run, folder / "again");
    for (const auto& name : names)
        CHECK(test::readWholeFile(folder / "report" / (name + ".mid")) ==
              test::readWholeFile(folder / "again" / (name + ".mid")));
}

TEST_CASE("The bottom voice's groove and the top one's melody leave the other voices alone",
          "[museganreport]")
{
    test::TemporaryFolder folder;
    const auto run = smallRun(folder.path());
    bool moved = false;
    for (const std::uint64_t seed : {3, 4, 5}) {
        const auto output = folder / ("report-" + std::to_string(seed));
        reportOf(run, output, {}, seed);
        const auto first = gridOf(output / "panel-1-generated.mid");
        const auto melody = gridOf(output / "panel-5-melody.mid");
        const auto groove = gridOf(output / "panel-6-groove.mid");
        for (int voice = 0; voice < 4; ++voice) {
            if (voice != 0)
                CHECK(changedShare(first, melody, voice, 0, 32) == 0.0);
            if (voice != 3)
                CHECK(changedShare(first, groove, voice, 0, 32) == 0.0);
        }
        moved = moved || changedShare(first, melody, 0, 0, 32) > 0.0 ||
                changedShare(first, groove, 3, 0, 32) > 0.0;
        const auto nearest = gridOf(output / "panel-2-nearest.mid");
        const auto found =
            nearestExcerpt(first, score::readChorales(folder / "chorales.json").train, false);
        CHECK(rollDistance(first, nearest) == Approx(found.distance));
    }
    CHECK(moved);
}

TEST_CASE("A report that cannot be made leaves nothing and says why", "[museganreport]")
{
    test::TemporaryFolder folder;
    const auto run = smallRun(folder.path());
    const auto refuses = [&](const fs::path& model, const fs::path& data, const std::string& word) {
        INFO(word);
        CHECK_THROWS_WITH(reportOf(model, folder / "new" / "report", data), Contains(word));
        CHECK_FALSE(fs::exists(folder / "new"));
    };
    refuses(run, folder / "nowhere.json", "nowhere.json");
    refuses(run / "model.organum", {}, "--data");
    refuses(folder / "no-run", {}, "no-run");
    std::ofstream(folder / "damaged.json") << "{\"train\": [[[1, 2";
    refuses(run, folder / "damaged.json", "damaged.json");
    std::ofstream(folder / "short.json") << "{\"train\": [[[60, 55, 50, 45]]]}";
    refuses(run, folder / "short.json", "as long as");
    fs::create_directory(folder / "empty");
    refuses(folder / "empty", {}, "no run folder");
    fs::rename(folder / "chorales.json", folder / "moved.json");
    refuses(run, {}, "chorales.json");
    std::ofstream(folder / "file") << "text";
    CHECK_THROWS_WITH(reportOf(run, folder / "file" / "report", folder / "moved.json"),
                      Contains("Could not make the report folder"));
    CHECK(test::readWholeFile(folder / "file") == "text");
    CHECK_FALSE(reportOf(run, folder / "new", folder / "moved.json").empty());
}

TEST_CASE("The nearest real music is found at its beat, in its key and at its distance",
          "[museganreport]")
{
    score::VoiceGrid piece;
    test::RandomNumbers random(8);
    for (int step = 0; step < 64; ++step)
        for (int voice = 0; voice < 4; ++voice)
            piece.pitches.push_back(random.between(40, 75));
    score::VoiceGrid silence = piece;
    silence.pitches.assign(silence.pitches.size(), score::VoiceGrid::silent);
    for (auto* grid : {&piece, &silence})
        score::markOnsets(*grid, score::Joining::cutAtBeats);
    const std::vector<score::VoiceGrid> pieces = {silence, piece};

    auto music = excerptOf(piece, {1, 20, 3, 0, 0.0}, 32);
    auto found = nearestExcerpt(music, pieces, true);
    CHECK(found.piece == 1);
    CHECK(found.first == 20);
    CHECK(found.shift == 3);
    CHECK(found.differing == 0);
    CHECK(found.distance == 0.0);

    // Another pitch differs in two places by 2 each, a silence in one.
    music.pitches[5] += 1;
    music.pitches[9] = score::VoiceGrid::silent;
    found = nearestExcerpt(music, pieces, true);
    CHECK(found.first == 20);
    CHECK(found.differing == 2);
    CHECK(found.distance == Approx(std::sqrt(12.0)));
    CHECK(nearestExcerpt(music, pieces, false).distance > 10.0);
    CHECK(changedShare(music, excerptOf(piece, found, 32), 1, 0, 32) == Approx(2.0 / 32.0));
    CHECK_THROWS_WITH(nearestExcerpt(piece, {score::excerpt(silence, 0, 8)}, false),
                      Contains("as long as"));
}
