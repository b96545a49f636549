#include "Engine/ChordWishes.h"

#include "Engine/Generation.h"
#include "Engine/ModelLoader.h"
#include "Engine/SequenceModel.h"
#include "TinyModel.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using namespace organum::engine;
using score::Quarters;
using test::TinyModel;

namespace
{

constexpr std::uint32_t cMajor = 1u << 0 | 1u << 4 | 1u << 7;
constexpr std::uint32_t aMinor = 1u << 9 | 1u << 0 | 1u << 4;
constexpr std::uint32_t fMajor = 1u << 5 | 1u << 9 | 1u << 0;
constexpr std::uint32_t gSeventh = 1u << 7 | 1u << 11 | 1u << 2 | 1u << 5;

/** C, A minor, F and G7, again and again, each for so many quarters. */
ChordWishes progression(double strength, const Quarters& each = 4, int count = 16)
{
    ChordWishes wishes;
    wishes.strength = strength;
    const std::uint32_t chords[] = {cMajor, aMinor, fMajor, gSeventh};
    for (int i = 0; i < count; ++i)
        wishes.chords.push_back({each * Quarters(i), each, chords[i % 4], -1});
    return wishes;
}

std::shared_ptr<const StepModel> modelOf(const TinyModel& tiny)
{
    return makeModel(tiny.make()).steps;
}

/** Share of what sounds that belongs to its chord. */
double conformity(const Take& take, const ChordWishes& wishes)
{
    double inside = 0.0;
    double all = 0.0;
    for (const auto& note : take.notes)
        for (auto time = note.onset; time < note.end();
             time = wishes.changeAfter(time, note.end())) {
            const auto* chord = wishes.at(time);
            const auto length = (wishes.changeAfter(time, note.end()) - time).toDouble();
            all += length;
            if (chord == nullptr || (chord->pitchClasses >> (note.pitch % 12) & 1u) != 0)
                inside += length;
        }
    return inside / all;
}

double silenceOf(const Take& take)
{
    auto silent = take.length.toDouble();
    for (const auto& element : take.elements)
        silent -= element.pitches.empty() ? 0.0 : element.duration.toDouble();
    return silent / take.length.toDouble();
}

Request requestWith(ChordWishes wishes)
{
    Request request;
    request.bars = 16;
    request.chords = std::move(wishes);
    return request;
}

} // namespace

TEST_CASE("The chord of a moment is found, and where it ends", "[chords]")
{
    ChordWishes wishes;
    wishes.chords = {{1, 2, cMajor, -1}, {3, {1, 3}, fMajor, -1}, {5, 1, gSeventh, -1}};
    CHECK(wishes.at(0) == nullptr);
    CHECK(wishes.at(1) == &wishes.chords[0]);
    CHECK(wishes.at({14, 5}) == &wishes.chords[0]);
    CHECK(wishes.at(3) == &wishes.chords[1]);
    CHECK(wishes.at({10, 3}) == nullptr);
    CHECK(wishes.at(100) == nullptr);
    CHECK(wishes.changeAfter(0, 100) == Quarters(1));
    CHECK(wishes.changeAfter(1, 100) == Quarters(3));
    CHECK(wishes.changeAfter(1, 2) == Quarters(2));
    CHECK(wishes.changeAfter({10, 3}, 100) == Quarters(5));
    CHECK(wishes.changeAfter(6, 100) == Quarters(100));
    CHECK(wishes.common(0, 2) == cMajor);
    CHECK(wishes.common(2, 4) == (cMajor & fMajor));
    CHECK(wishes.common(0, 6) == 0u);
    CHECK(wishes.common(4, 5) == ChordWishes::anyPitchClass);
}

TEST_CASE("A strict wish is obeyed at every moment, in any metre and however chords divide the bar",
          "[chords]")
{
    TinyModel tiny;
    SECTION("rests and chords known") {}
    SECTION("no rest known")
    {
        tiny.rests = false;
    }
    SECTION("only long notes")
    {
        tiny.durations = {"2", "3", "5"};
    }
    SECTION("only durations that fit no chord's length")
    {
        tiny.durations = {"5/4", "11/5", "7/3"};
    }
    const auto model = modelOf(tiny);
    for (const auto& each : {Quarters(4), Quarters(1), Quarters(4, 3), Quarters(3, 4)})
        for (const auto& metre : {Metre{4, 4}, Metre{6, 8}, Metre{7, 16}})
            for (const auto sampler : {Sampler::stream, Sampler::window}) {
                auto request = requestWith(progression(1.0, each, 40));
                request.metre = metre;
                request.bars = 8;
                request.sampler = sampler;
                request.variations = 2;
                for (const auto& take : generate(model, request)) {
                    CHECK(conformity(take, request.chords) == 1.0);
                    CHECK_FALSE(take.notes.empty());
                    CHECK(silenceOf(take) < 0.9);
                    Quarters time;
                    for (const auto& element : take.elements) {
                        CHECK(element.onset == time);
                        CHECK(element.duration > Quarters(0));
                        time += element.duration;
                    }
                    CHECK(time == take.length);
                }
            }
}

