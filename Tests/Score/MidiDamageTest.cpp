#include "Score/MidiFile.h"
#include "Score/MidiMutation.h"
#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

using namespace organum;

namespace
{

std::vector<std::uint8_t> fixtureBytes(const std::string& name)
{
    const auto text = test::readWholeFile(test::fixture(name));
    return {text.begin(), text.end()};
}

void mutate(std::vector<std::uint8_t>& bytes, test::RandomNumbers& random)
{
    static constexpr std::uint8_t telling[] = {0x00, 0x7F, 0x80, 0x90, 0xFF, 0xF0, 0x2F, 0x51};
    for (int count = random.between(1, 6); count > 0 && !bytes.empty(); --count) {
        const auto at = static_cast<std::size_t>(random.next() % bytes.size());
        switch (random.between(0, 5)) {
        case 0:
            bytes[at] = static_cast<std::uint8_t>(random.next());
            break;
        case 1:
            bytes[at] = telling[random.between(0, 7)];
            break;
        case 2:
            bytes[at] ^= static_cast<std::uint8_t>(1 << random.between(0, 7));
            break;
        case 3:
            bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at));
            break;
        case 4:
            bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                         static_cast<std::uint8_t>(random.next()));
            break;
        default:
            if (random.oneIn(4))
                bytes.resize(at);
        }
    }
}

} // namespace

TEST_CASE("Thousands of damaged files neither crash nor break the score's promises")
{
    std::vector<std::vector<std::uint8_t>> seeds = {fixtureBytes("allemande-opening.mid")};
    test::RandomScoreOptions small;
    small.mostNotes = 12;
    for (std::uint64_t seed = 0; seed < 8; ++seed)
        seeds.push_back(
            score::midiBytes(test::randomScore(seed, small), {static_cast<int>(seed % 2)}).bytes);
    test::RandomNumbers random(2026);
    int refused = 0;
    int readWithNotes = 0;
    for (int round = 0; round < 6000; ++round) {
        auto bytes = seeds[static_cast<std::size_t>(round) % seeds.size()];
        REQUIRE_FALSE(bytes.empty());
        mutate(bytes, random);
        const auto notes = test::readAnything(bytes.data(), bytes.size());
        refused += notes < 0 ? 1 : 0;
        readWithNotes += notes > 0 ? 1 : 0;
    }
    // Both roads must have been taken, or the mutations were too weak or too strong.
    CHECK(refused > 50);
    CHECK(readWithNotes > 1000);
}

TEST_CASE("A file that promises far more than it holds takes no memory for it")
{
    // 65,535 tracks, a track of 4 GiB and a text of 256 MiB, all in 40 bytes.
    std::vector<std::uint8_t> bytes{'M', 'T',  'h',  'd',  0,    0,    0,   6,   0,   1,
                                    255, 255,  0,    96,   'M',  'T',  'r', 'k', 255, 255,
                                    255, 255,  0,    0x90, 60,   100,  1,   60,  0,   0,
                                    255, 0x01, 0xFF, 0xFF, 0xFF, 0x7F, 'a', 'b', 'c', 'd'};
    const auto read = score::readMidi(bytes.data(), bytes.size(), "boast.mid");
    CHECK(read.score.noteCount() == 1);
    CHECK(read.warnings.size() >= 2);
}

TEST_CASE("A million notes that never end are read in linear time")
{
    std::vector<std::uint8_t> bytes{'M', 'T', 'h', 'd', 0,   0,   0,   6,    0, 0, 0,
                                    1,   0,   96,  'M', 'T', 'r', 'k', 0x7F, 0, 0, 0};
    bytes.reserve(bytes.size() + 4u * 1200000u);
    for (int i = 0; i < 1200000; ++i)
        bytes.insert(bytes.end(), {0, 0x90, 60, 100});
    const auto read = score::readMidi(bytes.data(), bytes.size(), "endless.mid");
    CHECK(read.score.noteCount() == 0);
    CHECK_FALSE(read.warnings.empty());
}
