// Everything a host's play head does, each held to the same invariants.

#include "Invariants.h"

#include <set>

using namespace organum::test;
using organum::player::ticksPerQuarter;
using organum::player::Timeline;
using organum::player::TimelineNote;

namespace
{

constexpr std::int64_t beat = 24000; ///< samples of a quarter at 120 bpm and 48 kHz

using Onsets = std::vector<std::pair<int, std::int64_t>>;

/** Quavers and triplets of all lengths against each other over three bars, every onset at a place
   of its own but for a chord on each bar line. */
std::unique_ptr<const Timeline> music()
{
    std::vector<TimelineNote> notes;
    const std::int64_t length = 12 * ticksPerQuarter;
    for (std::int64_t i = 0; i < 24; ++i)
        notes.push_back({i * ticksPerQuarter / 2, (i + 1 + i % 3) * ticksPerQuarter / 2,
                         static_cast<std::uint8_t>(60 + i), 90});
    for (std::int64_t i = 0; i < 36; ++i)
        notes.push_back({i * ticksPerQuarter / 3, (i + 1) * ticksPerQuarter / 3,
                         static_cast<std::uint8_t>(20 + i % 30), 70});
    return std::make_unique<const Timeline>(notes, length, 4 * ticksPerQuarter);
}

void begin(ScriptedHost& host)
{
    host.player.publish(music());
}

/** Moves the host, which tells both positions. */
void locate(ScriptedHost& host, double quarter)
{
    host.quarter = quarter;
    host.sampleTime = static_cast<std::int64_t>(quarter * 60.0 / host.tempo * host.sampleRate);
}

std::size_t countOf(const Onsets& onsets, int pitch)
{
    return static_cast<std::size_t>(std::count_if(
        onsets.begin(), onsets.end(), [pitch](const auto& each) { return each.first == pitch; }));
}

} // namespace

TEST_CASE("playing from the start gives each note once, on its sample")
{
    const auto onsets = onsetsOf(requireInvariants({"play", begin, {}, 12 * beat}));
    REQUIRE(onsets.size() == 24 + 36);
    for (int i = 0; i < 24; ++i)
        CHECK(std::count(onsets.begin(), onsets.end(),
                         std::pair<int, std::int64_t>(60 + i, i * beat / 2)) == 1);
    for (int i = 0; i < 36; ++i)
        CHECK(std::count(onsets.begin(), onsets.end(),
                         std::pair<int, std::int64_t>(20 + i % 30, i * beat / 3)) == 1);
}

TEST_CASE("stopping and playing on loses and doubles nothing but what was cut")
{
    const std::vector<Action> actions = {{100000, [](ScriptedHost& host) { host.playing = false; }},
                                         {130007, [](ScriptedHost& host) { host.playing = true; }}};
    const auto heard = requireInvariants({"stop", begin, actions, 30007 + 12 * beat});
    for (const Heard& each : heard)
        CHECK_FALSE((each.sample > 100000 && each.sample < 130007));
    CHECK(onsetsOf(heard).size() == 24 + 36);
}

TEST_CASE("a locate goes on from the new place, backwards and forwards, on and off a beat")
{
    for (const double target : {0.0, 2.0, 7.3, 100.25, 3.0 + 1.0 / 3.0}) {
        const auto heard =
            requireInvariants({"locate to " + std::to_string(target),
                               begin,
                               {{90001, [target](ScriptedHost& host) { locate(host, target); }}},
                               90001 + 4 * beat});
        // After it: what lies between there and four quarters further, once.
        std::size_t expected = 0;
        for (const int perQuarter : {2, 3}) {
            const double first = std::ceil(target * perQuarter - 1.0e-6);
            const double end = (target + 4.0) * perQuarter;
            expected += static_cast<std::size_t>(std::ceil(end - 1.0e-6) - first);
        }
        const auto onsets = onsetsOf(heard);
        const auto after = std::count_if(onsets.begin(), onsets.end(),
                                         [](const auto& each) { return each.second >= 90001; });
        CHECK(static_cast<std::size_t>(after) == expected);
    }
}

TEST_CASE("the host's loop may end anywhere within a block")
{
    for (const double loopEnd : {4.0, 5.37, 4.0 + 1.0 / 3.0}) {
        const auto heard =
            requireInvariants({"loop to " + std::to_string(loopEnd),
                               [loopEnd](ScriptedHost& host) {
                                   begin(host);
                                   host.loop = std::make_pair(1.0, loopEnd);
                                   locate(host, 1.0);
                               },
                               {},
                               static_cast<std::int64_t>(3.0 * (loopEnd - 1.0) * beat)});
        const auto onsets = onsetsOf(heard);
        CHECK(countOf(onsets, 62) == 3); // on quarter 1, at the start of each of three rounds
        CHECK(countOf(onsets, 60) == 0);
    }
}

