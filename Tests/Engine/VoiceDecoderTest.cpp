#include "Engine/Voices/VoiceDecoder.h"

#include "Engine/Voices/VoiceLeading.h"
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

std::shared_ptr<RandomVoices> network()
{
    return std::make_shared<RandomVoices>();
}

Take play(const std::shared_ptr<RandomVoices>& voices, const Request& request)
{
    return generate(VoiceModel(voices), request).at(0);
}

/** [steps][voices]: the highest pitch that sounds, or -1. */
std::vector<VoicePitches> cellsOf(const Take& take)
{
    std::vector<VoicePitches> cells(static_cast<std::size_t>((take.length * Quarters(4)).floor()),
                                    {-1, -1, -1, -1});
    for (std::size_t i = 0; i < take.notes.size(); ++i) {
        const auto& note = take.notes[i];
        const auto first = (note.onset * Quarters(4)).floor();
        const auto end = (note.end() * Quarters(4)).floor();
        for (auto step = first; step < end; ++step) {
            auto& cell = cells.at(static_cast<std::size_t>(step))
                             .at(static_cast<std::size_t>(take.noteVoices[i]));
            cell = std::max(cell, note.pitch);
        }
    }
    return cells;
}

int parallelsIn(const std::vector<VoicePitches>& cells)
{
    int count = 0;
    for (std::size_t step = 1; step < cells.size(); ++step)
        for (std::size_t a = 0; a < 4; ++a)
            for (std::size_t b = a + 1; b < 4; ++b)
                count += isParallel(cells[step - 1][a], cells[step - 1][b], cells[step][a],
                                    cells[step][b])
                             ? 1
                             : 0;
    return count;
}

/** What the network alone would choose, step by step. */
std::vector<VoicePitches> firstChoices(const RandomVoices& voices, const Request& request)
{
    const Latents latents(request.voices, request.seed);
    const auto pass = voices.begin({request, latents});
    VoiceSketch sketch(4, 0, request.bars * 16);
    std::vector<VoicePitches> cells;
    VoiceScores scores;
    for (int step = 0; step < sketch.steps; ++step) {
        if (step % voices.span == 0)
            pass->beginSpan(sketch, step);
        pass->scores(0, scores);
        VoiceBranch branch;
        for (std::size_t voice = 0; voice < 4; ++voice) {
            const auto& row = scores.rows[voice];
            const auto best = std::max_element(row.begin(), row.end()) - row.begin();
            branch.pitches[voice] = best == 128 ? -1 : static_cast<int>(best);
            sketch.decide(step, static_cast<int>(voice), branch.pitches[voice]);
        }
        pass->advance({branch});
        cells.push_back(branch.pitches);
    }
    return cells;
}

} // namespace

TEST_CASE("At strength 0 every cell plays the network's own first choice", "[voices]")
{
    Request request;
    request.bars = 5;
    request.voices.ruleStrength = 0.0;
    for (const bool listens : {false, true}) {
        const auto voices = network();
        voices->listens = listens;
        for (request.seed = 0; request.seed < 5; ++request.seed) {
            const auto take = play(voices, request);
            CHECK(cellsOf(take) == firstChoices(*voices, request));
            CHECK(take.ownChoiceShare == 1.0);
            CHECK(take.length == Quarters(20));
            CHECK(take.voiceCount == 4);
        }
    }
}

TEST_CASE("Parallels in music from random scores become fewer as the dial goes up", "[voices]")
{
    Request request;
    request.bars = 160;
    for (const bool listens : {false, true}) {
        const auto voices = network();
        voices->listens = listens;
        voices->rests = false;
        voices->spread = 40.0; // an opinion to be overruled: second choices are far behind
        voices->reach = 4;     // few pitches, so that parallels are many
        std::vector<int> counts;
        std::vector<double> own;
        for (const double strength : {0.0, 0.05, 0.15, 1.0}) {
            request.voices.ruleStrength = strength;
            const auto take = play(voices, request);
            counts.push_back(parallelsIn(cellsOf(take)));
            own.push_back(take.ownChoiceShare);
        }
        INFO(counts[0] << " " << counts[1] << " " << counts[2] << " " << counts[3]);
        INFO(own[0] << " " << own[1] << " " << own[2] << " " << own[3]);
        CHECK(counts[0] > 100);
        CHECK(counts[1] < counts[0]);
        CHECK(counts[2] < counts[1]);
        CHECK(counts[3] * 50 < counts[0]);
        CHECK(own[0] == 1.0);
        for (std::size_t i = 1; i < own.size(); ++i) {
            CHECK(own[i] < 1.0);
            CHECK(own[i] > 0.9); // few cells make up for many faults
        }
    }
}

TEST_CASE("Where the first choices hold no fault the dial changes nothing", "[voices]")
{
    // One voice of four has a choice: nothing to run parallel with.
    class Monotone : public RandomVoices
    {
    public:
        bool canSing(int voice, int pitch) const override
        {
            return voice == 0 ? pitch >= 62 && pitch <= 80 : pitch == 56 - 4 * (voice - 1);
        }
    };
    const auto voices = std::make_shared<Monotone>();
    voices->rests = false;
    Request request;
    request.bars = 8;
    request.voices.ruleStrength = 0.0;
    const auto raw = play(voices, request);
    REQUIRE(raw.notes.size() > 100);
    for (const double strength : {0.01, 0.5, 1.0}) {
        request.voices.ruleStrength = strength;
        const auto take = play(voices, request);
        CHECK(take.notes == raw.notes);
        CHECK(take.ownChoiceShare == 1.0);
    }
}

