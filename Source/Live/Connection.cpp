#include "Live/Connection.h"

#include "Live/JackWatch.h"
#include "Live/QuietErrors.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <type_traits>

namespace organum::live
{

namespace
{

constexpr double retryInterval = 1.0; ///< seconds between attempts to reach what is gone

constexpr std::chrono::milliseconds lastPeriods{100};

/** RtMidi's functions neither throw nor print once they may call this. */
void ignoreError(RtMidiError::Type, const std::string&, void*) {}

template <typename Port>
int indexOf(Port& port, const std::string& name)
{
    const auto count = static_cast<int>(port.getPortCount());
    for (const bool exactly : {true, false})
        for (int i = 0; i < count; ++i) {
            const auto found = port.getPortName(static_cast<unsigned int>(i));
            if (found == name || (!exactly && lastingName(found) == lastingName(name)))
                return i;
        }
    return -1;
}

std::string quotedName(const PortWish& wish)
{
    return "\"" + wish.port.name + "\"";
}

} // namespace

Connection::Connection() = default;

Connection::~Connection()
{
    closeAll();
}

bool Connection::open(const ConnectionWish& wish)
{
    quietenSystems();
    closeAll();
    output = {};
    input = {};
    output.wish = wish.output;
    input.wish = wish.input;
    tryOpen(output, "Organum");
    tryOpen(input, "Organum in");
    nextTry = nowSeconds() + retryInterval;
    tellStatus();
    return !output.isMissing() && !input.isMissing();
}

template <typename Port>
std::unique_ptr<Port> Connection::make(const PortWish& wish, RtMidi::Api system,
                                       const char* clientName, std::string& problem)
{
    if (system == RtMidi::UNIX_JACK && watch == nullptr) {
        watch = JackWatch::open();
        if (watch == nullptr) {
            problem = "JACK: no server is running; start one, for example with QjackCtl";
            return nullptr;
        }
    }
    try {
        const QuietErrors quiet;
        auto port = std::make_unique<Port>(system, clientName);
        if constexpr (std::is_same<Port, RtMidiIn>::value) {
            port->setCallback(&Connection::hear, this);
            port->ignoreTypes(true, false, true); // the clock is wanted, the rest is not
        }
        if (wish.kind == PortWish::Kind::own) {
            port->openVirtualPort(wish.port.name);
        } else {
            const int index = indexOf(*port, wish.port.name);
            if (index < 0) {
                problem = nameOf(system) + ": there is no port " + quotedName(wish) + " now";
                return nullptr;
            }
            port->openPort(static_cast<unsigned int>(index),
                           std::is_same<Port, RtMidiIn>::value ? "in" : "out");
        }
        port->setErrorCallback(&ignoreError);
        return port;
    } catch (const std::exception& error) {
        problem = nameOf(system) + ": " + error.what();
        return nullptr;
    }
}

template <typename Port>
void Connection::tryOpen(Side<Port>& side, const char* clientName)
{
    if (!side.isMissing())
        return;
    side.problem.clear();
    for (const auto system : compiledSystems()) {
        const auto wanted = side.wish.port.system;
        if (wanted != RtMidi::UNSPECIFIED && wanted != system)
            continue;
        std::string problem;
        side.port = make<Port>(side.wish, system, clientName, problem);
        if (side.port != nullptr) {
            side.system = system;
            side.wasOpen = true;
            return;
        }
        side.problem += (side.problem.empty() ? "" : "; ") + problem;
    }
    if (side.problem.empty())
        side.problem = "this build of Organum knows no MIDI system of that kind";
}

template <typename Port>
bool Connection::isThere(Side<Port>& side)
{
    if (side.port == nullptr || side.wish.kind != PortWish::Kind::other)
        return true;
    try {
        return indexOf(*side.port, side.wish.port.name) >= 0;
    } catch (const std::exception&) {
        return false;
    }
}

void Connection::closeInput()
{
    if (input.port == nullptr)
        return;
    input.port.reset();
    received.portWentAway();
}

void Connection::closeJack()
{
    // All of JACK's clients go before a new one comes: libjack keeps the dead server's memory for
    // as long as one of them is left.
    const QuietErrors quiet;
    // What was sent last, the ends of notes, leaves with the period to come.
    if (output.port != nullptr && watch != nullptr && watch->serverLives())
        std::this_thread::sleep_for(lastPeriods);
    if (output.system == RtMidi::UNIX_JACK)
        output.port.reset();
    if (input.system == RtMidi::UNIX_JACK)
        closeInput();
    watch.reset();
}

void Connection::closeAll()
{
    closeJack();
    output.port.reset();
    closeInput();
}

void Connection::send(const Message& message)
{
    if (output.port == nullptr)
        return;
    // RtMidi waits for ever when a dead server no longer empties its buffer.
    if (output.system == RtMidi::UNIX_JACK && !watch->serverLives())
        return;
    try {
        output.port->sendMessage(message.bytes.data(), static_cast<std::size_t>(message.size));
    } catch (const std::exception&) {
        // look() finds out what is the matter.
    }
}

Outlet::Change Connection::look()
{
    const bool outputWasThere = output.port != nullptr;
    const bool wasComplete = !output.isMissing() && !input.isMissing();
    if (watch != nullptr && !watch->serverLives())
        closeJack();
    if (!isThere(output))
        output.port.reset();
    if (!isThere(input))
        closeInput();

    const bool missing = output.isMissing() || input.isMissing();
    if (missing && (wasComplete || nowSeconds() >= nextTry)) {
        if (!wasComplete) {
            tryOpen(output, "Organum");
            tryOpen(input, "Organum in");
        }
        nextTry = nowSeconds() + retryInterval;
        tellStatus();
    }
    const bool outputIsThere = output.port != nullptr;
    if (outputWasThere == outputIsThere)
        return Change::none;
    return outputIsThere ? Change::returned : Change::lost;
}

void Connection::tellStatus()
{
    ConnectionStatus status;
    status.complete = !output.isMissing() && !input.isMissing();
    const auto tell = [&status](const char* direction, const auto& side) {
        if (side.wish.kind == PortWish::Kind::none)
            return;
        auto& text = status.text;
        text += (text.empty() ? "" : ", ") + std::string("MIDI ") + direction + " ";
        if (side.port != nullptr)
            text += quotedName(side.wish) + " (" + nameOf(side.system) + ")";
        else if (side.wasOpen)
            text += quotedName(side.wish) + " is gone; waiting for it to return";
        else
            text +=
                quotedName(side.wish) + " cannot be opened (" + side.problem + "); trying again";
    };
    tell("out", output);
    tell("in", input);
    if (status.text.empty())
        status.text = "No MIDI ports";
    const std::lock_guard<std::mutex> lock(statusMutex);
    shown = status;
}

ConnectionStatus Connection::status() const
{
    const std::lock_guard<std::mutex> lock(statusMutex);
    return shown;
}

void Connection::hear(double, std::vector<unsigned char>* bytes, void* self)
{
    if (bytes->empty() || bytes->size() > 3)
        return; // system exclusive
    Message message;
    message.due = nowSeconds();
    message.size = static_cast<int>(bytes->size());
    std::copy(bytes->begin(), bytes->end(), message.bytes.begin());
    static_cast<Connection*>(self)->received.receive(message);
}

} // namespace organum::live
