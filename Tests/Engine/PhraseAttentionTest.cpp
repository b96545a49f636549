#include "Engine/ChordFeatures.h"
#include "Engine/ModuleTensors.h"
#include "Engine/PhraseAttentionSteps.h"
#include "Engine/PhraseMatcher.h"
#include "Engine/TonalContext.h"
#include "Engine/TransposedChords.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using engine::PhraseMatcher;

namespace
{

engine::Vocabulary words()
{
    std::vector<std::vector<int>> chords{{}};
    for (int pitch = 48; pitch < 72; ++pitch) {
        chords.push_back({pitch});
        chords.push_back({pitch, pitch + 7});
    }
    return engine::Vocabulary(chords, {{1, 4}, {1, 2}, {1, 3}, 1});
}

/** A tune with repeats, moved phrases, chords and rests, seen through a vocabulary that lacks some
    of it. */
std::vector<score::Element> tune(int length)
{
    const std::vector<std::vector<int>> motif{{60}, {62}, {64}, {60, 67}, {}, {65}, {90}};
    const std::vector<score::Quarters> lengths{{1, 2}, {1, 4}, {1, 4}, 1, {1, 2}, {1, 3}, 3};
    std::vector<score::Element> elements;
    score::Quarters onset;
    for (int i = 0; i < length; ++i) {
        const auto place = static_cast<std::size_t>(i) % motif.size();
        auto pitches = motif[place];
        for (auto& pitch : pitches)
            pitch += (i / 14) % 2 == 1 && pitch < 80 ? 2 : 0;
        const auto duration = i % 23 == 22 ? score::Quarters{1, 4} : lengths[place];
        elements.push_back({pitches, onset, duration});
        onset += duration;
    }
    return elements;
}

torch::Tensor ids(const std::vector<std::int64_t>& values)
{
    return torch::tensor(values, torch::kInt64).unsqueeze(0);
}

struct Reference
{
    std::vector<float> pitch, duration;
};

/** The network's own account of the tune, all steps at once. */
Reference throughTheModule(models::PhraseAttentionLstm& network,
                           const engine::PhraseAttentionOptions& options,
                           const engine::Vocabulary& vocabulary,
                           const std::vector<score::Element>& elements, const score::BarGrid& grid)
{
    const auto n = static_cast<std::int64_t>(elements.size());
    const engine::TransposedChords moved(vocabulary);
    std::vector<std::int64_t> pitches{0}, durations{0}, position, barLength, next, nextDuration;
    for (const auto& element : elements) {
        const auto token = vocabulary.encode(element);
        pitches.push_back(token.pitch);
        durations.push_back(token.duration);
        next.push_back(token.pitch);
        nextDuration.push_back(token.duration);
        const auto at = grid.at(element.onset);
        position.push_back(at.offset.toSteps(12));
        barLength.push_back(at.barLength.toSteps(12));
    }
    pitches.pop_back();
    durations.pop_back();

    models::PhraseBatch batch;
    batch.pitches = ids(pitches);
    batch.durations = ids(durations);
    batch.position = ids(position);
    batch.barLength = ids(barLength);
    batch.nextPitch = ids(next);
    batch.nextDuration = ids(nextDuration);
    batch.candidatePitch = ids(next);
    batch.candidateDuration = ids(nextDuration);
    batch.literalRow = torch::full({1, n, n}, PhraseMatcher::scoreRows, torch::kInt64);
    batch.transposedRow = batch.literalRow.clone();
    batch.transposedPitch = torch::full({1, n, n}, -1, torch::kInt64);
    batch.reference = torch::full({1, n}, -1, torch::kInt64);
    batch.interval = torch::zeros({1, n}, torch::kInt64);
    batch.degrees = torch::zeros({1, n, 24});
    engine::TonalContext tonal;
    PhraseMatcher matcher(static_cast<std::size_t>(options.memory));
    for (std::int64_t t = 0; t < n; ++t) {
        for (auto j = matcher.firstCandidate(); j < static_cast<std::size_t>(t); ++j) {
            const auto column = static_cast<std::int64_t>(j);
            const auto& candidate = matcher.candidates()[j];
            const bool same = position[j] == position[static_cast<std::size_t>(t)];
            const auto ago = static_cast<std::size_t>(t) - j;
            batch.literalRow[0][t][column] =
                PhraseMatcher::scoreRow(candidate.literalLength, same, ago);
            const auto pitch =
                candidate.transposedLength > 0 ? moved.idOf(next[j], candidate.interval) : -1;
            if (pitch >= 0) {
                batch.transposedPitch[0][t][column] = pitch;
                batch.transposedRow[0][t][column] =
                    PhraseMatcher::scoreRow(candidate.transposedLength, same, ago);
            }
        }
        batch.reference[0][t] = tonal.reference();
        batch.interval[0][t] = tonal.intervalClass();
        const auto degrees = tonal.degrees();
        for (std::size_t degree = 0; degree < degrees.size(); ++degree)
            batch.degrees[0][t][static_cast<std::int64_t>(degree)] = degrees[degree];
        matcher.append(elements[static_cast<std::size_t>(t)]);
        tonal.append(elements[static_cast<std::size_t>(t)]);
    }

    torch::NoGradGuard noGrad;
    network->eval();
    models::PhraseAttentionLstmState state;
    const auto output = network->forward(batch, state);
    const auto values = [n](const torch::Tensor& tensor) {
        const auto row = tensor.contiguous();
        return std::vector<float>(row.data_ptr<float>(), row.data_ptr<float>() + n);
    };
    return {values(output.pitchNll), values(output.durationNll)};
}

double total(const std::vector<float>& logarithms)
{
    double sum = 0.0;
    for (const float value : logarithms)
        sum += std::exp(value);
    return sum;
}

void compare(engine::PhraseAttentionOptions options)
{
    torch::manual_seed(3);
    const auto vocabulary = words();
    auto network = options.makeNetwork(vocabulary);
    bundle::Bundle bundle;
    bundle.metadata.kind = engine::PhraseAttentionSteps::kind;
    bundle.metadata.config = options.toJson();
    bundle.tensors = engine::tensorsOf(*network);
    const engine::PhraseAttentionSteps steps(bundle, vocabulary);

    const auto elements = tune(90);
    const score::BarGrid grid({{0, 6, 8}, {12, 4, 4}});
    const auto reference = throughTheModule(network, options, vocabulary, elements, grid);

    const auto state = steps.newState(engine::Sampler::stream);
    state->start(grid.at(0));
    std::vector<float> row;
    for (std::size_t t = 0; t < elements.size(); ++t) {
        const auto token = vocabulary.encode(elements[t]);
        const auto& durations = state->firstLogits();
        CHECK(total(durations) == Approx(1.0).margin(1e-4));
        CHECK(-durations[static_cast<std::size_t>(token.duration)] ==
              Approx(reference.duration[t]).margin(1e-4));
        const auto& pitches = state->secondLogits(token.duration);
        CHECK(total(pitches) == Approx(1.0).margin(1e-4));
        CHECK(-pitches[static_cast<std::size_t>(token.pitch)] ==
              Approx(reference.pitch[t]).margin(1e-4));
        state->attention(row);
        REQUIRE(row.size() == t);
        const auto onset = elements[t].onset;
        state->advance({elements[t], token, grid.at(onset), grid.at(onset + elements[t].duration)});
    }
}

} // namespace

