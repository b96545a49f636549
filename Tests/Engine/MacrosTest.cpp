#include "Analysis/Figures.h"
#include "Engine/Blas.h"
#include "Engine/Latents.h"
#include "Engine/ModelLoader.h"
#include "Engine/Voices/VoiceMacros.h"
#include "Engine/organum_engine.h"
#include "TinyChoir.h"

#include <nlohmann/json.hpp>

#include "../Support/CatchAfterTorch.h"

#include <cmath>
#include <iostream>
#include <map>

using namespace organum;
using namespace organum::engine;
using score::Quarters;

namespace
{

double lengthOf(const std::vector<float>& a)
{
    double sum = 0.0;
    for (const double value : a)
        sum += value * value;
    return std::sqrt(sum);
}

/** Moves the first number of one vector. */
Macro macroOf(const std::string& name, int vector, float by, std::size_t noise = 32)
{
    Macro macro;
    macro.name = name;
    macro.meaning = "What it moves";
    macro.means = {1.0, 2.0, 3.0, 4.0, 5.0};
    auto& direction = macro.direction[static_cast<std::size_t>(vector)];
    direction.assign(noise, 0.0f);
    direction.front() = by;
    return macro;
}

bundle::Bundle withMacros(bundle::Bundle bundle, const std::vector<Macro>& macros)
{
    auto options = ConditionalMuseGanOptions::fromJson(bundle.metadata.config);
    options.macros = macros;
    bundle.metadata.config = options.toJson();
    bundle.tensors[macroTensorName] = macroTensor(macros, static_cast<std::size_t>(options.noise));
    return bundle;
}

/** A choir that knows two notes: where the first number of the style is above 0 the high one, else
    the low one. All other weights are 0. */
bundle::Bundle twoNoteChoir()
{
    const auto options = test::smallChoir();
    auto bundle = test::tinyChoir(options);
    models::ConditionalMuseGanConfig config;
    config.noise = options.noise;
    config.embed = options.embed;
    config.context = options.context;
    config.plan = options.plan;
    config.units = options.units;
    models::ConditionalMuseGan network(config);
    torch::NoGradGuard noGradients;
    for (auto& parameter : network->parameters())
        parameter.zero_();
    const auto styleInput = options.context + options.noise;
    for (std::int64_t place = 0; place < 4; ++place)
        network->planSeed->weight[place][styleInput] = 1.0f; // channel 0 of each beat
    network->planHalf->weight[0][0].fill_(1.0f);
    network->planBeat->weight[0][0].fill_(1.0f);
    constexpr std::int64_t low = 18;
    constexpr std::int64_t high = 24;
    for (std::int64_t v = 0; v < 4; ++v) {
        network->headHidden->weight[v][options.units][0] = 1.0f;
        network->head->weight[v][0][high] = 1000.0f;
        network->head->bias[v].fill_(-50.0f);
        for (const std::int64_t column : {low, high, config.classes}) // the last: holding a note
            network->head->bias[v][0][column] = 0.0f;
    }
    bundle.tensors = tensorsOf(*network);
    return bundle;
}

Request plainRequest(std::uint64_t seed, int bars = 2)
{
    Request request;
    request.seed = seed;
    request.bars = bars;
    return request;
}

Take play(const LoadedModel& loaded, const Request& request)
{
    return generate(*loaded.model, request).at(0);
}

analysis::Piece pieceOf(const Take& take)
{
    score::Score score;
    score.parts.resize(static_cast<std::size_t>(take.voiceCount));
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        score.parts.at(static_cast<std::size_t>(take.noteVoices[i])).notes.push_back(take.notes[i]);
    return {"seed " + std::to_string(take.seed),
            gridFrom(score, Quarters(1, 4), score::SilentParts::areVoices).grid};
}

} // namespace

TEST_CASE("A macro moves vectors along its direction and leaves them as long as they were",
          "[macros]")
{
    const std::vector<Macro> macros{macroOf("one", ORGANUM_LATENT_STYLE, 3.0f),
                                    macroOf("two", ORGANUM_LATENT_STYLE, -1.0f)};
    VoiceWishes wishes;
    const Latents plain(wishes, 5);
    wishes.macros[0] = 0.5;
    wishes.macros[1] = -1.0;
    wishes.macros[7] = 1.0; // there is no such macro
    const Latents moved(wishes, 5, macros);
    const auto before = plain.vector(ORGANUM_LATENT_STYLE, 0, 32);
    const auto after = moved.vector(ORGANUM_LATENT_STYLE, 0, 32);
    CHECK(lengthOf(after) == Approx(lengthOf(before)));
    const double scale = after[1] / before[1];
    CHECK(after[0] == Approx((before[0] + 2.5) * scale).margin(1e-5));
    for (std::size_t i = 1; i < 32; ++i)
        CHECK(after[i] == Approx(before[i] * scale).margin(1e-5));
    for (int vector = 0; vector < 10; ++vector)
        if (vector != ORGANUM_LATENT_STYLE)
            CHECK(plain.vector(vector, 3, 32) == moved.vector(vector, 3, 32));
}