TEST_CASE("The stronger the wish the more of the music is in its chords", "[chords]")
{
    const auto model = modelOf({});
    const auto share = [&](double strength) {
        double sum = 0.0;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            auto request = requestWith(progression(strength));
            request.seed = seed;
            sum += conformity(generate(model, request).at(0), request.chords) / 20.0;
        }
        return sum;
    };
    const double off = share(0.0);
    const double soft = share(0.3);
    const double half = share(0.5);
    const double firm = share(0.8);
    INFO(off << ' ' << soft << ' ' << half << ' ' << firm);
    CHECK(off < 0.45);
    CHECK(soft > off + 0.1);
    CHECK(half > soft + 0.05);
    CHECK(firm > half);
    CHECK(firm < 1.0);
    CHECK(share(1.0) == Approx(1.0));
}

TEST_CASE("Chords of strength 0, and chords that allow everything, leave a take as it is",
          "[chords]")
{
    const auto model = modelOf({});
    const auto plain = generate(model, requestWith({})).at(0);
    CHECK(generate(model, requestWith(progression(0.0))).at(0).notes == plain.notes);
    for (const double strength : {0.5, 1.0}) {
        auto free = progression(strength);
        for (auto& chord : free.chords)
            chord.pitchClasses = ChordWishes::anyPitchClass;
        CHECK(generate(model, requestWith(free)).at(0).notes == plain.notes);
    }
}

TEST_CASE("Chords do not make a piece more silent than it would be", "[chords]")
{
    const auto model = modelOf({});
    const auto restsAt = [&](double strength) {
        double rests = 0.0;
        double elements = 0.0;
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            auto request = requestWith(progression(strength));
            request.seed = seed;
            for (const auto& element : generate(model, request).at(0).elements) {
                rests += element.pitches.empty() ? 1.0 : 0.0;
                elements += 1.0;
            }
        }
        return rests / elements;
    };
    const double plain = restsAt(0.0);
    REQUIRE(plain > 0.01);
    CHECK(restsAt(0.5) < 2.0 * plain + 0.02);
    CHECK(restsAt(1.0) < 2.0 * plain + 0.02);
}

TEST_CASE("Music before and between chords is free", "[chords]")
{
    const auto model = modelOf({});
    auto request = requestWith({});
    request.chords.strength = 1.0;
    request.chords.chords = {{32, 32, 1u << 0, -1}};
    const auto take = generate(model, request).at(0);
    const auto plain = generate(model, requestWith({})).at(0);
    std::size_t same = 0;
    while (take.notes.at(same) == plain.notes.at(same))
        ++same;
    CHECK(take.notes[same].end() > Quarters(24)); // the first note that reaches into the chord
    for (const auto& note : take.notes)
        if (note.end() > Quarters(32))
            CHECK(note.pitch % 12 == 0);
}

TEST_CASE("A chord of which the model has no note is refused when it is strict", "[chords]")
{
    const SequenceModel model(modelOf({}));
    auto request = requestWith(progression(1.0));
    CHECK_NOTHROW(model.check(request));
    request.pitchClassMask = 1u << 1 | 1u << 4; // C# E: nothing of F or G7
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("chord 3, at quarter 8,") &&
                                                Catch::Contains("less strictly"));
    request.bars = 2; // F is not reached
    CHECK_NOTHROW(model.check(request));
    request.bars = 16;
    request.chords.strength = 0.99;
    CHECK_NOTHROW(model.check(request));
    CHECK_FALSE(generate(model, request).at(0).notes.empty());
}

TEST_CASE("Chords out of their ranges are refused with the number of the chord", "[chords]")
{
    auto request = requestWith(progression(0.5));
    std::string expected;
    SECTION("a strength of 2")
    {
        request.chords.strength = 2.0;
        expected = "strength of the chords is 2";
    }
    SECTION("a strength that is no number")
    {
        request.chords.strength = std::nan("");
        expected = "strength of the chords";
    }
    SECTION("no notes")
    {
        request.chords.chords[1].pitchClasses = 0;
        expected = "chord 2 holds no pitch class";
    }
    SECTION("no length")
    {
        request.chords.chords[2].length = 0;
        expected = "chord 3 lasts 0 quarters";
    }
    SECTION("overlapping")
    {
        request.chords.chords[1].onset = 3;
        expected = "chord 2 begins at quarter 3, before 4";
    }
    SECTION("before the music")
    {
        request.chords.chords[0].onset = -1;
        expected = "where the new music begins";
    }
    SECTION("a bass that is no pitch class")
    {
        request.chords.chords[0].bass = 12;
        expected = "chord 1 has the bass 12";
    }
    SECTION("too many")
    {
        request.chords = progression(0.5, {1, 4}, 5000);
        expected = "number of chords is 5000";
    }
    CHECK_THROWS_WITH(request.check(), Catch::Contains(expected));
}

TEST_CASE("What is shown as chances is what the chords leave", "[chords]")
{
    const auto model = modelOf({});
    auto request = requestWith(progression(1.0));
    request.explainProbabilities = true;
    const auto take = generate(model, request).at(0);
    for (std::size_t row = 0; row < take.elements.size(); ++row) {
        const auto& element = take.elements[row];
        const auto* chord = request.chords.at(element.onset);
        double inside = 0.0;
        for (std::size_t column = 0; column < Take::pitchColumns; ++column) {
            const auto chance = take.pitchProbabilities[row * Take::pitchColumns + column];
            const bool belongs = column == 128 || (chord->pitchClasses >> (column % 12) & 1u) != 0;
            if (!belongs)
                CHECK(chance == 0.0f);
            inside += belongs ? static_cast<double>(chance) : 0.0;
        }
        CHECK(inside > 0.99);
        CHECK(std::isfinite(element.pitchLogProbability));
        CHECK(std::isfinite(element.durationLogProbability));
    }
}
