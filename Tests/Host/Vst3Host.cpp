#include "Host/HostedPlugin.h"
#include "Host/Vst3Parts.h"

#include <pluginterfaces/base/ipluginbase.h>
#include <pluginterfaces/vst/ivstaudioprocessor.h>
#include <pluginterfaces/vst/ivstcomponent.h>
#include <pluginterfaces/vst/ivstmessage.h>
#include <pluginterfaces/vst/ivstprocesscontext.h>

#include <dlfcn.h>

namespace organum::host
{
namespace fs = std::filesystem;
using namespace Steinberg; // the SDK's macros expand to names of this namespace
using namespace Steinberg::Vst;

namespace
{

/** Releases an interface with its owner. */
template <typename Interface>
class Handle
{
public:
    Handle() = default;
    ~Handle() { reset(); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    void reset()
    {
        if (pointer != nullptr)
            pointer->release();
        pointer = nullptr;
    }
    void** out() { return reinterpret_cast<void**>(&pointer); }
    Interface* operator->() const { return pointer; }
    Interface* get() const { return pointer; }
    explicit operator bool() const { return pointer != nullptr; }

private:
    Interface* pointer = nullptr;
};

/** Contents/<machine>-linux/NAME.so inside the bundle. */
fs::path binaryOf(const fs::path& bundle)
{
    for (const auto& entry : fs::recursive_directory_iterator(bundle / "Contents"))
        if (entry.path().extension() == ".so")
            return entry.path();
    throw HostError(bundle.string() + " holds no binary; build the plugins first.");
}

std::string narrow(const TChar* text)
{
    std::string result;
    for (; *text != 0; ++text)
        result += static_cast<char>(*text);
    return result;
}

/** The binary: opened, entered, and left again in the end; like many hosts, never unloaded. */
class Vst3Module
{
public:
    explicit Vst3Module(const fs::path& bundle)
        : library(dlopen(binaryOf(bundle).c_str(), RTLD_LAZY | RTLD_LOCAL))
    {
        if (library == nullptr)
            throw HostError("opening " + bundle.string() + " failed: " + dlerror());
        const auto enter = reinterpret_cast<bool (*)(void*)>(dlsym(library, "ModuleEntry"));
        const auto getFactory =
            reinterpret_cast<IPluginFactory* (*) ()>(dlsym(library, "GetPluginFactory"));
        if (enter == nullptr || getFactory == nullptr || !enter(library))
            throw HostError(bundle.string() + " has no ModuleEntry or no GetPluginFactory.");
        *factory.out() = getFactory();
    }
    ~Vst3Module()
    {
        factory.reset();
        if (const auto leave = reinterpret_cast<bool (*)()>(dlsym(library, "ModuleExit")))
            leave();
    }
    Vst3Module(const Vst3Module&) = delete;
    Vst3Module& operator=(const Vst3Module&) = delete;

    IPluginFactory* get() const { return factory.get(); }

private:
    void* library = nullptr;
    Handle<IPluginFactory> factory;
};

class Vst3Plugin : public HostedPlugin
{
public:
    explicit Vst3Plugin(const fs::path& bundle)
        : module(bundle)
        , path(bundle.string())
    {
        create();
        readParameters();
    }

    ~Vst3Plugin() override
    {
        deactivate();
        connect(false);
        if (controller && !controllerIsComponent)
            controller->terminate();
        controller.reset();
        processor.reset();
        component->terminate();
    }

    std::string name() const override { return pluginName; }
    std::vector<std::string> parameters() const override { return parameterNames; }

    void setParameter(const std::string& parameter, double value) override
    {
        const auto found = std::find(parameterNames.begin(), parameterNames.end(), parameter);
        if (found == parameterNames.end())
            throw HostError(path + " has no parameter '" + parameter + "'.");
        const auto id = parameterIds[static_cast<std::size_t>(found - parameterNames.begin())];
        String128 text{};
        const auto shown = std::to_string(value);
        std::copy(shown.begin(), shown.end(), text);
        ParamValue normalised = 0.0;
        check(controller->getParamValueByString(id, text, normalised), "getParamValueByString");
        controller->setParamNormalized(id, normalised);
        changes.set(id, normalised);
    }

    WrapperLocks wrapperLocks() const override
    {
        return {1 + static_cast<std::uint32_t>(changes.size())};
    }

    void activate(double sampleRate, int largestBlock) override
    {
        rate = sampleRate;
        ProcessSetup setup{};
        setup.processMode = kRealtime;
        setup.symbolicSampleSize = kSample32;
        setup.maxSamplesPerBlock = largestBlock;
        setup.sampleRate = sampleRate;
        outputBuses = component->getBusCount(kAudio, kOutput);
        check(processor->setupProcessing(setup), "setupProcessing");
        for (int32 i = 0; i < outputBuses; ++i)
            component->activateBus(kAudio, kOutput, i, true);
        component->activateBus(kEvent, kInput, 0, true);
        check(component->activateBus(kEvent, kOutput, 0, true), "activateBus(event output)");
        check(component->setActive(true), "setActive");
        processor->setProcessing(true);
        for (auto& channel : audio)
            channel.assign(static_cast<std::size_t>(largestBlock), 0.0F);
        active = true;
    }

