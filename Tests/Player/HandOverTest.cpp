#include "ScriptedHost.h"

#include <thread>

using organum::player::HandOver;
using organum::test::quarterNotes;
using organum::test::ScriptedHost;

namespace
{

std::atomic<int> living{0};

struct Counted
{
    explicit Counted(int valueIn)
        : value(valueIn)
        , check(valueIn * 7)
    {
        ++living;
    }
    ~Counted()
    {
        --living;
        const_cast<int&>(check) = -1;
    }
    const int value;
    const int check;
};

} // namespace

TEST_CASE("every object handed over is freed, and never by the audio thread")
{
    living = 0;
    {
        HandOver<Counted> handOver;
        std::atomic<bool> done{false};
        std::thread audio([&] {
            int last = -1;
            while (!done) {
                organum::support::RealtimeGuard guard;
                const bool taken = handOver.take();
                const Counted* current = handOver.current();
                const int value = current != nullptr ? current->value : -1;
                const int check = current != nullptr ? current->check : -7;
                const auto counts = guard.stop();
                if (counts.total() != 0 || check != value * 7 || value < last)
                    std::abort();
                if (taken)
                    last = value;
            }
        });
        for (int i = 0; i < 20000; ++i) {
            handOver.publish(std::make_unique<const Counted>(i));
            if (i % 3 == 0)
                handOver.collect();
        }
        done = true;
        audio.join();
        REQUIRE(living <= 3);
    }
    CHECK(living == 0);
}

TEST_CASE("music published from one thread while another plays leaves no note hanging")
{
    ScriptedHost host;
    std::atomic<bool> done{false};
    std::thread publisher([&] {
        for (int i = 0; !done; ++i) {
            host.player.publish(quarterNotes(1 + i % 3, 20 + i % 60));
            host.player.collect();
            std::this_thread::yield();
        }
    });
    std::mt19937 random(3);
    for (int i = 0; i < 3000; ++i) {
        if (random() % 50 == 0)
            host.quarter = static_cast<double>(random() % 64) / 3.0;
        if (random() % 80 == 0)
            host.playing = !host.playing;
        if (random() % 90 == 0)
            host.context.channel = static_cast<int>(random() % 16);
        host.bypassed = random() % 40 == 0;
        host.block(1 + static_cast<int>(random() % 4096));
    }
    done = true;
    publisher.join();
    host.playing = false;
    host.block(64);
    CHECK(host.checkBalance() == 0);
}
