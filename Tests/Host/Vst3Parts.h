#pragma once

// The host's side of VST3: what a plugin is handed to read events and parameters from and to write
// them to. Everything used within a block has a fixed capacity and never allocates.

#include "Host/HostedPlugin.h"

#include <pluginterfaces/base/ibstream.h>
#include <pluginterfaces/vst/ivsteditcontroller.h>
#include <pluginterfaces/vst/ivstevents.h>
#include <pluginterfaces/vst/ivsthostapplication.h>
#include <pluginterfaces/vst/ivstparameterchanges.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

// COM interfaces have no virtual destructor: they are counted, never deleted by their users.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
#endif

namespace organum::host
{

/** An interface whose object lives as long as the host wants, whatever the plugin counts. */
template <typename Interface>
class Owned : public Interface
{
public:
    Steinberg::tresult PLUGIN_API queryInterface(const Steinberg::TUID id, void** object) override
    {
        if (Steinberg::FUnknownPrivate::iidEqual(id, Interface::iid) ||
            Steinberg::FUnknownPrivate::iidEqual(id, Steinberg::FUnknown::iid)) {
            *object = static_cast<Interface*>(this);
            return Steinberg::kResultOk;
        }
        *object = nullptr;
        return Steinberg::kNoInterface;
    }
    Steinberg::uint32 PLUGIN_API addRef() override { return 1; }
    Steinberg::uint32 PLUGIN_API release() override { return 1; }
};

class HostApplication : public Owned<Steinberg::Vst::IHostApplication>
{
public:
    Steinberg::tresult PLUGIN_API getName(Steinberg::Vst::String128 name) override
    {
        const char* text = "Organum test host";
        for (std::size_t i = 0; i <= std::strlen(text); ++i)
            name[i] = static_cast<Steinberg::Vst::TChar>(text[i]);
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API createInstance(Steinberg::TUID, Steinberg::TUID,
                                                 void** object) override
    {
        *object = nullptr;
        return Steinberg::kNoInterface;
    }
};

class ComponentHandler : public Owned<Steinberg::Vst::IComponentHandler>
{
public:
    Steinberg::tresult PLUGIN_API beginEdit(Steinberg::Vst::ParamID) override
    {
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API performEdit(Steinberg::Vst::ParamID,
                                              Steinberg::Vst::ParamValue) override
    {
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API endEdit(Steinberg::Vst::ParamID) override
    {
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API restartComponent(Steinberg::int32) override
    {
        return Steinberg::kResultOk;
    }
};

/** The plugin's output events, turned into notes as they come. */
class EventOutput : public Owned<Steinberg::Vst::IEventList>
{
public:
    NoteEvents* notes = nullptr;

    Steinberg::int32 PLUGIN_API getEventCount() override { return 0; }
    Steinberg::tresult PLUGIN_API getEvent(Steinberg::int32, Steinberg::Vst::Event&) override
    {
        return Steinberg::kResultFalse;
    }
    Steinberg::tresult PLUGIN_API addEvent(Steinberg::Vst::Event& event) override
    {
        using Steinberg::Vst::Event;
        if (event.type == Event::kNoteOnEvent && event.noteOn.velocity > 0.0F)
            notes->add({true, event.noteOn.channel, event.noteOn.pitch, event.noteOn.velocity,
                        event.sampleOffset});
        else if (event.type == Event::kNoteOnEvent)
            notes->add({false, event.noteOn.channel, event.noteOn.pitch, 0.0F, event.sampleOffset});
        else if (event.type == Event::kNoteOffEvent)
            notes->add({false, event.noteOff.channel, event.noteOff.pitch, event.noteOff.velocity,
                        event.sampleOffset});
        return Steinberg::kResultOk;
    }
};

class EmptyEvents : public Owned<Steinberg::Vst::IEventList>
{
public:
    Steinberg::int32 PLUGIN_API getEventCount() override { return 0; }
    Steinberg::tresult PLUGIN_API getEvent(Steinberg::int32, Steinberg::Vst::Event&) override
    {
        return Steinberg::kResultFalse;
    }
    Steinberg::tresult PLUGIN_API addEvent(Steinberg::Vst::Event&) override
    {
        return Steinberg::kResultFalse;
    }
};

/** One point of automation at the start of a block. */
class SinglePoint : public Owned<Steinberg::Vst::IParamValueQueue>
{
public:
    Steinberg::Vst::ParamID id = 0;
    double value = 0.0;

    Steinberg::Vst::ParamID PLUGIN_API getParameterId() override { return id; }
    Steinberg::int32 PLUGIN_API getPointCount() override { return 1; }
    Steinberg::tresult PLUGIN_API getPoint(Steinberg::int32 index, Steinberg::int32& offset,
                                           Steinberg::Vst::ParamValue& point) override
    {
        if (index != 0)
            return Steinberg::kInvalidArgument;
        offset = 0;
        point = value;
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API addPoint(Steinberg::int32, Steinberg::Vst::ParamValue newValue,
                                           Steinberg::int32& index) override
    {
        index = 0;
        value = newValue;
        return Steinberg::kResultOk;
    }
};

/** At most `capacity` parameters a block; the rest is refused. */
class ParameterChanges : public Owned<Steinberg::Vst::IParameterChanges>
{
public:
    static constexpr std::size_t capacity = 64;

    void clear() { count = 0; }
    std::size_t size() const { return count; }
    void set(Steinberg::Vst::ParamID id, double value)
    {
        Steinberg::int32 index = 0;
        if (addParameterData(id, index) != nullptr)
            points[static_cast<std::size_t>(index)].value = value;
    }

    Steinberg::int32 PLUGIN_API getParameterCount() override
    {
        return static_cast<Steinberg::int32>(count);
    }
    Steinberg::Vst::IParamValueQueue* PLUGIN_API getParameterData(Steinberg::int32 index) override
    {
        return index >= 0 && static_cast<std::size_t>(index) < count
                   ? &points[static_cast<std::size_t>(index)]
                   : nullptr;
    }
    Steinberg::Vst::IParamValueQueue* PLUGIN_API addParameterData(const Steinberg::Vst::ParamID& id,
                                                                  Steinberg::int32& index) override
    {
        std::size_t i = 0;
        while (i < count && points[i].id != id)
            ++i;
        if (i == capacity)
            return nullptr;
        if (i == count)
            points[count++].id = id;
        index = static_cast<Steinberg::int32>(i);
        return &points[i];
    }

private:
    std::array<SinglePoint, capacity> points;
    std::size_t count = 0;
};

/** A state in memory. */
class MemoryStream : public Owned<Steinberg::IBStream>
{
public:
    std::vector<std::uint8_t> bytes;

    Steinberg::tresult PLUGIN_API read(void* buffer, Steinberg::int32 size,
                                       Steinberg::int32* done) override
    {
        const auto available = static_cast<Steinberg::int64>(bytes.size()) - position;
        const auto count =
            std::max<Steinberg::int64>(0, std::min<Steinberg::int64>(size, available));
        std::memcpy(buffer, bytes.data() + position, static_cast<std::size_t>(count));
        position += count;
        if (done != nullptr)
            *done = static_cast<Steinberg::int32>(count);
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API write(void* buffer, Steinberg::int32 size,
                                        Steinberg::int32* done) override
    {
        const auto end = static_cast<std::size_t>(position + size);
        if (bytes.size() < end)
            bytes.resize(end);
        std::memcpy(bytes.data() + position, buffer, static_cast<std::size_t>(size));
        position += size;
        if (done != nullptr)
            *done = size;
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API seek(Steinberg::int64 offset, Steinberg::int32 mode,
                                       Steinberg::int64* result) override
    {
        const auto size = static_cast<Steinberg::int64>(bytes.size());
        const auto base = mode == kIBSeekSet ? 0 : mode == kIBSeekCur ? position : size;
        position = std::max<Steinberg::int64>(0, std::min(size, base + offset));
        if (result != nullptr)
            *result = position;
        return Steinberg::kResultOk;
    }
    Steinberg::tresult PLUGIN_API tell(Steinberg::int64* result) override
    {
        *result = position;
        return Steinberg::kResultOk;
    }

private:
    Steinberg::int64 position = 0;
};

} // namespace organum::host

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
