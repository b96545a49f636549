// The scheduler, the hand-over and the player at once, with an engine that is late, fails and comes
// in bursts. Built under ThreadSanitizer, too: what matters most here is that nothing races.

#include "EngineBench.h"
#include "Player/ScriptedHost.h"
#include "Plugin/GenerationSession.h"
#include "Plugin/PlayedPhrase.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

/** What a processor is to a session, without its parameters: takes go to a player. */
struct Instance
{
    ScriptedHost host;
    PlayedPhrase played;
    std::atomic<int> published{0};
    std::atomic<int> automated{0}; ///< wishes that automation has made
    std::atomic<int> changes{0};
    GenerationSession session;

    Instance()
        : session({[this](const Wish&, TakePointer take) {
                       host.player.publish(timelineOf(*take, {}));
                       ++published;
                   },
                   [this] { return poll(); }, [this] { ++changes; }})
    {
    }

    static Wish wishFor(const std::string& model, std::uint64_t seed)
    {
        Wish wish;
        wish.model = model + ".organum";
        wish.modelName = model;
        wish.seed = seed;
        wish.bars = 1 + static_cast<int>(seed % 3);
        return wish;
    }

    std::optional<Wish> poll()
    {
        host.player.collect();
        played.collect();
        if (automated.exchange(0) == 0)
            return {};
        Wish wish = wishFor("plain", 5);
        wish.movement = 1; // patient, as the wish of a knob that is being turned
        return wish;
    }
};

/** Blocks of the audio thread with notes coming in, until told to stop. */
void playUntil(Instance& instance, const std::atomic<bool>& done)
{
    RandomNumbers random(3);
    juce::MidiBuffer midi;
    midi.ensureSize(2048);
    while (!done) {
        if (random.oneIn(60))
            instance.host.quarter = random.between(-8, 60) / 3.0;
        if (random.oneIn(80))
            instance.host.playing = !instance.host.playing;
        if (random.oneIn(20))
            instance.automated = 1;
        midi.clear();
        const int pitch = random.between(40, 80);
        midi.addEvent(juce::MidiMessage::noteOn(1, pitch, juce::uint8(80)), 0);
        midi.addEvent(juce::MidiMessage::noteOff(1, pitch), 5);
        instance.played.listen(midi, 64, 0.01);
        instance.host.block(random.between(1, 2048));
        if (random.oneIn(8))
            std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
}

void wishInBursts(GenerationSession& session)
{
    const char* models[] = {"plain", "dense", "plain", "fails", "refuses", "wild", "hangs", "slow"};
    RandomNumbers random(8);
    for (int burst = 0; burst < 25; ++burst) {
        for (int i = random.between(1, 6); i > 0; --i)
            session.request(Instance::wishFor(models[random.between(0, 7)], random.next() % 1000));
        if (random.oneIn(4))
            session.cancel();
        if (random.oneIn(6)) {
            session.stop();
            session.start();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(random.between(0, 40)));
    }
}

} // namespace

TEST_CASE("a session under bursts, delays and failures races with nobody and leaves no note behind")
{
    const Workbench bench({"plain"});
    Instance instance;
    instance.session.start();
    std::atomic<bool> done{false};
    bool answered = false;
    std::thread reader([&] {
        while (!done) {
            if (instance.session.status().busy())
                instance.played.phrase(4, 4);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    std::thread user([&] {
        wishInBursts(instance.session);
        // What was asked last comes, whatever was before.
        const int before = instance.published;
        instance.session.request(Instance::wishFor("plain", 7));
        answered = eventually([&] { return instance.published > before; });
        done = true;
    });
    playUntil(instance, done); // here, since Catch's checks belong to one thread
    user.join();
    reader.join();
    instance.session.stop();
    CHECK(answered);
    CHECK(instance.changes > 20);
    instance.host.playing = false;
    instance.host.block(64);
    CHECK(instance.host.checkBalance() == 0);
}

TEST_CASE("a session can be ended at any moment, from any thread, and begun again")
{
    const Workbench bench({"plain"});
    for (int round = 0; round < 12; ++round) {
        Instance instance;
        std::thread wisher([&] {
            for (int i = 0; i < 20; ++i)
                instance.session.request(
                    Instance::wishFor(i % 3 == 0 ? "hangs" : "plain", static_cast<unsigned>(i)));
        });
        std::thread ender([&] { instance.session.stop(); });
        wisher.join();
        ender.join();
    }
    SUCCEED();
}
