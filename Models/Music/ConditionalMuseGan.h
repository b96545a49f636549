#pragma once

// MuseGAN for pieces of any length: bar follows bar, and each hears the two bars before it, the
// pitch classes of all that came before, and what is given of the bar itself. The book's fixed
// number of bars was its limit; feeding earlier bars back is the remedy of the paper (Dong et al.
// 2018). The four kinds of vectors keep their meaning:
//
//            changes every bar   differs per voice   enters
//   style           no                  no           the plan that all voices share
//   groove          no                  yes          its voice alone
//   chords          yes                 no           the plan that all voices share
//   melody          yes                 yes          its voice alone
//
// Within a bar a voice is a recurrent network over its sixteen steps that hears its own last note
// and the plan, never another voice: groove and melody of one voice leave the rest of the bar as
// it is. Pitches are counted from the tonic of the piece's major collection (a minor key's is that
// of its relative major), so that all keys share what was learnt; the key itself is an input.
//
// An encoder, for training alone, finds the vectors of a bar that exists; a critic judges windows
// of three bars.

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace organum::models
{

struct ConditionalMuseGanConfig
{
    std::int64_t noise = 32;    ///< Z: numbers in each vector
    std::int64_t embed = 24;    ///< E: numbers in a token's embedding
    std::int64_t context = 256; ///< C: numbers that stand for what came before
    std::int64_t plan = 128;    ///< P: channels of the plan
    std::int64_t units = 128;   ///< H: of each voice's recurrent network
    std::int64_t critic = 128;  ///< channels of the critic
    double dropout = 0.15;

    static constexpr std::int64_t voices = 4;
    static constexpr std::int64_t steps = 16;        ///< a bar, in sixteenths
    static constexpr std::int64_t contextSteps = 32; ///< what of the past is heard step by step
    static constexpr std::int64_t pitches = 42;      ///< of each voice's range
    static constexpr std::int64_t silence = 42;
    static constexpr std::int64_t classes = 43; ///< what a cell can be
    static constexpr std::int64_t start = 43;   ///< before the piece
    static constexpr std::int64_t open = 44;    ///< not given
    static constexpr std::int64_t tokens = 45;  ///< what can be heard of a cell
    static constexpr std::int64_t lowest[voices] = {55, 47, 41, 31}; ///< pitch of class 0, in C
};

/** Throws std::invalid_argument saying which number cannot be. */
void check(const ConditionalMuseGanConfig& config);

/** A linear layer with weights of its own for each voice. */
class VoiceLinearImpl : public torch::nn::Module
{
public:
    VoiceLinearImpl(std::int64_t inputs, std::int64_t outputs);

    /** [4, N, inputs] -> [4, N, outputs]. */
    torch::Tensor forward(const torch::Tensor& x);

    torch::Tensor weight; ///< [4, inputs, outputs]
    torch::Tensor bias;   ///< [4, 1, outputs]
};
TORCH_MODULE(VoiceLinear);

/** What a bar may hear. */
struct BarSurroundings
{
    torch::Tensor
        previous; ///< the two bars before: tokens [N, 32, 4], or [N, 32, 4, 45] as one-hots
    torch::Tensor histogram; ///< [N, 12]: shares of the pitch classes of all before; 0 at the start
    torch::Tensor key;       ///< [N]: tonic of the major collection, 0 = C
    torch::Tensor flags;     ///< [N, 2]: the first bar of all; fewer than two bars before
    torch::Tensor given;     ///< [N, 16, 4]: tokens of this bar that are given, else open
};

/** The same, digested. */
struct BarContext
{
    torch::Tensor vector; ///< [N, C]
    torch::Tensor given;  ///< [N, 64, 16]
};

/** The knobs of one bar. */
struct BarVectors
{
    torch::Tensor chords; ///< [N, Z]
    torch::Tensor style;  ///< [N, Z]
    torch::Tensor melody; ///< [4, N, Z]
    torch::Tensor groove; ///< [4, N, Z]
};

/** Means and logarithms of variances, side by side. */
struct BarGaussians
{
    torch::Tensor chords; ///< [N, 2 Z]
    torch::Tensor style;  ///< [B, 2 Z]: one for the bars of a window; undefined in a prior
    torch::Tensor melody; ///< [4, N, 2 Z]
    torch::Tensor groove; ///< [4, B, 2 Z]; undefined in a prior
};

/** A bar before its steps are taken. */
struct BarOutline
{
    torch::Tensor plan;   ///< [N, 16, P]
    torch::Tensor inputs; ///< [4, N, 16, 3 H]: of the recurrent networks, but for the last note
    torch::Tensor hidden; ///< [4, N, H]: before the first step
};

class ConditionalMuseGanImpl : public torch::nn::Module
{
public:
    explicit ConditionalMuseGanImpl(const ConditionalMuseGanConfig& configIn = {});

    BarContext hear(const BarSurroundings& surroundings);
    /** Where the chords and melody of bars lie that follow such a context. */
    BarGaussians prior(const BarContext& context);
    /** Noise N(0, 1) -> vectors: chords and melody go where this context wants them; style and
        groove stay. */
    BarVectors vectors(const BarContext& context, const BarVectors& noise);
    BarOutline outline(const BarContext& context, const BarVectors& vectors);

    /** One step of the recurrent networks. inputs [4, N, 3 H] are the outline's at this step;
        heard [4, N, 3 H] is heardNotes() of the step before; hidden [4, N, H]. Returns the new
        hidden state. */
    torch::Tensor step(const torch::Tensor& inputs, const torch::Tensor& heard,
                       const torch::Tensor& hidden);
    /** Each voice's own notes of one step, tokens [N, 4] -> [4, N, 3 H]. */
    torch::Tensor heardNotes(const torch::Tensor& tokens);
    /** hidden [4, M, H], plan [M, P], last [4, M, 43] (one-hot of the step before; 0 for START) ->
        logits [4, M, 43]. */
    torch::Tensor logits(const torch::Tensor& hidden, const torch::Tensor& plan,
                         const torch::Tensor& last);
    /** One-hots of tokens [N, 4] as logits() wants them: [4, N, 43]. */
    static torch::Tensor lastNotes(const torch::Tensor& tokens);

    /** The logits of a bar that exists, tokens [N, 16, 4], each step given the true one before;
        last: tokens [N, 4] of the step before the bar. While training, a share `deaf` of the notes
        is not heard, so that the vectors must tell them. -> [4, N, 16, 43]. */
    torch::Tensor retell(const BarOutline& outline, const torch::Tensor& last,
                         const torch::Tensor& bar, double deaf);
    /** A bar of its own: each step the likeliest class, as one-hot with the softmax's gradient
        (straight-through). last: [4, N, 45]; given: tokens [N, 16, 4], taken as they are unless
        open. -> [N, 16, 4, 45]. */
    torch::Tensor sing(const BarOutline& outline, const torch::Tensor& last,
                       const torch::Tensor& given);

    const ConditionalMuseGanConfig config;

    torch::Tensor embedding; ///< [4, 45, E]
    torch::nn::Conv1d beat{nullptr}, half{nullptr}, givenBeat{nullptr}, planGiven{nullptr};
    torch::nn::Linear givenBar{nullptr}, digest{nullptr}, priorHidden{nullptr},
        priorChords{nullptr}, planSeed{nullptr};
    torch::nn::ConvTranspose1d planHalf{nullptr}, planBeat{nullptr};
    VoiceLinear priorMelody{nullptr}, voiceHidden{nullptr}, voiceSteps{nullptr},
        voiceStart{nullptr}, recurrentInput{nullptr}, recurrent{nullptr}, headHidden{nullptr},
        head{nullptr};
    torch::Tensor lastNote; ///< [4, 45, 3 H]
    torch::Tensor place;    ///< [4, 16, 16]: what a voice knows of each step
    /** [4]: added to the wish to hold the last note. Not trained: set after training, so that
        voices move as often as they did in what was learnt. */
    torch::Tensor holdBias;
    /** [6, 2, 12]: how much more often than chance two voices stood at an interval class (upper -
        lower, mod 12) in what was learnt, in nats; pairs SA ST SB AT AB TB; on beats, between them.
        Not used by the network: a decoder may ask it. */
    torch::Tensor intervalWishes;

private:
    torch::Tensor embedded(const torch::Tensor& notes);
};
TORCH_MODULE(ConditionalMuseGan);

/** Finds the vectors of bars that exist. For training. */
class ConditionalMuseGanEncoderImpl : public torch::nn::Module
{
public:
    explicit ConditionalMuseGanEncoderImpl(const ConditionalMuseGanConfig& configIn = {});

    struct Found
    {
        BarGaussians gaussians;
        torch::Tensor style; ///< [B, Z]: the sample that the chords were found with
    };
    /** bars: tokens [B W, 16, 4], windows of W bars one after another; onsets [B W, 16, 4]: 1 where
        a pitch differs from the step before; context: vector [B W, C]. */
    Found forward(const torch::Tensor& bars, const torch::Tensor& onsets,
                  const torch::Tensor& context, std::int64_t windowBars);

    const ConditionalMuseGanConfig config;
    torch::Tensor embedding; ///< [4, 45, E]
    torch::nn::Linear bar{nullptr}, heard{nullptr}, chords{nullptr}, styleHidden{nullptr},
        style{nullptr};
    VoiceLinear melodyHidden{nullptr}, melody{nullptr}, grooveHidden{nullptr}, groove{nullptr};
};
TORCH_MODULE(ConditionalMuseGanEncoder);

/** Scores windows of three bars: one of context, two to be judged. Beside the notes it is shown
    what its convolutions would have to find out first: pitch classes, held notes and intervals. */
class ConditionalMuseGanCriticImpl : public torch::nn::Module
{
public:
    explicit ConditionalMuseGanCriticImpl(const ConditionalMuseGanConfig& config = {});

    /** [B, 48, 4, 43] one-hots, or anything between them -> [B], higher = more real. */
    torch::Tensor forward(const torch::Tensor& bars);

    torch::Tensor place; ///< [1, 8, 16]
    torch::nn::Conv1d first{nullptr}, second{nullptr}, third{nullptr}, fourth{nullptr};
    torch::nn::Linear hidden{nullptr}, score{nullptr};

private:
    torch::Tensor features(const torch::Tensor& bars);
    torch::Tensor pitchClasses;    ///< [4, 43, 12]
    torch::Tensor intervalClasses; ///< [144, 12]
};
TORCH_MODULE(ConditionalMuseGanCritic);

/** A sample of Gaussians [..., 2 Z] -> [..., Z]; noise from LibTorch's generator. */
torch::Tensor sampled(const torch::Tensor& gaussian);

/** Kullback-Leibler divergence from N(0, 1), or from another Gaussian, summed over the last axis:
    [..., 2 Z] -> [...], in nats. */
torch::Tensor divergence(const torch::Tensor& gaussian);
torch::Tensor divergence(const torch::Tensor& gaussian, const torch::Tensor& from);

} // namespace organum::models