TEST_CASE("A scale and a range take choices away before choosing", "[voices]")
{
    Request request;
    request.bars = 8;
    request.pitchClassMask = 0xAB5; // C major
    request.lowestPitch = 50;
    request.highestPitch = 70;
    for (const double strength : {0.0, 0.5}) {
        for (const auto decoder : {Decoder::argmax, Decoder::threshold}) {
            request.voices.ruleStrength = strength;
            request.voices.decoder = decoder;
            const auto take = play(network(), request);
            REQUIRE(take.notes.size() > 50);
            for (const auto& note : take.notes) {
                CHECK((0xAB5 >> (note.pitch % 12) & 1) == 1);
                CHECK(note.pitch >= 50);
                CHECK(note.pitch <= 70);
            }
            CHECK(take.ownChoiceShare < 1.0);
        }
    }
    // What remains keeps the network's order: the likeliest pitch in the scale, not a neighbour.
    request.voices = {};
    request.voices.ruleStrength = 0.0;
    request.bars = 1;
    const auto voices = network();
    voices->rests = false;
    const auto cells = cellsOf(play(voices, request));
    const Latents latents(request.voices, request.seed);
    const auto pass = voices->begin({request, latents});
    const VoiceSketch sketch(4, 0, 16);
    pass->beginSpan(sketch, 0);
    VoiceScores scores;
    pass->scores(0, scores);
    for (std::size_t voice = 0; voice < 4; ++voice)
        for (std::size_t pitch = 50; pitch <= 70; ++pitch)
            if ((0xAB5 >> (pitch % 12) & 1) == 1)
                CHECK(scores.rows[voice][pitch] <=
                      scores.rows[voice][static_cast<std::size_t>(cells[0][voice])]);
}

TEST_CASE("A request no voice can sing is refused, naming the voice", "[voices]")
{
    const VoiceModel model(network());
    Request request;
    request.lowestPitch = 75;
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("Tenor") || Catch::Contains("Alto"));
    request.lowestPitch = 0;
    request.metre = {3, 4};
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("3/4") && Catch::Contains("4/4"));
    request.metre = {2, 2};
    CHECK_NOTHROW(model.check(request));
    request.voices.ruleStrength = 1.5;
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("rule strength"));
    request.voices.ruleStrength = std::nan("");
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("rule strength"));
    request.voices = {};
    request.voices.latents[3].morph = -0.1;
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("morph"));
    request.voices = {};
    request.voices.macros[7] = 2.0;
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("macro"));
    request.voices = {};
    request.voices.latentMask = 1u << 10;
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("there are 10"));
    request.voices = {};
    request.voices.lockedNotes = {{{60, 90, 0, 1}, 4}};
    CHECK_THROWS_WITH(model.check(request), Catch::Contains("voices are 0 to 3"));
}

TEST_CASE("A thousand requests made twice give the same notes twice", "[voices]")
{
    const auto voices = network();
    voices->listens = true;
    Request request;
    request.bars = 1;
    for (request.seed = 0; request.seed < 1000; ++request.seed) {
        request.voices.ruleStrength = static_cast<double>(request.seed % 3) / 2.0;
        const auto once = play(voices, request);
        const auto again = play(voices, request);
        REQUIRE(once.notes == again.notes);
        REQUIRE(once.noteVoices == again.noteVoices);
    }
}

TEST_CASE("Takes made together equal takes made alone", "[voices]")
{
    Request request;
    request.bars = 4;
    request.seed = 10;
    request.variations = 6;
    const auto voices = network();
    const auto together = generate(VoiceModel(voices), request);
    REQUIRE(together.size() == 6);
    request.variations = 1;
    for (std::size_t i = 0; i < 6; ++i) {
        request.seed = 10 + i;
        CHECK(play(voices, request).notes == together[i].notes);
        CHECK(together[i].seed == 10 + i);
    }
    CHECK(together[0].notes != together[1].notes);
}

TEST_CASE("The threshold decoder plays every pitch that is on", "[voices]")
{
    Request request;
    request.bars = 4;
    request.voices.decoder = Decoder::threshold;
    const auto take = play(network(), request);
    const auto raw = firstChoices(*network(), request);
    REQUIRE_FALSE(raw.empty());
    // Scores are uniform over 6 nats: a pitch in about nine is above -ln 2.
    double sounding = 0.0;
    for (const auto& note : take.notes)
        sounding += note.duration.toDouble() * 4.0;
    double possible = 0.0;
    for (int voice = 0; voice < 4; ++voice)
        for (int pitch = 0; pitch < 128; ++pitch)
            possible += network()->canSing(voice, pitch) ? 64.0 : 0.0;
    CHECK(sounding / possible == Approx(std::log(2.0) / 6.0).epsilon(0.1));
    CHECK(take.ownChoiceShare == 1.0);
}

TEST_CASE("The activation map holds the chances before decoding, a row a step and voice",
          "[voices]")
{
    Request request;
    request.bars = 3;
    request.explainProbabilities = true;
    for (const double strength : {0.0, 0.5}) {
        request.voices.ruleStrength = strength;
        const auto take = play(network(), request);
        REQUIRE(take.activationSteps == 48);
        REQUIRE(take.activation.size() == 48u * 4 * 128);
        const auto cells = cellsOf(take);
        for (std::size_t row = 0; row < 48 * 4; ++row) {
            const auto* chances = &take.activation[row * 128];
            double sum = 0.0;
            for (std::size_t pitch = 0; pitch < 128; ++pitch)
                sum += chances[pitch];
            CHECK(sum <= 1.0 + 1e-5);
            CHECK(sum > 0.7); // the rest is silence's
            const int pitch = cells[row / 4][row % 4];
            if (strength == 0.0 && pitch >= 0)
                CHECK(chances[pitch] == *std::max_element(chances, chances + 128));
        }
    }
    request.explainProbabilities = false;
    CHECK(play(network(), request).activation.empty());
}
