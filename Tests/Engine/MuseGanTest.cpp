#include "Engine/Voices/MuseGanNetwork.h"

#include "Engine/Blas.h"
#include "Engine/ModelLoader.h"
#include "Engine/organum_engine.h"
#include "TinyVoices.h"

#include "../Support/CatchAfterTorch.h"

using namespace organum;
using namespace organum::engine;
using score::Quarters;
using test::TinyMuseGan;

namespace
{

Take play(const LoadedModel& loaded, const Request& request)
{
    return generate(*loaded.model, request).at(0);
}

/** Notes of one voice in [from, to). */
std::vector<score::Note> part(const Take& take, int voice, const Quarters& from, const Quarters& to)
{
    std::vector<score::Note> notes;
    for (std::size_t i = 0; i < take.notes.size(); ++i) {
        auto note = take.notes[i];
        if (take.noteVoices[i] != voice || note.onset < from || note.onset >= to)
            continue;
        note.onset = note.onset - from;
        notes.push_back(note);
    }
    return notes;
}

/** Ten knobs of their own, each with the seed 1000 + its number. */
Request knobs(int bars = 2)
{
    Request request;
    request.bars = bars;
    request.voices.latentMask = (1u << 10) - 1;
    for (std::size_t i = 0; i < 10; ++i)
        request.voices.latents[i] = {1000 + i, 2000 + i, 0.0};
    return request;
}

} // namespace

TEST_CASE("MuseGAN plays, at strength 0, the argmax of what its module computes", "[musegan]")
{
    const OneBlasThread repeatable;
    const auto bundle = TinyMuseGan{}.make();
    const MuseGanNetwork network(bundle);
    const auto loaded = makeModel(bundle);
    CHECK(loaded.steps == nullptr);
    CHECK(loaded.model->parameterCount() == network.parameterCount());
    Request request;
    request.seed = 12;
    request.voices.ruleStrength = 0.0;
    request.voices.joining = score::Joining::cutAtBeats;
    request.bars = 2;
    const auto take = play(loaded, request);
    const Latents latents(request.voices, request.seed);
    const auto activations = network.forward(network.latentsOf(latents, 0)); // [1, 2, 16, 84, 4]
    CHECK(activations.sizes() == torch::IntArrayRef({1, 2, 16, 84, 4}));
    const auto chosen = activations.argmax(3).view({32, 4});
    CHECK(take.ownChoiceShare == 1.0);
    for (std::size_t i = 0; i < take.notes.size(); ++i) {
        const auto& note = take.notes[i];
        const auto first = (note.onset * Quarters(4)).floor();
        CHECK(note.duration <= Quarters(1));
        for (auto step = first; Quarters(step, 4) < note.end(); ++step)
            CHECK(chosen[step][take.noteVoices[i]].item<std::int64_t>() == note.pitch);
    }
    Quarters sounding;
    for (const auto& note : take.notes)
        sounding += note.duration;
    CHECK(sounding == Quarters(32)); // each voice sings all the time
}

TEST_CASE("The threshold decoder plays what the module has above 0", "[musegan]")
{
    const OneBlasThread repeatable;
    const auto bundle = TinyMuseGan{}.make();
    const MuseGanNetwork network(bundle);
    Request request;
    request.bars = 2;
    request.voices.decoder = Decoder::threshold;
    const auto take = play(makeModel(bundle), request);
    const Latents latents(request.voices, request.seed);
    const auto on = network.forward(network.latentsOf(latents, 0)) > 0;
    Quarters sounding;
    for (const auto& note : take.notes)
        sounding += note.duration * Quarters(4);
    CHECK(sounding == Quarters(on.sum().item<std::int64_t>()));
    CHECK(sounding > Quarters(0));
}

TEST_CASE("Melody and groove are a voice's own, style and chords everybody's", "[musegan]")
{
    const auto loaded = makeModel(TinyMuseGan{}.make());
    auto request = knobs();
    request.voices.ruleStrength = 0.0;
    const auto before = play(loaded, request);
    for (int knob = 0; knob < 10; ++knob) {
        INFO("knob " << knob);
        auto turned = request;
        turned.voices.latents[static_cast<std::size_t>(knob)].morph = 1.0;
        const auto after = play(loaded, turned);
        for (int voice = 0; voice < 4; ++voice) {
            const bool same = part(before, voice, 0, 8) == part(after, voice, 0, 8);
            const bool concerned = knob < 2 || (knob - 2) % 4 == voice;
            CHECK(same == !concerned);
        }
    }
}

