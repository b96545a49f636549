// Writes a folder of short melodies to train on: tunes of steps and small leaps in several keys,
// the same on every machine. Used by tests that need a trained model within seconds.

#include "Score/MidiFile.h"

#include "Support/RandomScore.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

namespace
{

using namespace organum;

constexpr int tunes = 12;
constexpr int barsOfTune = 16;

score::Score tune(std::uint64_t seed)
{
    static const int majorScale[] = {0, 2, 4, 5, 7, 9, 11};
    static const score::Quarters lengths[] = {{1, 2}, {1, 2}, {1, 1}, {2, 1}, {1, 4}, {1, 4}};
    test::RandomNumbers random(seed);
    const int tonic = 48 + random.between(0, 7);
    score::Score score;
    score.metres.push_back({score::Quarters(0), 4, 4});
    score.tempos.push_back({score::Quarters(0), 600000});
    score::Part part;
    part.name = "Melody";
    part.program = 42;
    int degree = random.between(0, 7);
    score::Quarters at;
    while (at < score::Quarters(4 * barsOfTune)) {
        degree = std::clamp(degree + random.between(-2, 2), 0, 13);
        const auto length = lengths[random.between(0, 5)];
        part.notes.push_back({tonic + 12 * (degree / 7) + majorScale[degree % 7], 90, at, length});
        at += length;
    }
    score.parts.push_back(part);
    return score;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: organum_make_music FOLDER\n";
        return 2;
    }
    try {
        const std::filesystem::path folder(argv[1]);
        std::filesystem::create_directories(folder);
        for (int i = 0; i < tunes; ++i)
            score::writeMidiFile(folder / ("tune" + std::to_string(i) + ".mid"),
                                 tune(static_cast<std::uint64_t>(i) + 1));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
