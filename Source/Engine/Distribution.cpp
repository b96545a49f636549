#include "Engine/Distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace organum::engine
{

void Distribution::assign(const std::vector<float>& logits,
                          const std::vector<std::uint8_t>& allowed, double temperature, double topP,
                          const ChoiceWeights* weights)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double largest = -infinity;
    bool any = false;
    for (std::size_t id = 0; id < logits.size(); ++id) {
        if (allowed[id] == 0)
            continue;
        any = true;
        const double logit = logits[id];
        if (std::isnan(logit) || logit == infinity)
            throw std::runtime_error("Generating music: the network's answer is not a number. Its "
                                     "weights are damaged; use another model.");
        largest = std::max(largest, logit);
    }
    if (!any)
        throw std::invalid_argument("Generating music: no choice is allowed.");

    chances.assign(logits.size(), 0.0);
    double sum = 0.0;
    for (std::size_t id = 0; id < logits.size(); ++id) {
        if (allowed[id] == 0)
            continue;
        chances[id] = largest == -infinity
                          ? 1.0
                          : std::exp((static_cast<double>(logits[id]) - largest) / temperature);
        sum += chances[id];
    }
    for (auto& chance : chances)
        chance /= sum;
    if (weights != nullptr)
        weigh(logits, allowed, temperature, *weights);
    if (topP < 1.0)
        cut(topP);
}

void Distribution::weigh(const std::vector<float>& logits, const std::vector<std::uint8_t>& allowed,
                         double temperature, const ChoiceWeights& weights)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    // Below this the products have lost digits, or all are 0.
    constexpr double tooSmall = 1e-200;
    double unweighted = 0.0;
    double weighted = 0.0;
    for (std::size_t id = 0; id < chances.size(); ++id) {
        if (static_cast<std::int64_t>(id) == weights.unmoved)
            continue;
        unweighted += chances[id];
        chances[id] *= weights.of[id];
        weighted += chances[id];
    }
    if (weighted < tooSmall) {
        std::vector<double> scores(chances.size(), -infinity);
        double largest = -infinity;
        const auto counts = [&](std::size_t id) {
            return allowed[id] != 0 && weights.of[id] > 0.0 &&
                   static_cast<std::int64_t>(id) != weights.unmoved;
        };
        for (std::size_t id = 0; id < chances.size(); ++id)
            if (counts(id)) {
                scores[id] =
                    static_cast<double>(logits[id]) / temperature + std::log(weights.of[id]);
                largest = std::max(largest, scores[id]);
            }
        weighted = 0.0;
        for (std::size_t id = 0; id < chances.size(); ++id)
            if (counts(id))
                weighted += chances[id] =
                    largest == -infinity ? 1.0 : std::exp(scores[id] - largest);
    }
    const bool onlyUnmoved = weighted == 0.0;
    if (onlyUnmoved &&
        (weights.unmoved < 0 || chances[static_cast<std::size_t>(weights.unmoved)] == 0.0))
        throw std::invalid_argument("Generating music: no choice is allowed.");
    for (std::size_t id = 0; id < chances.size(); ++id) {
        if (static_cast<std::int64_t>(id) != weights.unmoved)
            chances[id] = onlyUnmoved ? 0.0 : chances[id] / weighted * unweighted;
        else if (onlyUnmoved)
            chances[id] = 1.0;
    }
}

void Distribution::cut(double topP)
{
    order.clear();
    for (std::size_t id = 0; id < chances.size(); ++id)
        if (chances[id] > 0.0)
            order.push_back(static_cast<std::int64_t>(id));
    std::stable_sort(order.begin(), order.end(), [this](std::int64_t a, std::int64_t b) {
        return chances[static_cast<std::size_t>(a)] > chances[static_cast<std::size_t>(b)];
    });
    double kept = 0.0;
    std::size_t count = 0;
    while (count < order.size() && kept < topP)
        kept += chances[static_cast<std::size_t>(order[count++])];
    for (std::size_t i = count; i < order.size(); ++i)
        chances[static_cast<std::size_t>(order[i])] = 0.0;
    for (auto& chance : chances)
        chance /= kept;
}

std::int64_t Distribution::choose(double place) const
{
    double cumulated = 0.0;
    std::int64_t last = -1;
    for (std::size_t id = 0; id < chances.size(); ++id) {
        if (chances[id] <= 0.0)
            continue;
        cumulated += chances[id];
        last = static_cast<std::int64_t>(id);
        if (place < cumulated)
            return last;
    }
    // The sum may fall short of 1 by rounding.
    return last;
}

double Distribution::logProbability(std::int64_t id) const
{
    return std::log(chances.at(static_cast<std::size_t>(id)));
}

} // namespace organum::engine
