#include "Host/Roll.h"

#include "Support/RealtimeGuard.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace organum::host
{
namespace
{

/** The first calls may set things up lazily, e.g. the dynamic linker's bindings. */
constexpr int callsBeforeGuard = 4;

/** Whether anything was done beyond what the wrapper does by itself. */
bool isMore(const support::RealtimeCounts& counts, const WrapperLocks& locks)
{
    return counts.total() != counts.locks || counts.locks > locks.most || counts.contended > 0;
}

constexpr std::size_t mostFaultsKept = 12;

} // namespace

Roll::Roll(HostedPlugin& pluginIn, std::vector<int> blockLengths, double bpm)
    : plugin(pluginIn)
    , lengths(std::move(blockLengths))
{
    transport.bpm = bpm;
    plugin.activate(sampleRate, *std::max_element(lengths.begin(), lengths.end()));
}

Roll::~Roll()
{
    plugin.deactivate();
}

void Roll::play(double quarters)
{
    const double end = transport.ppq + quarters;
    transport.playing = true;
    while (transport.ppq < end)
        block();
    transport.playing = false;
}

void Roll::stand(int blocks)
{
    transport.playing = false;
    for (int i = 0; i < blocks; ++i)
        block();
}

void Roll::locate(double ppq)
{
    transport.ppq = ppq;
    transport.samples = std::llround(ppq * 60.0 / transport.bpm * sampleRate);
}

std::size_t Roll::sounding() const
{
    return open.size();
}

void Roll::block()
{
    const int length = lengths[nextLength++ % lengths.size()];
    const auto locks = plugin.wrapperLocks();
    support::RealtimeCounts counts;
    {
        support::RealtimeGuard guard;
        plugin.process(transport, length, events);
        counts = guard.stop();
    }
    if (++calls > callsBeforeGuard && isMore(counts, locks))
        fault("block " + std::to_string(calls) + ": " + counts.toString() + "\n" +
              support::describeOffences());
    most = std::max(most, events.count);
    if (events.dropped > 0)
        fault("more events in a block than a host must take");
    int lastOffset = 0;
    for (const auto& event : events) {
        if (event.offset < lastOffset || event.offset >= length)
            fault("an event at sample " + std::to_string(event.offset) + " of a block of " +
                  std::to_string(length));
        lastOffset = event.offset;
        take(event);
    }
    if (transport.playing) {
        transport.ppq += length * transport.bpm / 60.0 / sampleRate;
        transport.samples += length;
    }
}

void Roll::fault(const std::string& text)
{
    if (faultList.size() < mostFaultsKept)
        faultList.push_back(text);
}

void Roll::take(const NoteEvent& event)
{
    const double time =
        transport.ppq +
        (transport.playing ? event.offset * transport.bpm / 60.0 / sampleRate : 0.0);
    const auto isSame = [&](const HeardNote& note) {
        return note.channel == event.channel && note.pitch == event.pitch;
    };
    const auto found = std::find_if(open.begin(), open.end(), isSame);
    if (event.isOn) {
        if (found != open.end())
            fault("pitch " + std::to_string(event.pitch) + " began twice");
        open.push_back({time, -1.0, event.channel, event.pitch, event.velocity});
        return;
    }
    if (found == open.end()) {
        fault("pitch " + std::to_string(event.pitch) + " ended without beginning");
        return;
    }
    auto note = *found;
    open.erase(found);
    note.end = time;
    notes.push_back(note);
}

} // namespace organum::host