TEST_CASE("Longer music comes in units with chords and melodies of their own", "[musegan]")
{
    const auto loaded = makeModel(TinyMuseGan{}.make());
    auto request = knobs(7);
    request.voices.ruleStrength = 0.0;
    const auto take = play(loaded, request);
    CHECK(take.length == Quarters(28));
    for (const auto& note : take.notes)
        CHECK(note.end() <= take.length);
    const auto two = play(loaded, knobs(2));
    const auto raw = [&] {
        auto first = knobs(2);
        first.voices.ruleStrength = 0.0;
        return play(loaded, first);
    }();
    for (int voice = 0; voice < 4; ++voice) {
        // The last note of the unit may be held into the next one.
        auto long1 = part(take, voice, 0, 8);
        auto short1 = part(raw, voice, 0, 8);
        REQUIRE(long1.size() == short1.size());
        long1.back().duration = short1.back().duration;
        CHECK((long1 == short1));
        CHECK((part(take, voice, 0, 8) != part(take, voice, 8, 16)));
    }
    CHECK(two.length == Quarters(8));
    CHECK(part(take, 0, 24, 28).size() > 0);
    CHECK(play(loaded, knobs(1)).length == Quarters(4));
}

TEST_CASE("A knob between two ideas glides from one to the other", "[musegan]")
{
    const auto loaded = makeModel(TinyMuseGan{}.make());
    auto request = knobs();
    const auto at = [&](double morph) {
        request.voices.latents[ORGANUM_LATENT_STYLE].morph = morph;
        return play(loaded, request).notes;
    };
    CHECK((at(0.0) != at(1.0)));
    CHECK((at(0.5) == at(0.5)));
    CHECK((at(1e-9) == at(0.0)));
    auto swapped = request;
    std::swap(swapped.voices.latents[1].seedA, swapped.voices.latents[1].seedB);
    swapped.voices.latents[1].morph = 1.0;
    CHECK((play(loaded, swapped).notes == at(0.0)));
}

TEST_CASE("A thousand draws: the same seeds, the same notes, whatever came between", "[musegan]")
{
    const auto loaded = makeModel(TinyMuseGan{}.make());
    std::vector<std::vector<score::Note>> first;
    for (int round = 0; round < 2; ++round) {
        for (std::uint64_t seed = 0; seed < 500; ++seed) {
            Request request;
            request.bars = 2;
            request.seed = round == 0 ? seed : 499 - seed;
            request.variations = round == 0 ? 1 : 2; // must not matter
            const auto take = generate(*loaded.model, request).at(0);
            if (round == 0)
                first.push_back(take.notes);
            else
                REQUIRE((take.notes == first[499 - seed]));
        }
    }
    CHECK((first[0] != first[1]));
}

TEST_CASE("A bundle that does not hold the network it names is refused", "[musegan]")
{
    const auto expectDamaged = [](const bundle::Bundle& bundle, const std::string& words) {
        try {
            makeModel(bundle);
            FAIL("was not refused");
        } catch (const bundle::BundleError& error) {
            CHECK(error.reason == bundle::BundleError::Reason::damaged);
            CHECK_THAT(error.what(), Catch::Contains(words));
        }
    };
    auto bundle = TinyMuseGan{}.make();
    bundle.tensors.erase("bar2.layer3.weight");
    expectDamaged(bundle, "bar2.layer3.weight");
    bundle = TinyMuseGan{}.make();
    bundle.metadata.config = R"({"bars":2,"generatorWidth":64})";
    expectDamaged(bundle, "shape");
    for (const char* config :
         {R"({"bars":1})", R"({"bars":1e9})", R"({"noise":"x"})", R"({"generatorWidth":18})",
          R"({"voices":[]})", R"({"voices":[{"name":"A","lowest":70,"highest":60}]})",
          R"({"voices":[{"lowest":1,"highest":2}]})", R"({"voices":{"a":1}})"}) {
        bundle.metadata.config = config;
        expectDamaged(bundle, "Train and save the model anew");
    }
}

TEST_CASE("A model with voices says so of itself", "[musegan]")
{
    const auto json = nlohmann::json::parse(describeModel(makeModel(TinyMuseGan{}.make())));
    CHECK(json["kind"] == "musegan");
    REQUIRE(json["voices"].size() == 4);
    CHECK(json["voices"][0]["name"] == "Soprano");
    CHECK(json["voices"][3]["lowest"] == 36);
    CHECK(json["latents"] == nlohmann::json({"chords", "style", "melody-soprano", "melody-alto",
                                             "melody-tenor", "melody-bass", "groove-soprano",
                                             "groove-alto", "groove-tenor", "groove-bass"}));
    CHECK(json["metres"] == nlohmann::json::array({"4/4"}));
    CHECK(json["macros"].empty());
    CHECK(json["pitch_range"] == nlohmann::json({36, 81}));
    CHECK(json["provenance"]["program"] == 52);
    const MuseGanOptions options;
    CHECK(MuseGanOptions::fromJson(options.toJson()).voices.size() == 4);
}
