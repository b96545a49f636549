#pragma once

// Conditional MuseGAN as adversarial training sees it. At first the generator learns alone, as the
// decoder of a variational autoencoder: an encoder finds the vectors of bars that exist, and the
// generator tells the bars again from them. Then the critic is shown what it composes from noise.

#include "Models/Music/ConditionalMuseGan.h"
#include "Training/Adversarial/AdversarialNetworks.h"
#include "Training/Music/ChoraleWindows.h"
#include "Training/Music/VoiceRecord.h"

#include <array>
#include <string>

namespace organum::training
{

struct ConditionalRecipe
{
    std::int64_t aloneWindows = 12;  ///< windows of four bars in a step alone
    std::int64_t windows = 20;       ///< windows of three bars that the critic sees
    std::int64_t furtherWindows = 8; ///< windows of four bars beside the critic
    double deaf = 0.3;               ///< share of own notes that are not heard
    double givenShare = 0.35;        ///< of the critic's windows in which voices are given
    double freeChords = 18.0;        ///< nats that cost nothing, of each kind of vector
    double freeStyle = 4.0;
    double freeMelody = 3.0;
    double freeGroove = 4.0;
    std::int64_t lastEpoch = 1; ///< counted from 1: after it the hold bias is set
};

class ConditionalMuseGanNetworks : public AdversarialNetworks
{
public:
    /** The record outlives this. Weights are drawn by LibTorch's generator of random numbers.
        Throws std::invalid_argument when nothing is long enough to learn from. */
    ConditionalMuseGanNetworks(const models::ConditionalMuseGanConfig& config,
                               const ConditionalRecipe& recipeIn,
                               const std::vector<score::VoiceGrid>& train,
                               const std::vector<score::VoiceGrid>& validation,
                               std::uint64_t seedIn, torch::Device deviceIn,
                               const VoiceRecord& recordIn);

    torch::nn::Module& generator() override { return *pair; }
    torch::nn::Module& critic() override { return *theCritic; }
    RealBatch real(std::int64_t step, std::int64_t draw) override;
    torch::Tensor generate(const RealBatch& batch) override;
    torch::Tensor score(const torch::Tensor& samples, const RealBatch& batch) override;
    FurtherLoss furtherLoss(std::int64_t step, double progress) override;
    /** reconstruction (nats a bar), accuracy, change_accuracy (of notes that move): held-out bars
        told again from the vectors that the encoder finds. */
    Metrics validate() override;
    void keep(std::int64_t epoch) override;

    /** What is learnt from and how large the networks are, for the user. */
    std::string sizes() const;

private:
    /** Generator and encoder are trained by one optimiser. */
    struct Pair : torch::nn::Module
    {
        explicit Pair(const models::ConditionalMuseGanConfig& config);
        models::ConditionalMuseGan generator;
        models::ConditionalMuseGanEncoder encoder;
    };
    struct Retold
    {
        torch::Tensor loss; ///< nats a bar, of the cells that are not given
        torch::Tensor chords, style, melody, groove; ///< mean divergences of a vector, nats
        double accuracy = 0.0, changeAccuracy = 0.0;
    };
    Retold retell(const ChoraleWindows& windows);
    ChoraleWindows onDevice(ChoraleWindows windows) const;
    std::string configJson() const;
    /** Sets the hold bias so that voices have as many notes a bar as in the training pieces. */
    void calibrate(std::int64_t epoch);

    const models::ConditionalMuseGanConfig config;
    const ConditionalRecipe recipe;
    const std::uint64_t seed;
    const torch::Device device;
    const VoiceRecord& record;
    const ChoraleCorpus corpus;
    const ChoraleCorpus heldOut;
    std::array<double, 4> notesPerBar{}; ///< of the training pieces' voices
    std::shared_ptr<Pair> pair;
    models::ConditionalMuseGanCritic theCritic;
};

} // namespace organum::training
