#include "Live/JackServer.h"

#include "Live/JackWatch.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace organum::test
{

std::optional<JackServer> JackServer::start(int period)
{
    if (std::system("command -v jackd >/dev/null 2>&1") != 0) {
        WARN("skipped: jackd is not installed (Debian: jackd2)");
        return std::nullopt;
    }
    static int count = 0;
    JackServer server("organum" + std::to_string(::getpid()) + "." + std::to_string(count++),
                      period);
    server.startAgain();
    return server;
}

JackServer::JackServer(std::string nameIn, int periodIn)
    : name(std::move(nameIn))
    , period(periodIn)
{
    ::setenv("JACK_DEFAULT_SERVER", name.c_str(), 1);
    ::setenv("JACK_NO_AUDIO_RESERVATION", "1", 1);
}

JackServer::JackServer(JackServer&& other) noexcept
    : name(std::move(other.name))
    , period(other.period)
    , process(std::exchange(other.process, -1))
{
}

JackServer::~JackServer()
{
    stop();
}

void JackServer::launch()
{
    const auto frames = std::to_string(period);
    // -S: the server waits for its clients, or else a busy machine loses what they send.
    const char* arguments[] = {"jackd", "-r",         "-S",           "-t",    "5000",
                               "-n",    name.c_str(), "-d",           "dummy", "-r",
                               "48000", "-p",         frames.c_str(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int failed = ::posix_spawnp(&process, "jackd", &actions, nullptr,
                                      const_cast<char* const*>(arguments), environ);
    posix_spawn_file_actions_destroy(&actions);
    REQUIRE(failed == 0);
}

void JackServer::startAgain()
{
    constexpr int mostLaunches = 20;
    int launches = 1;
    launch();
    for (int i = 0; i < 200; ++i) {
        if (live::JackWatch::open() != nullptr)
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        // It gives up where another server, somebody's own, just stops or starts.
        if (::waitpid(process, nullptr, WNOHANG) == process) {
            process = -1;
            if (++launches > mostLaunches)
                FAIL("jackd ends as soon as it starts. Run it by hand; \"Too many servers\" means "
                     "that killed ones are still registered: remove /dev/shm/jack* while none "
                     "runs");
            launch();
        }
    }
    FAIL("jackd did not start");
}

void JackServer::stop(bool crash)
{
    if (process <= 0)
        return;
    ::kill(process, crash ? SIGKILL : SIGTERM);
    ::waitpid(process, nullptr, 0);
    process = -1;
}

} // namespace organum::test
