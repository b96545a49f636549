#include "Models/Music/ConditionalMuseGan.h"

#include <cmath>
#include <stdexcept>
#include <string>

namespace organum::models
{
namespace
{

using Config = ConditionalMuseGanConfig;

constexpr std::int64_t givenChannels = 64;
constexpr std::int64_t placeSize = 16;
constexpr std::int64_t voiceStepSize = 48;
constexpr std::int64_t headSize = 96;

torch::Tensor leaky(const torch::Tensor& x)
{
    return torch::leaky_relu(x, 0.1);
}

torch::nn::Conv1d convolution(std::int64_t in, std::int64_t out, std::int64_t kernel,
                              std::int64_t stride, std::int64_t padding = 0)
{
    return torch::nn::Conv1d(
        torch::nn::Conv1dOptions(in, out, kernel).stride(stride).padding(padding));
}

torch::nn::ConvTranspose1d doubling(std::int64_t in, std::int64_t out)
{
    return torch::nn::ConvTranspose1d(torch::nn::ConvTranspose1dOptions(in, out, 2).stride(2));
}

/** [N, X] -> [4, N, X], without copying. */
torch::Tensor forVoices(const torch::Tensor& x)
{
    return x.unsqueeze(0).expand({Config::voices, x.size(0), x.size(1)});
}

/** The prior may narrow what knobs reach, and hardly widen it. */
torch::Tensor tamed(const torch::Tensor& gaussian)
{
    const auto halves = gaussian.chunk(2, -1);
    return torch::cat({halves[0], halves[1].clamp(-2.0, 0.5)}, -1);
}

} // namespace

void check(const ConditionalMuseGanConfig& config)
{
    const auto within = [](std::int64_t value, std::int64_t high, const std::string& what) {
        if (value < 1 || value > high)
            throw std::invalid_argument("Conditional MuseGAN's number of " + what + " is " +
                                        std::to_string(value) + "; it must be from 1 to " +
                                        std::to_string(high) + ".");
    };
    within(config.noise, 1024, "numbers in a vector of noise");
    within(config.embed, 1024, "numbers in an embedding");
    within(config.context, 8192, "numbers of context");
    within(config.plan, 4096, "channels of the plan");
    within(config.units, 4096, "units of a voice");
    within(config.critic, 4096, "channels of the critic");
    if (!(config.dropout >= 0.0 && config.dropout < 1.0))
        throw std::invalid_argument("Conditional MuseGAN's dropout is " +
                                    std::to_string(config.dropout) +
                                    "; it must be at least 0 and below 1.");
}

VoiceLinearImpl::VoiceLinearImpl(std::int64_t inputs, std::int64_t outputs)
{
    const auto bound = 1.0 / std::sqrt(static_cast<double>(inputs));
    weight = register_parameter(
        "weight", torch::empty({Config::voices, inputs, outputs}).uniform_(-bound, bound));
    bias = register_parameter("bias", torch::zeros({Config::voices, 1, outputs}));
}

torch::Tensor VoiceLinearImpl::forward(const torch::Tensor& x)
{
    return torch::baddbmm(bias, x, weight);
}

ConditionalMuseGanImpl::ConditionalMuseGanImpl(const ConditionalMuseGanConfig& configIn)
    : config(configIn)
{
    check(config);
    const auto e = Config::voices * config.embed;
    const auto c = config.context;
    const auto z = config.noise;
    const auto h = config.units;
    const auto p = config.plan;
    embedding = register_parameter(
        "embedding", torch::randn({Config::voices, Config::tokens, config.embed}) * 0.3);
    beat = register_module("beat", convolution(e, 128, 4, 4));
    half = register_module("half", convolution(128, 192, 2, 2));
    givenBeat = register_module("givenBeat", convolution(e, givenChannels, 3, 1, 1));
    givenBar = register_module("givenBar",
                               torch::nn::Linear(givenChannels * Config::steps, givenChannels));
    digest = register_module("digest", torch::nn::Linear(192 * 4 + 12 + 12 + 2 + givenChannels, c));

    priorHidden = register_module("priorHidden", torch::nn::Linear(c, 128));
    priorChords = register_module("priorChords", torch::nn::Linear(128, 2 * z));
    priorMelody = register_module("priorMelody", VoiceLinear(c, 2 * z));
    {
        // To begin with, noise is the vectors.
        torch::NoGradGuard noGrad;
        priorChords->weight.zero_();
        priorChords->bias.zero_();
        priorMelody->weight.zero_();
    }

    planSeed = register_module("planSeed", torch::nn::Linear(c + 2 * z, 192 * 4));
    planHalf = register_module("planHalf", doubling(192, 160));
    planBeat = register_module("planBeat", doubling(160, p));
    planGiven = register_module("planGiven", convolution(p + givenChannels, p, 3, 1, 1));

    voiceHidden = register_module("voiceHidden", VoiceLinear(2 * z, 160));
    voiceSteps = register_module("voiceSteps", VoiceLinear(160, Config::steps * voiceStepSize));
    voiceStart = register_module("voiceStart", VoiceLinear(c + 2 * z, h));
    recurrentInput =
        register_module("recurrentInput", VoiceLinear(p + voiceStepSize + placeSize, 3 * h));
    recurrent = register_module("recurrent", VoiceLinear(h, 3 * h));
    lastNote = register_parameter("lastNote",
                                  torch::randn({Config::voices, Config::tokens, 3 * h}) * 0.05);
    place =
        register_parameter("place", torch::randn({Config::voices, Config::steps, placeSize}) * 0.3);
    headHidden = register_module("headHidden", VoiceLinear(h + p, headSize));
    head = register_module("head", VoiceLinear(headSize, Config::classes + 1));
    holdBias = register_buffer("holdBias", torch::zeros({Config::voices}));
    intervalWishes = register_buffer("intervalWishes", torch::zeros({6, 2, 12}));
}

torch::Tensor ConditionalMuseGanImpl::embedded(const torch::Tensor& notes)
{
    std::vector<torch::Tensor> voices;
    for (std::int64_t v = 0; v < Config::voices; ++v) {
        const auto own = notes.select(2, v);
        voices.push_back(notes.dim() == 3 ? embedding[v]
                                                .index_select(0, own.flatten())
                                                .view({own.size(0), own.size(1), config.embed})
                                          : torch::matmul(own, embedding[v]));
    }
    return torch::cat(voices, 2).transpose(1, 2);
}

BarContext ConditionalMuseGanImpl::hear(const BarSurroundings& surroundings)
{
    const auto past =
        leaky(half->forward(leaky(beat->forward(embedded(surroundings.previous))))).flatten(1);
    const auto isGiven = (surroundings.given != Config::open).flatten(1).any(1);
    const auto any = isGiven.to(past.scalar_type()).view({-1, 1, 1});
    const auto given = leaky(givenBeat->forward(embedded(surroundings.given))) * any;
    const auto key = torch::one_hot(surroundings.key, 12).to(past.scalar_type());
    // Shares are small numbers; four times them is about the size of the other inputs.
    const auto all = torch::cat({past, surroundings.histogram * 4.0, key, surroundings.flags,
                                 givenBar->forward(given.flatten(1))},
                                1);
    return {torch::dropout(leaky(digest->forward(all)), config.dropout, is_training()), given};
}

BarGaussians ConditionalMuseGanImpl::prior(const BarContext& context)
{
    BarGaussians gaussians;
    gaussians.chords = tamed(priorChords->forward(leaky(priorHidden->forward(context.vector))));
    gaussians.melody = tamed(priorMelody->forward(forVoices(context.vector)));
    return gaussians;
}

BarVectors ConditionalMuseGanImpl::vectors(const BarContext& context, const BarVectors& noise)
{
    const auto gaussians = prior(context);
    const auto placed = [](const torch::Tensor& gaussian, const torch::Tensor& at) {
        const auto halves = gaussian.chunk(2, -1);
        return halves[0] + (halves[1] * 0.5).exp() * at;
    };
    return {placed(gaussians.chords, noise.chords), noise.style,
            placed(gaussians.melody, noise.melody), noise.groove};
}

BarOutline ConditionalMuseGanImpl::outline(const BarContext& context, const BarVectors& vectors)
{
    const auto n = context.vector.size(0);
    const auto seed = torch::cat({context.vector, vectors.chords, vectors.style}, 1);
    auto plan = leaky(planSeed->forward(seed)).view({n, 192, 4});
    plan = leaky(planBeat->forward(leaky(planHalf->forward(plan))));
    plan = plan + leaky(planGiven->forward(torch::cat({plan, context.given}, 1)));
    plan = torch::dropout(plan, config.dropout, is_training()).transpose(1, 2);

    const auto own = torch::cat({vectors.melody, vectors.groove}, 2);
    const auto steps = voiceSteps->forward(leaky(voiceHidden->forward(own)))
                           .view({Config::voices, n, Config::steps, voiceStepSize});
    const auto shape = [&](const torch::Tensor& x, std::int64_t size) {
        return x.expand({Config::voices, n, Config::steps, size});
    };
    const auto inputs = torch::cat(
        {shape(plan.unsqueeze(0), config.plan), steps, shape(place.unsqueeze(1), placeSize)}, 3);
    BarOutline outline;
    outline.plan = plan;
    outline.inputs =
        recurrentInput->forward(inputs.reshape({Config::voices, n * Config::steps, -1}))
            .view({Config::voices, n, Config::steps, 3 * config.units});
    outline.hidden =
        torch::tanh(voiceStart->forward(torch::cat({forVoices(context.vector), own}, 2)));
    return outline;
}

torch::Tensor ConditionalMuseGanImpl::step(const torch::Tensor& inputs, const torch::Tensor& heard,
                                           const torch::Tensor& hidden)
{
    const auto x = (inputs + heard).chunk(3, -1);
    const auto y = recurrent->forward(hidden).chunk(3, -1);
    const auto reset = torch::sigmoid(x[0] + y[0]);
    const auto keep = torch::sigmoid(x[1] + y[1]);
    const auto candidate = torch::tanh(x[2] + reset * y[2]);
    return candidate + keep * (hidden - candidate);
}

torch::Tensor ConditionalMuseGanImpl::heardNotes(const torch::Tensor& tokens)
{
    std::vector<torch::Tensor> voices;
    for (std::int64_t v = 0; v < Config::voices; ++v)
        voices.push_back(lastNote[v].index_select(0, tokens.select(1, v)));
    return torch::stack(voices);
}

torch::Tensor ConditionalMuseGanImpl::lastNotes(const torch::Tensor& tokens)
{
    return torch::one_hot(tokens, Config::tokens)
        .slice(-1, 0, Config::classes)
        .to(torch::kFloat32)
        .transpose(0, 1);
}

torch::Tensor ConditionalMuseGanImpl::logits(const torch::Tensor& hidden, const torch::Tensor& plan,
                                             const torch::Tensor& last)
{
    const auto heard = torch::dropout(hidden, config.dropout, is_training());
    const auto out =
        head->forward(leaky(headHidden->forward(torch::cat({heard, forVoices(plan)}, 2))));
    const auto hold = out.slice(2, Config::classes) + holdBias.view({-1, 1, 1});
    return out.slice(2, 0, Config::classes) + hold * last;
}

torch::Tensor ConditionalMuseGanImpl::retell(const BarOutline& outline, const torch::Tensor& last,
                                             const torch::Tensor& bar, double deaf)
{
    const auto n = bar.size(0);
    const auto before = torch::cat({last.unsqueeze(1), bar.slice(1, 0, Config::steps - 1)}, 1);
    auto heard = before;
    if (is_training() && deaf > 0.0)
        heard = torch::where(torch::rand(before.sizes(), bar.device()) < deaf,
                             torch::full_like(before, Config::open), before);
    const auto notes = heardNotes(heard.reshape({-1, Config::voices}))
                           .view({Config::voices, n, Config::steps, 3 * config.units});
    auto hidden = outline.hidden;
    std::vector<torch::Tensor> states;
    for (std::int64_t t = 0; t < Config::steps; ++t) {
        hidden = step(outline.inputs.select(2, t), notes.select(2, t), hidden);
        states.push_back(hidden);
    }
    const auto rows = n * Config::steps;
    return logits(torch::stack(states, 2).view({Config::voices, rows, config.units}),
                  outline.plan.reshape({rows, config.plan}),
                  lastNotes(before.reshape({rows, Config::voices})))
        .view({Config::voices, n, Config::steps, Config::classes});
}

torch::Tensor ConditionalMuseGanImpl::sing(const BarOutline& outline, const torch::Tensor& last,
                                           const torch::Tensor& given)
{
    auto hidden = outline.hidden;
    auto previous = last;
    std::vector<torch::Tensor> steps;
    const auto isGiven = (given != Config::open).to(last.scalar_type()); // [N, 16, 4]
    const auto anyGiven = isGiven.any().item<bool>();
    for (std::int64_t t = 0; t < Config::steps; ++t) {
        hidden = step(outline.inputs.select(2, t), torch::bmm(previous, lastNote), hidden);
        const auto scores =
            logits(hidden, outline.plan.select(1, t), previous.slice(2, 0, Config::classes));
        const auto chances = torch::softmax(scores, -1);
        const auto chosen =
            torch::one_hot(scores.argmax(-1), Config::classes).to(chances.scalar_type());
        // Forwards the choice, backwards the chances.
        const auto sung = chosen + chances - chances.detach();
        previous = torch::constant_pad_nd(sung, {0, Config::tokens - Config::classes});
        if (anyGiven) {
            const auto fixed = isGiven.select(1, t).t().unsqueeze(-1);
            const auto notes =
                torch::one_hot(given.select(1, t).t(), Config::tokens).to(previous.scalar_type());
            previous = previous * (1.0 - fixed) + notes * fixed;
        }
        steps.push_back(previous);
    }
    return torch::stack(steps, 2).permute({1, 2, 0, 3});
}

} // namespace organum::models
