// Deterministic mutations of good states: the same check as the fuzz target, in every test run.

#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

TEST_CASE("Twelve thousand damaged copies of states and takes are read or refused, never worse")
{
    using organum::test::fixture;
    using organum::test::RandomNumbers;
    using organum::test::readWholeFile;
    constexpr std::size_t checksumBytes = 12;
    std::vector<std::string> good;
    for (const char* name :
         {"Plugin/state-1.bin", "Plugin/state-2.bin", "Plugin/state-3.bin", "Plugin/state-4.bin"}) {
        const std::string whole = readWholeFile(fixture(name));
        REQUIRE(whole.size() > 500);
        good.push_back(std::string(1, 0) + whole);
        const std::string body = whole.substr(0, whole.size() - checksumBytes);
        good.push_back(std::string(1, 1) + body);
        // The first take by itself.
        const std::size_t tag = body.find("TAKE");
        REQUIRE(tag != std::string::npos);
        const auto byte = [&](std::size_t at) {
            return static_cast<unsigned char>(body[tag + at]);
        };
        const std::string take = body.substr(tag + 8, byte(4) + 256u * byte(5));
        good.push_back(std::string(1, 2) + take);
        good.push_back(std::string(1, 3) + std::string(1, 1) + take);
        good.push_back(std::string(1, 4) + take);
        good.push_back(std::string(1, 5) + std::string(1, 1) + take);
    }
    int runs = 0;
    for (std::uint64_t seed = 0; seed < 12000; ++seed) {
        RandomNumbers random(seed);
        std::string bytes = good[seed % good.size()];
        for (int changes = random.between(1, 3); changes > 0; --changes) {
            const auto place =
                static_cast<std::size_t>(random.between(1, static_cast<int>(bytes.size()) - 1));
            switch (random.between(0, 4)) {
            case 0:
                bytes[place] = static_cast<char>(random.next());
                break;
            case 1:
                bytes[place] = static_cast<char>(bytes[place] ^ (1 << random.between(0, 7)));
                break;
            case 2:
                bytes.erase(place, static_cast<std::size_t>(random.between(1, 9)));
                break;
            case 3:
                bytes.resize(place);
                break;
            default:
                bytes.insert(place, bytes.substr(place / 2, 16));
                break;
            }
            if (bytes.size() < 2)
                bytes = "xy";
        }
        runs += LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                       bytes.size()) == 0;
    }
    CHECK(runs == 12000);
}
