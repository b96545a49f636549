#include "Engine/Generation.h"

#include "Engine/ModelLoader.h"
#include "Engine/Random.h"
#include "TinyModel.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>
#include <thread>

using namespace organum;
using namespace organum::engine;
using score::Quarters;
using test::TinyModel;

namespace
{

std::shared_ptr<const StepModel> modelOf(const TinyModel& tiny)
{
    return makeModel(tiny.make()).steps;
}

bool sameMusic(const Take& a, const Take& b)
{
    const auto same = [](const GeneratedElement& x, const GeneratedElement& y) {
        return x.onset == y.onset && x.duration == y.duration && x.pitches == y.pitches &&
               x.pitchLogProbability == y.pitchLogProbability &&
               x.durationLogProbability == y.durationLogProbability;
    };
    return a.notes == b.notes && a.seed == b.seed && a.elements.size() == b.elements.size() &&
           std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), same);
}

/** The elements of a take follow each other without gap and fill it. */
void checkTiling(const Take& take)
{
    Quarters time;
    std::size_t notes = 0;
    for (std::size_t i = take.primerElements; i < take.elements.size(); ++i) {
        const auto& element = take.elements[i];
        CHECK(element.onset == time);
        CHECK(element.duration > Quarters(0));
        for (const int pitch : element.pitches) {
            REQUIRE(notes < take.notes.size());
            const auto& note = take.notes[notes++];
            CHECK(note.pitch == pitch);
            CHECK(note.onset == element.onset);
            CHECK(note.duration == element.duration);
        }
        time += element.duration;
    }
    CHECK(time == take.length);
    CHECK(notes == take.notes.size());
}

} // namespace

TEST_CASE("A take fills exactly the bars asked for, in any metre", "[generation]")
{
    const auto model = modelOf({});
    for (const auto& metre : {Metre{4, 4}, Metre{3, 4}, Metre{6, 8}, Metre{7, 16}, Metre{1, 32}}) {
        for (const int bars : {1, 2, 16}) {
            INFO(bars << " bars of " << metre.numerator << "/" << metre.denominator);
            Request request;
            request.bars = bars;
            request.metre = metre;
            request.variations = 3;
            for (const auto& take : generate(model, request)) {
                CHECK(take.length == metre.barLength() * Quarters(bars));
                checkTiling(take);
                CHECK_FALSE(take.notes.empty());
            }
        }
    }
}

TEST_CASE("The same request gives the same notes on every call and thread", "[generation]")
{
    const auto model = modelOf({});
    Request request;
    request.seed = 77;
    request.bars = 8;
    for (const auto sampler : {Sampler::stream, Sampler::window}) {
        request.sampler = sampler;
        const auto expected = generate(model, request);
        CHECK(sameMusic(generate(model, request)[0], expected[0]));
        std::vector<std::vector<Take>> results(4);
        std::vector<std::thread> threads;
        for (auto& result : results)
            threads.emplace_back([&] { result = generate(model, request); });
        for (auto& thread : threads)
            thread.join();
        for (const auto& result : results)
            CHECK(sameMusic(result[0], expected[0]));
    }
    request.sampler = Sampler::stream;
    const auto before = generate(model, request)[0];
    request.seed = 78;
    CHECK(generate(model, request)[0].notes != before.notes);
}

TEST_CASE("Over ten thousand notes, takes made together equal takes made alone", "[generation]")
{
    TinyModel tiny;
    tiny.units = 40; // no multiple of a vector register, so that edges are computed too
    const auto model = modelOf(tiny);
    Request request;
    request.bars = 250;
    request.seed = 1000;
    request.variations = 16;
    const auto together = generate(model, request);
    REQUIRE(together.size() == 16);
    std::size_t notes = 0;
    request.variations = 1;
    for (std::size_t i = 0; i < together.size(); ++i) {
        request.seed = 1000 + i;
        CHECK(sameMusic(generate(model, request).at(0), together[i]));
        notes += together[i].notes.size();
    }
    CHECK(notes >= 10000);
}

