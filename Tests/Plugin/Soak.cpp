#include "Soak.h"

#include "EditorParts.h"
#include "Support/RandomScore.h"

#include <cmath>
#include <sstream>

namespace organum::test
{

namespace
{

constexpr int largestBlock = 4096;
constexpr int blocksOfMode = 4000; ///< before the next mode has its turn
constexpr int blocksOfAct = 1000;  ///< for each thing the user does
constexpr std::size_t mostFaults = 10;
constexpr int playedChannel = 16; ///< of what comes in; the plugin plays on the others

/** What chooses how the plugin plays: the parameter named so, if there is one. */
juce::AudioParameterChoice* modeOf(plugin::Processor& processor)
{
    for (auto* each : processor.getParameters())
        if (auto* choice = dynamic_cast<juce::AudioParameterChoice*>(each))
            if (choice->getParameterID() == "mode")
                return choice;
    return nullptr;
}

/** Chosen by the soak itself: the mode and the model in turn, channels so that none is the one on
    which notes come in. */
bool isLeftAlone(const juce::AudioProcessorParameter& parameter)
{
    const auto* known = dynamic_cast<const juce::AudioProcessorParameterWithID*>(&parameter);
    if (known == nullptr)
        return true;
    const juce::String& id = known->getParameterID();
    return id == "mode" || id == "model" || id.endsWith("channel");
}

/** The host's audio thread. */
class AudioThread
{
public:
    AudioThread(plugin::Processor& processorIn, const SoakPlan& planIn, SoakFigures& figuresIn)
        : processor(processorIn)
        , plan(planIn)
        , figures(figuresIn)
        , random(planIn.seed)
        , mode(modeOf(processorIn))
        , audio(processorIn.getTotalNumOutputChannels(), largestBlock)
    {
        midi.ensureSize(2048);
        processor.setPlayHead(&head);
        prepare();
        if (mode == nullptr)
            figures.modes = {"the one there is"};
        else
            for (const auto& name : mode->choices)
                figures.modes.push_back(name.toStdString());
        figures.noteOnsOfMode.assign(figures.modes.size(), 0);
    }

    void run()
    {
        for (figures.blocks = 0; figures.blocks < plan.blocks && figures.faults.size() < mostFaults;
             ++figures.blocks) {
            if (figures.blocks % blocksOfMode == 0)
                nextMode();
            if (figures.blocks % blocksOfAct == 0)
                waitForUser();
            wander();
            comeIn();
            block(sizeOfNext(), random.oneIn(400));
        }
    }

    /** To be called when the user does nothing any more: who presses Listen after the host has
        stopped hears notes, and no fault; so does who left the plugin to run free. */
    void end()
    {
        processor.setAudition(false);
        *processor.parameters().playing.runFree = false;
        if (mode != nullptr)
            setKnob(mode, 0.0f);
        info.setIsPlaying(false);
        for (int pitch = 0; pitch < 128; ++pitch)
            midi.addEvent(juce::MidiMessage::noteOff(playedChannel, pitch), 0);
        for (int i = 0; i < 4; ++i)
            block(64, false);
        processor.releaseResources();
        block(64, false);
        for (const auto& channel : keys)
            for (const bool key : channel)
                if (key)
                    fault("a key that hangs at the end");
        if (figures.noteOns != figures.noteOffs)
            fault("beginnings and ends that do not match");
        processor.setPlayHead(nullptr);
    }

    /** Message thread: one more thing was done. */
    void userActed() { ++acts; }

private:
    void waitForUser()
    {
        const auto seen = acts.load();
        while (acts.load() == seen)
            std::this_thread::sleep_for(std::chrono::microseconds(200));
    }

    void prepare()
    {
        const double rates[] = {44100.0, 48000.0, 88200.0, 96000.0, 192000.0};
        rate = rates[random.between(0, 4)];
        processor.setRateAndBufferSizeDetails(rate, largestBlock);
        processor.prepareToPlay(rate, largestBlock);
        ++figures.rates;
    }

