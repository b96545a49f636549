#include "Plugin/State.h"

#include "Plugin/TakeCodec.h"

#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <cstring>
#include <fstream>
#include <random>
#include <sstream>

using namespace organum::plugin;
using namespace organum::test;

namespace
{

TakePointer someTake(unsigned seed, int bars = 8, int voices = 1)
{
    std::mt19937 random(seed);
    Take take;
    take.model = "Bach cello suites";
    take.seed = 0xfedcba9876543210u + seed;
    take.bars = bars;
    take.metreNumerator = 3;
    take.notice = "a notice";
    take.starred = seed == 3;
    take.modelHash = 0x0123456789abcdefu * seed;
    take.name = seed == 2 ? "" : "Für Élise " + std::to_string(seed);
    if (voices > 1) {
        take.voiceNames = {"Soprano", "Alto", "Tenor", "Bass"};
        take.settings.emplace();
        take.settings->latents[3] = {99999, 12, 0.37f};
        take.settings->macros[7] = -0.25f;
        take.settings->topP = 0.9f;
        take.settings->lowest = 36;
        take.settings->highest = 84;
    }
    std::int64_t at = 0;
    while (at < take.length()) {
        const std::int64_t length = std::min<std::int64_t>(
            take.length() - at, 1 + static_cast<std::int64_t>(random() % 9000));
        take.notes.push_back(
            {at, length, static_cast<int>(random() % 128), 1 + static_cast<int>(random() % 127),
             voices > 1 ? static_cast<int>(random() % 4) : 0, take.notes.size() % 5 == 1});
        at += static_cast<std::int64_t>(random() % 9000);
    }
    return std::make_shared<const Take>(take);
}

State someState()
{
    State state;
    state.parameters = {{"bars", 0.25f}, {"seed", 0.7654321f}};
    state.model = "bach-cello";
    state.takes.takes = {someTake(1), someTake(2, 8, 4), someTake(3)};
    state.takes.current = 1;
    state.lockedBars = {0, 3, 200};
    state.takes.marks = {2, 0};
    state.autoApply = true;
    state.beforeAuto = 1;
    state.sources[0].branches = {{3, 60}, {7, -1}};
    state.sources[1].locks = {0b0101, {0, 7}};
    state.sources[1].heldUpTo = HeldPlace{2, 4567};
    state.sources[2].answers = someTake(4, 1);
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

std::string described(const State& state)
{
    std::ostringstream text;
    text << "model " << state.model << "\n";
    for (const auto& [id, value] : state.parameters)
        text << "parameter " << id << " " << std::hexfloat << value << std::defaultfloat << "\n";
    text << "current " << state.takes.current << "\n";
    for (const int mark : state.takes.marks)
        if (mark >= 0)
            text << "mark " << mark << "\n";
    if (state.autoApply)
        text << "auto-apply " << state.beforeAuto << "\n";
    for (const int bar : state.lockedBars)
        text << "locked " << bar << "\n";
    for (const TakePointer& take : state.takes.takes) {
        text << "take " << take->seed << " " << take->bars << " " << take->metreNumerator << " "
             << take->metreDenominator << " " << take->notes.size() << " " << take->model << "\n"
             << "notice " << take->notice << "\n";
        if (take->starred)
            text << "starred\n";
        if (take->modelHash != 0)
            text << "hash " << take->modelHash << "\n";
        if (!take->name.empty())
            text << "name " << take->name << "\n";
        for (const std::string& voice : take->voiceNames)
            text << "voice " << voice << "\n";
        if (take->settings)
            text << "settings " << take->settings->topP << " " << take->settings->latents[3].seedA
                 << " " << take->settings->latents[3].morph << " " << take->settings->macros[7]
                 << "\n";
        if (take->settings && (take->settings->lowest != 0 || take->settings->highest != 127))
            text << "range " << take->settings->lowest << " " << take->settings->highest << "\n";
        for (const TakeNote& note : take->notes) {
            text << note.onset << " " << note.duration << " " << note.pitch << " " << note.velocity;
            if (take->hasVoices())
                text << " " << note.voice;
            if (note.isEdited)
                text << " edited";
            text << "\n";
        }
    }
    for (const auto& [place, source] : state.sources) {
        text << "source of " << place << ": locked " << source.locks.voices;
        for (const int bar : source.locks.bars)
            text << " bar " << bar;
        for (const WishBranch& branch : source.branches)
            text << ", branch " << branch.element << " " << branch.pitch;
        if (source.heldUpTo)
            text << ", held " << source.heldUpTo->voice << " " << source.heldUpTo->onset;
        text << ", answers " << (source.answers ? source.answers->notes.size() : 0) << "\n";
    }
    return text.str();
}

} // namespace

TEST_CASE("a state comes back equal, note for note")
{
    const State before = someState();
    const State after = decoded(encode(before));
    CHECK(after.parameters == before.parameters);
    CHECK(after.model == before.model);
    CHECK(after.takes.current == 1);
    CHECK(after.lockedBars == before.lockedBars);
    CHECK(after.takes.marks == before.takes.marks);
    CHECK(after.autoApply);
    CHECK(after.beforeAuto == 1);
    REQUIRE(after.takes.takes.size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(*after.takes.takes[i] == *before.takes.takes[i]);
    CHECK(described(after) == described(before));
    CHECK(encode(after) == encode(before));
}

// An earlier release keeps sections that it does not know beside takes of its own.
TEST_CASE("what a take came from is not believed of other music")
{
    State state = someState();
    const std::string before = encode(state);
    const auto sources = [](const State& of) { return of.sources.size(); };
    REQUIRE(sources(decoded(before)) == 3);
    const std::size_t at = before.find("SRCE");
    REQUIRE(at != std::string::npos);
    std::uint32_t size = 0;
    std::memcpy(&size, before.data() + at + 4, 4);
    State other = someState();
    other.sources.clear();
    std::swap(other.takes.takes[0], other.takes.takes[2]);
    other.unknown.emplace_back("SRCE", before.substr(at + 8, size));
    const State read = decoded(encode(other));
    CHECK(sources(read) == 1); // of the take that stands where it stood
    CHECK(read.sources.count(1) == 1);
}

TEST_CASE("a phrase that is too long for a project is left out, and the take stays")
{
    State state = someState();
    Take phrase = *someTake(9, 300);
    state.sources.clear();
    state.sources[0].answers = std::make_shared<const Take>(phrase);
    const State read = decoded(encode(state));
    CHECK(read.takes.takes.size() == 3);
    REQUIRE(read.sources.count(0) == 1);
    CHECK(read.sources.at(0).answers == nullptr);
}

TEST_CASE("one score of 64 bars in four busy voices takes less than 64 KB")
{
    State state = someState();
    Take take = *someTake(1, 64, 4);
    take.metreNumerator = 4;
    take.notes.clear();
    std::mt19937 random(2);
    for (std::int64_t at = 0; at < take.length(); at += 2520) // sixteenths
        for (int voice = 0; voice < 4; ++voice)
            take.notes.push_back({at, 2520, static_cast<int>(random() % 128),
                                  1 + static_cast<int>(random() % 127), voice});
    REQUIRE(take.notes.size() == 4096);
    state.takes.takes = {std::make_shared<const Take>(take)};
    state.takes.current = 0;
    const auto bytes = encode(state);
    INFO(bytes.size() << " bytes");
    CHECK(bytes.size() <= 64 * 1024);
    CHECK(*decoded(bytes).takes.playing() == take);
}

TEST_CASE(
    "takes beyond the cap are left out: the oldest first, starred ones last, never what plays")
{
    State state;
    for (unsigned i = 0; i < 16; ++i) {
        Take take = *someTake(i, 512, 4);
        take.starred = i == 2 || i == 5;
        state.takes.takes.push_back(std::make_shared<const Take>(take));
    }
    state.takes.current = 1;
    const auto seedsIn = [](const State& of) {
        std::vector<std::uint64_t> seeds;
        for (const auto& take : of.takes.takes)
            seeds.push_back(take->seed - 0xfedcba9876543210u);
        return seeds;
    };
    const auto bytes = encode(state);
    CHECK(bytes.size() < State::largestTakes + 2000);
    const State after = decoded(bytes);
    const auto seeds = seedsIn(after);
    INFO(seeds.size() << " takes in " << bytes.size() << " bytes");
    REQUIRE(seeds.size() > 4);
    REQUIRE(seeds.size() < 16);
    CHECK(std::vector<std::uint64_t>(seeds.begin(), seeds.begin() + 3) ==
          std::vector<std::uint64_t>{1, 2, 5});
    for (std::size_t i = 3; i < seeds.size(); ++i)
        CHECK(seeds[i] == 16 - seeds.size() + i); // the newest of the others
    CHECK(*after.takes.playing() == *state.takes.playing());
    CHECK(after.takes.takes[1]->starred);
    CHECK_FALSE(after.takes.takes[0]->starred);
    CHECK(encode(after) == bytes);
}

TEST_CASE("marks keep to their takes where others are left out, and go where their take goes")
{
    State state;
    for (unsigned i = 0; i < 16; ++i)
        state.takes.takes.push_back(someTake(i, 512, 4));
    state.takes.current = 15;
    state.takes.marks = {0, 14};
    state.autoApply = true;
    state.beforeAuto = 13;
    const State after = decoded(encode(state));
    const auto count = static_cast<int>(after.takes.takes.size());
    REQUIRE(count < 15);
    CHECK(after.takes.marks[0] == -1);
    CHECK(after.takes.marks[1] == count - 2);
    CHECK(after.beforeAuto == count - 3);
    CHECK(encode(after) == encode(state));
}

TEST_CASE("sixty-four takes of a usual length fit into a project")
{
    State state;
    for (unsigned i = 0; i < TakeHistory::capacity; ++i)
        state.takes.takes.push_back(someTake(i, 16, 4));
    state.takes.current = 0;
    CHECK(decoded(encode(state)).takes.takes.size() == TakeHistory::capacity);
}

TEST_CASE("a single take is kept however large it is")
{
    State state;
    state.takes.takes = {someTake(1, 1024, 4), someTake(2)};
    Take large = *state.takes.takes[0];
    const std::size_t originals = large.notes.size();
    while (large.notes.size() < 150000) {
        const TakeNote copied = large.notes[large.notes.size() % originals];
        large.notes.push_back({copied.onset, copied.duration, (copied.pitch * 7 + 3) % 128,
                               copied.velocity, copied.voice});
    }
    state.takes.takes[0] = std::make_shared<const Take>(large);
    state.takes.current = 0;
    CHECK(encodeTake(large).size() > State::largestTakes);
    const State after = decoded(encode(state));
    REQUIRE(after.takes.takes.size() == 1);
    CHECK(*after.takes.playing() == large);
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
    bytes[8] = static_cast<char>(State::version + 1);
    CHECK(refusal(bytes).find("version " + std::to_string(State::version + 1)) !=
          std::string::npos);
    bytes[8] = 0;
    CHECK(refusal(bytes).find("version 0") != std::string::npos);
}

TEST_CASE("states of earlier releases open to the same notes and knobs")
{
    // Each was saved by the release that wrote its version; the text says what was in it.
    for (const std::string name : {"state-1", "state-2", "state-3", "state-4", "state-5"}) {
        INFO(name);
        const std::string bytes = readWholeFile(fixture("Plugin/" + name + ".bin"));
        REQUIRE(bytes.size() > 500);
        const State state = decoded(bytes);
        CHECK(described(state) == readWholeFile(fixture("Plugin/" + name + ".txt")));

        // Saved again it is of the present version and holds the same.
        const State again = decoded(encode(state));
        CHECK(described(again) == described(state));
        REQUIRE(again.takes.takes.size() == state.takes.takes.size());
        for (std::size_t i = 0; i < state.takes.takes.size(); ++i)
            CHECK(*again.takes.takes[i] == *state.takes.takes[i]);
        CHECK(encode(again) == encode(state));
    }
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
            REQUIRE(encode(decoded(encode(state))) == encode(state));
        } catch (const StateError&) {
            SUCCEED();
        }
    }
}

// Run by hand when a release gets a version of its own:
//   organum_tests_session "[keep-state]"   writes what it saves into ORGANUM_KEEP
TEST_CASE("a state of this version is kept for later ones", "[.][keep-state]")
{
    const char* folder = std::getenv("ORGANUM_KEEP");
    REQUIRE(folder != nullptr);
    const std::string name = std::string(folder) + "/state-" + std::to_string(State::version);
    std::ofstream(name + ".bin", std::ios::binary) << encode(someState());
    std::ofstream(name + ".txt", std::ios::binary) << described(someState());
}
