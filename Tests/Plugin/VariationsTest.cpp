#include "Plugin/Variations.h"

#include <catch2/catch.hpp>

#include <set>

using namespace organum::plugin;

namespace
{

Take choirTake()
{
    Take take;
    take.model = "Choir";
    take.bars = 4;
    take.voiceNames = {"Soprano", "Alto", "Tenor", "Bass"};
    take.settings.emplace();
    return take;
}

} // namespace

TEST_CASE("variations of a line count the seed on, as the engine does, and come back the same")
{
    Settings settings;
    settings.seed = Settings::largestSeed - 2;
    std::set<int> seeds;
    for (int index = 1; index <= 8; ++index) {
        const Settings varied = variationOf(settings, index, false, 0);
        CHECK(isInRange(varied));
        CHECK(varied == variationOf(settings, index, false, 0));
        seeds.insert(varied.seed);
    }
    CHECK(seeds.size() == 8);
    CHECK(seeds.count(settings.seed) == 0);
    CHECK(variationOf(settings, 1, false, 0).seed == settings.seed + 1);
}

TEST_CASE("variations of four voices have other chords and melodies, and keep all else")
{
    Settings settings;
    settings.latents[latent::melody + 1].morph = 0.4f;
    settings.macros[2] = 0.5f;
    std::set<int> chords;
    for (int index = 1; index <= 8; ++index) {
        const Settings varied = variationOf(settings, index, true, 0b0100u);
        CHECK(isInRange(varied));
        const auto changed = varied.differencesForVoices(settings);
        CHECK(changed == (1u << latent::chords | 1u << latent::melody | 1u << (latent::melody + 1) |
                          1u << (latent::melody + 3))); // the tenor is locked
        CHECK(varied.latents[latent::melody + 1].morph == 0.4f);
        chords.insert(varied.latents[latent::chords].seedA);
    }
    CHECK(chords.size() == 8);
}

TEST_CASE("a morph begins at A, ends at B, and goes along every knob's great circle")
{
    Take a = choirTake();
    Take b = choirTake();
    a.settings->latents[0] = {10, 11, 0.0f};
    b.settings->latents[0] = {20, 21, 1.0f};
    a.settings->latents[1] = {30, 31, 0.2f};
    b.settings->latents[1] = {30, 31, 0.6f};
    a.settings->latents[2] = {40, 40, 0.7f}; // one idea, whatever the knob says
    b.settings->latents[2] = {50, 51, 0.5f};
    b.settings->latents[2].seedA = 40;
    a.settings->latents[3] = {60, 61, 0.25f};
    b.settings->latents[3] = {61, 60, 0.25f};
    a.settings->rules = 0.0f;
    b.settings->rules = 1.0f;
    b.settings->macros[0] = -1.0f;
    const auto half = morphed(a, b, 0.5);
    REQUIRE(half.settings);
    CHECK(isInRange(*half.settings));
    CHECK((half.settings->latents[0] == LatentSetting{10, 21, 0.5f}));
    CHECK(half.settings->latents[1].morph == Approx(0.4f));
    CHECK((half.settings->latents[2] == LatentSetting{40, 51, 0.25f}));
    CHECK((half.settings->latents[3] == LatentSetting{60, 61, 0.5f}));
    CHECK(half.settings->rules == Approx(0.5f));
    CHECK(half.settings->macros[0] == Approx(-0.5f));
    CHECK(morphed(a, b, 0.0).settings->latents[1].morph == Approx(0.2f));
    CHECK(morphed(a, b, 1.0).settings->latents[1].morph == Approx(0.6f));
}

TEST_CASE("a morph that no knob can express says which knob, and other models say why")
{
    Take a = choirTake();
    Take b = choirTake();
    a.settings->latents[latent::groove + 3] = {1, 2, 0.5f};
    b.settings->latents[latent::groove + 3] = {5, 6, 0.0f};
    CHECK_FALSE(morphed(a, b, 0.5).settings);
    CHECK(morphed(a, b, 0.5).problem.find("groove, Bass") != std::string::npos);
    b = choirTake();
    a = choirTake();
    a.modelHash = 1;
    b.modelHash = 2;
    CHECK(morphed(a, b, 0.5).problem.find("same model") != std::string::npos);
    b.modelHash = 0; // not known of takes of early releases
    CHECK(morphed(a, b, 0.5).settings);
    b.model = "Other";
    CHECK_FALSE(morphed(a, b, 0.5).settings);
    b = choirTake();
    b.settings.reset();
    CHECK(morphed(a, b, 0.5).problem.find("early release") != std::string::npos);
    b.voiceNames.clear();
    CHECK(morphed(a, b, 0.5).problem.find("four voices") != std::string::npos);
}
