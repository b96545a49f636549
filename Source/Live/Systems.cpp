#include "Live/Systems.h"

#include "Live/JackWatch.h"
#include "Live/QuietErrors.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#if ORGANUM_WITH_ALSA
#include <alsa/asoundlib.h>
#endif

namespace organum::live
{

namespace
{

#if ORGANUM_WITH_ALSA
void ignoreAlsa(const char*, int, const char*, int, const char*, ...) {}
#endif

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/** RtMidi's reason begins with the names of its own functions. */
std::string withoutOrigin(std::string reason)
{
    const auto colon = reason.find(": ");
    if (colon != std::string::npos && reason.compare(0, 4, "Midi") == 0)
        reason.erase(0, colon + 2);
    while (!reason.empty() && (reason.back() == '.' || reason.back() == '\n'))
        reason.pop_back();
    return reason;
}

template <typename Port>
std::vector<std::string> portNames(RtMidi::Api system)
{
    Port port(system, "Organum list");
    std::vector<std::string> names;
    for (unsigned int i = 0, count = port.getPortCount(); i < count; ++i)
        names.push_back(port.getPortName(i));
    return names;
}

SystemPorts ask(RtMidi::Api system)
{
    SystemPorts ports;
    ports.system = system;
    if (system == RtMidi::UNIX_JACK && JackWatch::open() == nullptr) {
        ports.problem = "JACK: no server is running; start one, for example with QjackCtl";
        return ports;
    }
    try {
        const QuietErrors quiet;
        ports.outputs = portNames<RtMidiOut>(system);
        ports.inputs = portNames<RtMidiIn>(system);
    } catch (const std::exception& error) {
        ports.problem = nameOf(system) + ": " + withoutOrigin(error.what());
        if (system == RtMidi::LINUX_ALSA)
            ports.problem += "; load it with `sudo modprobe snd-seq`";
    }
    return ports;
}

std::string listOf(const std::vector<PortName>& ports, Direction direction)
{
    if (ports.empty())
        return direction == Direction::output
                   ? "There is none at all now; open one of your own with --virtual, or plug a "
                     "device in"
                   : "There is none at all now; leave the name out to open one of your own, or "
                     "plug a device in";
    std::string text = "There are:";
    for (std::size_t i = 0; i < ports.size(); ++i)
        text += "\n  " + std::to_string(i + 1) + "  " + ports[i].name;
    return text;
}

} // namespace

std::string nameOf(RtMidi::Api system)
{
    return system == RtMidi::UNIX_JACK ? "JACK" : RtMidi::getApiDisplayName(system);
}

std::vector<RtMidi::Api> compiledSystems()
{
    std::vector<RtMidi::Api> systems;
    RtMidi::getCompiledApi(systems);
    systems.erase(std::remove_if(systems.begin(), systems.end(),
                                 [](RtMidi::Api system) {
                                     return system == RtMidi::RTMIDI_DUMMY ||
                                            (system == RtMidi::UNIX_JACK && !ORGANUM_WITH_JACK);
                                 }),
                  systems.end());
    return systems;
}

std::vector<SystemPorts> listPorts()
{
    quietenSystems();
    std::vector<SystemPorts> systems;
    for (const auto system : compiledSystems())
        systems.push_back(ask(system));
    return systems;
}

bool anyAnswers(const std::vector<SystemPorts>& systems)
{
    return std::any_of(systems.begin(), systems.end(),
                       [](const SystemPorts& system) { return system.problem.empty(); });
}

std::string problemsOf(const std::vector<SystemPorts>& systems)
{
    std::string text;
    for (const auto& system : systems)
        if (!system.problem.empty())
            text += (text.empty() ? "" : "\n") + std::string("  ") + system.problem + ".";
    return text;
}

std::vector<PortName> portsOf(const std::vector<SystemPorts>& systems, Direction direction)
{
    std::vector<PortName> ports;
    for (const auto& system : systems)
        for (const auto& name : direction == Direction::output ? system.outputs : system.inputs)
            ports.push_back({system.system, name});
    return ports;
}

PortName findPort(const std::vector<SystemPorts>& systems, Direction direction,
                  const std::string& text)
{
    const auto ports = portsOf(systems, direction);
    const std::string kind = direction == Direction::output ? "output" : "input";
    std::size_t number = 0;
    const auto* end = text.data() + text.size();
    if (const auto read = std::from_chars(text.data(), end, number);
        read.ec == std::errc() && read.ptr == end) {
        if (number >= 1 && number <= ports.size())
            return ports[number - 1];
        throw PortError("there is no MIDI " + kind + " port number " + text + ". " +
                        listOf(ports, direction) + ".");
    }
    for (const auto& port : ports)
        if (port.name == text || lastingName(port.name) == text)
            return port;
    std::vector<PortName> fitting;
    for (const auto& port : ports)
        if (lowerCase(port.name).find(lowerCase(text)) != std::string::npos)
            fitting.push_back(port);
    if (fitting.size() == 1)
        return fitting.front();
    if (fitting.empty())
        throw PortError("there is no MIDI " + kind + " port '" + text + "'. " +
                        listOf(ports, direction) + ".");
    throw PortError("several MIDI " + kind + " ports fit '" + text +
                    "'; write more of the name, or its number. " + listOf(ports, direction) + ".");
}

std::string lastingName(const std::string& name)
{
    const auto isDigit = [&](std::size_t i) {
        return std::isdigit(static_cast<unsigned char>(name[i])) != 0;
    };
    std::size_t at = name.size();
    while (at > 0 && isDigit(at - 1))
        --at;
    if (at == name.size() || at == 0 || name[at - 1] != ':')
        return name;
    std::size_t client = --at;
    while (client > 0 && isDigit(client - 1))
        --client;
    if (client == at || client == 0 || name[client - 1] != ' ')
        return name;
    return name.substr(0, client - 1);
}

void quietenSystems()
{
    JackWatch::quieten();
#if ORGANUM_WITH_ALSA
    snd_lib_error_set_handler(&ignoreAlsa);
#endif
}

} // namespace organum::live
