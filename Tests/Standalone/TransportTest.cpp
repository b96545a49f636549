#include "Standalone/Transport.h"

#include <catch2/catch.hpp>

using namespace organum::standalone;

TEST_CASE("the transport begins at bar 1, runs at its tempo, and stands at the start again")
{
    Transport transport;
    transport.setTempo(120.0);
    transport.setMetre(3, 4);
    transport.run(false, 480, 48000.0);
    REQUIRE(transport.getPosition().hasValue());
    CHECK_FALSE(transport.getPosition()->getIsPlaying());
    CHECK(*transport.getPosition()->getBpm() == 120.0);
    for (int block = 0; block < 100; ++block)
        transport.run(true, 480, 48000.0);
    CHECK(transport.quarter() == Approx(2.0)); // a second
    CHECK(*transport.getPosition()->getPpqPosition() == Approx(2.0 - 0.02));
    CHECK(transport.getPosition()->getTimeSignature()->numerator == 3);
    transport.setTempo(60.0);
    for (int block = 0; block < 100; ++block)
        transport.run(true, 480, 48000.0);
    CHECK(transport.quarter() == Approx(3.0)); // it goes on from where it was
    transport.run(false, 480, 48000.0);
    CHECK(transport.quarter() == 0.0);
    transport.run(true, 480, 48000.0);
    CHECK(*transport.getPosition()->getPpqPosition() == 0.0);
}

TEST_CASE("the transport's end falls on its sample, whatever the blocks")
{
    for (const int block : {64, 480, 1000, 8192}) {
        Transport transport;
        transport.setTempo(100.0);
        transport.setEnd(16.0);
        std::int64_t done = 0;
        int samples = block;
        transport.run(true, block, 44100.0);
        done += block;
        while ((samples = transport.samplesToEnd(block, 44100.0)) > 0) {
            transport.run(true, samples, 44100.0);
            done += samples;
        }
        CHECK(done == 423360); // 16 quarters of 0.6 s
    }
    Transport endless;
    CHECK(endless.samplesToEnd(512, 48000.0) == 512);
}

TEST_CASE("a tempo or a metre that makes no sense is left aside")
{
    Transport transport;
    transport.setTempo(1.0e9);
    CHECK(transport.tempo() == Transport::fastest);
    transport.setTempo(-3.0);
    CHECK(transport.tempo() == Transport::slowest);
    transport.setMetre(6, 8);
    for (const auto& [numerator, denominator] :
         {std::pair<int, int>{0, 4}, {4, 3}, {4, 0}, {33, 4}, {-1, 4}, {4, 64}})
        transport.setMetre(numerator, denominator);
    CHECK(transport.numerator() == 6);
    CHECK(transport.denominator() == 8);
    CHECK(transport.barLength() == 3.0);
}

TEST_CASE("taps give the tempo, the last few of them, and a pause begins anew")
{
    TapTempo taps;
    CHECK(taps.tap(10.0) == 0.0);
    CHECK(taps.tap(10.5) == Approx(120.0));
    CHECK(taps.tap(11.0) == Approx(120.0));
    double time = 11.0;
    double tempo = 0.0;
    for (int i = 0; i < 8; ++i)
        tempo = taps.tap(time += 0.6);
    CHECK(tempo == Approx(100.0));
    CHECK(taps.tap(time + 10.0) == 0.0);
    CHECK(taps.tap(time + 11.0) == Approx(60.0));
    CHECK(taps.tap(time + 11.0) > 0.0); // twice at once: no division by nothing
    TapTempo bounce;
    bounce.tap(1.0);
    CHECK(bounce.tap(1.0) == 0.0);
}
