// The encoder and the critic of conditional MuseGAN: what only training needs.

#include "Models/Music/ConditionalMuseGan.h"

namespace organum::models
{
namespace
{

using Config = ConditionalMuseGanConfig;

torch::nn::Conv1d convolution(std::int64_t in, std::int64_t out, std::int64_t kernel,
                              std::int64_t stride, std::int64_t padding)
{
    return torch::nn::Conv1d(
        torch::nn::Conv1dOptions(in, out, kernel).stride(stride).padding(padding));
}

/** Variances of a sample are kept from vanishing and from exploding. */
std::vector<torch::Tensor> meanAndLogVariance(const torch::Tensor& gaussian)
{
    auto halves = gaussian.chunk(2, -1);
    halves[1] = halves[1].clamp(-6.0, 3.0);
    return halves;
}

constexpr int pairs = 6;

} // namespace

torch::Tensor sampled(const torch::Tensor& gaussian)
{
    const auto halves = meanAndLogVariance(gaussian);
    return halves[0] + torch::randn_like(halves[0]) * (halves[1] * 0.5).exp();
}

torch::Tensor divergence(const torch::Tensor& gaussian)
{
    const auto own = meanAndLogVariance(gaussian);
    return 0.5 * (own[0].square() + own[1].exp() - 1.0 - own[1]).sum(-1);
}

torch::Tensor divergence(const torch::Tensor& gaussian, const torch::Tensor& from)
{
    const auto own = meanAndLogVariance(gaussian);
    const auto other = from.chunk(2, -1);
    return 0.5 * (other[1] - own[1] +
                  (own[1].exp() + (own[0] - other[0]).square()) / other[1].exp() - 1.0)
                     .sum(-1);
}

ConditionalMuseGanEncoderImpl::ConditionalMuseGanEncoderImpl(
    const ConditionalMuseGanConfig& configIn)
    : config(configIn)
{
    check(config);
    const auto z = config.noise;
    embedding = register_parameter(
        "embedding", torch::randn({Config::voices, Config::tokens, config.embed}) * 0.3);
    bar = register_module("bar",
                          torch::nn::Linear(Config::steps * Config::voices * config.embed, 320));
    heard = register_module("heard", torch::nn::Linear(320 + config.context, 256));
    styleHidden = register_module("styleHidden", torch::nn::Linear(256, 128));
    style = register_module("style", torch::nn::Linear(128, 2 * z));
    chords = register_module("chords", torch::nn::Linear(256 + z, 2 * z));
    melodyHidden = register_module("melodyHidden", VoiceLinear(Config::steps * config.embed, 128));
    melody = register_module("melody", VoiceLinear(128 + 256, 2 * z));
    grooveHidden = register_module("grooveHidden", VoiceLinear(Config::steps, 96));
    groove = register_module("groove", VoiceLinear(96, 2 * z));
}

ConditionalMuseGanEncoderImpl::Found
ConditionalMuseGanEncoderImpl::forward(const torch::Tensor& bars, const torch::Tensor& onsets,
                                       const torch::Tensor& context, std::int64_t windowBars)
{
    const auto leaky = [](const torch::Tensor& x) { return torch::leaky_relu(x, 0.1); };
    const auto n = bars.size(0);
    const auto windows = n / windowBars;
    std::vector<torch::Tensor> voices; // [N, 16 E] each
    for (std::int64_t v = 0; v < Config::voices; ++v)
        voices.push_back(embedding[v].index_select(0, bars.select(2, v).flatten()).view({n, -1}));
    auto all =
        torch::dropout(leaky(bar->forward(torch::cat(voices, 1))), config.dropout, is_training());
    all = leaky(heard->forward(torch::cat({all, context}, 1)));

    Found found;
    found.gaussians.style = style->forward(
        torch::tanh(styleHidden->forward(all)).view({windows, windowBars, -1}).mean(1));
    found.style = sampled(found.gaussians.style);
    found.gaussians.chords =
        chords->forward(torch::cat({all, found.style.repeat_interleave(windowBars, 0)}, 1));
    const auto own = leaky(melodyHidden->forward(torch::stack(voices)));
    found.gaussians.melody = melody->forward(
        torch::cat({own, all.unsqueeze(0).expand({Config::voices, n, all.size(1)})}, 2));
    const auto moves = leaky(grooveHidden->forward(onsets.permute({2, 0, 1})));
    found.gaussians.groove =
        groove->forward(moves.view({Config::voices, windows, windowBars, -1}).mean(2));
    return found;
}

ConditionalMuseGanCriticImpl::ConditionalMuseGanCriticImpl(const ConditionalMuseGanConfig& config)
{
    check(config);
    const auto width = config.critic;
    // Notes, pitch classes of each voice and of all, held notes, interval classes of each pair.
    const auto inputs =
        Config::voices * Config::classes + Config::voices * 12 + 12 + Config::voices + pairs * 12;
    place = register_parameter("place", torch::randn({1, 8, Config::steps}) * 0.3);
    first = register_module("first", convolution(inputs + 8, width, 3, 1, 1));
    second = register_module("second", convolution(width, width, 4, 2, 1));
    third = register_module("third", convolution(width, width, 4, 2, 1));
    fourth = register_module("fourth", convolution(width, 192, 4, 4, 0));
    hidden = register_module("hidden", torch::nn::Linear(192 * 3, 192));
    score = register_module("score", torch::nn::Linear(192, 1));

    auto classes = torch::zeros({Config::voices, Config::classes, 12});
    for (std::int64_t v = 0; v < Config::voices; ++v)
        for (std::int64_t pitch = 0; pitch < Config::pitches; ++pitch)
            classes[v][pitch][(Config::lowest[v] + pitch) % 12] = 1.0f;
    auto intervals = torch::zeros({144, 12});
    for (std::int64_t upper = 0; upper < 12; ++upper)
        for (std::int64_t lower = 0; lower < 12; ++lower)
            intervals[upper * 12 + lower][(upper - lower + 12) % 12] = 1.0f;
    pitchClasses = register_buffer("pitchClasses", classes);
    intervalClasses = register_buffer("intervalClasses", intervals);
}

torch::Tensor ConditionalMuseGanCriticImpl::features(const torch::Tensor& bars)
{
    std::vector<torch::Tensor> classes; // [B, T, 12] each
    for (std::int64_t v = 0; v < Config::voices; ++v)
        classes.push_back(torch::matmul(bars.select(2, v), pitchClasses[v]));
    const auto all = torch::stack(classes, 2);
    const auto held = (bars.slice(1, 1) * bars.slice(1, 0, bars.size(1) - 1)).sum(-1);
    // A held note and an interval are single numbers where a note is spread over 43: they are
    // made larger, so that the critic's slope is shared among them.
    std::vector<torch::Tensor> parts{bars.flatten(2), all.flatten(2), all.sum(2),
                                     torch::constant_pad_nd(held, {0, 0, 1, 0}) * 2.0};
    for (std::size_t upper = 0; upper < 4; ++upper)
        for (std::size_t lower = upper + 1; lower < 4; ++lower) {
            const auto both = classes[upper].unsqueeze(-1) * classes[lower].unsqueeze(-2);
            parts.push_back(torch::matmul(both.flatten(2), intervalClasses) * 1.5);
        }
    return torch::cat(parts, 2).transpose(1, 2);
}

torch::Tensor ConditionalMuseGanCriticImpl::forward(const torch::Tensor& bars)
{
    const auto leaky = [](const torch::Tensor& x) { return torch::leaky_relu(x, 0.2); };
    const auto repeats = bars.size(1) / Config::steps;
    const auto places = place.repeat({bars.size(0), 1, repeats});
    auto x = leaky(first->forward(torch::cat({features(bars), places}, 1)));
    x = leaky(third->forward(leaky(second->forward(x))));
    x = leaky(fourth->forward(x));
    return score->forward(leaky(hidden->forward(x.flatten(1)))).squeeze(1);
}

} // namespace organum::models
