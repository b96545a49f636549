#include "Plugin/State.h"

#include "Workbench.h"

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
    if (voices > 1) {
        take.voiceNames = {"Soprano", "Alto", "Tenor", "Bass"};
        take.settings.emplace();
        take.settings->latents[3] = {99999, 12, 0.37f};
        take.settings->macros[7] = -0.25f;
        take.settings->topP = 0.9f;
    }
    std::int64_t at = 0;
    while (at < take.length()) {
        const std::int64_t length = std::min<std::int64_t>(
            take.length() - at, 1 + static_cast<std::int64_t>(random() % 9000));
        take.notes.push_back({at, length, static_cast<int>(random() % 128),
                              1 + static_cast<int>(random() % 127),
                              voices > 1 ? static_cast<int>(random() % 4) : 0});
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
    CHECK(after.lockedBars == before.lockedBars);
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
    bytes[8] = 3;
    CHECK(refusal(bytes).find("version 3") != std::string::npos);
    bytes[8] = 0;
    CHECK(refusal(bytes).find("version 0") != std::string::npos);
}

TEST_CASE("a state of the first release opens to the same notes and knobs")
{
    // state-1.bin was saved by the plugin before it knew voices; state-1.txt says what was in it.
    const std::string bytes = readWholeFile(fixture("Plugin/state-1.bin"));
    REQUIRE(bytes.size() == 867);
    const State state = decoded(bytes);
    std::ostringstream found;
    found << "model " << state.model << "\n";
    for (const auto& [id, value] : state.parameters)
        found << "parameter " << id << " " << std::hexfloat << value << std::defaultfloat << "\n";
    found << "current " << state.takes.current << "\n";
    for (const TakePointer& take : state.takes.takes) {
        found << "take " << take->seed << " " << take->bars << " " << take->metreNumerator << " "
              << take->metreDenominator << " " << take->notes.size() << " " << take->model << "\n"
              << "notice " << take->notice << "\n";
        for (const TakeNote& note : take->notes)
            found << note.onset << " " << note.duration << " " << note.pitch << " " << note.velocity
                  << "\n";
        CHECK_FALSE(take->hasVoices());
        CHECK_FALSE(take->settings);
    }
    CHECK(found.str() == readWholeFile(fixture("Plugin/state-1.txt")));
    CHECK(state.lockedBars.empty());
    CHECK(state.takes.takes.size() == 3);

    // Saved again it is of the present version and holds the same.
    const State again = decoded(encode(state));
    CHECK(again.parameters == state.parameters);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(*again.takes.takes[i] == *state.takes.takes[i]);
    CHECK(encode(again) == encode(state));
}

TEST_CASE("the plugin opens a state of the first release and gives new knobs their defaults")
{
    const Workbench bench({"choir", "notice"});
    const std::string bytes = readWholeFile(fixture("Plugin/state-1.bin"));
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    setKnob(processor.parameters().voices.rules, 1.0f);
    *processor.parameters().voices.voices[2].mute = true;
    processor.toggleBarLock(3);
    processor.setStateInformation(bytes.data(), static_cast<int>(bytes.size()));
    CHECK(processor.status().phase == Phase::idle);
    CHECK(processor.parameters().model->get() == 1);
    CHECK(processor.parameters().bars->get() == 2.0f);
    CHECK(processor.parameters().pitchTemperature->get() == Approx(0.7f));
    CHECK(processor.parameters().channel->get() == 5);
    CHECK(processor.parameters().voices.rules->get() == 0.5f);
    CHECK(processor.parameters().voices.voices[2].channel->get() == 3);
    CHECK_FALSE(processor.locks().any());
    CHECK(processor.parameters().voices.mutedVoices() == 0);
    CHECK(processor.takes().current == 1);
    const auto first = stateOf(processor);
    *processor.parameters().thru = false;
    host.run(16.0);
    CHECK(host.noteOns == 32);
    CHECK(host.onsOfChannel[5] == 32);
    CHECK(processor.undo());
    CHECK(processor.takes().playing()->bars == 2);
    CHECK(processor.redo());

    Processor second(Shape::instrument);
    second.setStateInformation(first.getData(), static_cast<int>(first.getSize()));
    CHECK(stateOf(second) == first);
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
