#include "Engine/AttentionLstmSteps.h"

#include "Engine/AttentionLstmStream.h"
#include "Engine/Blas.h"
#include "Engine/ModuleTensors.h"

#include <algorithm>
#include <deque>

namespace organum::engine
{

namespace
{

/** The book's procedure: keeps the last pairs and runs the whole module over them for each note. */
class AttentionLstmWindow : public StepState
{
public:
    AttentionLstmWindow(models::AttentionLstm networkIn, std::int64_t length)
        : network(std::move(networkIn))
        , window(static_cast<std::size_t>(length))
    {
    }

    void start(const score::BarPosition&) override
    {
        history.clear();
        heardCount = 0;
        remember({Vocabulary::start, Vocabulary::start});
    }
    void advance(const Heard& heard) override
    {
        ++heardCount;
        remember(heard.token);
    }
    const std::vector<float>& firstLogits() override
    {
        run();
        return pitchLogits;
    }
    const std::vector<float>& secondLogits(std::int64_t) override
    {
        run();
        return durationLogits;
    }
    void attention(std::vector<float>& row) override
    {
        run();
        row.assign(heardCount, 0.0f);
        // Oldest first in both; START, when still in the window, is no element of the music.
        const auto shown = std::min(heardCount, weights.size());
        double sum = 0.0;
        for (std::size_t i = 0; i < shown; ++i)
            sum += weights[weights.size() - shown + i];
        for (std::size_t i = 0; i < shown && sum > 0.0; ++i)
            row[heardCount - shown + i] =
                static_cast<float>(weights[weights.size() - shown + i] / sum);
    }

private:
    void remember(const Token& token)
    {
        history.push_back(token);
        if (history.size() > window)
            history.pop_front();
        done = false;
    }
    void run()
    {
        if (done)
            return;
        torch::NoGradGuard noGradients;
        const auto length = static_cast<std::int64_t>(history.size());
        auto pitches = torch::empty({1, length}, torch::kInt64);
        auto durations = torch::empty({1, length}, torch::kInt64);
        for (std::int64_t i = 0; i < length; ++i) {
            pitches.data_ptr<std::int64_t>()[i] = history[static_cast<std::size_t>(i)].pitch;
            durations.data_ptr<std::int64_t>()[i] = history[static_cast<std::size_t>(i)].duration;
        }
        const auto output = network->forward(pitches, durations);
        const auto copied = [](const torch::Tensor& row) {
            const auto values = row.contiguous();
            const auto* data = values.data_ptr<float>();
            return std::vector<float>(data, data + values.numel());
        };
        pitchLogits = copied(output.pitchLogits);
        durationLogits = copied(output.durationLogits);
        weights = copied(output.attention);
        done = true;
    }

    models::AttentionLstm network;
    const std::size_t window;
    std::deque<Token> history;
    std::size_t heardCount = 0;
    bool done = false;
    std::vector<float> pitchLogits, durationLogits, weights;
};

AttentionLstmOptions optionsOf(const bundle::Bundle& bundle)
{
    try {
        return AttentionLstmOptions::fromJson(bundle.metadata.config);
    } catch (const std::invalid_argument& error) {
        throw bundle::BundleError(bundle::BundleError::Reason::damaged, error.what());
    }
}

} // namespace

AttentionLstmSteps::AttentionLstmSteps(const bundle::Bundle& bundle, Vocabulary words)
    : StepModel(std::move(words))
    , options(optionsOf(bundle))
    , tensors(bundle.tensors)
{
    const OneBlasThread repeatable;
    TensorReader reader(tensors);
    weights = std::make_unique<AttentionLstmWeights>(options, vocabulary.pitchCount(),
                                                     vocabulary.durationCount(), reader);
    reader.expectNothingLeft();
    for (const auto& [name, tensor] : tensors)
        parameters +=
            static_cast<std::int64_t>(tensor.bytes.size() / bundle::bytesPerValue(tensor.type));
}

AttentionLstmSteps::~AttentionLstmSteps() = default;

std::unique_ptr<StepState> AttentionLstmSteps::newState(Sampler sampler) const
{
    if (sampler == Sampler::window)
        return std::make_unique<AttentionLstmWindow>(module(), options.window);
    return std::make_unique<AttentionLstmStream>(*weights);
}

models::AttentionLstm AttentionLstmSteps::module() const
{
    std::call_once(moduleMade, [this] {
        models::AttentionLstmConfig config;
        config.pitches = vocabulary.pitchCount();
        config.durations = vocabulary.durationCount();
        config.embedSize = options.embedSize;
        config.units = options.units;
        config.attention = options.attention;
        models::AttentionLstm made(config);
        loadTensors(*made, tensors);
        made->eval();
        network = made;
    });
    return network;
}

} // namespace organum::engine