TEST_CASE("a count-in before quarter 0 is silent, whole blocks of it or a part of one")
{
    const auto onsets = onsetsOf(requireInvariants({"count-in",
                                                    [](ScriptedHost& host) {
                                                        begin(host);
                                                        host.quarter = -3.7;
                                                        host.tellsSamples = false;
                                                    },
                                                    {},
                                                    static_cast<std::int64_t>(15.7 * beat)}));
    REQUIRE(onsets.size() == 24 + 36);
    CHECK(onsets.front().second == static_cast<std::int64_t>(3.7 * beat));
}

TEST_CASE("a tempo ramp gives each note once, at the tempo that holds there")
{
    std::vector<Action> ramp;
    for (int step = 1; step < 900; ++step)
        ramp.push_back(
            {step * 480, [step](ScriptedHost& host) { host.tempo = 60.0 + 0.2 * step; }});
    for (const bool lv2 : {false, true}) {
        const auto onsets = onsetsOf(requireInvariants({lv2 ? "ramp, told when it changes" : "ramp",
                                                        [lv2](ScriptedHost& host) {
                                                            begin(host);
                                                            host.tempo = 60.0;
                                                            host.tellsChangesOnly = lv2;
                                                        },
                                                        ramp, 900 * 480}));
        // 60 + 30 % more every second: 22.5 quarters in nine seconds, whatever is rounded.
        double quarters = 0.0;
        for (int step = 0; step < 900; ++step)
            quarters += 480.0 * (60.0 + 0.2 * step) / (60.0 * 48000.0);
        const auto expected =
            static_cast<std::size_t>(std::ceil(2.0 * quarters) + std::ceil(3.0 * quarters));
        CHECK(onsets.size() == expected);
    }
}

TEST_CASE("a change of metre in the host moves no note")
{
    const auto plain = requireInvariants({"one metre", begin, {}, 12 * beat});
    const std::vector<Action> actions = {
        {40000,
         [](ScriptedHost& host) {
             host.metre = {7, 8};
         }},
        {150000,
         [](ScriptedHost& host) {
             host.metre = {3, 4};
         }},
        {200000, [](ScriptedHost& host) { host.tellsMetre = false; }}};
    CHECK(requireInvariants({"metres", begin, actions, 12 * beat}) == plain);
}

TEST_CASE("a host that leaves out fields is reckoned on without a lost or doubled note")
{
    const auto plain = requireInvariants({"all told", begin, {}, 12 * beat});
    const std::vector<std::pair<std::string, std::function<void(ScriptedHost&)>>> kinds = {
        {"no quarters", [](ScriptedHost& host) { host.tellsQuarter = false; }},
        {"no samples", [](ScriptedHost& host) { host.tellsSamples = false; }},
        {"no tempo", [](ScriptedHost& host) { host.tellsTempo = false; }},
        {"neither", [](ScriptedHost& host) { host.tellsQuarter = host.tellsSamples = false; }},
        {"changes only", [](ScriptedHost& host) { host.tellsChangesOnly = true; }}};
    for (const auto& [name, hides] : kinds) {
        const auto hide = hides;
        CHECK(requireInvariants({name,
                                 [hide](ScriptedHost& host) {
                                     begin(host);
                                     hide(host);
                                 },
                                 {},
                                 12 * beat}) == plain);
    }
    // Now and then nothing at all, from the second block on.
    CHECK(requireInvariants({"silence now and then",
                             begin,
                             {{1000, [](ScriptedHost& host) { host.tellsNothing = true; }},
                              {90000, [](ScriptedHost& host) { host.tellsNothing = false; }},
                              {90100, [](ScriptedHost& host) { host.tellsNothing = true; }}},
                             12 * beat}) == plain);
}

TEST_CASE("a host that tells changes only may tell them in a block without samples")
{
    const auto script = [](bool changesOnly) {
        return Script{changesOnly ? "changes only" : "always",
                      [changesOnly](ScriptedHost& host) {
                          begin(host);
                          host.tellsChangesOnly = changesOnly;
                          host.tellsSamples = false;
                      },
                      {{50000,
                        [](ScriptedHost& host) {
                            locate(host, 9.0);
                            host.changed = true;
                            host.block(0);
                        }},
                       {120000,
                        [](ScriptedHost& host) {
                            host.playing = false;
                            host.changed = true;
                            host.block(0);
                        }},
                       {130000,
                        [](ScriptedHost& host) {
                            host.playing = true;
                            host.changed = true;
                            host.block(0);
                        }},
                       {150000,
                        [](ScriptedHost& host) {
                            host.tempo = 97.0;
                            host.changed = true;
                            host.block(0);
                        }}},
                      300000};
    };
    const auto always = requireInvariants(script(false));
    CHECK(requireInvariants(script(true)) == always);
    CHECK(always.size() > 40);
}