TEST_CASE("A macro at 0 changes no number and no note", "[macros]")
{
    const auto plain = makeModel(test::tinyChoir());
    const auto model =
        makeModel(withMacros(test::tinyChoir(), {macroOf("a", 1, 5.0f), macroOf("b", 0, -5.0f)}));
    for (const double zero : {0.0, -0.0})
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            auto request = plainRequest(seed);
            const auto expected = play(plain, request).notes;
            request.voices.macros.fill(zero);
            CHECK((play(model, request).notes == expected));
            request.voices.macros[0] = 1.0;
            CHECK((play(plain, request).notes == expected)); // nothing there to turn
            const auto turned = play(model, request).notes;
            CHECK((turned == play(model, request).notes));
        }
}

TEST_CASE("A direction moves what it is known to move", "[macros]")
{
    const OneBlasThread repeatable;
    const auto model =
        makeModel(withMacros(twoNoteChoir(), {macroOf("register", ORGANUM_LATENT_STYLE, 4.0f),
                                              macroOf("nothing", ORGANUM_LATENT_GROOVE, 4.0f)}));
    const auto highNotes = [&](std::size_t macro, double value) {
        int high = 0;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            auto request = plainRequest(seed, 1);
            request.voices.ruleStrength = 0.0;
            const auto low = play(model, request).notes.back().pitch;
            request.voices.macros[macro] = value;
            const Latents latents(request.voices, seed);
            const bool wasHigh = latents.vector(ORGANUM_LATENT_STYLE, 0, 32).front() > 0.0f;
            // The distance of the two notes is six semitones, whatever the key.
            high += play(model, request).notes.back().pitch - low + (wasHigh ? 6 : 0) == 6 ? 1 : 0;
        }
        return high;
    };
    const int middle = highNotes(0, 0.0);
    CHECK(middle > 10);
    CHECK(middle < 30);
    CHECK(highNotes(0, -1.0) == 0);
    CHECK(highNotes(0, 1.0) == 40);
    CHECK(highNotes(0, 0.25) > middle);
    CHECK(highNotes(0, -0.25) < middle);
    CHECK(highNotes(1, 1.0) == middle);
}

TEST_CASE("What is locked stays under every macro", "[macros]")
{
    const auto model =
        makeModel(withMacros(test::tinyChoir(), {macroOf("a", 1, 9.0f), macroOf("b", 2, 9.0f)}));
    const auto source = play(model, plainRequest(4));
    auto request = plainRequest(4);
    request.voices.lockedVoices = {0b0101, 0b0101};
    for (std::size_t i = 0; i < source.notes.size(); ++i)
        request.voices.lockedNotes.push_back({source.notes[i], source.noteVoices[i]});
    request.voices.macros = {1.0, -1.0};
    const auto take = play(model, request);
    const auto part = [](const Take& played, int voice) {
        std::vector<score::Note> notes;
        for (std::size_t i = 0; i < played.notes.size(); ++i)
            if (played.noteVoices[i] == voice)
                notes.push_back(played.notes[i]);
        return notes;
    };
    for (int voice = 0; voice < 4; ++voice)
        CHECK((part(take, voice) == part(source, voice)) == (voice % 2 == 0));
}

TEST_CASE("A model says which macros it has", "[macros]")
{
    const auto bundle = withMacros(test::tinyChoir(), {macroOf("density", 1, 2.0f)});
    const auto json = nlohmann::json::parse(describeModel(makeModel(bundle)));
    REQUIRE(json["macros"].size() == 1);
    CHECK(json["macros"][0]["name"] == "density");
    CHECK(json["macros"][0]["meaning"] == "What it moves");
    CHECK(json["macros"][0]["means"][4] == 5.0);
    CHECK(json["uses"].dump().find("\"macros\"") != std::string::npos);
    const auto parameters = makeModel(test::tinyChoir()).model->parameterCount();
    CHECK(makeModel(bundle).model->parameterCount() == parameters);
}

