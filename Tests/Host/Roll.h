#pragma once

// A host's transport that rolls by script: it calls the plugin block after block, keeps the notes
// with their musical time, and watches that no call does what an audio thread must not.

#include "Host/HostedPlugin.h"

#include <string>
#include <vector>

namespace organum::host
{

/** A note as heard: where it began and ended, in quarter notes of the song. */
struct HeardNote
{
    double onset = 0.0;
    double end = -1.0; ///< below 0: not ended yet
    int channel = 0;
    int pitch = 0;
    float velocity = 0.0F;
};

class Roll
{
public:
    static constexpr double sampleRate = 48000.0;

    /** Activates the plugin. Block lengths are taken from the list in turn. */
    Roll(HostedPlugin& pluginIn, std::vector<int> blockLengths, double bpm = 120.0);
    ~Roll();

    /** Plays so many quarters from where the transport stands; one more block may be begun. */
    void play(double quarters);
    /** Runs blocks with the transport standing. */
    void stand(int blocks);
    /** Moves the transport; the next block starts there. */
    void locate(double ppq);
    void setTempo(double bpm) { transport.bpm = bpm; }

    const std::vector<HeardNote>& heard() const { return notes; }
    void forget() { notes.clear(); }
    double position() const { return transport.ppq; }
    std::size_t sounding() const;
    /** The largest number of events that came in one block. */
    std::size_t mostEvents() const { return most; }

    /** What was wrong: events out of order or range, ends without beginnings, lost events, calls
        that allocated or locked. Empty is good. */
    const std::vector<std::string>& faults() const { return faultList; }

private:
    void block();
    void take(const NoteEvent& event);
    void fault(const std::string& text);

    HostedPlugin& plugin;
    std::vector<int> lengths;
    std::size_t nextLength = 0;
    Transport transport;
    NoteEvents events;
    std::vector<HeardNote> notes;
    std::vector<HeardNote> open;
    std::vector<std::string> faultList;
    int calls = 0;
    std::size_t most = 0;
};

} // namespace organum::host
