#include "Engine/Voices/VoiceLeading.h"

#include "Engine/Voices/MuseGanOptions.h"

#include <catch2/catch.hpp>

using namespace organum::engine;

TEST_CASE("Parallel fifths and octaves are known from all that resembles them", "[voice-leading]")
{
    CHECK(isParallel(67, 60, 69, 62));       // fifth to fifth, up
    CHECK(isParallel(69, 62, 67, 60));       // and down
    CHECK(isParallel(72, 60, 74, 62));       // octaves
    CHECK(isParallel(60, 60, 62, 62));       // unisons
    CHECK(isParallel(79, 60, 81, 74));       // a twelfth to a fifth
    CHECK_FALSE(isParallel(79, 60, 69, 62)); // the same in contrary motion
    CHECK(isParallel(60, 67, 62, 69));       // crossed voices
    CHECK_FALSE(isParallel(67, 60, 67, 60)); // repeated
    CHECK_FALSE(isParallel(67, 60, 67, 55)); // one voice stays
    CHECK_FALSE(isParallel(67, 60, 65, 62)); // contrary motion
    CHECK_FALSE(isParallel(67, 60, 70, 62)); // fifth to sixth
    CHECK_FALSE(isParallel(64, 60, 66, 62)); // thirds
    CHECK_FALSE(isParallel(-1, 60, 69, 62)); // silence moves nowhere
    CHECK_FALSE(isParallel(67, 60, 69, -1));
}

TEST_CASE("Faults cost nothing at strength 0 and more with every turn of the dial",
          "[voice-leading]")
{
    const VoicePitches before{72, 64, 60, 53};
    const VoicePitches octaves{74, 65, 62, 50};  // soprano and tenor keep their octave
    const VoicePitches together{74, 66, 62, 55}; // and each of them its fifth with the bass, too
    const auto cost = [](double strength, const VoicePitches& a, const VoicePitches& b) {
        return VoiceLeading(choirVoices(), strength).cost(a, b, 0);
    };
    CHECK(cost(1.0, before, before) == 0.0);
    CHECK(cost(0.0, before, octaves) == 0.0);
    double last = 0.0;
    for (const double strength : {0.1, 0.3, 0.5, 0.8, 1.0}) {
        const double now = cost(strength, before, octaves);
        CHECK(now > last);
        last = now;
    }
    CHECK(cost(1.0, before, together) == Approx(3.0 * cost(1.0, before, octaves)));

    const VoicePitches crossed{67, 69, 60, 53};
    CHECK(cost(1.0, before, crossed) > 0.0);
    CHECK(cost(1.0, crossed, crossed) == 0.0); // paid for once
    CHECK(cost(1.0, before, {84, 64, 60, 53}) > 0.0);
    CHECK(cost(1.0, before, {-1, -1, -1, -1}) == 0.0);
    // Open cells, of which nothing is known yet, are no fault.
    CHECK(cost(1.0, before, {-2, -2, -2, -2}) == 0.0);
}

TEST_CASE("A wished interval is a gain where a voice moves into it, on its own kind of step",
          "[voice-leading]")
{
    IntervalWishes wishes{};
    const std::size_t altoBass = 4;
    wishes[(altoBass * 2 + 0) * 12 + 4] = 0.75f; // a major third on beats
    wishes[(altoBass * 2 + 1) * 12 + 4] = -1.5f; // and not between them
    const VoiceLeading leading(choirVoices(), 0.5, &wishes);
    const VoicePitches before{72, 65, 60, 48};
    const auto cost = [&](int alto, int bass, int step) {
        return leading.pairCost(1, 3, before, alto, bass, step);
    };
    CHECK(cost(64, 48, 0) < 0.0);
    CHECK(cost(64, 48, 8) == cost(64, 48, 0));
    CHECK(cost(64, 48, 2) == Approx(-2.0 * cost(64, 48, 0)));
    CHECK(cost(63, 48, 0) == 0.0);
    CHECK(leading.pairCost(0, 3, before, 64, 48, 0) == 0.0);
    const VoicePitches there{72, 64, 60, 48};
    CHECK(leading.pairCost(1, 3, there, 64, 48, 0) == 0.0); // nobody moved
    CHECK(VoiceLeading(choirVoices(), 0.0, &wishes).cost(before, there, 0) == 0.0);
}
