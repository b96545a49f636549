// The thread that sends, and the performance that feeds it, with an outlet that writes down what
// arrives. Nothing here depends on how busy the machine is.

#include "Live/Performance.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace organum;
using live::Message;

namespace
{

class Notebook : public live::Outlet
{
public:
    void send(const Message& message) override
    {
        const std::lock_guard<std::mutex> lock(mutex);
        sent.push_back(message);
        arrived.push_back(live::nowSeconds());
    }
    Change look() override { return change.exchange(Change::none); }

    std::vector<Message> all() const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return sent;
    }
    std::vector<int> statuses(bool ofClock) const
    {
        std::vector<int> list;
        for (const auto& message : all())
            if (message.isClock() == ofClock)
                list.push_back(message.status());
        return list;
    }
    /** Keys that were begun and not ended. */
    int sounding() const
    {
        std::map<int, bool> keys;
        for (const auto& message : all())
            if (message.isNoteOn() || message.isNoteOff())
                keys[(message.status() & 15) * 128 + message.bytes[1]] = message.isNoteOn();
        return static_cast<int>(
            std::count_if(keys.begin(), keys.end(), [](const auto& key) { return key.second; }));
    }

    mutable std::mutex mutex;
    std::vector<Message> sent;
    std::vector<double> arrived;
    std::atomic<Change> change{Change::none};
};

