#include "Engine/Latents.h"

#include "Engine/Random.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::engine
{

namespace
{

constexpr double pi = 3.14159265358979323846;
constexpr std::size_t mostNumbers = 4096; // of one vector; keeps the places of the draws apart
constexpr std::uint64_t mostVectors = 16;

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

double lengthOf(const std::vector<float>& a)
{
    double sum = 0.0;
    for (const double value : a)
        sum += value * value;
    return std::sqrt(sum);
}

std::vector<double> direction(const std::vector<float>& a, double length)
{
    std::vector<double> unit;
    for (const double value : a)
        unit.push_back(value / length);
    return unit;
}

/** A unit vector at a right angle to `from`: the part of `towards` that is, or, where there is
    next to none, the axis least like `from`. */
std::vector<double> rightAngle(const std::vector<double>& from, std::vector<double> towards)
{
    for (int attempt = 0; attempt < 2; ++attempt) { // first what was asked for, then an axis
        const double along = dot(from, towards);
        for (std::size_t i = 0; i < from.size(); ++i)
            towards[i] -= along * from[i];
        const double length = std::sqrt(dot(towards, towards));
        if (length > 1e-6) {
            for (auto& value : towards)
                value /= length;
            return towards;
        }
        const auto smallest = std::min_element(
            from.begin(), from.end(), [](double x, double y) { return std::abs(x) < std::abs(y); });
        towards.assign(from.size(), 0.0);
        towards[static_cast<std::size_t>(smallest - from.begin())] = 1.0;
    }
    return std::vector<double>(from.size(), 0.0); // in one dimension nothing is at a right angle
}

} // namespace

std::vector<float> drawLatent(std::uint64_t seed, int vector, std::int64_t bar, std::size_t size)
{
    if (size > mostNumbers)
        throw std::invalid_argument("Drawing a latent vector: it may have 4096 numbers at most.");
    const auto first =
        (static_cast<std::uint64_t>(bar) * mostVectors + static_cast<std::uint64_t>(vector)) *
        (2 * mostNumbers);
    std::vector<float> numbers;
    for (std::uint64_t i = 0; i < size; ++i) {
        // Box and Muller; 1 - u is never 0.
        const double radius =
            std::sqrt(-2.0 * std::log(1.0 - uniform(Purpose::latent, seed, first + 2 * i)));
        const double angle = 2.0 * pi * uniform(Purpose::latent, seed, first + 2 * i + 1);
        numbers.push_back(static_cast<float>(radius * std::cos(angle)));
    }
    return numbers;
}

std::vector<float> slerp(const std::vector<float>& a, const std::vector<float>& b, double morph)
{
    if (morph <= 0.0 || a == b)
        return a;
    if (morph >= 1.0)
        return b;
    const double lengthA = lengthOf(a);
    const double lengthB = lengthOf(b);
    std::vector<float> between(a.size());
    if (lengthA == 0.0 || lengthB == 0.0) { // no direction: a straight line
        for (std::size_t i = 0; i < a.size(); ++i)
            between[i] = static_cast<float>((1.0 - morph) * a[i] + morph * b[i]);
        return between;
    }
    const auto from = direction(a, lengthA);
    const auto to = direction(b, lengthB);
    const double angle = morph * std::acos(std::clamp(dot(from, to), -1.0, 1.0));
    const auto side = rightAngle(from, to);
    const double length = (1.0 - morph) * lengthA + morph * lengthB;
    for (std::size_t i = 0; i < a.size(); ++i)
        between[i] =
            static_cast<float>(length * (std::cos(angle) * from[i] + std::sin(angle) * side[i]));
    return between;
}

Latents::Latents(const VoiceWishes& wishes, std::uint64_t seed, const std::vector<Macro>& macros)
    : latents(wishes.latents)
    , offsets(offsetsOf(macros, wishes))
{
    for (std::size_t i = 0; i < latents.size(); ++i)
        if ((wishes.latentMask >> i & 1u) == 0)
            latents[i] = {seed, seed, 0.0};
}

std::vector<float> Latents::drawn(std::size_t index, std::int64_t bar, std::size_t size) const
{
    const auto& latent = latents[index];
    const auto a = drawLatent(latent.seedA, static_cast<int>(index), bar, size);
    if (latent.morph <= 0.0 || latent.seedA == latent.seedB)
        return a;
    return slerp(a, drawLatent(latent.seedB, static_cast<int>(index), bar, size), latent.morph);
}

std::vector<float> Latents::vector(int index, std::int64_t bar, std::size_t size) const
{
    const auto i = static_cast<std::size_t>(index);
    const auto& offset = offsets.at(i);
    if (!offset.empty() && offset.size() != size)
        throw std::invalid_argument("Moving a latent vector: a macro's direction is not as long.");
    const auto a = drawn(i, bar, size);
    return offset.empty() ? a : movedBy(a, offset);
}

} // namespace organum::engine
