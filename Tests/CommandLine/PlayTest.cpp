// `organum play` from outside: the real program, a real JACK server, and a second client that hears
// and leads it. Only order, content and generous bounds are asserted, since machines are busy; how
// exact it is on an idle one is printed.

#include "CommandLine/Program.h"
#include "Live/Clock.h"
#include "Live/JackServer.h"
#include "Live/JackWitness.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace organum;

namespace
{

/** The program at work, with what it says. */
class Player
{
public:
    Player(const std::string& arguments, const test::TemporaryFolder& folder)
        : out(folder / "out")
        , err(folder / "err")
    {
        const std::string line = "exec " + test::quoted(ORGANUM_PROGRAM) + " play " + arguments +
                                 " >" + test::quoted(out.string()) + " 2>" +
                                 test::quoted(err.string()) + " </dev/null";
        process = ::fork();
        if (process == 0) {
            ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
            ::_exit(127);
        }
    }
    ~Player()
    {
        if (process > 0) {
            ::kill(process, SIGKILL);
            ::waitpid(process, nullptr, 0);
        }
    }
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    void interrupt(int signal = SIGINT) const { ::kill(process, signal); }
    int end()
    {
        int status = 0;
        ::waitpid(process, &status, 0);
        process = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    std::string said() const { return test::readWholeFile(out) + test::readWholeFile(err); }

private:
    const std::filesystem::path out, err;
    pid_t process = -1;
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

/** `count` notes, one after the other, each lasting an eighth; 150 quarters a minute. */
std::filesystem::path makeTune(const test::TemporaryFolder& folder, int count)
{
    score::Score score;
    score.parts.push_back({"tune", 0, 19, {}});
    for (int i = 0; i < count; ++i)
        score.parts[0].notes.push_back(
            {40 + i % 40, 90, score::Quarters(i, 2), score::Quarters(1, 2)});
    score.tempos.push_back({score::Quarters(0), 400000});
    const auto file = folder / "tune.mid";
    score::writeMidiFile(file, score);
    return file;
}

struct Heard
{
    std::vector<test::Witnessed> ons;
    std::vector<int> clock; ///< statuses
    int sounding = 0;
    int programs = 0;
};

Heard sorted(const std::vector<test::Witnessed>& all)
{
    Heard heard;
    std::map<int, bool> keys;
    for (const auto& one : all) {
        if (one.message.isClock())
            heard.clock.push_back(one.message.status());
        else if (one.message.isNoteOn())
            heard.ons.push_back(one);
        if (one.message.isNoteOn() || one.message.isNoteOff())
            keys[one.message.bytes[1]] = one.message.isNoteOn();
        heard.programs += (one.message.status() & 0xf0) == 0xc0 ? 1 : 0;
    }
    heard.sounding = static_cast<int>(
        std::count_if(keys.begin(), keys.end(), [](const auto& key) { return key.second; }));
    return heard;
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

} // namespace

TEST_CASE("notes played through a virtual port arrive at a second client, in order and in time",
          "[play]")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const test::TemporaryFolder folder;
    const int count = std::getenv("ORGANUM_LONG_TESTS") != nullptr ? 600 : 24;
    const auto tune = makeTune(folder, count);
    test::JackWitness witness;
    Player player(tune.string() + " --virtual Cello --clock --wait 1", folder);
    REQUIRE(witness.hear("Cello"));
    REQUIRE(player.end() == 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const auto heard = sorted(witness.heard());
    INFO(player.said());
    REQUIRE(heard.ons.size() == static_cast<std::size_t>(count));
    CHECK(heard.sounding == 0);
    CHECK(heard.programs == 1);
    std::vector<double> late;
    for (std::size_t i = 0; i < heard.ons.size(); ++i) {
        CHECK(heard.ons[i].message.bytes[1] == 40 + static_cast<int>(i) % 40);
        CHECK(heard.ons[i].message.bytes[2] == 90);
        late.push_back(heard.ons[i].seconds - heard.ons[0].seconds - 0.2 * static_cast<double>(i));
    }
    const double middle = percentile(late, 0.5);
    for (double& one : late)
        one = std::abs(one - middle);
    WARN("jitter of " << count << " notes, JACK period 5.33 ms: p50 "
                      << 1000.0 * percentile(late, 0.5) << " ms, p99 "
                      << 1000.0 * percentile(late, 0.99) << " ms");
    CHECK(percentile(late, 0.5) < 0.5); // non-realtime JACK loses time on a busy machine
    REQUIRE(heard.clock.size() >= 2);
    CHECK(heard.clock.front() == live::clockStart);
    CHECK(heard.clock.back() == live::clockStop);
    const int quarters = (count / 2 + 3) / 4 * 4; // whole bars
    CHECK(std::count(heard.clock.begin(), heard.clock.end(), live::clockTick) == 24 * quarters);
}

TEST_CASE("Ctrl-C ends every sounding note and the exit code is 130", "[play]")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const test::TemporaryFolder folder;
    const auto tune = makeTune(folder, 40);
    test::JackWitness witness;
    Player player(tune.string() + " --port witness --tempo 40 --loop", folder);
    std::vector<test::Witnessed> all;
    REQUIRE(eventually([&] {
        for (const auto& one : witness.heard())
            all.push_back(one);
        return sorted(all).sounding == 1;
    }));
    player.interrupt();
    CHECK(player.end() == 130);
    CHECK(player.said().find("every sounding note was ended") != std::string::npos);
    CHECK(eventually([&] {
        for (const auto& one : witness.heard())
            all.push_back(one);
        return sorted(all).sounding == 0;
    }));
}

TEST_CASE("a clock that comes in starts, stops and places the music", "[play]")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const test::TemporaryFolder folder;
    const auto tune = makeTune(folder, 40);
    test::JackWitness witness;
    Player player(tune.string() + " --virtual Led --sync", folder);
    REQUIRE(witness.hear("Led"));
    REQUIRE(witness.speakTo("clock"));
    std::vector<test::Witnessed> all;
    const auto listen = [&] {
        for (const auto& one : witness.heard())
            all.push_back(one);
        return sorted(all);
    };
    // 120 quarters a minute, where the file has 150.
    double time = witness.now() + 0.1;
    const auto ticks = [&](int count) {
        for (int i = 0; i < count; ++i, time += 0.5 / 24.0)
            witness.say(live::shortMessage(time, live::clockTick));
    };
    ticks(24);
    witness.say(live::shortMessage(time, live::clockStart));
    const double start = time;
    ticks(3 * 24);
    witness.say(live::shortMessage(time, live::clockStop));
    REQUIRE(eventually([&] { return witness.now() > time + 0.2; }));
    auto heard = listen();
    INFO(player.said());
    // Three quarters hold six eighths; the seventh is due with the tick that never came.
    CHECK(heard.ons.size() >= 6);
    CHECK(heard.ons.size() <= 7);
    REQUIRE_FALSE(heard.ons.empty());
    CHECK(heard.sounding == 0);
    CHECK(heard.ons.front().message.bytes[1] == 40);
    CHECK(heard.ons.front().seconds >= start);
    CHECK(heard.ons.front().seconds < start + 2.0);

