#pragma once

// The standalone's MIDI ports: which are chosen, kept from run to run, and the thread that sends.
// Without a choice there is a virtual port "Organum" in each direction.

#include "Live/Connection.h"
#include "Live/Sender.h"

#include <juce_core/juce_core.h>

#include <atomic>
#include <string>

namespace organum::standalone
{

struct MidiSettings
{
    /** A virtual output and a virtual input named "Organum", no clock. */
    static MidiSettings usual();
    /** What toText() wrote; what cannot be read is as usual. */
    static MidiSettings fromText(const juce::String& text);
    juce::String toText() const;

    live::PortWish output;
    live::PortWish input;
    bool sendClock = false;
    bool followClock = false;
};

class MidiPorts
{
public:
    /** Opens what the user chose last time, see file(). Message thread. */
    MidiPorts();

    /** Ends every sounding note, changes the ports and remembers the choice. May take a second.
        Message thread. */
    void choose(const MidiSettings& wanted);
    const MidiSettings& settings() const { return chosen; }
    /** For the user: which ports are open, or why not and what to do. Any thread. */
    std::string description() const { return connection.status().text; }

    // ---- audio thread: neither allocates nor waits ------------------------------------------
    live::Sender& sender() { return thread; }
    live::Inbox& inbox() { return connection.inbox(); }
    bool sendsClock() const { return sendClock; }
    bool followsClock() const { return followClock; }

    static juce::File file();

private:
    void open(const MidiSettings& wanted);

    MidiSettings chosen;
    std::atomic<bool> sendClock{false};
    std::atomic<bool> followClock{false};
    live::Connection connection;
    live::Sender thread{connection};
};

} // namespace organum::standalone
