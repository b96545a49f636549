#include "Standalone/MidiPorts.h"

#include <memory>

namespace organum::standalone
{

namespace
{

using Kind = live::PortWish::Kind;

constexpr auto usualName = "Organum";
constexpr int longestFile = 65536; // bytes; ours have some hundred

juce::String wordFor(Kind kind)
{
    return kind == Kind::own ? "own" : kind == Kind::other ? "port" : "none";
}

void write(juce::XmlElement& xml, const juce::String& direction, const live::PortWish& wish)
{
    auto* child = xml.createNewChildElement(direction);
    child->setAttribute("kind", wordFor(wish.kind));
    child->setAttribute("name", juce::String::fromUTF8(wish.port.name.c_str()));
    if (wish.kind == Kind::other)
        child->setAttribute("system", juce::String(RtMidi::getApiName(wish.port.system)));
}

void read(const juce::XmlElement& xml, const juce::String& direction, live::PortWish& wish)
{
    const auto* child = xml.getChildByName(direction);
    if (child == nullptr)
        return;
    const auto kind = child->getStringAttribute("kind");
    const auto name = child->getStringAttribute("name").substring(0, 256).toStdString();
    if (kind == "none") {
        wish = {};
    } else if (!name.empty() && (kind == "own" || kind == "port")) {
        wish.kind = kind == "own" ? Kind::own : Kind::other;
        wish.port.name = name;
        wish.port.system = RtMidi::UNSPECIFIED;
        if (wish.kind == Kind::other)
            wish.port.system =
                RtMidi::getCompiledApiByName(child->getStringAttribute("system").toStdString());
    }
}

} // namespace

MidiSettings MidiSettings::usual()
{
    MidiSettings settings;
    settings.output = {Kind::own, {RtMidi::UNSPECIFIED, usualName}};
    settings.input = settings.output;
    return settings;
}

MidiSettings MidiSettings::fromText(const juce::String& text)
{
    auto settings = usual();
    const auto xml = juce::parseXMLIfTagMatches(text, "midi");
    if (xml == nullptr)
        return settings;
    read(*xml, "output", settings.output);
    read(*xml, "input", settings.input);
    settings.sendClock = xml->getBoolAttribute("sendClock");
    settings.followClock = xml->getBoolAttribute("followClock");
    return settings;
}

juce::String MidiSettings::toText() const
{
    juce::XmlElement xml("midi");
    xml.setAttribute("sendClock", sendClock ? 1 : 0);
    xml.setAttribute("followClock", followClock ? 1 : 0);
    write(xml, "output", output);
    write(xml, "input", input);
    return xml.toString();
}

juce::File MidiPorts::file()
{
    return juce::File::getSpecialLocation(juce::File::userApplicationDataDirectory)
        .getChildFile("organum")
        .getChildFile("midi.settings");
}

MidiPorts::MidiPorts()
{
    const auto kept = file();
    open(kept.existsAsFile() && kept.getSize() <= longestFile
             ? MidiSettings::fromText(kept.loadFileAsString())
             : MidiSettings::usual());
}

void MidiPorts::open(const MidiSettings& wanted)
{
    chosen = wanted;
    thread.silence([&] { connection.open({wanted.output, wanted.input}); });
    sendClock = wanted.sendClock;
    followClock = wanted.followClock;
}

void MidiPorts::choose(const MidiSettings& wanted)
{
    open(wanted);
    file().getParentDirectory().createDirectory();
    file().replaceWithText(wanted.toText()); // a home that cannot be written to forgets the choice
}

} // namespace organum::standalone
