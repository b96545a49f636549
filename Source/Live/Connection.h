#pragma once

// An output and an input port that stay open: what goes away (a cable, a device, the JACK server)
// is looked for until it is there again. After the first open() only the sender's thread uses it,
// except for status().

#include "Live/Inbox.h"
#include "Live/Outlet.h"
#include "Live/Systems.h"

#include <memory>
#include <mutex>
#include <string>

namespace organum::live
{

class JackWatch;

struct PortWish
{
    enum class Kind
    {
        none,
        own,  ///< a virtual port that others connect to
        other ///< a device's or program's port
    };
    Kind kind = Kind::none;
    /** `own`: name = the port's; system UNSPECIFIED = the first that answers. */
    PortName port;
};

struct ConnectionWish
{
    PortWish output;
    PortWish input;
};

struct ConnectionStatus
{
    bool complete = false; ///< all that was wished for is open
    std::string text;      ///< for the user: which ports, or why not and what to do
};

class Connection final : public Outlet
{
public:
    Connection();
    ~Connection() override;

    /** Closes what is open and opens what is wished for; what cannot be had now is tried again by
        look(). Returns whether all could be had at once. Never throws. */
    bool open(const ConnectionWish& wish);
    void send(const Message& message) override;
    Change look() override;

    /** Any thread. */
    ConnectionStatus status() const;
    /** What came in; one reader at a time. */
    Inbox& inbox() { return received; }

private:
    template <typename Port>
    struct Side
    {
        PortWish wish;
        std::unique_ptr<Port> port;
        RtMidi::Api system = RtMidi::UNSPECIFIED;
        std::string problem;
        bool wasOpen = false; ///< it was there and is lost

        bool isMissing() const { return wish.kind != PortWish::Kind::none && port == nullptr; }
    };

    template <typename Port>
    void tryOpen(Side<Port>& side, const char* clientName);
    template <typename Port>
    std::unique_ptr<Port> make(const PortWish& wish, RtMidi::Api system, const char* clientName,
                               std::string& problem);
    template <typename Port>
    bool isThere(Side<Port>& side);
    void closeInput();
    void closeJack();
    void closeAll();
    void tellStatus();
    static void hear(double, std::vector<unsigned char>* bytes, void* self);

    Inbox received;
    std::unique_ptr<JackWatch> watch;
    Side<RtMidiOut> output;
    Side<RtMidiIn> input;
    double nextTry = 0.0;

    mutable std::mutex statusMutex;
    ConnectionStatus shown;
};

} // namespace organum::live
