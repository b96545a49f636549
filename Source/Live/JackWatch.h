#pragma once

// Tells whether the JACK server still lives. RtMidi cannot: its client of a dead server goes on
// listing the ports of the past, and what it is given to send vanishes. So a client of our own,
// without ports, waits for JACK's notice of shutdown.

#include <atomic>
#include <memory>

namespace organum::live
{

class JackWatch
{
public:
    /** Null when no server runs (one is never started), or in a build without JACK. */
    static std::unique_ptr<JackWatch> open();
    /** Silences what libjack prints on standard error, for the whole process. */
    static void quieten();

    ~JackWatch();
    JackWatch(const JackWatch&) = delete;
    JackWatch& operator=(const JackWatch&) = delete;

    /** Any thread; takes no time. */
    bool serverLives() const { return lives; }

private:
    JackWatch() = default;

    void* client = nullptr;
    std::atomic<bool> lives{true};
};

} // namespace organum::live
