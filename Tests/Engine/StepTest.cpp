#include "Engine/Activations.h"
#include "Engine/AttentionLstmSteps.h"
#include "Engine/Blas.h"
#include "Engine/Metre.h"
#include "Engine/ModelLoader.h"
#include "Engine/ModuleTensors.h"
#include "TinyModel.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::engine;
using test::TinyModel;

namespace
{

Heard heard(const Vocabulary& vocabulary, std::uint64_t position)
{
    const auto pick = [&](Purpose purpose, std::int64_t count) {
        return 1 + static_cast<std::int64_t>(uniform(purpose, 5, position) *
                                             static_cast<double>(count - 1));
    };
    Heard element;
    element.token = {pick(Purpose::pitch, vocabulary.pitchCount()),
                     pick(Purpose::duration, vocabulary.durationCount())};
    element.element.pitches = vocabulary.chord(element.token.pitch);
    element.element.duration = vocabulary.duration(element.token.duration);
    return element;
}

float largestDifference(const std::vector<float>& a, const torch::Tensor& b)
{
    REQUIRE(static_cast<std::int64_t>(a.size()) == b.numel());
    const auto values = b.contiguous();
    float largest = 0.0f;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(a[i] - values.data_ptr<float>()[i]));
    return largest;
}

std::shared_ptr<const AttentionLstmSteps> stepsOf(const TinyModel& model)
{
    return std::dynamic_pointer_cast<const AttentionLstmSteps>(makeModel(model.make()).steps);
}

/** Plays 60 elements to a state of either sampler and compares each answer with the module's over
    the last `window` pairs. */
void compareWithModule(const TinyModel& model, Sampler sampler, std::size_t steps)
{
    torch::NoGradGuard noGradients;
    const auto network = stepsOf(model);
    auto module = network->module();
    const auto state = network->newState(sampler);
    state->start({});
    std::vector<std::int64_t> pitches{0};
    std::vector<std::int64_t> durations{0};
    std::vector<float> row;
    for (std::size_t step = 0; step < steps; ++step) {
        INFO("after " << step << " elements");
        const auto length =
            std::min<std::size_t>(pitches.size(), static_cast<std::size_t>(model.window));
        const auto tail = [length](const std::vector<std::int64_t>& ids) {
            return torch::tensor(std::vector<std::int64_t>(
                                     ids.end() - static_cast<std::ptrdiff_t>(length), ids.end()))
                .unsqueeze(0);
        };
        const auto expected = module->forward(tail(pitches), tail(durations));
        const auto pitchLogits = state->firstLogits();
        CHECK(largestDifference(pitchLogits, expected.pitchLogits) < 1e-5f);
        CHECK(largestDifference(state->secondLogits(2), expected.durationLogits) < 1e-5f);

        state->attention(row);
        REQUIRE(row.size() == step);
        auto weights = expected.attention[0];
        if (length == step + 1) // START is in the window, but no element of the music
            weights = weights.slice(0, 1);
        if (step > 0) {
            weights = weights / weights.sum();
            const auto shown = static_cast<std::size_t>(weights.numel());
            CHECK(largestDifference({row.end() - static_cast<std::ptrdiff_t>(shown), row.end()},
                                    weights) < 1e-5f);
            CHECK(std::accumulate(row.begin(), row.end(), 0.0) == Approx(1.0));
        }
        const auto element = heard(network->vocabulary, step);
        state->advance(element);
        pitches.push_back(element.token.pitch);
        durations.push_back(element.token.duration);
    }
}

} // namespace

TEST_CASE("The stream's step agrees with the module as long as the history fits the window",
          "[steps]")
{
    TinyModel model;
    model.units = 64;
    model.embedSize = 24;
    model.window = 60;
    compareWithModule(model, Sampler::stream, 60);
}

TEST_CASE("The stream's step agrees with the module at the book's size", "[steps]")
{
    TinyModel model;
    model.units = 256;
    model.embedSize = 100;
    model.scale = 0.5f;
    compareWithModule(model, Sampler::stream, 32);
}

TEST_CASE("The stream agrees with the module without attention too", "[steps]")
{
    TinyModel model;
    model.attention = false;
    model.window = 40;
    compareWithModule(model, Sampler::stream, 40);
}

TEST_CASE("The window sampler is the module over the last pairs, START forgotten once it is full",
          "[steps]")
{
    TinyModel model;
    model.window = 8;
    compareWithModule(model, Sampler::window, 30);
    model.attention = false;
    compareWithModule(model, Sampler::window, 20);
}

TEST_CASE("A state can start again and then knows nothing of what it heard", "[steps]")
{
    const auto network = stepsOf({});
    const auto sampler = GENERATE(Sampler::stream, Sampler::window);
    const auto state = network->newState(sampler);
    state->start({});
    const auto first = state->firstLogits();
    for (std::uint64_t i = 0; i < 10; ++i)
        state->advance(heard(network->vocabulary, i));
    CHECK(state->firstLogits() != first);
    state->start({});
    CHECK(state->firstLogits() == first);
    std::vector<float> row{1.0f};
    state->attention(row);
    CHECK(row.empty());
}

TEST_CASE("Weights kept in half precision are heard as they are", "[steps]")
{
    TinyModel model;
    model.type = bundle::DataType::float16;
    model.window = 20;
    compareWithModule(model, Sampler::stream, 20);
}

