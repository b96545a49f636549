// Four voices in the built bundles, composed by the engine that ships and a small network.

#include "Host/Playing.h"
#include "Plugin/TinyBundle.h"
#include "Support/Paths.h"

#include <cstdlib>
#include <map>

using namespace organum::host;

namespace
{

/** What is heard of one voice, by its channel 0..3. */
std::vector<HeardNote> voiceOf(const std::vector<HeardNote>& notes, int channel)
{
    std::vector<HeardNote> result;
    for (const HeardNote& note : notes)
        if (note.channel == channel)
            result.push_back(note);
    return result;
}

bool isSame(const std::vector<HeardNote>& first, const std::vector<HeardNote>& second)
{
    if (first.size() != second.size())
        return false;
    for (std::size_t i = 0; i < first.size(); ++i)
        if (first[i].pitch != second[i].pitch || first[i].channel != second[i].channel ||
            std::abs(first[i].onset - second[i].onset) > samples(2, 120.0) ||
            std::abs(first[i].end - second[i].end) > samples(2, 120.0))
            return false;
    return true;
}

/** Plays loops until other music is heard than before. */
std::vector<HeardNote> nextMusic(Roll& roll, const std::vector<HeardNote>& before)
{
    const auto end = std::chrono::steady_clock::now() + longestWait;
    while (std::chrono::steady_clock::now() < end) {
        roll.stand(4);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        auto notes = oneLoop(roll);
        if (!isSame(notes, before))
            return notes;
    }
    FAIL("the knob was not heard");
    return {};
}

void playsFourVoices(Format format, const std::string& name)
{
    const organum::test::TemporaryFolder models;
    organum::test::writeTinyChoir(models / "choir.organum");
    setenv("ORGANUM_MODELS", models.path().c_str(), 1);
    auto plugin = open(format, name);
    Roll roll(*plugin, {256, 64, 1000}, 120.0);
    plugin->setParameter("Rule strength", 0.0);
    REQUIRE(compose(*plugin, roll, 7));

    const auto first = oneLoop(roll);
    std::map<int, int> counts;
    for (const HeardNote& note : first)
        ++counts[note.channel];
    REQUIRE(counts.size() == 4);
    CHECK(counts.begin()->first == 0);
    CHECK(counts.rbegin()->first == 3);

    // A knob of one voice: heard at once, by that voice alone.
    plugin->setParameter("Melody soprano morph", 1.0);
    const auto second = nextMusic(roll, first);
    CHECK_FALSE(isSame(voiceOf(second, 0), voiceOf(first, 0)));
    for (int voice = 1; voice < 4; ++voice)
        CHECK(isSame(voiceOf(second, voice), voiceOf(first, voice)));

    // A knob of all voices, but one of them is locked.
    plugin->setParameter("Alto lock", 1.0);
    plugin->setParameter("Style seed A", 77.0);
    const auto third = nextMusic(roll, second);
    CHECK(isSame(voiceOf(third, 1), voiceOf(second, 1)));

    // Another channel, and one voice silent at once.
    plugin->setParameter("Tenor channel", 12.0);
    plugin->setParameter("Bass mute", 1.0);
    const auto fourth = oneLoop(roll);
    CHECK(voiceOf(fourth, 2).empty());
    CHECK(voiceOf(fourth, 11).size() == voiceOf(third, 2).size());
    CHECK(voiceOf(fourth, 3).empty());
    CHECK(isSame(voiceOf(fourth, 0), voiceOf(third, 0)));

    const auto state = plugin->saveState();
    auto reopened = open(format, name);
    reopened->loadState(state);
    Roll other(*reopened, {256}, 120.0);
    other.stand(8);
    const auto again = oneLoop(other);
    for (std::size_t i = 0; i < std::min(again.size(), fourth.size()); ++i)
        if (!isSame({again[i]}, {fourth[i]}))
            UNSCOPED_INFO(i << ": " << again[i].onset << " " << again[i].end << " "
                            << again[i].pitch << " on " << again[i].channel << " against "
                            << fourth[i].onset << " " << fourth[i].end << " " << fourth[i].pitch
                            << " on " << fourth[i].channel);
    INFO(again.size() << " notes against " << fourth.size());
    CHECK(isSame(again, fourth));
    CHECK(reopened->saveState() == state);
    requireNoFaults(roll);
    requireNoFaults(other);
}

} // namespace

TEST_CASE("The instrument plays four voices through VST3", "[voices]")
{
    playsFourVoices(Format::vst3, "Organum");
}

TEST_CASE("The MIDI effect plays four voices through LV2", "[voices]")
{
    playsFourVoices(Format::lv2, "Organum MIDI");
}
