#include "Plugin/HarmonyReading.h"

#include "Plugin/EngineRequest.h"
#include "Plugin/ParameterBuilders.h"
#include "Plugin/State.h"
#include "Score/Scale.h"
#include "Workbench.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

constexpr std::int64_t quarter = player::ticksPerQuarter;

Harmony strict(const std::string& chords)
{
    return {chords, 1.0f};
}

bool isInside(const Take& take, int bar, std::uint32_t pitchClasses)
{
    bool any = false;
    for (const TakeNote& note : take.notes) {
        if (note.onset / take.barLength() != bar)
            continue;
        any = true;
        if ((pitchClasses >> (note.pitch % 12) & 1u) == 0)
            return false;
    }
    return any;
}

constexpr std::uint32_t cMajor = 1u << 0 | 1u << 4 | 1u << 7;
constexpr std::uint32_t fMajor = 1u << 5 | 1u << 9 | 1u << 0;
constexpr std::uint32_t gMajor = 1u << 7 | 1u << 11 | 1u << 2;

} // namespace

TEST_CASE("a progression lies over the bars of a wish, counted from the start of all music")
{
    Settings settings;
    settings.harmony = {"| C | F G |", 0.5f};
    Wish wish;
    wish.bars = 3;
    const auto fromStart = chordPlaces(settings, 0, wish);
    REQUIRE(fromStart.size() == 4);
    CHECK(fromStart[0].pitchClasses == cMajor);
    CHECK(fromStart[1].onset == 4 * quarter);
    CHECK(fromStart[1].length == 2 * quarter);
    CHECK(fromStart[2].pitchClasses == gMajor);
    const auto later = chordPlaces(settings, 5, wish);
    CHECK(later.front().onset == 0);
    CHECK(later.front().pitchClasses == fMajor);
    wish.metreNumerator = 3;
    CHECK(chordPlaces(settings, 0, wish)[1].onset == 3 * quarter);
    settings.harmony.strength = 0.0f;
    CHECK(chordPlaces(settings, 0, wish).empty());
}

TEST_CASE("numerals follow the key and the scale that are set")
{
    Settings settings;
    settings.harmony.chords = "| i | V7 |";
    settings.key = 9;
    for (std::size_t i = 0; i < score::scales().size(); ++i)
        if (score::scales()[i].name == "harmonic minor")
            settings.scale = static_cast<int>(i);
    CHECK(progressionOf(settings).toString() == "| Am | E7 |");
    settings.key = 2;
    CHECK(progressionOf(settings).toString() == "| Dm | A7 |");
}

TEST_CASE("what is composed keeps to the chords, new, continued and endless")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().bars, 3.0f);
    REQUIRE(processor.setHarmony(strict("| C | F |")).empty());
    composeAndWait(processor);
    const auto take = processor.takes().playing();
    CHECK(isInside(*take, 0, cMajor));
    CHECK(isInside(*take, 1, fMajor));
    CHECK(isInside(*take, 2, cMajor));
    REQUIRE(conformityOf(*take, progressionOf(*take->settings)));
    CHECK(*conformityOf(*take, progressionOf(*take->settings)) == Approx(100.0));

    processor.continueTake();
    REQUIRE(eventually([&] { return processor.takes().playing()->bars == 6; }));
    const auto longer = processor.takes().playing();
    for (int bar = 4; bar < 6; ++bar) // the first new note repeats the last old one
        CHECK(isInside(*longer, bar, bar % 2 == 0 ? cMajor : fMajor));
}

TEST_CASE("chords that cannot be read are refused with their bar, and nothing changes")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    REQUIRE(processor.setHarmony({"| C |", 0.5f}).empty());
    const auto problem = processor.setHarmony({"| C | H7 |", 0.5f});
    CHECK(problem.find("bar 2") != std::string::npos);
    CHECK(problem.find("\"H7\"") != std::string::npos);
    CHECK(processor.setHarmony({std::string(5000, ' '), 0.5f}).find("Shorten") !=
          std::string::npos);
    CHECK(processor.harmony().chords == "| C |");
}

