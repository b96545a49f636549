#include "Standalone/MidiOutput.h"

#include <RtMidi.h>

#include <chrono>
#include <exception>
#include <vector>

namespace organum::standalone
{

MidiOutput::MidiOutput() = default;

MidiOutput::~MidiOutput()
{
    stopping = true;
    if (sender.joinable())
        sender.join();
    for (std::size_t key = 0; key < sounding.size(); ++key)
        if (sounding[key]) {
            const std::array<std::uint8_t, 3> off = {static_cast<std::uint8_t>(0x80 + key / 128),
                                                     static_cast<std::uint8_t>(key % 128), 0};
            send(off.data(), off.size());
        }
}

bool MidiOutput::open()
{
    std::vector<RtMidi::Api> systems;
    RtMidi::getCompiledApi(systems);
    std::string reasons;
    // RtMidi itself does not go on to the next system when one of them is not running.
    for (const RtMidi::Api system : systems) {
        if (system == RtMidi::RTMIDI_DUMMY)
            continue;
        try {
            auto opened = std::make_unique<RtMidiOut>(system, "Organum");
            opened->openVirtualPort("Organum");
            port = std::move(opened);
            text = "MIDI port \"Organum\" (" + RtMidi::getApiDisplayName(system) + ")";
            sender = std::thread([this] { run(); });
            return true;
        } catch (const std::exception& error) {
            reasons += (reasons.empty() ? "" : "; ") + RtMidi::getApiDisplayName(system) + ": " +
                       error.what();
        }
    }
    text = "No MIDI port: " + (reasons.empty() ? "no MIDI system was found" : reasons) +
           ". Start ALSA's sequencer or a JACK server and open Organum again.";
    return false;
}

void MidiOutput::push(const juce::MidiBuffer& midi, double start, double sampleRate)
{
    for (const juce::MidiMessageMetadata message : midi) {
        if (message.numBytes < 1 || message.numBytes > 3)
            continue;
        const bool isNoteOff = (message.data[0] & 0xf0) == 0x80;
        if (fifo.getFreeSpace() <= (isNoteOff ? 0 : kept))
            continue;
        const auto scope = fifo.write(1);
        if (scope.blockSize1 + scope.blockSize2 == 0)
            continue;
        Entry& entry = queue[static_cast<std::size_t>(scope.blockSize1 > 0 ? scope.startIndex1
                                                                           : scope.startIndex2)];
        entry.due = start + 1000.0 * message.samplePosition / sampleRate;
        entry.size = message.numBytes;
        for (int i = 0; i < message.numBytes; ++i)
            entry.bytes[static_cast<std::size_t>(i)] = message.data[i];
    }
}

void MidiOutput::run()
{
    while (!stopping) {
        while (fifo.getNumReady() > 0) {
            int index1 = 0;
            int count1 = 0;
            int index2 = 0;
            int count2 = 0;
            fifo.prepareToRead(1, index1, count1, index2, count2);
            const Entry entry = queue[static_cast<std::size_t>(count1 > 0 ? index1 : index2)];
            if (entry.due > juce::Time::getMillisecondCounterHiRes())
                break;
            fifo.finishedRead(1);
            send(entry.bytes.data(), static_cast<std::size_t>(entry.size));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void MidiOutput::send(const std::uint8_t* bytes, std::size_t size)
{
    if (size == 3) {
        const std::size_t key = (bytes[0] & 0x0fu) * 128u + (bytes[1] & 0x7fu);
        if ((bytes[0] & 0xf0) == 0x90)
            sounding[key] = bytes[2] > 0;
        else if ((bytes[0] & 0xf0) == 0x80)
            sounding[key] = false;
    }
    try {
        port->sendMessage(bytes, size);
    } catch (const std::exception&) {
        // The MIDI system went away; there is nobody left to send to.
    }
}

} // namespace organum::standalone