    all.clear();
    time = witness.now() + 0.1;
    witness.say(live::songPositionMessage(time, 32)); // quarter note 8: the 17th eighth
    witness.say(live::shortMessage(time, live::clockContinue));
    ticks(2 * 24);
    witness.say(live::shortMessage(time, live::clockStop));
    REQUIRE(eventually([&] { return witness.now() > time + 0.2; }));
    heard = listen();
    CHECK(heard.ons.size() >= 4);
    CHECK(heard.ons.size() <= 5);
    REQUIRE_FALSE(heard.ons.empty());
    CHECK(heard.ons.front().message.bytes[1] == 40 + 16);
    CHECK(heard.sounding == 0);

    player.interrupt();
    CHECK(player.end() == 130);
    CHECK(player.said().find("The clock runs") != std::string::npos);
}

// A terminal that was closed (SIGHUP) ended the program at once, with notes that hung.
TEST_CASE("whatever ends the program, no note is left sounding", "[play]")
{
    const auto server = test::JackServer::start();
    if (!server)
        return;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        INFO("signal " << signal);
        const test::TemporaryFolder folder;
        Player player(makeTune(folder, 40).string() + " --virtual Cello --loop", folder);
        test::JackWitness witness;
        REQUIRE(witness.hear("Cello"));
        std::vector<test::Witnessed> all;
        const auto listen = [&] {
            for (const auto& one : witness.heard())
                all.push_back(one);
            return sorted(all);
        };
        REQUIRE(eventually([&] { return listen().ons.size() > 2 && listen().sounding > 0; }));
        player.interrupt(signal);
        CHECK(player.end() == 130);
        CHECK(eventually([&] { return listen().sounding == 0; }));
    }
}

