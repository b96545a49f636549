#pragma once

// How to get the notes from Organum to an instrument in each host, in few steps. Hosts differ, and
// silence after the first note is what stops most people.

#include "Plugin/Identity.h"

#include <juce_core/juce_core.h>

namespace organum::editor
{

/** Where the instance runs. */
enum class Home
{
    vst3,
    lv2,
    audioUnit,
    standalone
};

/** Names of the hosts that there are steps for, in alphabetical order. */
juce::StringArray routingHosts();

/** The steps, a line each, for that host; for the standalone they lead from its port into the host.
    Any thread. */
juce::StringArray routingSteps(const juce::String& host, plugin::Shape shape, Home home);

/** The entry of routingHosts() that `description` names, e.g. "Reaper"; -1 when there is none. */
int hostNamed(const juce::String& description);

} // namespace organum::editor
