#include "Training/Evaluation/ModelPredictor.h"

#include <algorithm>
#include <cmath>

namespace organum::training
{
namespace
{

struct Judged
{
    double nats = 0.0;
    bool right = false;
};

Judged judged(const std::vector<float>& logits, std::int64_t right)
{
    const auto largest = std::max_element(logits.begin(), logits.end());
    double sum = 0.0;
    for (const auto logit : logits)
        sum += std::exp(static_cast<double>(logit) - static_cast<double>(*largest));
    const auto own = static_cast<double>(logits[static_cast<std::size_t>(right)]);
    return {static_cast<double>(*largest) + std::log(sum) - own, largest - logits.begin() == right};
}

} // namespace

std::vector<ElementScore> scorePiece(const engine::StepModel& model, engine::Sampler sampler,
                                     const Piece& piece)
{
    const auto state = model.newState(sampler);
    state->start(piece.bars.front());
    const auto pitchFirst = model.first() == engine::Stream::pitch;
    std::vector<ElementScore> scores;
    engine::Token before;
    for (std::size_t i = 0; i < piece.elements.size(); ++i) {
        const auto& element = piece.elements[i];
        const auto token = model.vocabulary.encode(element);
        const auto firstId = pitchFirst ? token.pitch : token.duration;
        const auto secondId = pitchFirst ? token.duration : token.pitch;
        const auto first = judged(state->firstLogits(), firstId);
        const auto second = judged(state->secondLogits(firstId), secondId);
        const auto& pitch = pitchFirst ? first : second;
        const auto& duration = pitchFirst ? second : first;
        scores.push_back({pitch.nats, duration.nats, pitch.right, duration.right,
                          i > 0 && token.pitch != before.pitch});
        state->advance({element, token, piece.bars[i], piece.bars[i + 1]});
        before = token;
    }
    return scores;
}

} // namespace organum::training
