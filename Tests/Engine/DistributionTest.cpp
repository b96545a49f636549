#include "Engine/Distribution.h"
#include "Engine/Random.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numeric>

using namespace organum::engine;

namespace
{

const float minusInfinity = -std::numeric_limits<float>::infinity();

Distribution of(const std::vector<float>& logits, double temperature = 1.0, double topP = 1.0,
                std::vector<std::uint8_t> allowed = {})
{
    if (allowed.empty())
        allowed.assign(logits.size(), 1);
    Distribution distribution;
    distribution.assign(logits, allowed, temperature, topP);
    return distribution;
}

double sum(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

TEST_CASE("Chances are the softmax of the scores and sum to 1", "[sampling]")
{
    const auto p = of({0.0f, std::log(2.0f), std::log(5.0f)}).probabilities();
    CHECK(p[0] == Approx(0.125));
    CHECK(p[1] == Approx(0.25));
    CHECK(p[2] == Approx(0.625));

    for (std::uint64_t trial = 0; trial < 200; ++trial) {
        std::vector<float> logits;
        std::vector<std::uint8_t> allowed;
        for (std::uint64_t i = 0; i < 300; ++i) {
            logits.push_back(static_cast<float>(80.0 * uniform(Purpose::pitch, trial, i) - 40.0));
            allowed.push_back(i == trial || uniform(Purpose::duration, trial, i) < 0.5);
        }
        const double temperature = 0.05 + 0.02 * static_cast<double>(trial);
        const auto chances = of(logits, temperature, trial % 2 == 0 ? 1.0 : 0.7, allowed);
        CHECK(sum(chances.probabilities()) == Approx(1.0).epsilon(1e-12));
        for (std::size_t i = 0; i < allowed.size(); ++i)
            if (allowed[i] == 0)
                CHECK(chances.probabilities()[i] == 0.0);
    }
}

TEST_CASE("Enormous scores and temperatures neither overflow nor vanish", "[sampling]")
{
    const auto p = of({3e38f, -3e38f, 3e38f}, 0.05).probabilities();
    CHECK(p[0] == 0.5);
    CHECK(p[1] == 0.0);
}

TEST_CASE("A low temperature sharpens and a high one flattens", "[sampling]")
{
    const std::vector<float> logits{0.0f, 1.0f};
    CHECK(of(logits, 0.1).probabilities()[1] > 0.9999);
    CHECK(of(logits, 4.0).probabilities()[1] < 0.57);
    CHECK(of(logits, 4.0).probabilities()[1] > 0.5);
}

TEST_CASE("What is forbidden has chance 0 and leaves the rest in proportion", "[sampling]")
{
    const auto p = of({5.0f, std::log(1.0f), std::log(3.0f)}, 1.0, 1.0, {0, 1, 1}).probabilities();
    CHECK(p[0] == 0.0);
    CHECK(p[1] == Approx(0.25));
    CHECK(p[2] == Approx(0.75));
}

TEST_CASE("Top-p keeps the likeliest until their chances reach p", "[sampling]")
{
    const std::vector<float> logits{std::log(0.2f), std::log(0.5f), std::log(0.3f)};
    const auto p = of(logits, 1.0, 0.6).probabilities();
    CHECK(p[0] == 0.0);
    CHECK(p[1] == Approx(0.625));
    CHECK(p[2] == Approx(0.375));
    CHECK(of(logits, 1.0, 0.05).probabilities()[1] == 1.0);
    // Equally likely: the lower ids stay.
    CHECK(of({0, 0, 0, 0}, 1.0, 0.5).probabilities() == std::vector<double>{0.5, 0.5, 0, 0});
}

TEST_CASE("A place in the cumulated chances picks the id that lies there", "[sampling]")
{
    const auto distribution = of({minusInfinity, 0.0f, 0.0f, minusInfinity, std::log(2.0f)});
    CHECK(distribution.choose(0.0) == 1);
    CHECK(distribution.choose(0.2499) == 1);
    CHECK(distribution.choose(0.2501) == 2);
    CHECK(distribution.choose(0.5001) == 4);
    CHECK(distribution.choose(1.0 - 1e-16) == 4);
    CHECK(distribution.logProbability(4) == Approx(std::log(0.5)));
}

TEST_CASE("When the network rules out all that is allowed, the allowed are equally likely",
          "[sampling]")
{
    const auto p = of({0.0f, minusInfinity, minusInfinity}, 1.0, 1.0, {0, 1, 1}).probabilities();
    CHECK(p == std::vector<double>{0.0, 0.5, 0.5});
}

TEST_CASE("Scores that are no numbers, and no choice at all, are errors", "[sampling]")
{
    CHECK_THROWS_AS(of({0.0f, std::nanf("")}), std::runtime_error);
    CHECK_THROWS_AS(of({0.0f, -minusInfinity}), std::runtime_error);
    CHECK_THROWS_AS(of({0.0f}, 1.0, 1.0, {0}), std::invalid_argument);
    CHECK(of({0.0f, std::nanf("")}, 1.0, 1.0, {1, 0}).probabilities()[0] == 1.0);
}

TEST_CASE("Sampled frequencies follow the chances", "[sampling]")
{
    const auto distribution = of({std::log(0.1f), std::log(0.6f), std::log(0.3f)});
    std::vector<double> count(3, 0.0);
    const int draws = 30000;
    for (std::uint64_t i = 0; i < draws; ++i)
        count[static_cast<std::size_t>(distribution.choose(uniform(Purpose::pitch, 9, i)))] += 1;
    // Five standard deviations of the widest.
    for (std::size_t id = 0; id < 3; ++id)
        CHECK(count[id] / draws == Approx(distribution.probabilities()[id]).margin(0.015));
}

TEST_CASE("Random numbers depend on purpose, seed and place, and on nothing else", "[sampling]")
{
    CHECK(uniform(Purpose::pitch, 1, 2) == uniform(Purpose::pitch, 1, 2));
    CHECK(uniform(Purpose::pitch, 1, 2) != uniform(Purpose::duration, 1, 2));
    CHECK(uniform(Purpose::pitch, 1, 2) != uniform(Purpose::pitch, 2, 1));
    // Neighbouring seeds are as different as any: the mean of products of centred pairs is small.
    double correlation = 0.0;
    for (std::uint64_t i = 0; i < 20000; ++i)
        correlation += (uniform(Purpose::pitch, i, 3) - 0.5) *
                       (uniform(Purpose::pitch, i + 1, 3) - 0.5) * 12.0 / 20000.0;
    CHECK(std::abs(correlation) < 0.035);
}

TEST_CASE("A seed keeps its meaning: these numbers never change", "[sampling]")
{
    CHECK(uniform(Purpose::pitch, 0, 0) == Approx(0.11260056966858045).epsilon(1e-15));
    CHECK(uniform(Purpose::duration, 42, 7) == Approx(0.56044533247781636).epsilon(1e-15));
    CHECK(uniform(Purpose::pitch, ~0ull, 1ull << 40) == Approx(0.95705967523498314).epsilon(1e-15));
}
