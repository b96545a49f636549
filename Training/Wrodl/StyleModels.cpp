#include "Training/Wrodl/StyleModels.h"

#include "Training/Random.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace organum::training
{
namespace
{

/** Far above what anyone counts, far below what a sum could not hold. */
constexpr std::int64_t largestCount = std::int64_t{1} << 40;

/** Their sum. */
double checkedTotal(const std::vector<std::int64_t>& counts)
{
    double total = 0.0;
    for (const auto count : counts) {
        if (count < 0 || count > largestCount)
            throw std::invalid_argument("a count is negative or larger than any set of styles");
        total += static_cast<double>(count);
    }
    return total;
}

std::vector<std::int64_t> combinationCounts(const std::vector<Style>& styles)
{
    std::vector<std::int64_t> counts(combinations, 0);
    for (const auto& style : styles)
        ++counts[indexOf(style)];
    return counts;
}

std::vector<std::vector<std::int64_t>> valueCounts(const std::vector<Style>& styles)
{
    std::vector<std::vector<std::int64_t>> counts;
    for (std::size_t f = 0; f < featureCount; ++f) {
        counts.emplace_back(features()[f].values.size(), 0);
        for (const auto& style : styles)
            ++counts[f][static_cast<std::size_t>(style[f])];
    }
    return counts;
}

} // namespace

StyleHistogram::StyleHistogram(const std::vector<Style>& styles, double pseudoCountIn)
    : StyleHistogram(combinationCounts(styles), pseudoCountIn)
{
}

StyleHistogram::StyleHistogram(std::vector<std::int64_t> countsIn, double pseudoCountIn)
    : seen(std::move(countsIn))
    , added(pseudoCountIn)
{
    if (seen.size() != combinations)
        throw std::invalid_argument("a histogram of styles needs 4032 counts and has " +
                                    std::to_string(seen.size()));
    if (!(added >= 0.0) || !(added <= 1e9))
        throw std::invalid_argument("the pseudo-count must be from 0 to 1e9");
    total = checkedTotal(seen) + added * static_cast<double>(combinations);
    if (!(total > 0.0))
        throw std::invalid_argument("a histogram of styles without a count says nothing");
}

double StyleHistogram::weight(std::size_t index) const
{
    return static_cast<double>(seen[index]) + added;
}

double StyleHistogram::probability(const Style& style) const
{
    return weight(indexOf(style)) / total;
}

Style StyleHistogram::sample(double uniform) const
{
    auto left = uniform * total;
    std::size_t last = 0; // rounding must not lead to a combination without a chance
    for (std::size_t i = 0; i < combinations; ++i) {
        const auto here = weight(i);
        if (here <= 0.0)
            continue;
        if (left < here)
            return styleAt(i);
        left -= here;
        last = i;
    }
    return styleAt(last);
}

double StyleHistogram::unseenMass() const
{
    return static_cast<double>(combinations - distinct()) * added / total;
}

std::size_t StyleHistogram::distinct() const
{
    return static_cast<std::size_t>(
        std::count_if(seen.begin(), seen.end(), [](auto n) { return n > 0; }));
}

NaiveBayesStyles::NaiveBayesStyles(const std::vector<Style>& styles)
    : NaiveBayesStyles(valueCounts(styles))
{
}

NaiveBayesStyles::NaiveBayesStyles(std::vector<std::vector<std::int64_t>> countsIn)
    : seen(std::move(countsIn))
{
    if (seen.size() != featureCount)
        throw std::invalid_argument("naive Bayes of styles needs counts of five features");
    for (std::size_t f = 0; f < featureCount; ++f) {
        if (seen[f].size() != features()[f].values.size())
            throw std::invalid_argument("the counts of " + features()[f].name +
                                        " are not as many as its values");
        const auto sum = checkedTotal(seen[f]);
        if (!(sum > 0.0) || (f > 0 && sum != total))
            throw std::invalid_argument("the counts of " + features()[f].name +
                                        " do not sum to the number of styles");
        total = sum;
    }
}

double NaiveBayesStyles::share(std::size_t feature, int value) const
{
    return static_cast<double>(seen[feature][static_cast<std::size_t>(value)]) / total;
}

double NaiveBayesStyles::probability(const Style& style) const
{
    double product = 1.0;
    for (std::size_t f = 0; f < featureCount; ++f)
        product *= share(f, style[f]);
    return product;
}

Style NaiveBayesStyles::sample(const std::array<double, featureCount>& uniforms) const
{
    Style style{};
    for (std::size_t f = 0; f < featureCount; ++f) {
        auto left = uniforms[f] * total;
        for (std::size_t value = 0; value < seen[f].size(); ++value) {
            const auto here = static_cast<double>(seen[f][value]);
            if (here <= 0.0)
                continue;
            style[f] = static_cast<int>(value);
            if (left < here)
                break;
            left -= here;
        }
    }
    return style;
}

std::size_t NaiveBayesStyles::reachable() const
{
    std::size_t count = 1;
    for (const auto& feature : seen)
        count *= static_cast<std::size_t>(
            std::count_if(feature.begin(), feature.end(), [](auto n) { return n > 0; }));
    return count;
}

Style drawStyle(const StyleHistogram& model, std::uint64_t seed, std::uint64_t n)
{
    return model.sample(randomUniform("wrodl-histogram", seed, {n}));
}

Style drawStyle(const NaiveBayesStyles& model, std::uint64_t seed, std::uint64_t n)
{
    std::array<double, featureCount> uniforms{};
    for (std::size_t f = 0; f < featureCount; ++f)
        uniforms[f] = randomUniform("wrodl-naive-bayes", seed, {n, f});
    return model.sample(uniforms);
}

template <typename Model>
double meanLogLikelihood(const Model& model, const std::vector<Style>& styles)
{
    double sum = 0.0;
    for (const auto& style : styles)
        sum += std::log(model.probability(style));
    return sum / static_cast<double>(styles.size());
}

template double meanLogLikelihood(const StyleHistogram&, const std::vector<Style>&);
template double meanLogLikelihood(const NaiveBayesStyles&, const std::vector<Style>&);

} // namespace organum::training
