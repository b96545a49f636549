#include "Analysis/SharedRun.h"

#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace organum;
using namespace organum::analysis;

namespace
{

/** The same question answered by trying every pair of places and walking on from it. */
std::size_t lengthByTrying(const std::vector<Moment>& line, const std::vector<Moment>& other)
{
    std::size_t best = 0;
    for (std::size_t i = 0; i < line.size(); ++i)
        for (std::size_t j = 0; j < other.size(); ++j) {
            bool hasShift = false;
            int shift = 0;
            for (std::size_t k = 0; i + k < line.size() && j + k < other.size(); ++k) {
                const auto &a = line[i + k], &b = other[j + k];
                if (a.shape != b.shape || (a.sounds && hasShift && a.base - b.base != shift))
                    break;
                if (a.sounds) {
                    hasShift = true;
                    shift = a.base - b.base;
                }
                if (hasShift)
                    best = std::max(best, k + 1);
            }
        }
    return best;
}

/** Lines that resemble each other: few shapes, long repeats, rests, changes of shift. */
std::vector<Moment> randomLine(test::RandomNumbers& random, const std::vector<Moment>& source)
{
    std::vector<Moment> line;
    const int wanted = random.between(0, 60);
    while (static_cast<int>(line.size()) < wanted) {
        if (!source.empty() && random.oneIn(4)) {
            const auto begin = random.between(0, static_cast<int>(source.size()) - 1);
            const auto end = random.between(begin, static_cast<int>(source.size()));
            const int shift = random.between(-1, 1);
            for (int i = begin; i < end; ++i) {
                line.push_back(source[static_cast<std::size_t>(i)]);
                line.back().base += line.back().sounds ? shift : 0;
            }
        } else {
            const int shape = random.between(0, 2);
            line.push_back({shape, shape == 0 ? 0 : random.between(60, 62), shape != 0});
        }
    }
    return line;
}

} // namespace

TEST_CASE("The longest shared run is the one that trying finds", "[shared-run]")
{
    test::RandomNumbers random(5);
    std::size_t longest = 0;
    for (int turn = 0; turn < 3000; ++turn) {
        CAPTURE(turn);
        const auto other = randomLine(random, {});
        const auto line = randomLine(random, other);
        const auto run = longestSharedRun(line, other);
        const auto wanted = lengthByTrying(line, other);
        REQUIRE(run.length == wanted);
        longest = std::max(longest, wanted);
        bool sounds = false;
        for (std::size_t k = 0; k < run.length; ++k) {
            const auto& a = line.at(run.begin + k);
            const auto& b = other.at(run.otherBegin + k);
            REQUIRE(a.shape == b.shape);
            sounds = sounds || a.sounds;
            if (a.sounds)
                REQUIRE(a.base - b.base == run.shift);
        }
        REQUIRE(sounds == (run.length > 0));
        if (run.length > 0) {
            REQUIRE(longestSharedRun(line, other, run.length).length == 0);
            REQUIRE(longestSharedRun(line, other, run.length - 1).length == run.length);
        }
        const auto least = static_cast<std::size_t>(random.between(0, 20));
        REQUIRE(longestSharedRun(line, other, least).length == (wanted > least ? wanted : 0));
    }
    CHECK(longest > 20);
}

TEST_CASE("Rests alone are no shared run", "[shared-run]")
{
    const std::vector<Moment> rests(5, Moment{0, 0, false});
    CHECK(longestSharedRun(rests, rests).length == 0);
    CHECK(longestSharedRun({}, rests).length == 0);
}