TEST_CASE("Window and stream sample the same notes while the history fits the window",
          "[generation]")
{
    TinyModel tiny;
    tiny.window = 200;
    const auto model = modelOf(tiny);
    Request request;
    request.bars = 8;
    const auto stream = generate(model, request)[0];
    request.sampler = Sampler::window;
    const auto window = generate(model, request)[0];
    REQUIRE(stream.elements.size() < 200);
    CHECK(stream.notes == window.notes);
    for (std::size_t i = 0; i < stream.elements.size(); ++i)
        CHECK(stream.elements[i].pitchLogProbability ==
              Approx(window.elements[i].pitchLogProbability).margin(1e-4));
}

TEST_CASE("The probability given with a choice is the one of the distribution shown",
          "[generation]")
{
    const auto model = modelOf({});
    Request request;
    request.bars = 12;
    request.seed = 3;
    request.explainProbabilities = true;
    request.pitchTemperature = 0.8;
    request.topP = 0.9;
    const auto take = generate(model, request)[0];
    const auto columns = take.durations.size();
    REQUIRE(take.pitchProbabilities.size() == take.elements.size() * Take::pitchColumns);
    REQUIRE(take.durationProbabilities.size() == take.elements.size() * columns);
    for (std::size_t i = 0; i < take.elements.size(); ++i) {
        const auto& element = take.elements[i];
        const auto* row = &take.pitchProbabilities[i * Take::pitchColumns];
        // A pitch may also sound in chords, so its column is at least the token's chance.
        if (element.pitches.empty())
            CHECK(row[128] == Approx(std::exp(element.pitchLogProbability)).epsilon(1e-5));
        for (const int pitch : element.pitches)
            CHECK(row[pitch] >= static_cast<float>(std::exp(element.pitchLogProbability)) - 1e-6f);
        for (std::size_t c = 0; c < Take::pitchColumns; ++c)
            REQUIRE((row[c] >= 0.0f && row[c] <= 1.0f));

        const auto* durations = &take.durationProbabilities[i * columns];
        CHECK(std::accumulate(durations, durations + columns, 0.0) == Approx(1.0));
        double chosen = -1.0;
        for (std::size_t c = 0; c < columns; ++c)
            if (take.durations[c] == element.duration)
                chosen = durations[c];
        if (i + 1 < take.elements.size()) // the last one may be clipped
            CHECK(chosen == Approx(std::exp(element.durationLogProbability)).epsilon(1e-5));
    }
}

TEST_CASE("A column of chords sums to 1, and the chosen one's value is the one of its likelihood",
          "[generation]")
{
    const auto model = modelOf({});
    Request request;
    request.bars = 8;
    request.seed = 11;
    request.explainProbabilities = true;
    request.topP = GENERATE(1.0, 0.8);
    request.pitchTemperature = 0.9;
    const auto take = generate(model, request)[0];
    const auto columns = take.chords.size();
    REQUIRE(columns == static_cast<std::size_t>(model->vocabulary.pitchCount() - 2));
    REQUIRE(take.chordProbabilities.size() == take.elements.size() * columns);
    for (std::size_t i = 0; i < take.elements.size(); ++i) {
        const auto* row = &take.chordProbabilities[i * columns];
        CHECK(std::accumulate(row, row + columns, 0.0) == Approx(1.0).epsilon(1e-5));
        const auto chosen =
            std::find(take.chords.begin(), take.chords.end(), take.elements[i].pitches) -
            take.chords.begin();
        CHECK(row[chosen] == static_cast<float>(std::exp(take.elements[i].pitchLogProbability)));
    }
}