    void nextMode()
    {
        place = (place + 1) % figures.modes.size();
        auto& values = processor.parameters();
        if (mode != nullptr)
            setKnob(mode, static_cast<float>(place));
        *values.model = random.oneIn(6) ? 2 : random.between(0, 1);
        *values.follow = true;
        *values.channel = random.between(1, playedChannel - 1);
        *values.preview = random.oneIn(20); // sounding it takes most of the time
        for (auto& voice : values.voices.voices)
            *voice.mute = false;
        info.setIsPlaying(true);
    }

    /** Anything a host may do between two blocks. */
    void wander()
    {
        if (random.oneIn(100)) {
            auto& all = processor.getParameters();
            auto& moved = *all[random.between(0, all.size() - 1)];
            if (!isLeftAlone(moved))
                moved.setValueNotifyingHost(static_cast<float>(random.between(0, 1000)) / 1000.0f);
        }
        if (random.oneIn(300)) {
            quarter = random.between(-56, 1000) / 7.0;
            ++figures.jumps;
        }
        if (random.oneIn(500))
            info.setIsPlaying(!info.getIsPlaying() || random.oneIn(2));
        if (random.oneIn(400))
            tempo = random.between(30, 400);
        if (random.oneIn(700))
            info.setTimeSignature(juce::AudioPlayHead::TimeSignature{random.between(1, 9),
                                                                     1 << random.between(1, 3)});
        if (random.oneIn(600)) {
            info.setIsLooping(random.oneIn(2));
            info.setLoopPoints(juce::AudioPlayHead::LoopPoints{4.0, 4.0 + random.between(1, 32)});
        }
        if (random.oneIn(3000)) {
            if (random.oneIn(2))
                processor.releaseResources();
            prepare();
        }
    }

    void comeIn()
    {
        if (!random.oneIn(30))
            return;
        const int pitch = random.between(0, 127);
        if (random.oneIn(2))
            midi.addEvent(juce::MidiMessage::noteOn(playedChannel, pitch, juce::uint8(90)), 0);
        else
            midi.addEvent(juce::MidiMessage::noteOff(playedChannel, pitch), 0);
    }

    /** 0..4096, small ones as often as large ones. */
    int sizeOfNext()
    {
        if (random.oneIn(500))
            return 0;
        return std::min(largestBlock, static_cast<int>(std::exp2(random.between(0, 1200) / 100.0)));
    }

    void block(int samples, bool bypassed)
    {
        info.setBpm(tempo);
        info.setPpqPosition(quarter);
        head.position = random.oneIn(60) ? juce::Optional<juce::AudioPlayHead::PositionInfo>()
                                         : juce::makeOptional(info);
        juce::AudioBuffer<float> part(audio.getArrayOfWritePointers(), audio.getNumChannels(),
                                      samples);
        support::RealtimeGuard guard;
        if (bypassed)
            processor.processBlockBypassed(part, midi);
        else
            processor.processBlock(part, midi);
        const auto counts = guard.stop();
        if (counts.total() != 0)
            fault(counts.toString() + "\n" + support::describeOffences());
        int last = 0;
        for (const auto message : midi) {
            if (message.samplePosition < last || message.samplePosition >= std::max(samples, 1))
                fault("an event out of its place");
            last = message.samplePosition;
            hear(message);
        }
        midi.clear();
        if (info.getIsPlaying())
            quarter += samples * tempo / (60.0 * rate);
    }

