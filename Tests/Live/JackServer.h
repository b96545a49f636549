#pragma once

// A JACK server of the test's own, with the dummy driver: no sound card, no rights needed. It has a
// name of its own, so that tests that run side by side do not meet.

#include <optional>
#include <string>

#include <sys/types.h>

namespace organum::test
{

class JackServer
{
public:
    /** Starts one and waits until it answers; clients of this process and of its children find it
        by $JACK_DEFAULT_SERVER. Without jackd it warns that the test is skipped and returns
        nothing; a server that does not start fails the test. `period` in samples at 48 kHz. */
    static std::optional<JackServer> start(int period = 256);

    /** Ends it as a user does, or as a crash does, and waits for its end. */
    void stop(bool crash = false);
    /** Again under the same name. */
    void startAgain();

    ~JackServer();
    JackServer(JackServer&& other) noexcept;
    JackServer(const JackServer&) = delete;
    JackServer& operator=(const JackServer&) = delete;

    const std::string& serverName() const { return name; }

private:
    JackServer(std::string nameIn, int periodIn);
    void launch();

    std::string name;
    int period = 256;
    pid_t process = -1;
};

} // namespace organum::test