TEST_CASE("A branch takes the wished pitch, keeps all before it and is the same every time",
          "[generation]")
{
    const auto model = modelOf({});
    Request request;
    request.bars = 8;
    request.seed = 5;
    request.explainProbabilities = true;
    request.primer = {{60, 90, 0, 1}, {62, 90, 1, 1}};
    request.primerLength = 2;
    const auto first = generate(model, request)[0];
    const auto primer = first.primerElements;
    for (const int at : {0, 7, 20}) {
        const auto place = primer + static_cast<std::size_t>(at);
        // The runner-up among the notes alone.
        const auto* row =
            &first.chordProbabilities[static_cast<std::size_t>(at) * first.chords.size()];
        std::size_t runnerUp = first.chords.size();
        for (std::size_t c = 0; c < first.chords.size(); ++c)
            if (first.chords[c].size() == 1 && first.chords[c] != first.elements[place].pitches &&
                (runnerUp == first.chords.size() || row[c] > row[runnerUp]))
                runnerUp = c;
        auto branched = request;
        branched.branches = {{at, first.chords[runnerUp].front()}};
        const auto take = generate(model, branched)[0];
        INFO("element " << at);
        CHECK(take.elements[place].pitches == first.chords[runnerUp]);
        CHECK(take.elements[place].onset == first.elements[place].onset);
        CHECK(static_cast<float>(std::exp(take.elements[place].pitchLogProbability)) ==
              row[runnerUp]);
        for (std::size_t i = 0; i < place; ++i) {
            CHECK(take.elements[i].pitches == first.elements[i].pitches);
            CHECK(take.elements[i].duration == first.elements[i].duration);
            CHECK(take.elements[i].pitchLogProbability == first.elements[i].pitchLogProbability);
        }
        CHECK(take.notes != first.notes);
        CHECK(generate(model, branched)[0].notes == take.notes);
    }
    auto impossible = request;
    impossible.branches = {{3, 127}};
    CHECK_THROWS_AS(generate(model, impossible), std::invalid_argument);
    impossible.branches = {{3, 128}};
    CHECK_THROWS_AS(generate(model, impossible), std::invalid_argument);
    auto silent = request;
    silent.branches = {{4, Branch::rest}};
    CHECK(generate(model, silent)[0].elements[primer + 4].pitches.empty());
}

TEST_CASE("Single notes and the rest share one: their chances sum to 1 without chords",
          "[generation]")
{
    TinyModel tiny;
    const auto vocabulary = Vocabulary::fromJson(tiny.make().metadata.vocabulary);
    Request request;
    request.bars = 4;
    request.explainProbabilities = true;
    request.pitchClassMask = 1u << 2; // D: no triad of the model lies within it
    const auto take = generate(modelOf(tiny), request)[0];
    for (std::size_t i = 0; i < take.elements.size(); ++i) {
        const auto* row = &take.pitchProbabilities[i * Take::pitchColumns];
        CHECK(std::accumulate(row, row + Take::pitchColumns, 0.0) == Approx(1.0));
    }
}

TEST_CASE("Each new element's attention covers all before it and sums to 1", "[generation]")
{
    Request request;
    request.bars = 6;
    request.explainAttention = true;
    request.sampler = GENERATE(Sampler::stream, Sampler::window);
    request.primer = {{60, 90, 0, 1}, {62, 90, 1, 1}};
    request.primerLength = 2;
    const bool primed = GENERATE(true, false);
    if (!primed) {
        request.primer.clear();
        request.primerLength = 0;
    }
    const auto take = generate(modelOf({}), request)[0];
    const auto count = take.elements.size();
    const auto created = count - take.primerElements;
    REQUIRE(take.primerElements == (primed ? 2u : 0u));
    REQUIRE(take.attention.size() == created * count);
    for (std::size_t i = 0; i < created; ++i) {
        const auto* row = &take.attention[i * count];
        const auto before = take.primerElements + i;
        const double expected = before == 0 ? 0.0 : 1.0;
        CHECK(std::accumulate(row, row + count, 0.0) == Approx(expected));
        CHECK(std::accumulate(row + before, row + count, 0.0) == 0.0);
    }
}

