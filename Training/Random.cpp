#include "Training/Random.h"

#include <numeric>

namespace organum::training
{
namespace
{

std::uint64_t mixed(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

} // namespace

std::uint64_t randomBits(std::string_view purpose, std::uint64_t seed,
                         std::initializer_list<std::uint64_t> position)
{
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const auto c : purpose)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    hash = mixed(hash ^ mixed(seed));
    for (const auto value : position)
        hash = mixed(hash ^ mixed(value));
    return hash;
}

double randomUniform(std::string_view purpose, std::uint64_t seed,
                     std::initializer_list<std::uint64_t> position)
{
    return static_cast<double>(randomBits(purpose, seed, position) >> 11) * 0x1.0p-53;
}

std::vector<std::size_t> randomOrder(std::size_t count, std::string_view purpose,
                                     std::uint64_t seed,
                                     std::initializer_list<std::uint64_t> position)
{
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = randomBits(purpose, seed, position);
    for (auto i = count; i > 1; --i) {
        const auto other = static_cast<std::size_t>(randomBits("shuffle", key, {i}) % i);
        std::swap(order[i - 1], order[other]);
    }
    return order;
}

} // namespace organum::training
