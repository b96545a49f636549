#include "Engine/Latents.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

using namespace organum::engine;

namespace
{

double product(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double length(const std::vector<float>& a)
{
    return std::sqrt(product(a, a));
}

double angle(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::acos(std::clamp(product(a, b) / length(a) / length(b), -1.0, 1.0));
}

std::vector<float> negative(std::vector<float> a)
{
    for (auto& value : a)
        value = -value;
    return a;
}

} // namespace

TEST_CASE("A latent vector is a draw from N(0, 1) that its seed, its place and its bar decide",
          "[latents]")
{
    CHECK(drawLatent(7, 0, 0, 32) == drawLatent(7, 0, 0, 32));
    double sum = 0.0;
    double squares = 0.0;
    double fourth = 0.0;
    std::size_t count = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        for (int vector = 0; vector < 10; ++vector)
            for (int bar = 0; bar < 16; ++bar)
                for (const double value : drawLatent(seed, vector, bar, 32)) {
                    sum += value;
                    squares += value * value;
                    fourth += value * value * value * value;
                    ++count;
                }
    const auto n = static_cast<double>(count);
    CHECK(sum / n == Approx(0.0).margin(0.01));
    CHECK(squares / n == Approx(1.0).margin(0.02));
    CHECK(fourth / n == Approx(3.0).margin(0.12));
    // Neighbours in seed, place and bar have nothing to do with each other.
    const auto draws = [](int what) {
        std::vector<float> all;
        for (std::uint64_t i = 0; i < 200; ++i) {
            const auto at = [&](int kind) { return what == kind ? 1 : 0; };
            const auto part =
                drawLatent(1000 + 2 * i + static_cast<std::uint64_t>(at(1)), at(2), at(3), 32);
            all.insert(all.end(), part.begin(), part.end());
        }
        return all;
    };
    for (const int what : {1, 2, 3})
        CHECK(std::abs(product(draws(0), draws(what))) / 6400.0 < 0.05);
}

TEST_CASE("A knob between two seeds begins and ends exactly on their draws", "[latents]")
{
    const auto a = drawLatent(1, 0, 0, 32);
    const auto b = drawLatent(2, 0, 0, 32);
    CHECK(slerp(a, b, 0.0) == a);
    CHECK(slerp(a, b, 1.0) == b);
    CHECK(slerp(a, a, 0.3) == a);

    VoiceWishes wishes;
    wishes.latentMask = 0b11;
    wishes.latents[0] = {5, 6, 0.0};
    wishes.latents[1] = {5, 6, 1.0};
    wishes.latents[2] = {5, 6, 0.5}; // not in the mask
    const Latents latents(wishes, 99);
    CHECK(latents.vector(0, 3, 32) == drawLatent(5, 0, 3, 32));
    CHECK(latents.vector(1, 0, 32) == drawLatent(6, 1, 0, 32));
    CHECK(latents.vector(2, 1, 32) == drawLatent(99, 2, 1, 32));
}

TEST_CASE("Between its ends a knob moves evenly along the great circle", "[latents]")
{
    const auto a = drawLatent(11, 3, 2, 32);
    const auto b = drawLatent(12, 3, 2, 32);
    const double whole = angle(a, b);
    REQUIRE(whole > 0.5);
    for (const double morph : {0.1, 0.25, 0.5, 0.9}) {
        const auto between = slerp(a, b, morph);
        CHECK(angle(a, between) == Approx(morph * whole).margin(1e-3));
        CHECK(angle(between, b) == Approx((1.0 - morph) * whole).margin(1e-3));
        CHECK(length(between) == Approx((1.0 - morph) * length(a) + morph * length(b)));
    }
}

TEST_CASE("Ends that point the same way, opposite ways or nowhere have a way between them",
          "[latents]")
{
    const auto a = drawLatent(11, 3, 2, 32);
    const auto opposite = negative(a);
    for (const double morph : {0.2, 0.5, 0.8}) {
        const auto between = slerp(a, opposite, morph);
        CHECK(angle(a, between) == Approx(morph * std::acos(-1.0)).margin(1e-3));
        CHECK(length(between) == Approx(length(a)));
        CHECK(between == slerp(a, opposite, morph));
    }
    auto longer = a;
    for (auto& value : longer)
        value *= 2.0f;
    const auto between = slerp(a, longer, 0.5);
    for (std::size_t i = 0; i < a.size(); ++i)
        CHECK(between[i] == Approx(1.5 * a[i]).margin(1e-5));
    const std::vector<float> nothing(32, 0.0f);
    CHECK(slerp(nothing, a, 0.5)[3] == Approx(0.5 * a[3]));
    CHECK(slerp({1.0f}, {-1.0f}, 0.25).front() == Approx(std::cos(0.25 * std::acos(-1.0))));
}
