#include "Plugin/PlayedPhrase.h"

#include <algorithm>
#include <cmath>

namespace organum::plugin
{

void PlayedPhrase::listen(const juce::MidiBuffer& midi, int samples, double quartersPerSample)
{
    for (const juce::MidiMessageMetadata message : midi) {
        if (message.numBytes != 3)
            continue;
        const int kind = message.data[0] & 0xf0;
        if (kind != 0x90 && kind != 0x80)
            continue;
        const auto scope = fifo.write(1);
        if (scope.blockSize1 + scope.blockSize2 == 0)
            break;
        const int index = scope.blockSize1 > 0 ? scope.startIndex1 : scope.startIndex2;
        queue[static_cast<std::size_t>(index)] = {
            clock + message.samplePosition * quartersPerSample,
            static_cast<std::uint8_t>(message.data[1] & 0x7f),
            static_cast<std::uint8_t>(kind == 0x90 ? message.data[2] & 0x7f : 0)};
    }
    clock += samples * quartersPerSample;
}

void PlayedPhrase::collect()
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (fifo.getNumReady() == 0)
        return;
    const auto scope = fifo.read(fifo.getNumReady());
    scope.forEach([this](int index) { take(queue[static_cast<std::size_t>(index)]); });
    count = static_cast<int>(notes.size());
}

void PlayedPhrase::take(const Event& event)
{
    if (event.velocity == 0) {
        for (Note& note : notes)
            if (note.end < 0.0 && note.pitch == event.pitch)
                note.end = event.quarter;
    } else {
        if (event.quarter - latest > newPhraseAfter)
            notes.clear();
        if (notes.size() == longest)
            notes.erase(notes.begin());
        notes.push_back({event.quarter, -1.0, event.pitch, event.velocity});
    }
    latest = event.quarter;
}

TakePointer PlayedPhrase::phrase(int metreNumerator, int metreDenominator) const
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (notes.empty())
        return nullptr;
    Take take;
    take.model = "played";
    take.metreNumerator = metreNumerator;
    take.metreDenominator = metreDenominator;
    const double first = notes.front().begin;
    const auto toTicks = [](double quarters) {
        return static_cast<std::int64_t>(
            std::llround(quarters * static_cast<double>(player::ticksPerQuarter)));
    };
    const std::int64_t longestTicks = take.barLength() * largestTakeBars / 4;
    std::int64_t end = 1;
    for (const Note& note : notes) {
        TakeNote played;
        played.onset = toTicks(note.begin - first);
        if (played.onset >= longestTicks)
            break;
        const double until = note.end < 0.0 ? latest : note.end;
        played.duration = std::max<std::int64_t>(toTicks(until - note.begin), 1);
        played.duration = std::min(played.duration, longestTicks - played.onset);
        played.pitch = note.pitch;
        played.velocity = note.velocity;
        end = std::max(end, played.onset + played.duration);
        take.notes.push_back(played);
    }
    take.bars = static_cast<int>((end + take.barLength() - 1) / take.barLength());
    return std::make_shared<const Take>(std::move(take));
}

} // namespace organum::plugin