TEST_CASE("A module saved as a bundle and loaded again answers the same", "[steps]")
{
    const auto network = stepsOf({});
    auto bundle = TinyModel{}.make();
    CHECK(tensorsOf(*network->module()).size() == bundle.tensors.size());
    for (const auto& [name, tensor] : tensorsOf(*network->module())) {
        INFO(name);
        CHECK((bundle.tensors.at(name).bytes == tensor.bytes));
        CHECK(bundle.tensors.at(name).shape == tensor.shape);
    }
    CHECK(network->parameterCount() > 1000);
}

TEST_CASE("Weights that do not fit the module leave it as it was", "[steps]")
{
    TinyModel other;
    other.seed = 2;
    const auto network = stepsOf(other);
    auto module = network->module();
    const auto before = tensorsOf(*module);
    auto tensors = TinyModel{}.make().tensors;
    SECTION("one is missing")
    {
        tensors.erase("pitchHead.bias");
        CHECK_THROWS_WITH(loadTensors(*module, tensors), Catch::Contains("pitchHead.bias"));
    }
    SECTION("one is left over")
    {
        tensors["extra"] = tensors.at("pitchHead.bias");
        CHECK_THROWS_WITH(loadTensors(*module, tensors), Catch::Contains("extra"));
    }
    SECTION("one has another shape")
    {
        tensors["pitchHead.bias"] = tensors.at("durationHead.bias");
        CHECK_THROWS_WITH(loadTensors(*module, tensors), Catch::Contains("shape"));
    }
    for (const auto& [name, tensor] : tensorsOf(*module))
        CHECK((before.at(name).bytes == tensor.bytes));
}

TEST_CASE("A bundle that holds another network than it says is refused", "[steps]")
{
    auto bundle = TinyModel{}.make();
    using Reason = bundle::BundleError::Reason;
    const auto expect = [&bundle](Reason reason, const std::string& part) {
        try {
            makeModel(bundle);
            FAIL_CHECK("it was accepted");
        } catch (const bundle::BundleError& error) {
            CHECK(error.reason == reason);
            CHECK_THAT(error.what(), Catch::Contains(part));
        }
    };
    SECTION("a kind from the future")
    {
        bundle.metadata.kind = "dream-machine";
        expect(Reason::newerVersion, "dream-machine");
    }
    SECTION("a missing tensor")
    {
        bundle.tensors.erase("lstm2.weight_hh_l0");
        expect(Reason::damaged, "lstm2.weight_hh_l0");
    }
    SECTION("a tensor too many")
    {
        bundle.tensors["lstm3.weight_hh_l0"] = bundle.tensors.at("lstm2.weight_hh_l0");
        expect(Reason::damaged, "lstm3.weight_hh_l0");
    }
    SECTION("a vocabulary of another size")
    {
        TinyModel other;
        other.rests = false;
        bundle.metadata.vocabulary = other.make().metadata.vocabulary;
        expect(Reason::damaged, "shape");
    }
    SECTION("a damaged vocabulary")
    {
        bundle.metadata.vocabulary = "{}";
        expect(Reason::damaged, "pitches");
    }
    SECTION("an absurd size")
    {
        bundle.metadata.config = R"({"units":-1})";
        expect(Reason::damaged, "units");
    }
    SECTION("integers for weights")
    {
        bundle.tensors["durationHead.bias"] = test::tensorOf<std::int64_t>(
            bundle::DataType::int64, bundle.tensors.at("durationHead.bias").shape,
            std::vector<std::int64_t>(7, 1));
        expect(Reason::damaged, "integers");
    }
}

TEST_CASE("The quick sigmoid and tanh are exact to single precision", "[steps]")
{
    double sigmoidError = 0.0;
    double tanhError = 0.0;
    for (int i = -400000; i <= 400000; ++i) {
        const float x = static_cast<float>(i) * 2.5e-4f;
        sigmoidError =
            std::max(sigmoidError, std::abs(1.0 / (1.0 + std::exp(-static_cast<double>(x))) -
                                            static_cast<double>(fastSigmoid(x))));
        tanhError = std::max(tanhError, std::abs(std::tanh(static_cast<double>(x)) -
                                                 static_cast<double>(fastTanh(x))));
    }
    CHECK(sigmoidError < 3e-7);
    CHECK(tanhError < 3e-7);
}

TEST_CASE("Products come from a BLAS library, agree with plain loops, and can be measured",
          "[steps]")
{
    const int rows = 7;
    const int columns = 5;
    std::vector<float> matrix;
    for (int i = 0; i < rows * columns; ++i)
        matrix.push_back(static_cast<float>(i % 11) - 4.0f);
    const std::vector<float> input{1, -2, 3, 0.5f, -1};
    std::vector<float> output(rows, 10.0f);
    addProduct(matrix.data(), input.data(), output.data(), rows, columns);
    for (int r = 0; r < rows; ++r) {
        float expected = 10.0f;
        for (int c = 0; c < columns; ++c)
            expected += matrix[static_cast<std::size_t>(r * columns + c)] *
                        input[static_cast<std::size_t>(c)];
        CHECK(output[static_cast<std::size_t>(r)] == Approx(expected));
    }
    CHECK_FALSE(blasLibrary().empty());
    CHECK(measureGigaflops(64, 0.01) > 0.01);
}