TEST_CASE("A step of phrase attention says what the module says of the whole piece",
          "[phrase-attention]")
{
    engine::PhraseAttentionOptions options;
    options.embedSize = 12;
    options.units = 20;
    SECTION("as trained by default")
    {
        compare(options);
    }
    SECTION("without attention")
    {
        options.attention = false;
        compare(options);
    }
    SECTION("without metre and moved phrases")
    {
        options.metre = false;
        options.transposed = false;
        compare(options);
    }
    SECTION("without steps and degrees")
    {
        options.relative = false;
        compare(options);
    }
    SECTION("with a memory shorter than the piece")
    {
        options.memory = 20;
        compare(options);
    }
}

TEST_CASE("Attention weights of a heard phrase sum to one", "[phrase-attention]")
{
    engine::PhraseAttentionOptions options;
    options.embedSize = 12;
    options.units = 20;
    const auto vocabulary = words();
    torch::manual_seed(4);
    auto network = options.makeNetwork(vocabulary);
    bundle::Bundle bundle;
    bundle.metadata.kind = engine::PhraseAttentionSteps::kind;
    bundle.metadata.config = options.toJson();
    bundle.tensors = engine::tensorsOf(*network);
    const engine::PhraseAttentionSteps steps(bundle, vocabulary);
    const score::BarGrid grid({{0, 4, 4}});
    const auto state = steps.newState(engine::Sampler::stream);
    state->start(grid.at(0));
    std::vector<float> row;
    for (const auto& element : tune(20)) {
        state->firstLogits();
        state->secondLogits(2);
        state->attention(row);
        double sum = 0.0;
        for (const float weight : row)
            sum += weight;
        CHECK(sum == Approx(row.empty() ? 0.0 : 1.0).margin(1e-5));
        state->advance({element, vocabulary.encode(element), grid.at(element.onset),
                        grid.at(element.onset + element.duration)});
    }
}

