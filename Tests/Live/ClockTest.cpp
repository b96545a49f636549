// The arithmetic of MIDI clock: ticks, song position, and what a transport sends.

#include "Live/ClockGenerator.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace organum::live;

namespace
{

struct Sent
{
    long sample = 0;
    Message message;
};

/** Runs a generator over blocks of a transport that plays evenly. */
class Machine
{
public:
    explicit Machine(int blockSizeIn)
        : blockSize(blockSizeIn)
    {
    }

    void run(bool playing, int samples)
    {
        for (int done = 0; done < samples; done += blockSize) {
            const int now = std::min(blockSize, samples - done);
            generator.run({playing, quarter, perSample, now},
                          [&](int offset, const Message& message) {
                              sent.push_back({clock + offset, message});
                          });
            clock += now;
            if (playing)
                quarter += now * perSample;
        }
    }

    std::vector<int> statuses() const
    {
        std::vector<int> list;
        for (const auto& one : sent)
            list.push_back(one.message.status());
        return list;
    }

    ClockGenerator generator;
    int blockSize;
    double perSample = 1.0 / 24000.0; // 120 quarters a minute at 48 kHz: 1000 samples a tick
    double quarter = 0.0;
    long clock = 0;
    std::vector<Sent> sent;
};

} // namespace

TEST_CASE("a quarter note has 24 ticks, a sixteenth six")
{
    CHECK(tickAtOrAfter(0.0) == 0);
    CHECK(tickAtOrAfter(1.0) == 24);
    CHECK(tickAtOrAfter(1.0 + 1e-9) == 24);
    CHECK(tickAtOrAfter(1.0 / 24.0 + 0.001) == 2);
    CHECK(tickAtOrAfter(0.1 * 10.0 / 3.0 * 3.0) == 24);
    CHECK(quarterOfTick(36) == 1.5);
}

TEST_CASE("song position names any sixteenth in 14 bits, and is read back the same")
{
    for (const int sixteenth : {0, 1, 127, 128, 129, 5000, 16383}) {
        const auto message = songPositionMessage(0.0, sixteenth);
        CHECK(message.size == 3);
        CHECK(message.status() == 0xf2);
        CHECK(message.bytes[1] < 128);
        CHECK(message.bytes[2] < 128);
        CHECK(quarterOfSongPosition(message) == sixteenth / 4.0);
    }
    CHECK(quarterOfSongPosition(songPositionMessage(0.0, 20000)) == 16383 / 4.0);
    CHECK(sixteenthAtOrAfter(4.01) == 17);
    CHECK(sixteenthAtOrAfter(4.0) == 16);
    CHECK(sixteenthAtOrAfter(-3.0) == 0);
    CHECK(sixteenthAtOrAfter(1e9) == 16383);
}

TEST_CASE("a transport that starts at 0 sends start and a tick every 1000 samples")
{
    for (const int blockSize : {1, 64, 333, 4096}) {
        INFO("blocks of " << blockSize);
        Machine machine(blockSize);
        machine.run(true, 24000);
        const auto statuses = machine.statuses();
        REQUIRE(statuses.size() == 25);
        CHECK(statuses[0] == clockStart);
        for (std::size_t i = 1; i < statuses.size(); ++i) {
            CHECK(statuses[i] == clockTick);
            CHECK(machine.sent[i].sample == static_cast<long>(i - 1) * 1000);
        }
    }
}

TEST_CASE(
    "a transport that starts inside the music tells its place and ticks from the sixteenth on")
{
    Machine machine(256);
    machine.quarter = 4.1; // the next sixteenth is at 4.25: 0.15 quarters = 3600 samples on
    machine.run(true, 6000);
    REQUIRE(machine.sent.size() >= 3);
    CHECK(quarterOfSongPosition(machine.sent[0].message) == 4.25);
    CHECK(machine.sent[1].message.status() == clockContinue);
    CHECK(machine.sent[2].message.status() == clockTick);
    CHECK(machine.sent[2].sample == 3600);
    CHECK(machine.sent.size() == 2 + 3); // ticks at 3600, 4600, 5600
}

TEST_CASE("a stopped transport sends stop and goes on ticking at its tempo")
{
    Machine machine(256);
    machine.run(true, 5500);
    machine.sent.clear();
    machine.run(false, 24000);
    const auto statuses = machine.statuses();
    REQUIRE(statuses.size() == 25);
    CHECK(statuses[0] == clockStop);
    CHECK(std::count(statuses.begin(), statuses.end(), clockTick) == 24);
}

TEST_CASE("a transport that jumps stops the receivers and sends them to the new place")
{
    Machine machine(256);
    machine.run(true, 5120);
    machine.sent.clear();
    machine.quarter = 8.0;
    machine.run(true, 1024);
    const auto statuses = machine.statuses();
    REQUIRE(statuses.size() >= 4);
    CHECK(statuses[0] == clockStop);
    CHECK(statuses[1] == songPosition);
    CHECK(quarterOfSongPosition(machine.sent[1].message) == 8.0);
    CHECK(statuses[2] == clockContinue);
    CHECK(statuses[3] == clockTick);
}

TEST_CASE("a change of tempo is no jump")
{
    Machine machine(256);
    machine.run(true, 5120);
    machine.perSample *= 1.7;
    machine.sent.clear();
    machine.run(true, 5120);
    for (const int status : machine.statuses())
        CHECK(status == clockTick);
}
