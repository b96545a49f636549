// How exact live playing is: the sender's scheduling error by itself, and what arrives at a second
// client of a JACK server. Means something on an idle machine only.

#include "Live/Connection.h"
#include "Live/JackServer.h"
#include "Live/JackWitness.h"
#include "Live/Sender.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <thread>

using namespace organum;

namespace
{

constexpr int count = 1000;

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void print(const char* what, const std::vector<double>& seconds)
{
    std::printf("%-52s p50 %7.3f ms   p99 %7.3f ms   max %7.3f ms\n", what,
                1000.0 * percentile(seconds, 0.5), 1000.0 * percentile(seconds, 0.99),
                1000.0 * percentile(seconds, 1.0));
}

/** Moments some 2 to 18 ms apart, as no block or timer would have them. */
std::vector<double> moments(double start)
{
    std::mt19937 random(1);
    std::uniform_real_distribution<double> gap(0.002, 0.018);
    std::vector<double> all;
    for (int i = 0; i < count; ++i)
        all.push_back(start += gap(random));
    return all;
}

void feed(live::Sender& sender, const std::vector<double>& due)
{
    for (std::size_t i = 0; i < due.size(); ++i) {
        sender.push(live::shortMessage(due[i], i % 2 == 0 ? 0x90 : 0x80, 3, 60, 90));
        if (i % 10 == 9) {
            sender.wake();
            std::this_thread::sleep_for(
                std::chrono::duration<double>(std::max(0.0, due[i] - live::nowSeconds() - 0.1)));
        }
    }
    sender.wake();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
}

class Stopwatch : public live::Outlet
{
public:
    void send(const live::Message& message) override
    {
        late.push_back(live::nowSeconds() - message.due);
    }
    Change look() override { return Change::none; }
    std::vector<double> late;
};

} // namespace

TEST_CASE("scheduling error of the sender")
{
    Stopwatch stopwatch;
    {
        live::Sender sender(stopwatch);
        feed(sender, moments(live::nowSeconds() + 0.1));
    }
    REQUIRE(stopwatch.late.size() >= count);
    print("sender: late by", stopwatch.late);
}

TEST_CASE("jitter at a second JACK client")
{
    for (const int period : {64, 256, 1024}) {
        auto server = test::JackServer::start(period);
        if (!server)
            return;
        live::Connection connection;
        live::ConnectionWish wish;
        wish.output = {live::PortWish::Kind::own, {RtMidi::UNSPECIFIED, "Bench"}};
        REQUIRE(connection.open(wish));
        test::JackWitness witness;
        REQUIRE(witness.hear("Bench"));
        const auto due = moments(live::nowSeconds() + 0.2);
        {
            live::Sender sender(connection);
            feed(sender, due);
        }
        const auto heard = witness.heard();
        REQUIRE(heard.size() >= due.size());
        std::vector<double> delays;
        for (std::size_t i = 0; i < due.size(); ++i)
            delays.push_back(heard[i].seconds - due[i]);
        const double middle = percentile(delays, 0.5);
        for (double& delay : delays)
            delay = std::abs(delay - middle);
        const auto what = "JACK, period " + std::to_string(period) + " (" +
                          std::to_string(period / 48.0).substr(0, 5) + " ms): off the median by";
        print(what.c_str(), delays);
    }
}
