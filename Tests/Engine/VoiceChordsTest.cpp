#include "Engine/Voices/VoiceChords.h"

#include "Engine/Voices/VoiceModel.h"
#include "RandomVoices.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using namespace organum::engine;
using score::Quarters;
using test::RandomVoices;

namespace
{

constexpr std::uint32_t cMajor = 1u << 0 | 1u << 4 | 1u << 7;
constexpr std::uint32_t fMajor = 1u << 5 | 1u << 9 | 1u << 0;

/** C and F in turn, two beats each; `bass` of the C chords. */
Request requestWith(double strength, int bass = -1)
{
    Request request;
    request.bars = 4;
    request.chords.strength = strength;
    for (int i = 0; i < 8; ++i)
        request.chords.chords.push_back(
            {2 * i, 2, i % 2 == 0 ? cMajor : fMajor, i % 2 == 0 ? bass : -1});
    return request;
}

Take play(const std::shared_ptr<RandomVoices>& voices, const Request& request)
{
    return generate(VoiceModel(voices), request).at(0);
}

double conformity(const Take& take, const Request& request)
{
    double inside = 0.0;
    double all = 0.0;
    for (const auto& note : take.notes)
        for (auto time = note.onset; time < note.end(); time += {1, 4}) {
            const auto* chord = request.chords.at(time);
            all += 1.0;
            inside += (chord->pitchClasses >> (note.pitch % 12) & 1u) != 0 ? 1.0 : 0.0;
        }
    return inside / all;
}

std::size_t soundingSteps(const Take& take)
{
    std::size_t steps = 0;
    for (const auto& note : take.notes)
        steps += static_cast<std::size_t>((note.duration * Quarters(4)).floor());
    return steps;
}

} // namespace

TEST_CASE("Every voice sings chord tones alone when the wish is strict, with any decoder",
          "[voice-chords]")
{
    auto voices = std::make_shared<RandomVoices>();
    voices->listens = true;
    for (const double rules : {0.0, 0.5, 1.0})
        for (const auto decoder : {Decoder::argmax, Decoder::threshold}) {
            auto request = requestWith(1.0);
            request.voices.ruleStrength = rules;
            request.voices.decoder = decoder;
            const auto take = play(voices, request);
            CHECK_FALSE(take.notes.empty());
            CHECK(conformity(take, request) == 1.0);
        }
}

TEST_CASE("A stronger wish brings more chord tones", "[voice-chords]")
{
    const auto voices = std::make_shared<RandomVoices>();
    const auto share = [&](double strength) {
        const auto request = requestWith(strength);
        return conformity(play(voices, request), request);
    };
    const double off = share(0.0);
    CHECK(off < 0.5);
    CHECK(share(0.3) > off + 0.1);
    CHECK(share(0.6) > share(0.3));
    CHECK(share(1.0) == 1.0);
}

TEST_CASE("Strict chords silence nobody", "[voice-chords]")
{
    const auto voices = std::make_shared<RandomVoices>();
    const auto plain = soundingSteps(play(voices, requestWith(0.0)));
    const auto strict = soundingSteps(play(voices, requestWith(1.0)));
    CHECK(static_cast<double>(strict) > 0.9 * static_cast<double>(plain));
}

TEST_CASE("The lowest voice is drawn to the bass that a chord names", "[voice-chords]")
{
    const auto voices = std::make_shared<RandomVoices>();
    const auto share = [&](const Request& request) {
        double named = 0.0;
        double all = 0.0;
        const auto take = play(voices, request);
        for (std::size_t i = 0; i < take.notes.size(); ++i)
            if (take.noteVoices[i] == 3 &&
                request.chords.at(take.notes[i].onset)->pitchClasses == cMajor) {
                all += 1.0;
                named += take.notes[i].pitch % 12 == 4 ? 1.0 : 0.0;
            }
        return named / all;
    };
    CHECK(share(requestWith(1.0)) < 0.6);
    CHECK(share(requestWith(1.0, 4)) > 0.9);
}

TEST_CASE("What is locked stays, whatever the chords say", "[voice-chords]")
{
    const auto voices = std::make_shared<RandomVoices>();
    auto request = requestWith(1.0);
    request.voices.lockedVoices.assign(4, 1u << 0);
    request.voices.lockedNotes = {{{66, 90, 0, 8}, 0}, {{70, 90, 8, 8}, 0}};
    const auto take = play(voices, request);
    std::vector<score::Note> locked;
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        if (take.noteVoices[i] == 0)
            locked.push_back(take.notes[i]);
    REQUIRE(locked.size() == 2);
    CHECK(locked[0] == score::Note{66, 90, 0, 8});
    CHECK(locked[1] == score::Note{70, 90, 8, 8});
}

TEST_CASE("A chord of which a voice has no note is refused, with the voice's name",
          "[voice-chords]")
{
    const auto voices = std::make_shared<RandomVoices>();
    const VoiceModel model(voices);
    auto request = requestWith(1.0);
    CHECK_NOTHROW(model.check(request));
    request.pitchClassMask = cMajor & ~1u; // E G: nothing of F
    CHECK_THROWS_WITH(model.check(request),
                      Catch::Contains("chord 2, at quarter 2,") && Catch::Contains("Soprano"));
    request.chords.strength = 0.9;
    CHECK_NOTHROW(model.check(request));
}

TEST_CASE("A chord that changes within a sixteenth counts from the step whose middle it holds",
          "[voice-chords]")
{
    const auto voices = std::make_shared<RandomVoices>();
    auto request = requestWith(1.0);
    request.chords.chords = {{0, {4, 3}, cMajor, -1}, {{4, 3}, {44, 3}, fMajor, -1}};
    for (const auto& note : play(voices, request).notes) {
        INFO(note.pitch << " at " << note.onset.toString());
        // 4/3 quarters are five sixteenths and a third.
        const auto& chord = note.onset < Quarters(5, 4) ? cMajor : fMajor;
        CHECK((chord >> (note.pitch % 12) & 1u) != 0);
    }
}
