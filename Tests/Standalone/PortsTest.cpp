// The standalone's ports with a JACK server: chosen, remembered, heard, spoken to, led by a clock.

#include "Live/JackServer.h"
#include "Live/JackWitness.h"
#include "Plugin/Home.h"
#include "Plugin/Workbench.h"
#include "Standalone/MidiPanel.h"
#include "Standalone/SoundEngine.h"

#include <algorithm>

using namespace organum;
using live::PortWish;
using standalone::MidiPorts;
using standalone::MidiSettings;
using test::Home;

namespace
{

std::vector<juce::ComboBox*> boxesOf(juce::Component& panel)
{
    std::vector<juce::ComboBox*> boxes;
    for (auto* child : panel.getChildren())
        if (auto* box = dynamic_cast<juce::ComboBox*>(child))
            boxes.push_back(box);
    return boxes;
}

void saveScreenshot(juce::Component& component, const std::string& name)
{
    const auto image = component.createComponentSnapshot(component.getLocalBounds(), true, 2.0f);
    const juce::File folder(ORGANUM_SCREENSHOTS);
    folder.createDirectory();
    const auto file = folder.getChildFile(name);
    file.deleteFile();
    juce::FileOutputStream stream(file);
    REQUIRE(stream.openedOk());
    CHECK(juce::PNGImageFormat().writeImageToStream(image, stream));
}

/** What the witness has heard so far. */
struct Ear
{
    test::JackWitness& witness;
    std::vector<live::Message> all;

    void listen()
    {
        for (const auto& one : witness.heard())
            all.push_back(one.message);
    }
    long count(int status)
    {
        listen();
        return std::count_if(all.begin(), all.end(),
                             [&](const auto& one) { return one.status() == status; });
    }
    long noteOns()
    {
        listen();
        return std::count_if(all.begin(), all.end(),
                             [](const auto& one) { return one.isNoteOn(); });
    }
    long sounding()
    {
        listen();
        std::map<int, bool> keys;
        for (const auto& one : all)
            if (one.isNoteOn() || one.isNoteOff())
                keys[one.bytes[1]] = one.isNoteOn();
        return std::count_if(keys.begin(), keys.end(), [](const auto& key) { return key.second; });
    }
};

} // namespace

TEST_CASE("the choice of ports is kept word for word, and a damaged file names no strange one")
{
    MidiSettings settings;
    settings.output = {PortWish::Kind::other, {RtMidi::UNIX_JACK, "synth <&> \"one\":midi"}};
    settings.sendClock = true;
    const auto read = MidiSettings::fromText(settings.toText());
    CHECK(read.output.kind == PortWish::Kind::other);
    CHECK(read.output.port.name == settings.output.port.name);
    CHECK(read.output.port.system == RtMidi::UNIX_JACK);
    CHECK(read.input.kind == PortWish::Kind::none);
    CHECK(read.sendClock);
    CHECK_FALSE(read.followClock);
    const auto whole = settings.toText();
    for (int length = 0; length < whole.length(); length += 3) {
        const auto name = MidiSettings::fromText(whole.substring(0, length)).output.port.name;
        CHECK((name == "Organum" || name == settings.output.port.name));
    }
    CHECK(MidiSettings::fromText("<midi><output kind=\"port\"/></midi>").output.kind ==
          PortWish::Kind::own);
}

TEST_CASE("a port chosen in the dialog is open at once and again at the next start")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const Home home;
    const test::JackWitness witness;
    editor::Theme theme;
    {
        MidiPorts ports;
        CHECK(ports.description() == "MIDI out \"Organum\" (JACK), MIDI in \"Organum\" (JACK)");
        standalone::MidiPanel panel(ports, theme);
        const auto boxes = boxesOf(panel);
        REQUIRE(boxes.size() == 2);
        REQUIRE(boxes[0]->getNumItems() == 3); // virtual, none, the witness
        CHECK(boxes[0]->getItemText(2) == "witness:in (JACK)");
        boxes[0]->setSelectedItemIndex(2, juce::sendNotificationSync);
        boxes[1]->setSelectedItemIndex(1, juce::sendNotificationSync);
        CHECK(ports.description() == "MIDI out \"witness:in\" (JACK)");
        saveScreenshot(panel, "midi-ports.png");
    }
    const MidiPorts again;
    CHECK(again.description() == "MIDI out \"witness:in\" (JACK)");
}