TEST_CASE("a JACK server that dies while music plays is survived, said, and found again", "[play]")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const test::TemporaryFolder folder;
    const auto tune = makeTune(folder, 40);
    Player player(tune.string() + " --virtual Cello --loop", folder);
    {
        test::JackWitness witness;
        REQUIRE(witness.hear("Cello"));
        REQUIRE(eventually([&] { return !witness.heard().empty(); }));
    }
    server->stop(true);
    REQUIRE(eventually([&] { return player.said().find("is gone") != std::string::npos; }));
    server->startAgain();
    test::JackWitness witness;
    REQUIRE(witness.hear("Cello"));
    REQUIRE(eventually([&] { return !witness.heard().empty(); }));
    player.interrupt();
    CHECK(player.end() == 130);
    CHECK(player.said().find("cannot") == std::string::npos);
}

TEST_CASE("the ports are listed with numbers, in words and as JSON", "[play]")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const test::TemporaryFolder folder;
    const test::JackWitness witness;
    const auto words = test::run("play --list", folder.path().string());
    CHECK(words.exitCode == 0);
    CHECK(words.output.find("1  witness:in  (JACK)") != std::string::npos);
    CHECK(words.output.find("1  witness:out  (JACK)") != std::string::npos);
    CHECK(words.errors.empty());
    const auto json = test::run("play --list --json", folder.path().string());
    CHECK(json.output.find("\"name\": \"witness:in\"") != std::string::npos);

    const auto tune = makeTune(folder, 4).string();
    const auto missing = test::run("play " + tune + " --port moog", folder.path().string());
    CHECK(missing.exitCode == 1);
    CHECK(missing.errors.find("moog") != std::string::npos);
    CHECK(missing.errors.find("1  witness:in") != std::string::npos);
    CHECK(test::run("play " + tune + " --port 7", folder.path().string()).exitCode == 1);
}

TEST_CASE("new music of a model is played as it is composed", "[play]")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const test::TemporaryFolder folder;
    test::JackWitness witness;
    Player player("--model tiny --bars 2 --seed 3 --tempo 300 --port witness", folder);
    CHECK(player.end() == 0);
    INFO(player.said());
    CHECK(player.said().find("Playing 2 bars") != std::string::npos);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const auto heard = sorted(witness.heard());
    CHECK_FALSE(heard.ons.empty());
    CHECK(heard.sounding == 0);
}

TEST_CASE("a machine without any MIDI system is told what was tried and what to do", "[play]")
{
    const test::TemporaryFolder folder;
    const auto tune = makeTune(folder, 4).string();
    for (const auto& arguments : {std::string("play --list"), "play " + tune}) {
        const auto outcome =
            test::run(arguments, folder.path().string(), "JACK_DEFAULT_SERVER=organum-nobody");
        if (outcome.exitCode == 0) {
            WARN("skipped: this machine has an ALSA sequencer");
            return;
        }
        INFO(outcome.errors);
        CHECK(outcome.exitCode == 1);
        CHECK(outcome.errors.find("no MIDI system answers") != std::string::npos);
        CHECK(outcome.errors.find("modprobe snd-seq") != std::string::npos);
        CHECK(outcome.errors.find("QjackCtl") != std::string::npos);
        CHECK(std::count(outcome.errors.begin(), outcome.errors.end(), '\n') <= 6);
    }
}