    void deactivate() override
    {
        if (!active)
            return;
        processor->setProcessing(false);
        component->setActive(false);
        active = false;
    }

    void process(const Transport& transport, int samples, NoteEvents& events) override
    {
        events.clear();
        output.notes = &events;
        ProcessContext context{};
        context.state = ProcessContext::kTempoValid | ProcessContext::kTimeSigValid |
                        ProcessContext::kProjectTimeMusicValid | ProcessContext::kContTimeValid;
        if (transport.playing)
            context.state |= ProcessContext::kPlaying;
        context.sampleRate = rate;
        context.projectTimeSamples = transport.samples;
        context.continousTimeSamples = transport.samples;
        context.projectTimeMusic = transport.ppq;
        context.tempo = transport.bpm;
        context.timeSigNumerator = transport.numerator;
        context.timeSigDenominator = transport.denominator;

        float* channels[2] = {audio[0].data(), audio[1].data()};
        AudioBusBuffers bus{};
        bus.numChannels = 2;
        bus.channelBuffers32 = channels;
        ProcessData data;
        data.processMode = kRealtime;
        data.symbolicSampleSize = kSample32;
        data.numSamples = samples;
        data.numOutputs = outputBuses;
        data.outputs = outputBuses > 0 ? &bus : nullptr;
        data.inputParameterChanges = &changes;
        data.outputParameterChanges = &changesBack;
        data.inputEvents = &input;
        data.outputEvents = &output;
        data.processContext = &context;
        processor->process(data);
        changes.clear();
        changesBack.clear();
    }

    std::vector<std::uint8_t> saveState() override
    {
        MemoryStream stream;
        check(component->getState(&stream), "getState");
        return stream.bytes;
    }

    void loadState(const std::vector<std::uint8_t>& state) override
    {
        MemoryStream stream;
        stream.bytes = state;
        check(component->setState(&stream), "setState");
        MemoryStream again;
        again.bytes = state;
        controller->setComponentState(&again);
    }

private:
    void check(tresult result, const char* call) const
    {
        if (result != kResultOk)
            throw HostError(path + " answered " + call + " with " + std::to_string(result) + ".");
    }

    void create()
    {
        PClassInfo info{};
        int32 index = 0;
        while (index < module.get()->countClasses()) {
            check(module.get()->getClassInfo(index++, &info), "getClassInfo");
            if (std::strcmp(info.category, kVstAudioEffectClass) == 0)
                break;
        }
        pluginName = info.name;
        check(module.get()->createInstance(info.cid, IComponent::iid, component.out()),
              "createInstance(component)");
        check(component->initialize(&application), "initialize(component)");
        check(component->queryInterface(IAudioProcessor::iid, processor.out()),
              "queryInterface(IAudioProcessor)");
        controllerIsComponent =
            component->queryInterface(IEditController::iid, controller.out()) == kResultOk;
        if (!controllerIsComponent) {
            TUID id{};
            check(component->getControllerClassId(id), "getControllerClassId");
            check(module.get()->createInstance(id, IEditController::iid, controller.out()),
                  "createInstance(controller)");
            check(controller->initialize(&application), "initialize(controller)");
        }
        controller->setComponentHandler(&handler);
        connect(true);
    }

    void connect(bool on)
    {
        Handle<IConnectionPoint> ofComponent;
        Handle<IConnectionPoint> ofController;
        component->queryInterface(IConnectionPoint::iid, ofComponent.out());
        controller->queryInterface(IConnectionPoint::iid, ofController.out());
        if (!ofComponent || !ofController || controllerIsComponent)
            return;
        if (on) {
            ofComponent->connect(ofController.get());
            ofController->connect(ofComponent.get());
        } else {
            ofComponent->disconnect(ofController.get());
            ofController->disconnect(ofComponent.get());
        }
    }

    void readParameters()
    {
        for (int32 i = 0; i < controller->getParameterCount(); ++i) {
            ParameterInfo info{};
            check(controller->getParameterInfo(i, info), "getParameterInfo");
            parameterNames.push_back(narrow(info.title));
            parameterIds.push_back(info.id);
        }
    }

    HostApplication application;
    ComponentHandler handler;
    Vst3Module module;
    std::string path;
    std::string pluginName;
    Handle<IComponent> component;
    Handle<IAudioProcessor> processor;
    Handle<IEditController> controller;
    bool controllerIsComponent = false;
    bool active = false;
    std::vector<std::string> parameterNames;
    std::vector<ParamID> parameterIds;
    double rate = 48000.0;
    int32 outputBuses = 0;
    std::array<std::vector<float>, 2> audio;
    ParameterChanges changes;
    ParameterChanges changesBack;
    EmptyEvents input;
    EventOutput output;
};

} // namespace

std::unique_ptr<HostedPlugin> openVst3(const fs::path& bundle)
{
    return std::make_unique<Vst3Plugin>(bundle);
}

} // namespace organum::host