TEST_CASE("Macros that cannot be are refused in their own words", "[macros]")
{
    using Json = nlohmann::json;
    const auto good =
        withMacros(test::tinyChoir(), {macroOf("one", 1, 2.0f), macroOf("two", 0, 2.0f)});
    REQUIRE_NOTHROW(makeModel(good));
    const auto refused = [](const bundle::Bundle& bundle, const std::string& words) {
        try {
            makeModel(bundle);
            FAIL("was not refused: " + words);
        } catch (const bundle::BundleError& error) {
            CHECK(error.reason == bundle::BundleError::Reason::damaged);
            CHECK_THAT(error.what(), Catch::Contains(words));
        }
    };
    const auto configured = [&](auto change, const std::string& words) {
        auto bundle = good;
        auto config = Json::parse(bundle.metadata.config);
        change(config["macros"]);
        bundle.metadata.config = config.dump();
        refused(bundle, words);
    };
    configured([](Json& m) { m = 7; }, "list of 8 macros at most");
    configured(
        [](Json& m) {
            m = Json::array({m[0], m[0], m[0], m[0], m[0], m[0], m[0], m[0], m[0]});
        },
        "list of 8 macros at most");
    configured([](Json& m) { m[0] = "density"; }, "a macro is not an object");
    for (const auto& name : {Json(""), Json(3), Json(std::string(25, 'x')), Json("a=b"),
                             Json("a,b"), Json("a\nb"), Json("\u00e9")})
        configured([&](Json& m) { m[0]["name"] = name; }, "1 to 24 letters");
    configured([](Json& m) { m[0].erase("name"); }, "1 to 24 letters");
    configured([](Json& m) { m[1]["name"] = "ONE"; }, "two macros are named");
    configured([](Json& m) { m[0]["meaning"] = std::string(201, 'x'); }, "longer than 200 bytes");
    configured([](Json& m) { m[0]["meaning"] = "a\x1b[2J"; }, "more than one line");
    configured([](Json& m) { m[0].erase("means"); }, "no five \"means\"");
    configured([](Json& m) { m[0]["means"] = {1, 2, 3, 4}; }, "no five \"means\"");
    configured([](Json& m) { m[0]["means"] = {1, 2, 2, 4, 5}; }, "not rising numbers");
    configured([](Json& m) { m[0]["means"] = {1, 2, "3", 4, 5}; }, "not rising numbers");
    configured([](Json& m) { m[0]["means"] = {1, 2, nullptr, 4, 5}; }, "not rising numbers");
    configured([](Json& m) { m.erase(1); }, "shape [2, 10, 32]");
    configured([](Json& m) { m = Json::array(); }, "shape [2, 10, 32]");

    const auto stored = [&](auto change, const std::string& words) {
        auto bundle = good;
        change(bundle.tensors.at(macroTensorName));
        refused(bundle, words);
    };
    stored([](bundle::Tensor& t) { t.shape = {2, 320}; }, "shape [2, 320]");
    stored([](bundle::Tensor& t) { t.shape = {1, 20, 32}; }, "shape [1, 20, 32]");
    stored(
        [](bundle::Tensor& t) {
            t.type = bundle::DataType::int64;
            t.bytes.resize(2 * t.bytes.size());
        },
        "integers");
    stored(
        [](bundle::Tensor& t) {
            const float nan = std::nanf("");
            std::memcpy(t.bytes.data() + 40, &nan, sizeof nan);
        },
        "not a number");
    auto bundle = good;
    bundle.tensors.erase(macroTensorName);
    refused(bundle, "the tensor \"macros\" with their directions is missing");
}

TEST_CASE("Each macro of the shipped chorales moves what it is named for, from end to end",
          "[macros]")
{
    using analysis::Pieces;
    const std::map<std::string, double (*)(const Pieces&)> statistics{
        {"density", [](const Pieces& p) { return analysis::measureBars(p).notesTogether; }},
        {"register", [](const Pieces& p) { return analysis::measureSonority(p).pitchTogether; }},
        {"motion", [](const Pieces& p) { return analysis::measureChanges(p).meanStep; }},
        {"spacing", [](const Pieces& p) { return analysis::measureSonority(p).span; }},
        {"dissonance",
         [](const Pieces& p) { return analysis::measureSonority(p).dissonantPercent; }}};
    const auto shipped = loadModel(ORGANUM_TEST_CHORALES);
    const auto macros = nlohmann::json::parse(describeModel(shipped))["macros"];
    REQUIRE(macros.size() >= 3);
    constexpr std::uint64_t pieces = 12;
    const auto played = [&](std::size_t macro, double value) {
        Pieces made;
        for (std::uint64_t seed = 1; seed <= pieces; ++seed) {
            auto request = plainRequest(seed, 8);
            request.voices.macros[macro] = value;
            made.push_back(pieceOf(play(shipped, request)));
        }
        return made;
    };
    const auto plain = played(0, 0.0);
    for (std::size_t i = 0; i < macros.size(); ++i) {
        const auto name = macros[i]["name"].get<std::string>();
        INFO(name);
        REQUIRE(statistics.count(name) == 1);
        const auto measure = statistics.at(name);
        const auto means = macros[i]["means"].get<std::vector<double>>();
        const auto low = measure(played(i, -1.0));
        const auto middle = measure(plain);
        const auto high = measure(played(i, 1.0));
        std::cout << name << ": " << low << ", " << middle << ", " << high << '\n';
        // A few pieces stray from what many did; a third of the way measured there is left.
        CHECK(middle - low > (means[2] - means[0]) / 3.0);
        CHECK(high - middle > (means[4] - means[2]) / 3.0);
    }
}
