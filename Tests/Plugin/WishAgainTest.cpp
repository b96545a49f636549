#include "Plugin/WishAgain.h"
#include "Plugin/EngineRequest.h"
#include "Plugin/Explanation.h"

#include <catch2/catch.hpp>

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
    ModelEntry choir = solo;
    choir.title = "Choir";
    choir.voices = {"Soprano", "Alto", "Tenor", "Bass"};
    return {choir, solo};
}

TakePointer takeBy(const std::string& model, int bars)
{
    Take take;
    take.model = model;
    take.bars = bars;
    take.settings = Settings{};
    take.settings->bars = 4;
    take.settings->seed = 77;
    if (model == "Choir")
        take.voiceNames = {"Soprano", "Alto", "Tenor", "Bass"};
    for (std::int64_t at = 0; at < take.length(); at += quarter)
        for (int voice = 0; voice < take.voices(); ++voice)
            take.notes.push_back({at, quarter, 70 - 8 * voice, 90, voice});
    return std::make_shared<const Take>(take);
}

} // namespace

TEST_CASE("a take's own knobs give its wish again, and bars before them what it went on from")
{
    const auto entries = models();
    const auto plain = wishAgain(*takeBy("Solo", 4), entries);
    REQUIRE(plain.wish);
    CHECK(plain.wish->seed == 77);
    CHECK(plain.wish->bars == 4);
    CHECK(plain.wish->continues == nullptr);

    const auto longer = wishAgain(*takeBy("Solo", 10), entries);
    REQUIRE(longer.wish);
    REQUIRE(longer.wish->continues != nullptr);
    CHECK(longer.wish->continues->bars == 6);
    CHECK(longer.wish->continues->notes.size() == 24);
    CHECK(longer.wish->seed != 77); // as continuing had it

    Take early = *takeBy("Solo", 4);
    early.settings.reset();
    CHECK_FALSE(wishAgain(early, entries).problem.empty());
    CHECK(wishAgain(*takeBy("Gone", 4), entries).problem.find("Gone") != std::string::npos);
}

TEST_CASE("wishes are remembered by their takes, and go along when a take is edited")
{
    WishMemory memory;
    std::vector<TakePointer> takes;
    for (std::size_t i = 0; i < 2 * WishMemory::capacity; ++i) {
        takes.push_back(takeBy("Solo", 1));
        Wish wish;
        wish.seed = i;
        memory.remember(takes.back(), wish);
    }
    CHECK_FALSE(memory.find(takes.front()));
    CHECK(memory.find(takes.back())->seed == takes.size() - 1);
    const auto edited = takeBy("Solo", 1);
    CHECK_FALSE(memory.find(edited));
    memory.follow(takes.back(), edited);
    CHECK(memory.find(edited)->seed == takes.size() - 1);
    memory.follow(takes.front(), edited); // unknown: nothing happens
    CHECK(memory.find(edited)->seed == takes.size() - 1);
}

TEST_CASE("a branch takes the place of later ones, and earlier ones stay")
{
    const auto take = takeBy("Solo", 4);
    Wish wish = *wishAgain(*take, models()).wish;
    wish = branchOff(wish, take, 9, 60);
    wish = branchOff(wish, take, 12, 61);
    wish = branchOff(wish, take, 3, 62);
    REQUIRE(wish.branches.size() == 1);
    wish = branchOff(wish, take, 5, HeatCell::rest);
    REQUIRE(wish.branches.size() == 2);
    CHECK(wish.branches[0].element == 3);
    CHECK(wish.branches[1].pitch == HeatCell::rest);
    CHECK(wish.about == take);
}

TEST_CASE("a branch of one voice holds all before it and the wished note, of the new bars alone")
{
    const auto take = takeBy("Choir", 6);
    const auto again = wishAgain(*take, models());
    REQUIRE(again.wish);
    REQUIRE(again.wish->continues != nullptr);
    const std::int64_t start = 2 * take->barLength();
    // In the middle of a note: the whole of it gets the pitch.
    const auto wish = branchOffVoice(*again.wish, take, {}, 1, start + 5 * quarter + 333, 59);
    REQUIRE(wish);
    REQUIRE(wish->edited != nullptr);
    CHECK(wish->edited->bars == 4);
    CHECK(wish->edited->notes.size() == 5 * 4 + 1);
    CHECK((wish->edited->notes.back() == TakeNote{5 * quarter, quarter, 59, 90, 1, true}));
    CHECK_FALSE(branchOffVoice(*again.wish, take, {}, 1, start - 1, 59));
    CHECK_FALSE(branchOffVoice(*again.wish, take, {}, 4, start + 1, 59));
    CHECK_FALSE(
        branchOffVoice(*wishAgain(*takeBy("Solo", 4), models()).wish, take, {}, 0, start, 59));
}

TEST_CASE("the engine is told which notes are held, and what is wanted of it")
{
    const auto take = takeBy("Choir", 4);
    Wish wish = *branchOffVoice(*wishAgain(*take, models()).wish, take, {}, 0, quarter, 71);
    wish.explains = true;
    wish.branches = {{7, 60}};
    const EngineRequest request(wish, [](organum_request* raw) {
        *raw = {};
        raw->struct_size = sizeof(organum_request);
    });
    const organum_request& raw = *request.get();
    REQUIRE(raw.locked_note_count == 5);
    for (std::size_t i = 0; i < raw.locked_note_count; ++i)
        CHECK(raw.held_notes[i] == 1);
    CHECK(raw.explain == (ORGANUM_EXPLAIN_PROBABILITIES | ORGANUM_EXPLAIN_ATTENTION));
    REQUIRE(raw.branch_count == 1);
    CHECK(raw.branches[0].element == 7);
    CHECK(wish.isQuiet());
}

TEST_CASE("a take that is starred, named or edited many times keeps its wish, and so do others")
{
    WishMemory memory;
    Wish wish;
    wish.seed = 7;
    const auto other = takeBy("Solo", 4);
    memory.remember(other, wish);
    std::vector<TakePointer> kept{takeBy("Solo", 4)}; // as the steps of undo keep them
    wish.seed = 8;
    memory.remember(kept.back(), wish);
    for (int i = 0; i < 1000; ++i) {
        kept.push_back(takeBy("Solo", 4));
        memory.follow(kept[kept.size() - 2], kept.back());
    }
    REQUIRE(memory.find(kept.back()));
    CHECK(memory.find(kept.back())->seed == 8);
    REQUIRE(memory.find(other));
    CHECK(memory.find(other)->seed == 7);
}

TEST_CASE("a branch leaves locked voices and bars alone, and a locked place has none")
{
    const auto take = takeBy("Choir", 4);
    const auto again = wishAgain(*take, models());
    REQUIRE(again.wish);
    const Locks locks{0b0001u, {2}};
    CHECK_FALSE(branchOffVoice(*again.wish, take, locks, 0, quarter, 71));
    CHECK_FALSE(branchOffVoice(*again.wish, take, locks, 1, 9 * quarter, 71));
    const auto wish = branchOffVoice(*again.wish, take, locks, 1, 5 * quarter, 71);
    REQUIRE(wish);
    CHECK(wish->voices->kept == take);
    CHECK(wish->voices->locks == locks);
}
