#include "Plugin/EngineRequest.h"

#include <catch2/catch.hpp>

#include <set>

using namespace organum;
using namespace organum::plugin;

namespace
{

constexpr std::int64_t quarter = player::ticksPerQuarter;

ModelEntries models()
{
    ModelEntry solo;
    solo.id = "solo";
    solo.title = "Solo";
    solo.file = "solo.organum";
    ModelEntry choir = solo;
    choir.title = "Choir";
    choir.voices = {"Soprano", "Alto", "Tenor", "Bass"};
    choir.macros = {{"Density", ""}, {"Register", ""}};
    ModelEntry broken;
    broken.problem = "It is damaged.";
    return {solo, choir, broken};
}

Settings knobs(int model)
{
    Settings settings;
    settings.model = model;
    settings.bars = 4;
    for (int i = 0; i < latentCount; ++i)
        settings.latents[static_cast<std::size_t>(i)] = {100 + i, 200 + i, 0.5f};
    settings.rules = 0.25f;
    settings.macros = {0.5f, -0.5f, 1.0f};
    return settings;
}

TakePointer choirTake(int bars)
{
    Take take;
    take.model = "Choir";
    take.bars = bars;
    take.voiceNames = {"Soprano", "Alto", "Tenor", "Bass"};
    for (std::int64_t at = 0; at < take.length(); at += 4 * quarter)
        for (int voice = 0; voice < 4; ++voice)
            take.notes.push_back({at, 4 * quarter, 70 - 10 * voice, 90, voice});
    return std::make_shared<const Take>(take);
}

void plainRequest(organum_request* request)
{
    *request = {};
    request->struct_size = sizeof(organum_request);
    request->highest_pitch = 127;
}

} // namespace

TEST_CASE("what cannot be wished for is said with what to do")
{
    const ModelEntries entries = models();
    const ModelEntries none;
    CHECK(makeWish(knobs(0), Origin::nothing, {entries, "gone", {}, {}, 4, 4, {}})
              .problem.find("gone.organum") != std::string::npos);
    CHECK(makeWish(knobs(0), Origin::nothing, {none, "", {}, {}, 4, 4, {}})
              .problem.find("no model yet") != std::string::npos);
    CHECK(makeWish(knobs(3), Origin::nothing, {entries, "", {}, {}, 4, 4, {}})
              .problem.find("place 4") != std::string::npos);
    CHECK(makeWish(knobs(2), Origin::nothing, {entries, "", {}, {}, 4, 4, {}}).problem ==
          "It is damaged.");
    auto longTake = std::make_shared<Take>();
    longTake->bars = largestTakeBars;
    const auto grown = makeWish(knobs(0), Origin::take, {entries, "", longTake, {}, 4, 4, {}});
    CHECK_FALSE(grown.wish);
    CHECK(grown.problem.find("cannot grow") != std::string::npos);
}

TEST_CASE("a model without voices is asked for none")
{
    const ModelEntries entries = models();
    const auto made =
        makeWish(knobs(0), Origin::nothing, {entries, "", choirTake(4), {}, 3, 4, {0b1111, {}}});
    REQUIRE(made.wish);
    CHECK_FALSE(made.wish->voices);
    CHECK(made.wish->metreNumerator == 3);
    const EngineRequest request(*made.wish, plainRequest);
    CHECK(request.get()->latent_mask == 0);
    CHECK(request.get()->locked_bars == 0);
}

TEST_CASE("the range reaches the engine whichever end is the lower one, and voices have their own")
{
    const ModelEntries entries = models();
    Settings settings = knobs(0);
    settings.lowest = 67;
    settings.highest = 48;
    const auto requestOf = [&](int model) {
        settings.model = model;
        const auto made = makeWish(settings, Origin::nothing, {entries, "", {}, {}, 4, 4, {}});
        REQUIRE(made.wish);
        const EngineRequest request(*made.wish, plainRequest);
        return std::make_pair(request.get()->lowest_pitch, request.get()->highest_pitch);
    };
    CHECK(requestOf(0) == std::make_pair(48, 67));
    CHECK(requestOf(1) == std::make_pair(0, 127));
}

TEST_CASE("knobs, rules and the macros that the model has reach the engine")
{
    const ModelEntries entries = models();
    const auto made = makeWish(knobs(1), Origin::nothing, {entries, "", {}, {}, 4, 4, {}});
    REQUIRE(made.wish);
    const EngineRequest request(*made.wish, plainRequest);
    const organum_request& asked = *request.get();
    CHECK(asked.latent_mask == ORGANUM_ALL_LATENTS);
    for (std::uint64_t i = 0; i < ORGANUM_LATENTS; ++i) {
        CHECK(asked.latents[i].seed_a == 100 + i);
        CHECK(asked.latents[i].seed_b == 200 + i);
        CHECK(asked.latents[i].morph == 0.5);
    }
    CHECK(asked.rule_strength == 0.25);
    CHECK(asked.macros[0] == 0.5);
    CHECK(asked.macros[1] == -0.5);
    CHECK(asked.macros[2] == 0.0); // the model has but two
    CHECK(asked.locked_voices == nullptr);
}

TEST_CASE("music with voices has two to sixty-four bars")
{
    const ModelEntries entries = models();
    for (const auto& [asked, given] : {std::pair(1, 2), {2, 2}, {64, 64}, {256, 64}}) {
        Settings settings = knobs(1);
        settings.bars = asked;
        CHECK(makeWish(settings, Origin::nothing, {entries, "", {}, {}, 4, 4, {}}).wish->bars ==
              given);
    }
}

TEST_CASE("what is locked goes to the engine with its masks, notes and metre")
{
    const ModelEntries entries = models();
    const TakePointer current = choirTake(3);
    const auto made =
        makeWish(knobs(1), Origin::nothing, {entries, "", current, {}, 7, 8, {0b0010, {0, 9}}});
    REQUIRE(made.wish);
    CHECK(made.wish->metreNumerator == 4); // the kept bars' own
    CHECK(made.wish->metreDenominator == 4);
    const EngineRequest request(*made.wish, plainRequest);
    const organum_request& asked = *request.get();
    REQUIRE(asked.locked_bars == 3);
    CHECK(asked.locked_voices[0] == 15);
    CHECK(asked.locked_voices[1] == 2);
    CHECK(asked.locked_voices[2] == 2);
    REQUIRE(asked.locked_note_count == current->notes.size());
    for (std::size_t i = 0; i < current->notes.size(); ++i) {
        CHECK(asked.locked_notes[i].onset == current->notes[i].onset);
        CHECK(asked.locked_notes[i].voice == current->notes[i].voice);
        CHECK(asked.locked_notes[i].pitch == current->notes[i].pitch);
    }
}

TEST_CASE("going on draws new chords and melodies in the same style and groove")
{
    const ModelEntries entries = models();
    const auto made =
        makeWish(knobs(1), Origin::take, {entries, "", choirTake(8), {}, 4, 4, {0b1111, {}}});
    REQUIRE(made.wish);
    CHECK(made.wish->voices->kept == nullptr);
    std::set<std::size_t> changed;
    for (std::size_t i = 0; i < made.wish->voices->latents.size(); ++i)
        if (made.wish->voices->latents[i].a != 100 + i)
            changed.insert(i);
    CHECK(changed == std::set<std::size_t>{0, 2, 3, 4, 5});
    const EngineRequest request(*made.wish, plainRequest);
    CHECK(request.get()->primer_count == 32);
    CHECK(request.get()->primer[1].voice == 1);
}
