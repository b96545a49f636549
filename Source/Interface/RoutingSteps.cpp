#include "Interface/RoutingSteps.h"

#include <array>

namespace organum::editor
{

namespace
{

using juce::StringArray;

struct Host
{
    const char* name;
    bool loadsLv2;
    StringArray instrument; ///< Organum on a track of its own
    StringArray midiEffect; ///< Organum MIDI before an instrument
    StringArray standalone; ///< from the standalone's port
};

const std::array<Host, 7>& hosts()
{
    static const std::array<Host, 7> all = {{
        {"Ardour",
         true,
         {"Add a MIDI track and put Organum into its processor box.",
          "Put your instrument below Organum in the same box: notes go from one to the next.",
          "Switch Organum's \"Preview sound\" off if you hear both.",
          "To record the notes elsewhere: in another MIDI track's input, choose this track's MIDI "
          "output."},
         {"Add a MIDI track with your instrument.",
          "Drag Organum MIDI into the processor box above the instrument.",
          "Start the transport: the take plays."},
         {"Window > MIDI Connections (or Audio/MIDI Setup): connect Organum's output to the "
          "track's "
          "input.",
          "Switch the track's input monitoring on."}},
        {"Bitwig Studio",
         false,
         {"Put Organum on an instrument track.",
          "On a second instrument track put the device Note Receiver before your instrument.",
          "In Note Receiver choose the Organum track as the source.",
          "Switch Organum's \"Preview sound\" off if you hear both."},
         {"Put Organum MIDI on the track before your instrument: its notes go on to the "
          "instrument.",
          "If the instrument stays silent, use Note Receiver on another track with this one as its "
          "source."},
         {"Settings > Controllers: add Generic > MIDI Keyboard, with Organum's port as its input.",
          "Choose that keyboard as the input of the instrument track and arm it."}},
        {"Cubase",
         false,
         {"Add an instrument track with Organum.",
          "Add a MIDI or instrument track with your instrument.",
          "In that track's input routing choose Organum's MIDI output.",
          "Switch the track's monitor on, or record-enable it to keep the notes."},
         {"Load Organum MIDI as an instrument track: its notes appear as an input.",
          "In the input routing of your instrument's track choose Organum MIDI's output.",
          "Switch that track's monitor on."},
         {"Studio > Studio Setup > MIDI Port Setup: see that Organum's port is visible.",
          "Choose it as the input of your instrument's track and switch the monitor on."}},
        {"FL Studio",
         false,
         {"Add Organum to the channel rack.",
          "In its window open the wrapper's settings (the cog), and set the MIDI output port to a "
          "free number, e.g. 1.",
          "In your instrument's wrapper settings set the MIDI input port to the same number.",
          "Switch Organum's \"Preview sound\" off if you hear both."},
         {"Add Organum MIDI to the channel rack.",
          "In its wrapper settings set the MIDI output port, in your instrument's the same number "
          "as input port."},
         {"Options > MIDI settings: enable Organum's port as an input and give it a port number.",
          "Select the channel that shall play."}},
        {"Live",
         false,
         {"Put Organum on a MIDI track.", "Add a second MIDI track with your instrument.",
          "On the second track set \"MIDI From\" to the Organum track, and below it choose Organum "
          "instead of Post FX.",
          "Set the second track's Monitor to In."},
         {"Live takes no plugins among its MIDI effects: put Organum MIDI on a MIDI track of its "
          "own.",
          "On your instrument's track set \"MIDI From\" to that track, and below it choose Organum "
          "MIDI.",
          "Set Monitor to In."},
         {"Settings > Link, Tempo & MIDI: switch Track on for Organum's port.",
          "Set \"MIDI From\" of your instrument's track to that port and Monitor to In."}},
        {"Logic Pro",
         false,
         {"Better than the instrument here: use Organum MIDI, see below. The instrument has a "
          "sound "
          "of its own, and Drag MIDI brings its notes into any track.",
          "On a software instrument track choose your instrument.",
          "In the MIDI FX slot above it choose Audio Units > Organum > Organum MIDI."},
         {"On a software instrument track choose your instrument.",
          "In the MIDI FX slot above it choose Audio Units > Organum > Organum MIDI.",
          "Start the transport: the take plays through your instrument."},
         {"Organum's port appears by itself among the MIDI inputs.",
          "Select the track that shall play and arm it."}},
        {"Reaper",
         true,
         {"Put Organum into a track's FX chain.",
          "Put your instrument after it in the same chain: notes go from one to the next.",
          "Switch Organum's \"Preview sound\" off if you hear both.",
          "For another track: drag this track's Route button onto it, and set the send's audio to "
          "None and its MIDI to All."},
         {"Put Organum MIDI into the FX chain before your instrument.",
          "Start the transport: the take plays through the instrument."},
         {"Preferences > MIDI Devices: enable input from Organum's port.",
          "Choose it as the input of your instrument's track, arm it and switch monitoring on."}},
    }};
    return all;
}

} // namespace

juce::StringArray routingHosts()
{
    StringArray names;
    for (const Host& host : hosts())
        names.add(host.name);
    return names;
}

int hostNamed(const juce::String& description)
{
    int place = 0;
    for (const Host& host : hosts()) {
        if (description.containsIgnoreCase(
                juce::String(host.name).upToFirstOccurrenceOf(" ", false, false)))
            return place;
        ++place;
    }
    return -1;
}

juce::StringArray routingSteps(const juce::String& host, plugin::Shape shape, Home home)
{
    for (const Host& each : hosts()) {
        if (host != each.name)
            continue;
        if (home == Home::standalone)
            return each.standalone;
        StringArray steps = shape == plugin::Shape::midiEffect ? each.midiEffect : each.instrument;
        if (home == Home::lv2 && !each.loadsLv2)
            steps.insert(0, juce::String(each.name) + " loads no LV2 plugins: use the VST3 there.");
        return steps;
    }
    return {};
}

} // namespace organum::editor