TEST_CASE("another sample rate without a release moves, cuts and doubles nothing")
{
    // Half the samples from quarter 4 on, then four times as many: the same music in quarters.
    const auto heard = requireInvariants(
        {"rates",
         [](ScriptedHost& host) {
             begin(host);
             host.tellsSamples = false;
         },
         {{4 * beat, [](ScriptedHost& host) { host.sampleRate = 24000.0; }},
          {4 * beat + 2 * beat, [](ScriptedHost& host) { host.sampleRate = 96000.0; }}},
         4 * beat + 2 * beat + 8 * beat});
    const auto onsets = onsetsOf(heard);
    REQUIRE(onsets.size() == 24 + 36);
    for (int i = 0; i < 24; ++i) {
        const std::int64_t at = i < 8    ? i * beat / 2
                                : i < 16 ? 4 * beat + (i - 8) * beat / 4
                                         : 6 * beat + (i - 16) * beat;
        INFO("quaver " << i);
        CHECK(std::count(onsets.begin(), onsets.end(), std::pair<int, std::int64_t>(60 + i, at)) ==
              1);
    }
    // In the middle of the quaver of one and a half quarters: it goes on and ends where it should.
    const auto middle = requireInvariants(
        {"rate within notes",
         [](ScriptedHost& host) {
             begin(host);
             host.tellsSamples = false;
         },
         {{3 * beat + 6000, [](ScriptedHost& host) { host.sampleRate = 96000.0; }}},
         12 * beat});
    for (const Heard& each : middle)
        CHECK(each.sample != 3 * beat + 6000);
}

TEST_CASE("new music enters at the next bar line, and what sounds keeps its own end")
{
    const auto longNotes = [](std::uint8_t pitch) {
        std::vector<TimelineNote> notes;
        for (std::int64_t i = 0; i < 8; ++i)
            notes.push_back({i * ticksPerQuarter,
                             std::min<std::int64_t>(i + 3, 8) * ticksPerQuarter,
                             static_cast<std::uint8_t>(pitch + i), 90});
        return std::make_unique<const Timeline>(notes, 8 * ticksPerQuarter, 4 * ticksPerQuarter);
    };
    // Published at 2.3 quarters; 4 is the next bar line. The old notes of 2 and 3 sound until 5
    // and 6; the new ones have pitches of their own, but for one that strikes the note of 3 again.
    const auto heard = requireInvariants(
        {"new music",
         [&](ScriptedHost& host) { host.player.publish(longNotes(60)); },
         {{55200, [&](ScriptedHost& host) { host.player.publish(longNotes(59)); }}},
         8 * beat});
    const auto has = [&heard](bool on, int pitch, std::int64_t at) {
        return std::any_of(heard.begin(), heard.end(), [&](const Heard& each) {
            return each.event.isNoteOn() == on && each.event.pitch == pitch && each.sample == at;
        });
    };
    for (const auto& [pitch, sample] : onsetsOf(heard))
        CHECK(pitch == (sample < 4 * beat ? 60 : 59) + sample / beat);
    CHECK(has(false, 62, 5 * beat)); // its own end
    CHECK(has(true, 63, 4 * beat));  // the new music's fifth note is the old one's fourth pitch
    CHECK(has(false, 63, 4 * beat)); // so that is cut, and by nothing but this
    CHECK(has(false, 63, 7 * beat));
    CHECK(has(false, 61, 4 * beat)); // ended there anyhow
}

TEST_CASE("whatever a host does by chance, the invariants hold")
{
    for (unsigned seed = 0; seed < 12; ++seed) {
        std::mt19937 random(seed);
        Script script{"chance " + std::to_string(seed),
                      [seed](ScriptedHost& host) {
                          begin(host);
                          host.tellsChangesOnly = seed % 3 == 1;
                          host.tellsSamples = seed % 2 == 0;
                          host.tempo = 61.7 + 13.0 * seed;
                      },
                      {},
                      240000};
        for (std::int64_t at = 1 + random() % 9000; at < script.length;
             at += 1 + static_cast<std::int64_t>(random() % 20000)) {
            const auto number = random();
            script.actions.push_back(
                {at, [number](ScriptedHost& host) {
                     switch (number % 5) {
                     case 0:
                         locate(host, number / 5 % 320 / 7.0 - 4.0);
                         break;
                     case 1:
                         host.playing = !host.playing;
                         break;
                     case 2:
                         host.tempo = 40.0 + number / 5 % 200;
                         break;
                     case 3:
                         host.context.channel = static_cast<int>(number / 5 % 16);
                         break;
                     default:
                         host.metre = {static_cast<int>(1 + number / 5 % 9), 8};
                         break;
                     }
                 }});
        }
        CHECK(requireInvariants(script).size() > 10);
    }
}