    void hear(const juce::MidiMessageMetadata& message)
    {
        const int kind = message.data[0] & 0xf0;
        if (message.numBytes != 3 || (kind != 0x90 && kind != 0x80))
            return;
        bool& key = keys[message.data[0] & 0x0f][message.data[1]];
        const bool isOn = kind == 0x90 && message.data[2] > 0;
        const bool isThru = (message.data[0] & 0x0f) == playedChannel - 1;
        if (isOn == key && !(isThru && isOn)) // a player may press a key twice
            fault(std::string(isOn ? "a key pressed twice" : "a key released twice") + ", pitch " +
                  std::to_string(message.data[1]));
        key = isOn;
        if (isThru)
            return;
        ++(isOn ? figures.noteOns : figures.noteOffs);
        if (isOn)
            ++figures.noteOnsOfMode[place];
    }

    void fault(const std::string& text)
    {
        if (figures.faults.size() < mostFaults)
            figures.faults.push_back("block " + std::to_string(figures.blocks) + ": " + text);
    }

    plugin::Processor& processor;
    const SoakPlan plan;
    SoakFigures& figures;
    RandomNumbers random;
    juce::AudioParameterChoice* mode;
    std::size_t place = 0;
    juce::AudioBuffer<float> audio;
    juce::MidiBuffer midi;
    ScriptedPlayHead head;
    juce::AudioPlayHead::PositionInfo info;
    double rate = 48000.0;
    double tempo = 120.0;
    double quarter = 0.0;
    bool keys[16][128] = {};
    std::atomic<std::int64_t> acts{0};
};

/** The user at the window and the host's project handling, on the message thread. */
void act(plugin::Processor& processor, RandomNumbers& random, const juce::MemoryBlock& project,
         SoakFigures& figures)
{
    switch (random.between(0, 9)) {
    case 0:
    case 1:
        processor.generate();
        break;
    case 2:
        processor.continueTake();
        break;
    case 3:
        processor.undo();
        break;
    case 4:
        processor.redo();
        break;
    case 5:
        processor.setAudition(random.oneIn(2));
        break;
    case 6:
        processor.setStateInformation(project.getData(), static_cast<int>(project.getSize()));
        ++figures.restored;
        break;
    case 7:
        processor.toggleBarLock(random.between(0, 7));
        stateOf(processor);
        break;
    case 8:
        processor.answer();
        break;
    default:
        if (!random.oneIn(4))
            break;
        const auto editor = opened(processor);
        editor->refresh();
        editor->createComponentSnapshot(editor->getLocalBounds());
        ++figures.windows;
        break;
    }
}

} // namespace

SoakFigures soak(const SoakPlan& plan)
{
    SoakFigures figures;
    plugin::Processor processor(plan.shape);
    composeAndWait(processor);
    const auto project = stateOf(processor);
    const auto begun = std::chrono::steady_clock::now();
    AudioThread audio(processor, plan, figures);
    SoakFigures own; // what the message thread counts
    std::atomic<bool> done{false};
    std::thread host([&] {
        audio.run();
        done = true;
    });
    RandomNumbers random(plan.seed + 1000);
    plugin::TakePointer last;
    while (!done) {
        act(processor, random, project, own);
        juce::MessageManager::getInstance()->runDispatchLoopUntil(1);
        audio.userActed();
        if (const auto now = processor.takes().playing(); now != last) {
            last = now;
            ++own.published;
        }
    }
    host.join();
    audio.end();
    figures.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    figures.restored = own.restored;
    figures.windows = own.windows;
    figures.published = own.published;
    return figures;
}

std::string describe(const SoakFigures& figures)
{
    std::ostringstream text;
    text << figures.blocks << " blocks, " << figures.noteOns << " note-ons, " << figures.noteOffs
         << " note-offs, " << figures.published << " takes published, " << figures.restored
         << " states restored, " << figures.windows << " windows, " << figures.jumps << " jumps, "
         << figures.rates << " sample rates, " << figures.seconds << " s\n";
    for (std::size_t i = 0; i < figures.modes.size(); ++i)
        text << "  mode '" << figures.modes[i] << "': " << figures.noteOnsOfMode[i]
             << " note-ons\n";
    for (const auto& fault : figures.faults)
        text << "  FAULT " << fault << "\n";
    return text.str();
}

} // namespace organum::test
