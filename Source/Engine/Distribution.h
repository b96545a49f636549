#pragma once

// From a network's scores to chances, and from chances to a choice: temperature, masking and top-p
// in one place, so that what is shown, what is scored and what is sampled are the same numbers.

#include <cstdint>
#include <vector>

namespace organum::engine
{

/** By how much wishes make ids likelier or less likely. */
struct ChoiceWeights
{
    std::vector<double> of;    ///< of each id, >= 0
    std::int64_t unmoved = -1; ///< the id whose chance stays as it is without weights; -1: none
};

class Distribution
{
public:
    /** Chances of the ids with allowed[id] != 0: softmax(logits / temperature) over them, cut to
        the smallest set of likeliest ids whose chances reach topP (the id that reaches it is kept;
        of equally likely ones the lower id comes first), scaled to sum to 1. When every allowed
        id has the score -infinity they are all equally likely. Throws std::runtime_error when a
        score of an allowed id is not a number or +infinity, and std::invalid_argument when
        nothing is allowed. Sizes of logits and allowed are equal; temperature > 0. Weights, where
        given, multiply the chances before the cut; an id of weight 0 is as good as not allowed. */
    void assign(const std::vector<float>& logits, const std::vector<std::uint8_t>& allowed,
                double temperature, double topP, const ChoiceWeights* weights = nullptr);

    /** Sum to 1; 0 for what is not allowed or cut. */
    const std::vector<double>& probabilities() const { return chances; }
    /** The id at `place` in [0, 1) of the cumulated chances; its chance is never 0. */
    std::int64_t choose(double place) const;
    double logProbability(std::int64_t id) const;

private:
    void weigh(const std::vector<float>& logits, const std::vector<std::uint8_t>& allowed,
               double temperature, const ChoiceWeights& weights);
    void cut(double topP);

    std::vector<double> chances;
    std::vector<std::int64_t> order;
};

} // namespace organum::engine