TEST_CASE("Chord features tell every chord apart and leave START blank", "[phrase-attention]")
{
    const auto vocabulary = words();
    const auto features = engine::ChordFeatures::of(vocabulary);
    const auto columns = static_cast<std::size_t>(engine::ChordFeatures::columns);
    REQUIRE(features.size() == static_cast<std::size_t>(vocabulary.pitchCount()) * columns);
    std::set<std::vector<float>> different;
    for (std::size_t id = 0; id < static_cast<std::size_t>(vocabulary.pitchCount()); ++id)
        different.insert({features.begin() + static_cast<std::ptrdiff_t>(id * columns),
                          features.begin() + static_cast<std::ptrdiff_t>((id + 1) * columns)});
    CHECK(different.size() == static_cast<std::size_t>(vocabulary.pitchCount()));
    for (std::size_t column = 0; column < columns; ++column)
        CHECK(features[column] == 0.0f);
}

TEST_CASE(
    "A stretch that has just been played twice is not said a third time when loops are refused",
    "[phrase-attention]")
{
    engine::PhraseAttentionOptions options;
    options.embedSize = 12;
    options.units = 20;
    const auto vocabulary = words();
    torch::manual_seed(5);
    auto network = options.makeNetwork(vocabulary);
    bundle::Bundle bundle;
    bundle.metadata.kind = engine::PhraseAttentionSteps::kind;
    bundle.metadata.config = options.toJson();
    bundle.tensors = engine::tensorsOf(*network);
    const engine::PhraseAttentionSteps steps(bundle, vocabulary);
    const score::BarGrid grid({{0, 4, 4}});

    const auto chanceOfRepeating = [&](bool refuse) {
        const auto state = steps.newState(engine::Sampler::stream);
        state->refuseLoops(refuse);
        state->start(grid.at(0));
        // Sixteen different notes, played twice: the first of them would begin the third round.
        score::Quarters onset;
        for (int i = 0; i < 32; ++i) {
            const score::Element element{{48 + i % 16}, onset, {1, 4}};
            onset += {1, 4};
            state->advance(
                {element, vocabulary.encode(element), grid.at(element.onset), grid.at(onset)});
        }
        const auto quarter = vocabulary.durationId({1, 4});
        state->firstLogits();
        return std::exp(
            state->secondLogits(quarter)[static_cast<std::size_t>(vocabulary.pitchId({48}))]);
    };
    CHECK(chanceOfRepeating(true) < 0.5f * chanceOfRepeating(false));
}
