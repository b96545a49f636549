#pragma once

// The MIDI systems of this machine and their ports. RtMidi does not go on to another system when
// one does not run, throws in one and prints in the other; here every system is asked by itself,
// and says in words why it does not answer.

#include <RtMidi.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace organum::live
{

/** What a port is chosen by. */
struct PortName
{
    RtMidi::Api system = RtMidi::UNSPECIFIED;
    std::string name; ///< as the system tells it, e.g. "fluidsynth:midi_00"
};

struct SystemPorts
{
    RtMidi::Api system = RtMidi::UNSPECIFIED;
    std::string problem; ///< why it does not answer, and what to do; empty when it does
    std::vector<std::string> outputs;
    std::vector<std::string> inputs;
};

/** No system answers, or no port has the wanted name; what() says what there is and what to do. */
class PortError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

enum class Direction
{
    output, ///< ports that we send to
    input   ///< ports that we hear
};

/** "ALSA", "JACK". */
std::string nameOf(RtMidi::Api system);
/** The systems Organum was built for, in the order they are tried. */
std::vector<RtMidi::Api> compiledSystems();
/** Asks each of them; takes some milliseconds. Any thread but an audio thread. */
std::vector<SystemPorts> listPorts();
bool anyAnswers(const std::vector<SystemPorts>& systems);
/** One sentence a system that does not answer. */
std::string problemsOf(const std::vector<SystemPorts>& systems);

/** All ports of one direction in the order of their numbers, which begin at 1. */
std::vector<PortName> portsOf(const std::vector<SystemPorts>& systems, Direction direction);
/** What the user typed: a number, a name, or a part of one that fits no other. Throws PortError. */
PortName findPort(const std::vector<SystemPorts>& systems, Direction direction,
                  const std::string& text);

/** Without ALSA's numbers at the end, which are others after a device was plugged in again. */
std::string lastingName(const std::string& name);

/** Silences, for the whole process, what ALSA and JACK print on standard error. */
void quietenSystems();

} // namespace organum::live
