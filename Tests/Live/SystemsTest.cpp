// Choosing a port by what the user typed.

#include "Live/Systems.h"

#include <catch2/catch.hpp>

using namespace organum::live;

namespace
{

std::vector<SystemPorts> desk()
{
    SystemPorts alsa;
    alsa.system = RtMidi::LINUX_ALSA;
    alsa.outputs = {"Midi Through:Midi Through Port-0 14:0", "JUNO-DS:JUNO-DS MIDI 1 20:0"};
    SystemPorts jack;
    jack.system = RtMidi::UNIX_JACK;
    jack.outputs = {"fluidsynth:midi_00", "fluidsynth-01:midi_00"};
    jack.inputs = {"keys:out"};
    return {alsa, jack};
}

std::string complaint(const std::string& text)
{
    try {
        findPort(desk(), Direction::output, text);
    } catch (const PortError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("a port is found by number, by name and by a part of it")
{
    const auto find = [](const std::string& text) {
        return findPort(desk(), Direction::output, text);
    };
    CHECK(find("1").name == "Midi Through:Midi Through Port-0 14:0");
    CHECK(find("3").system == RtMidi::UNIX_JACK);
    CHECK(find("juno").name == "JUNO-DS:JUNO-DS MIDI 1 20:0");
    CHECK(find("JUNO-DS:JUNO-DS MIDI 1").system == RtMidi::LINUX_ALSA);
    CHECK(find("fluidsynth:midi_00").name == "fluidsynth:midi_00");
    CHECK(findPort(desk(), Direction::input, "keys").name == "keys:out");
}

TEST_CASE("a port that is not there, or not the only one, is answered with those there are")
{
    for (const std::string text : {"0", "5", "99999999999999999999", "moog"}) {
        INFO(text);
        CHECK(complaint(text).find("4  fluidsynth-01:midi_00") != std::string::npos);
    }
    CHECK(complaint("fluid").find("several") != std::string::npos);
}

TEST_CASE("ALSA's numbers do not belong to a port's lasting name")
{
    CHECK(lastingName("JUNO-DS:JUNO-DS MIDI 1 20:0") == "JUNO-DS:JUNO-DS MIDI 1");
    CHECK(lastingName("fluidsynth:midi_00") == "fluidsynth:midi_00");
    CHECK(lastingName("a:b 1") == "a:b 1");
    CHECK(lastingName("12:3") == "12:3");
    CHECK(lastingName("") == "");
}
