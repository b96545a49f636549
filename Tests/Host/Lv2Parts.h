#pragma once

// The host's side of LV2: the number each URI gets, the options a plugin may ask for, and the two
// event ports' buffers. No buffer grows while a block runs.

#include <lv2/atom/atom.h>
#include <lv2/atom/forge.h>
#include <lv2/atom/util.h>
#include <lv2/buf-size/buf-size.h>
#include <lv2/core/lv2.h>
#include <lv2/midi/midi.h>
#include <lv2/options/options.h>
#include <lv2/patch/patch.h>
#include <lv2/state/state.h>
#include <lv2/time/time.h>
#include <lv2/urid/urid.h>

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace organum::host
{

/** Numbers for URIs. Plugins may ask from several threads. */
class UriMap
{
public:
    UriMap()
        : mapFeature{this, [](LV2_URID_Map_Handle self,
                              const char* uri) { return static_cast<UriMap*>(self)->number(uri); }}
        , unmapFeature{this, [](LV2_URID_Unmap_Handle self, LV2_URID id) {
                           return static_cast<UriMap*>(self)->uri(id);
                       }}
    {
    }
    LV2_URID number(const std::string& uri)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        const auto [entry, isNew] = numbers.emplace(uri, static_cast<LV2_URID>(numbers.size() + 1));
        return entry->second;
    }
    const char* uri(LV2_URID id)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        for (const auto& [name, number] : numbers)
            if (number == id)
                return name.c_str();
        return nullptr;
    }

    LV2_URID_Map mapFeature;
    LV2_URID_Unmap unmapFeature;

private:
    std::mutex mutex;
    std::map<std::string, LV2_URID> numbers;
};

/** The URIs used within blocks, numbered beforehand. */
struct Uris
{
    explicit Uris(UriMap& map)
        : midiEvent(map.number(LV2_MIDI__MidiEvent))
        , sequence(map.number(LV2_ATOM__Sequence))
        , chunk(map.number(LV2_ATOM__Chunk))
        , atomInt(map.number(LV2_ATOM__Int))
        , atomFloat(map.number(LV2_ATOM__Float))
        , maxBlockLength(map.number(LV2_BUF_SIZE__maxBlockLength))
        , minBlockLength(map.number(LV2_BUF_SIZE__minBlockLength))
        , position(map.number(LV2_TIME__Position))
        , frame(map.number(LV2_TIME__frame))
        , speed(map.number(LV2_TIME__speed))
        , beat(map.number(LV2_TIME__beat))
        , bar(map.number(LV2_TIME__bar))
        , barBeat(map.number(LV2_TIME__barBeat))
        , beatUnit(map.number(LV2_TIME__beatUnit))
        , beatsPerBar(map.number(LV2_TIME__beatsPerBar))
        , beatsPerMinute(map.number(LV2_TIME__beatsPerMinute))
        , patchSet(map.number(LV2_PATCH__Set))
        , patchProperty(map.number(LV2_PATCH__property))
        , patchValue(map.number(LV2_PATCH__value))
    {
    }
    LV2_URID midiEvent, sequence, chunk, atomInt, atomFloat, maxBlockLength, minBlockLength;
    LV2_URID position, frame, speed, beat, bar, barBeat, beatUnit, beatsPerBar, beatsPerMinute;
    LV2_URID patchSet, patchProperty, patchValue;
};

/** An event port's memory. */
struct alignas(8) EventBuffer
{
    static constexpr std::uint32_t capacity = 65536;
    std::array<std::uint8_t, capacity> bytes{};

    LV2_Atom_Sequence* sequence() { return reinterpret_cast<LV2_Atom_Sequence*>(bytes.data()); }
    /** What an output port holds before a block: the room there is. */
    void offer(const Uris& uris)
    {
        sequence()->atom.type = uris.chunk;
        sequence()->atom.size = capacity - static_cast<std::uint32_t>(sizeof(LV2_Atom));
    }
};

} // namespace organum::host
