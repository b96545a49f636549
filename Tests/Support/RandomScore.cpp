#include "Support/RandomScore.h"

#include <algorithm>
#include <map>

namespace organum::test
{

using score::Quarters;

std::uint64_t RandomNumbers::next()
{
    state += 0x9E3779B97F4A7C15u;
    auto mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

int RandomNumbers::between(int low, int high)
{
    return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
}

namespace
{

score::Part randomPart(RandomNumbers& random, int channel, const RandomScoreOptions& options)
{
    static const char* names[] = {"", "Violoncello", "Flöte", "Скрипка", "Bass 2", "笛"};
    score::Part part;
    part.channel = channel;
    part.program = random.between(0, 127);
    part.name = names[random.between(0, 5)];
    std::map<int, Quarters> endOfPitch;
    std::int64_t step = random.between(0, 40);
    const auto count = random.between(1, options.mostNotes);
    for (int i = 0; i < count; ++i) {
        score::Note note;
        note.pitch = random.between(0, 127);
        note.velocity = random.between(1, 127);
        note.onset = Quarters(step, options.divisions);
        note.duration =
            Quarters(random.between(1, 4 * static_cast<int>(options.divisions)), options.divisions);
        if (!random.oneIn(3))
            step += random.between(1, 2 * static_cast<int>(options.divisions));
        auto& soundsUntil = endOfPitch[note.pitch];
        if (options.separateEqualPitches && note.onset < soundsUntil)
            continue;
        soundsUntil = note.end();
        part.notes.push_back(note);
    }
    std::sort(part.notes.begin(), part.notes.end());
    return part;
}

} // namespace

score::Score randomScore(std::uint64_t seed, const RandomScoreOptions& options)
{
    RandomNumbers random(seed);
    score::Score result;
    result.title = random.oneIn(3) ? "" : "Sarabande " + std::to_string(seed);
    const auto parts = random.between(1, options.mostParts);
    for (int channel = 0; channel < parts; ++channel)
        result.parts.push_back(randomPart(random, channel * 2 % 16, options));
    std::int64_t quarter = 0;
    for (int i = random.between(0, 4); i > 0; --i, quarter += random.between(1, 20))
        result.tempos.push_back({quarter, random.between(100000, 2000000)});
    quarter = 0;
    for (int i = random.between(0, 3); i > 0; --i, quarter += random.between(1, 9) * 4)
        result.metres.push_back({quarter, random.between(1, 12), 1 << random.between(0, 4)});
    quarter = 0;
    for (int i = random.between(0, 3); i > 0; --i, quarter += random.between(1, 20))
        result.keys.push_back({quarter, random.between(-7, 7), random.oneIn(2)});
    return result;
}

} // namespace organum::test
