#pragma once

// The ports of `organum play`: listed for the user, and chosen from what was typed.

#include "Live/Connection.h"

#include <string>

namespace organum::commandline
{

struct PortOptions
{
    std::string port;  ///< an existing output: name, part of one, or number
    std::string own;   ///< name of a virtual output; empty with an empty `port`: "Organum"
    std::string input; ///< an existing input that clock comes from; empty: a virtual one
    bool followsClock = false;
};

/** Prints the ports of every system. Throws Failure when no system answers. */
void printPorts(bool json);

/** What the connection shall open. Throws Failure when no MIDI system answers or when a port that
    was named is not there. */
live::ConnectionWish wishFrom(const PortOptions& options);

} // namespace organum::commandline