TEST_CASE("chords are undone and redone, a pull at their strength as one step")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    REQUIRE(processor.setHarmony({"| C |", 0.5f}).empty());
    REQUIRE(processor.setHarmony({"| F |", 0.5f}).empty());
    for (const float strength : {0.6f, 0.7f, 0.8f})
        REQUIRE(processor.setHarmony({"| F |", strength}).empty());
    CHECK(processor.undo());
    CHECK(processor.harmony() == Harmony{"| F |", 0.5f});
    CHECK(processor.undo());
    CHECK(processor.harmony() == Harmony{"| C |", 0.5f});
    CHECK(processor.redo());
    CHECK(processor.redo());
    CHECK(processor.harmony() == Harmony{"| F |", 0.8f});
}

TEST_CASE("a take brings its chords back")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    REQUIRE(processor.setHarmony(strict("| C |")).empty());
    composeAndWait(processor);
    REQUIRE(processor.setHarmony(strict("| F |")).empty());
    composeAndWait(processor);
    CHECK(processor.previousTake());
    CHECK(processor.harmony() == strict("| C |"));
    CHECK(processor.nextTake());
    CHECK(processor.harmony() == strict("| F |"));
}

TEST_CASE("a project keeps the chords, those of its takes as well")
{
    const Workbench bench;
    juce::MemoryBlock saved;
    {
        Processor processor(Shape::midiEffect);
        REQUIRE(processor.setHarmony(strict("| C |")).empty());
        composeAndWait(processor);
        REQUIRE(processor.setHarmony({"| Bb | F |", 0.25f}).empty());
        processor.getStateInformation(saved);
    }
    Processor reopened(Shape::midiEffect);
    reopened.setStateInformation(saved.getData(), static_cast<int>(saved.getSize()));
    CHECK(reopened.harmony() == Harmony{"| Bb | F |", 0.25f});
    REQUIRE(reopened.takes().playing()->settings);
    CHECK(reopened.takes().playing()->settings->harmony == strict("| C |"));
    CHECK(stateOf(reopened) == saved);

    // A project without chords takes them away again, and says nothing of them.
    Processor plain(Shape::midiEffect);
    const auto without = stateOf(plain);
    CHECK(without.toString().indexOf("CHRD") < 0);
    reopened.setStateInformation(without.getData(), static_cast<int>(without.getSize()));
    CHECK_FALSE(reopened.harmony().any());
}

TEST_CASE("damaged chords in a project are refused, and the project with them")
{
    State state;
    state.harmony = {"| C |", 0.5f};
    auto bytes = encode(state);
    CHECK(decode(bytes.data(), bytes.size()).harmony == state.harmony);
    state.harmony.strength = 2.0f;
    bytes = encode(state);
    CHECK_THROWS_AS(decode(bytes.data(), bytes.size()), StateError);
    state.harmony.strength = std::nanf("");
    bytes = encode(state);
    CHECK_THROWS_AS(decode(bytes.data(), bytes.size()), StateError);
}

TEST_CASE("the chords of a take are heard, and can be used")
{
    const Workbench bench;
    Processor processor(Shape::midiEffect);
    CHECK(processor.chordsHeard(Processor::HeardIn::take).empty());
    CHECK(processor.chordsHeard(Processor::HeardIn::played).empty());
    Take take;
    take.bars = 2;
    for (const int pitch : {48, 60, 64, 67})
        take.notes.push_back({0, 4 * quarter, pitch, 90, 0});
    for (const int pitch : {53, 60, 65, 69})
        take.notes.push_back({4 * quarter, 4 * quarter, pitch, 90, 0});
    CHECK(chordsHeardIn(take, {}) == "| C | F |");
    CHECK(processor.setHarmony({chordsHeardIn(take, {}), 0.5f}).empty());
    CHECK(*conformityOf(take, progressionOf(processor.parameters().settings())) == Approx(100.0));
}