template <typename Question>
bool eventually(Question&& holds)
{
    for (int i = 0; i < 4000; ++i) {
        if (holds())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

Message noteOn(double due, int pitch)
{
    return live::shortMessage(due, 0x90, 3, static_cast<std::uint8_t>(pitch), 100);
}

score::Score twoBars()
{
    score::Score score;
    score.parts.push_back({"", 0, 0, {}});
    for (int i = 0; i < 16; ++i)
        score.parts[0].notes.push_back({60 + i, 90, score::Quarters(i, 2), score::Quarters(1, 2)});
    score.tempos.push_back({score::Quarters(0), 100000}); // 600 a minute
    return score;
}

} // namespace

TEST_CASE("messages are sent in order and never before their time")
{
    Notebook notebook;
    {
        live::Sender sender(notebook);
        const double start = live::nowSeconds();
        for (int i = 0; i < 50; ++i)
            REQUIRE(sender.push(noteOn(start + 0.002 * i, 30 + i)));
        sender.wake();
        REQUIRE(eventually([&] { return notebook.all().size() == 50; }));
    }
    CHECK(notebook.sounding() == 0); // ended when the sender went
    REQUIRE(notebook.sent.size() == 100);
    for (std::size_t i = 0; i < 50; ++i) {
        CHECK(notebook.sent[i].bytes[1] == 30 + i);
        CHECK(notebook.arrived[i] >= notebook.sent[i].due);
    }
}

TEST_CASE("silence drops what waits and ends what sounds, before its job is done")
{
    Notebook notebook;
    live::Sender sender(notebook);
    sender.push(noteOn(live::nowSeconds(), 60));
    sender.push(noteOn(live::nowSeconds() + 3600.0, 64));
    sender.wake();
    REQUIRE(eventually([&] { return notebook.sounding() == 1; }));
    int soundingAtJob = -1;
    sender.silence([&] { soundingAtJob = notebook.sounding(); });
    CHECK(soundingAtJob == 0);
    CHECK(notebook.all().size() == 2);
}

TEST_CASE("a port that was lost and returns hears the ends of the notes it held")
{
    Notebook notebook;
    live::Sender sender(notebook);
    sender.push(noteOn(live::nowSeconds(), 60));
    sender.wake();
    REQUIRE(eventually([&] { return notebook.sounding() == 1; }));
    notebook.change = live::Outlet::Change::lost;
    REQUIRE(eventually([&] { return notebook.change == live::Outlet::Change::none; }));
    sender.push(live::shortMessage(live::nowSeconds(), 0x80, 3, 60)); // nobody hears it
    sender.push(noteOn(live::nowSeconds(), 64));
    sender.wake();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(notebook.all().size() == 1);
    notebook.change = live::Outlet::Change::returned;
    CHECK(eventually([&] { return notebook.sounding() == 0; }));
    sender.push(noteOn(live::nowSeconds(), 67));
    sender.wake();
    CHECK(eventually([&] { return notebook.sounding() == 1; }));
}

TEST_CASE("a performance plays every note once, with a clock of 24 ticks a quarter")
{
    Notebook notebook;
    {
        live::Sender sender(notebook);
        live::PerformanceOptions options;
        options.sendClock = true;
        live::Performance performance(twoBars(), sender, options);
        while (performance.advance(live::nowSeconds()))
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        REQUIRE(eventually([&] {
            const auto clock = notebook.statuses(true);
            return !clock.empty() && clock.back() == live::clockStop;
        }));
    }
    const auto clock = notebook.statuses(true);
    REQUIRE(clock.size() == 1 + 8 * 24 + 1);
    CHECK(clock.front() == live::clockStart);
    CHECK(std::count(clock.begin(), clock.end(), live::clockTick) == 8 * 24);
    int ons = 0;
    for (const auto& message : notebook.all())
        if (message.isNoteOn())
            CHECK(message.bytes[1] == 60 + ons++);
    CHECK(ons == 16);
    CHECK(notebook.sounding() == 0);
    CHECK(notebook.all().front().status() == 0xc0);
}

TEST_CASE("a looped performance goes on with the first bar after the last")
{
    Notebook notebook;
    live::Sender sender(notebook);
    live::PerformanceOptions options;
    options.loop = true;
    live::Performance performance(twoBars(), sender, options);
    REQUIRE(eventually([&] {
        performance.advance(live::nowSeconds());
        return notebook.all().size() > 80;
    }));
    int ons = 0;
    for (const auto& message : notebook.all())
        if (message.isNoteOn())
            CHECK(message.bytes[1] == 60 + ons++ % 16);
    CHECK(ons > 32);
}

TEST_CASE("a performance led by a clock waits for it, plays, stops and goes on with it")
{
    Notebook notebook;
    live::Sender sender(notebook);
    live::Performance performance(twoBars(), sender, {});
    live::Inbox inbox;
    double time = live::nowSeconds();
    const auto ticks = [&](int count) { // 600 quarters a minute, as fast as we like
        for (int i = 0; i < count; ++i, time += 0.1 / 24.0)
            inbox.receive(live::shortMessage(time, live::clockTick));
    };
    const auto ons = [&] {
        int count = 0;
        for (const auto& message : notebook.all())
            count += message.isNoteOn() ? 1 : 0;
        return count;
    };
    ticks(48);
    performance.follow(time, inbox);
    CHECK_FALSE(performance.isRunning());

    inbox.receive(live::shortMessage(time, live::clockStart));
    ticks(1);
    performance.follow(time - 0.1 / 24.0, inbox);
    ticks(23); // one quarter: notes at 0 and 0.5, and those 30 ms ahead, up to 1.3
    performance.follow(time - 0.1 / 24.0, inbox);
    CHECK(performance.isRunning());
    CHECK(eventually([&] { return ons() >= 3; }));
    CHECK(ons() == 3);

    inbox.receive(live::shortMessage(time, live::clockStop));
    performance.follow(time, inbox);
    CHECK_FALSE(performance.isRunning());
    CHECK(notebook.sounding() == 0);

    inbox.receive(live::songPositionMessage(time, 24)); // quarter note 6
    inbox.receive(live::shortMessage(time, live::clockContinue));
    ticks(2);
    performance.follow(time - 0.1 / 24.0, inbox);
    CHECK(eventually([&] { return ons() == 4; }));
    CHECK(notebook.all().back().bytes[1] == 60 + 12);
}
