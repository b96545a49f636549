// Real ports on a real JACK server: opened, used, lost and found again.

#include "Live/Connection.h"
#include "Live/JackServer.h"
#include "Live/JackWitness.h"
#include "Live/Sender.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

using namespace organum;
using live::PortWish;

namespace
{

live::ConnectionWish ownPorts()
{
    live::ConnectionWish wish;
    wish.output = {PortWish::Kind::own, {RtMidi::UNSPECIFIED, "Tune"}};
    wish.input = {PortWish::Kind::own, {RtMidi::UNSPECIFIED, "Keys"}};
    return wish;
}

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

/** Waits for so many messages. */
std::vector<test::Witnessed> hearAll(test::JackWitness& witness, std::size_t count)
{
    std::vector<test::Witnessed> all;
    eventually([&] {
        for (const auto& one : witness.heard())
            all.push_back(one);
        return all.size() >= count;
    });
    return all;
}

int soundingIn(const std::vector<test::Witnessed>& all)
{
    std::map<int, int> keys;
    for (const auto& one : all)
        if (one.message.isNoteOn() || one.message.isNoteOff())
            keys[one.message.bytes[1]] = one.message.isNoteOn() ? 1 : 0;
    int sum = 0;
    for (const auto& key : keys)
        sum += key.second;
    return sum;
}

live::Message note(bool on, int pitch)
{
    return live::shortMessage(live::nowSeconds(), on ? 0x90 : 0x80, 3,
                              static_cast<std::uint8_t>(pitch), on ? 100 : 0);
}

} // namespace

TEST_CASE("without any MIDI system every one of them is named with what to do")
{
    ::setenv("JACK_DEFAULT_SERVER", "organum-nobody", 1);
    live::Connection connection;
    const auto systems = live::listPorts();
    if (systems.front().problem.empty()) {
        WARN("skipped: this machine has an ALSA sequencer");
        return;
    }
    CHECK_FALSE(live::anyAnswers(systems));
    CHECK(live::problemsOf(systems).find("modprobe snd-seq") != std::string::npos);
    CHECK(live::problemsOf(systems).find("JACK: no server is running") != std::string::npos);
    CHECK_FALSE(connection.open(ownPorts()));
    CHECK_FALSE(connection.status().complete);
    CHECK(connection.status().text.find("trying again") != std::string::npos);
    connection.send(note(true, 60)); // into the void, without harm
    CHECK(connection.look() == live::Outlet::Change::none);
}

TEST_CASE("both of our ports are listed, heard and spoken to by another program")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    live::Connection connection;
    REQUIRE(connection.open(ownPorts()));
    test::JackWitness witness;
    REQUIRE(witness.hear("Tune"));
    REQUIRE(witness.speakTo("Keys"));
    bool isListed = false;
    for (const auto& system : live::listPorts())
        for (const auto& name : system.inputs)
            isListed = isListed || name.find("Tune") != std::string::npos;
    CHECK(isListed);

    connection.send(note(true, 61));
    connection.send(note(false, 61));
    const auto heard = hearAll(witness, 2);
    REQUIRE(heard.size() == 2);
    CHECK(heard[0].message.isNoteOn());
    CHECK(heard[1].message.isNoteOff());

    witness.say(live::shortMessage(0.0, 0x90, 3, 72, 90));
    live::Message message;
    REQUIRE(eventually([&] { return connection.inbox().pop(message); }));
    CHECK(message.bytes[1] == 72);
}

TEST_CASE("a port that is opened by name is left alone when it goes, and reached when it returns")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    auto witness = std::make_unique<test::JackWitness>();
    live::ConnectionWish wish;
    wish.output = {PortWish::Kind::other,
                   live::findPort(live::listPorts(), live::Direction::output, "witness")};
    live::Connection connection;
    REQUIRE(connection.open(wish));
    live::Sender sender(connection);
    sender.push(note(true, 60));
    sender.wake();
    CHECK(hearAll(*witness, 1).size() == 1);

    witness.reset(); // the plug is pulled
    REQUIRE(eventually([&] { return !connection.status().complete; }));
    CHECK(connection.status().text.find("is gone") != std::string::npos);
    sender.push(note(true, 64));
    sender.wake();

    witness = std::make_unique<test::JackWitness>();
    REQUIRE(eventually([&] { return connection.status().complete; }));
    sender.push(note(true, 67));
    sender.push(note(false, 67));
    sender.wake();
    const auto heard = hearAll(*witness, 4);
    REQUIRE(heard.size() >= 4); // the ends of 60 and 64 first, then the new note
    CHECK(heard[0].message.isNoteOff());
    CHECK(heard[1].message.isNoteOff());
    CHECK(soundingIn(heard) == 0);
}

TEST_CASE("the JACK server may stop or crash: what is missing is said, and found when it is back")
{
    for (const bool crash : {false, true}) {
        INFO((crash ? "crash" : "stop"));
        auto server = test::JackServer::start();
        if (!server)
            return;
        live::Connection connection;
        REQUIRE(connection.open(ownPorts()));
        live::Sender sender(connection);
        {
            test::JackWitness witness;
            REQUIRE(witness.speakTo("Keys"));
            witness.say(live::shortMessage(0.0, 0x90, 3, 72, 90)); // a key that is held
            live::Message message;
            REQUIRE(eventually([&] { return connection.inbox().pop(message); }));
        }
        sender.push(note(true, 60));
        sender.wake();
        server->stop(crash);
        REQUIRE(eventually([&] { return !connection.status().complete; }));
        CHECK(connection.status().text.find("waiting for it to return") != std::string::npos);
        live::Message message; // the held key does not hang
        REQUIRE(connection.inbox().pop(message));
        CHECK(message.isNoteOff());
        CHECK(message.bytes[1] == 72);
        // More than RtMidi's buffer holds: it would wait for ever.
        for (int i = 0; i < 20; ++i) {
            for (int k = 0; k < 200; ++k)
                sender.push(note(k % 2 == 0, 62));
            sender.wake();
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }

        server->startAgain();
        REQUIRE(eventually([&] { return connection.status().complete; }));
        test::JackWitness witness;
        REQUIRE(witness.hear("Tune"));
        sender.push(note(true, 65));
        sender.push(note(false, 65));
        sender.wake();
        const auto heard = hearAll(witness, 2);
        REQUIRE(heard.size() >= 2);
        CHECK(heard.back().message.bytes[1] == 65);
        CHECK(soundingIn(heard) == 0);
    }
}
