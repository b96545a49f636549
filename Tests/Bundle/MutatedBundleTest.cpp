// Deterministic mutations of a good bundle: the same check as the fuzz target, in every test run.

#include "BundleFixture.h"

#include <catch2/catch.hpp>

#include <cstdint>

using namespace organum;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace
{

std::uint64_t scramble(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

} // namespace

TEST_CASE("Twenty thousand damaged copies of a bundle are read or refused, never worse")
{
    test::TemporaryFolder folder;
    bundle::writeBundle(folder / "a.organum", test::smallBundle());
    const auto good = test::fileBytes(folder / "a.organum");
    const std::string symbols = "{}[]\",:0123456789-.eF";

    int runs = 0;
    for (std::uint64_t seed = 0; seed < 20000; ++seed) {
        auto bytes = good;
        const auto changes = 1 + scramble(seed) % 3;
        for (std::uint64_t i = 0; i < changes; ++i) {
            const auto r = scramble(seed * 8 + i + 1);
            const auto place = (r >> 8) % bytes.size();
            switch (r % 4) {
            case 0:
                bytes[place] = static_cast<char>(r >> 40);
                break;
            case 1:
                bytes[place] = symbols[(r >> 40) % symbols.size()];
                break;
            case 2:
                bytes.erase(place, 1 + (r >> 40) % 9);
                break;
            default:
                bytes.insert(place, bytes.substr((r >> 40) % bytes.size(), 16));
            }
            if (bytes.empty())
                bytes = "x";
        }
        runs += LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                       bytes.size()) == 0;
    }
    CHECK(runs == 20000);
}
