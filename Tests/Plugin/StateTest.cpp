#include "Plugin/State.h"

#include "Workbench.h"

#include <random>

using namespace organum::plugin;

namespace
{

TakePointer someTake(unsigned seed, int bars = 8)
{
    std::mt19937 random(seed);
    Take take;
    take.model = "Bach cello suites";
    take.seed = 0xfedcba9876543210u + seed;
    take.bars = bars;
    take.metreNumerator = 3;
    take.notice = "a notice";
    std::int64_t at = 0;
    while (at < take.length()) {
        const std::int64_t length = std::min<std::int64_t>(
            take.length() - at, 1 + static_cast<std::int64_t>(random() % 9000));
        take.notes.push_back(
            {at, length, static_cast<int>(random() % 128), 1 + static_cast<int>(random() % 127)});
        at += static_cast<std::int64_t>(random() % 9000);
    }
    return std::make_shared<const Take>(take);
}

State someState()
{
    State state;
    state.parameters = {{"bars", 0.25f}, {"seed", 0.7654321f}};
    state.model = "bach-cello";
    state.takes.takes = {someTake(1), someTake(2), someTake(3)};
    state.takes.current = 1;
    return state;
}

State decoded(const std::string& bytes)
{
    return decode(bytes.data(), bytes.size());
}

std::string refusal(const std::string& bytes)
{
    try {
        decoded(bytes);
    } catch (const StateError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("a state comes back equal, note for note")
{
    const State before = someState();
    const State after = decoded(encode(before));
    CHECK(after.parameters == before.parameters);
    CHECK(after.model == before.model);
    CHECK(after.takes.current == 1);
    REQUIRE(after.takes.takes.size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(*after.takes.takes[i] == *before.takes.takes[i]);
    CHECK(encode(after) == encode(before));
}

TEST_CASE("a state is small: about four bytes a note")
{
    State state;
    state.takes.takes = {someTake(1, 64)};
    state.takes.current = 0;
    const std::size_t notes = state.takes.takes.front()->notes.size();
    CHECK(encode(state).size() < 8 * notes + 500);
}

TEST_CASE("sections of a newer release are kept and written back")
{
    State state = someState();
    state.unknown = {{"NEWS", std::string("\0\1\2 what a later release adds", 30)}};
    const State after = decoded(encode(state));
    CHECK(after.unknown == state.unknown);
    CHECK(encode(after) == encode(state));
}

TEST_CASE("a state of a newer version is refused with a sentence that says so")
{
    std::string bytes = encode(someState());
    bytes[8] = 2;
    CHECK(refusal(bytes).find("version 2") != std::string::npos);
}

TEST_CASE("damaged states are refused, wherever the damage is")
{
    const std::string whole = encode(someState());
    CHECK(refusal({}) != "");
    CHECK(refusal("<xml>something else</xml>") != "");
    for (std::size_t size = 0; size < whole.size(); ++size)
        REQUIRE(refusal(whole.substr(0, size)) != "");
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        INFO("byte " << at);
        REQUIRE(refusal(damaged) != "");
    }
}

TEST_CASE("hostile states with a right checksum are refused or harmless")
{
    const std::string whole = encode(someState());
    std::mt19937 random(5);
    for (int round = 0; round < 3000; ++round) {
        std::string hostile = whole.substr(0, whole.size() - 12);
        for (int i = 0; i < 3; ++i)
            hostile[12 + random() % (hostile.size() - 12)] = static_cast<char>(random());
        std::uint32_t sum = 2166136261u;
        for (const char each : hostile)
            sum = (sum ^ static_cast<unsigned char>(each)) * 16777619u;
        hostile += "CSUM";
        for (const std::uint32_t value : {4u, sum})
            for (int i = 0; i < 4; ++i)
                hostile.push_back(static_cast<char>((value >> (8 * i)) & 0xffu));
        try {
            const State state = decoded(hostile);
            for (const TakePointer& take : state.takes.takes)
                REQUIRE(problemWith(*take).empty());
            REQUIRE(decoded(encode(state)).takes.takes.size() == state.takes.takes.size());
        } catch (const StateError&) {
            SUCCEED();
        }
    }
}