TEST_CASE("the standalone sends notes and clock, and the plugin hears what is played")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const Home home;
    const test::Workbench bench;
    plugin::Processor processor(plugin::Shape::instrument);
    MidiPorts ports;
    auto settings = MidiSettings::usual();
    settings.sendClock = true;
    ports.choose(settings);
    standalone::SoundEngine sound(processor, ports);
    sound.start(false);
    test::JackWitness witness;
    REQUIRE(witness.hear("Organum:Organum"));
    REQUIRE(witness.speakTo("Organum in:Organum"));
    Ear ear{witness, {}};
    test::composeAndWait(processor);
    CHECK(ear.noteOns() == 0);
    processor.setAudition(true);
    REQUIRE(
        test::eventually([&] { return ear.noteOns() >= 4 && ear.count(live::clockTick) > 24; }));
    CHECK(ear.count(live::clockStart) == 1);
    CHECK(ear.count(live::songPosition) == 0);
    processor.setAudition(false);
    REQUIRE(test::eventually([&] { return ear.count(live::clockStop) == 1; }));
    CHECK(test::eventually([&] { return ear.sounding() == 0; }));

    CHECK_FALSE(processor.hasPlayedPhrase());
    witness.say(live::shortMessage(0.0, 0x90, 3, 64, 100));
    witness.say(live::shortMessage(witness.now() + 0.1, 0x80, 3, 64));
    CHECK(test::eventually([&] { return processor.hasPlayedPhrase(); }));
}

TEST_CASE("a clock that comes in leads the standalone")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const Home home;
    const test::Workbench bench;
    plugin::Processor processor(plugin::Shape::instrument);
    MidiPorts ports;
    auto settings = MidiSettings::usual();
    settings.followClock = true;
    ports.choose(settings);
    standalone::SoundEngine sound(processor, ports);
    sound.start(false);
    test::JackWitness witness;
    REQUIRE(witness.hear("Organum:Organum"));
    REQUIRE(witness.speakTo("Organum in:Organum"));
    Ear ear{witness, {}};
    test::composeAndWait(processor);
    double time = witness.now() + 0.1;
    const auto ticks = [&](int count) {
        for (int i = 0; i < count; ++i, time += 0.5 / 24.0)
            witness.say(live::shortMessage(time, live::clockTick));
    };
    ticks(24);
    REQUIRE(test::eventually([&] { return witness.now() > time; }));
    CHECK(ear.noteOns() == 0);
    witness.say(live::shortMessage(time, live::clockStart));
    ticks(3 * 24);
    witness.say(live::shortMessage(time, live::clockStop));
    REQUIRE(test::eventually([&] { return witness.now() > time + 0.3; }));
    const long played = ear.noteOns();
    CHECK(played >= 2);
    CHECK(test::eventually([&] { return ear.sounding() == 0; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    CHECK(ear.noteOns() == played);
}

TEST_CASE("a port that was lost and returns is told where the music is, and to go on")
{
    auto server = test::JackServer::start();
    if (!server)
        return;
    const Home home;
    const test::Workbench bench;
    auto witness = std::make_unique<test::JackWitness>();
    plugin::Processor processor(plugin::Shape::instrument);
    MidiPorts ports;
    MidiSettings settings;
    settings.output = {PortWish::Kind::other, {RtMidi::UNIX_JACK, "witness:in"}};
    settings.sendClock = true;
    ports.choose(settings);
    standalone::SoundEngine sound(processor, ports);
    sound.start(false);
    test::composeAndWait(processor);
    processor.setAudition(true);
    {
        Ear ear{*witness, {}};
        REQUIRE(test::eventually([&] { return ear.count(live::clockTick) > 12; }));
        CHECK(ear.count(live::clockStart) == 1);
    }
    witness.reset();
    REQUIRE(
        test::eventually([&] { return ports.description().find("gone") != std::string::npos; }));
    witness = std::make_unique<test::JackWitness>();
    Ear again{*witness, {}};
    REQUIRE(test::eventually([&] { return again.count(live::clockTick) > 12; }));
    CHECK(again.count(live::clockContinue) == 1);
    CHECK(again.count(live::songPosition) == 1);
    CHECK(again.count(live::clockStart) == 0);
}