TEST_CASE("Nothing outside scale and range is ever heard", "[generation]")
{
    Request request;
    request.bars = 40;
    request.pitchClassMask = 0xAB5; // C major
    request.lowestPitch = 50;
    request.highestPitch = 66;
    request.pitchTemperature = 4.0;
    request.variations = 4;
    for (const auto& take : generate(modelOf({}), request)) {
        for (const auto& note : take.notes) {
            CHECK(note.pitch >= 50);
            CHECK(note.pitch <= 66);
            CHECK((0xAB5 >> (note.pitch % 12) & 1) == 1);
        }
    }
}

TEST_CASE("However much a network loves silence, every bar after a silent one has a note",
          "[generation]")
{
    auto bundle = TinyModel{}.make();
    std::vector<float> bias(bundle.tensors.at("pitchHead.bias").bytes.size() / sizeof(float));
    bias[2] = 60.0f; // the rest
    bundle.tensors["pitchHead.bias"] = test::tensorOf<float>(
        bundle::DataType::float32, {static_cast<std::int64_t>(bias.size())}, bias);
    const auto model = makeModel(bundle).steps;
    Request request;
    for (const int bars : {1, 2, 9}) {
        request.bars = bars;
        const auto take = generate(model, request)[0];
        Quarters silence;
        for (const auto& element : take.elements) {
            silence = element.pitches.empty() ? silence + element.duration : Quarters();
            CHECK(silence <= Quarters(bars == 1 ? 2 : 4));
        }
        CHECK_FALSE(take.notes.empty());
    }
}

TEST_CASE("A primer changes what follows, and lies before it in the take", "[generation]")
{
    const auto model = modelOf({});
    Request request;
    request.bars = 4;
    const auto alone = generate(model, request)[0];
    request.primer = {{60, 90, 0, 1}, {48, 90, 1, 1}, {52, 90, 1, 1}, {55, 90, 1, 1}};
    request.primerLength = 4;
    const auto take = generate(model, request)[0];
    CHECK(take.notes != alone.notes);
    REQUIRE(take.primerElements == 3);
    CHECK(take.elements[0].onset == -4);
    CHECK(take.elements[1].pitches == std::vector<int>{48, 52, 55});
    CHECK(take.elements[2].pitches.empty());
    CHECK(take.elements[2].onset + take.elements[2].duration == 0);
    CHECK(take.notes.front().onset >= 0);
    checkTiling(take);
}

TEST_CASE("Downbeats are played strongest, then beats, then what lies between", "[generation]")
{
    CHECK(velocityOf({4, 4}, 8) == 96);
    CHECK(velocityOf({4, 4}, 9) == 88);
    CHECK(velocityOf({4, 4}, {17, 2}) == 80);
    CHECK(velocityOf({6, 8}, {3, 2}) == 88);
    CHECK(velocityOf({6, 8}, {1, 2}) == 80);
    CHECK(velocityOf({3, 8}, {1, 2}) == 88);
}

TEST_CASE("A generation can be stopped between two elements", "[generation]")
{
    Request request;
    request.bars = 256;
    int asked = 0;
    CHECK(generate(modelOf({}), request, [&] { return ++asked < 5; }).empty());
    CHECK(asked == 5);
}

TEST_CASE("Explanations too large to keep are left out, with a notice", "[generation]")
{
    TinyModel tiny;
    tiny.durations = {"1/12", "1/4"};
    Request request;
    request.bars = 256;
    request.variations = 16;
    request.explainAttention = true;
    const auto takes = generate(modelOf(tiny), request);
    REQUIRE(takes[0].elements.size() > 2000);
    CHECK(takes[0].attention.empty());
    CHECK_THAT(takes[0].notice, Catch::Contains("attention"));
}
