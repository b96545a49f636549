#include "Plugin/Processor.h"

#include "Interface/Editor.h"

namespace organum::plugin
{

static_assert(mostModels == Parameters::modelPlaces, "each model that is listed can be chosen");

juce::AudioProcessor::BusesProperties Processor::busesOf(Shape shape)
{
    if (shape == Shape::instrument)
        return BusesProperties().withOutput("Output", juce::AudioChannelSet::stereo(), true);
    return {};
}

Processor::Processor(Shape shapeIn)
    : AudioProcessor(busesOf(shapeIn))
    , shape(shapeIn)
    , values(*this,
             [this](int place) {
                 // Names of places are told once somebody has asked for the models; a scanning
                 // host must not make us read files.
                 const auto entries = modelList.entriesIfRead();
                 if (entries == nullptr || place < 0 || place >= static_cast<int>(entries->size()))
                     return juce::String();
                 return juce::String((*entries)[static_cast<std::size_t>(place)].title);
             })
    , session({[this](const Wish& wish, TakePointer take) { accept(wish, std::move(take)); },
               [this] {
                   player.collect();
                   played.collect();
                   followLearned();
                   return polled();
               },
               // What the user reads is no part of the project.
               [this] { ++changes; },
               [this](Explanation explanation) { acceptExplanation(std::move(explanation)); }})
{
    prepareLearning();
}

Processor::~Processor()
{
    session.stop();
    cancelPendingUpdate();
}

const juce::String Processor::getName() const
{
    return shape == Shape::midiEffect ? identity::midiEffectName : identity::instrumentName;
}

bool Processor::isBusesLayoutSupported(const BusesLayout& layouts) const
{
    if (shape == Shape::midiEffect)
        return layouts.inputBuses.isEmpty() && layouts.outputBuses.isEmpty();
    const auto output = layouts.getMainOutputChannelSet();
    return layouts.inputBuses.isEmpty() &&
           (output == juce::AudioChannelSet::stereo() || output == juce::AudioChannelSet::mono() ||
            output.isDisabled());
}

void Processor::prepareToPlay(double sampleRate, int)
{
    exchange.prepare();
    synth.prepare(sampleRate);
    session.start();
}

void Processor::releaseResources()
{
    player.releaseNotes();
}

void Processor::reset()
{
    player.releaseNotes();
}

juce::AudioProcessorEditor* Processor::createEditor()
{
    showFirstTake();
    return new editor::Editor(*this);
}

// ---- blocks ------------------------------------------------------------------------------------

void Processor::watchButtons(player::BlockContext& context)
{
    const bool deaf = restoring || forgetEdges.exchange(false);
    const std::uint32_t pressed = buttons.watch(values, deaf);
    const bool panicButton = panicWanted.exchange(false);
    context.panics = (pressed & HostButtons::panic) != 0 || panicButton;
    context.promises = (pressed & HostButtons::forWorker) != 0;
    context.expects = buttons.isExpecting();
}

player::BlockContext Processor::contextOf(const juce::AudioPlayHead::PositionInfo* position,
                                          int samples)
{
    player::BlockContext context;
    context.host = position;
    context.samples = samples;
    context.sampleRate = getSampleRate() > 0.0 ? getSampleRate() : 48000.0;
    context.channel = values.channel->get() - 1;
    context.voiceChannels = values.voices.channels();
    context.mutedVoices = values.voices.mutedVoices();
    context.follows = values.follow->get();
    context.audition = audition;
    context.auditionTempo = auditionTempo;
    context.runsFree = values.playing.runFree->get();
    context.freeTempo = static_cast<double>(values.playing.freeTempo->get());
    context.patience = isNonRealtime() ? this : nullptr;
    if (position != nullptr) {
        if (const auto bpm = position->getBpm(); bpm.hasValue() && *bpm >= 1.0 && *bpm <= 2000.0)
            context.auditionTempo = *bpm;
        if (const auto metre = position->getTimeSignature();
            metre.hasValue() && metre->numerator >= 1 && metre->numerator <= 32 &&
            metre->denominator >= 1 && metre->denominator <= 32 &&
            (metre->denominator & (metre->denominator - 1)) == 0)
            hostMetre = metre->numerator * 64 + metre->denominator;
    }
    const int metre = hostMetre;
    context.mode = values.playing.mode(4 * player::ticksPerQuarter * (metre / 64) / (metre % 64));
    context.feel = values.playing.feel();
    return context;
}

/** JUCE 7's LV2 wrapper takes new memory whenever a block is longer than the one before. It does
    not when it gets its buffer back at the length that it was prepared for; that much memory the
    buffer has, so nothing is taken here either. */
void Processor::giveBackWhole(juce::AudioBuffer<float>& audio) const
{
    if (wrapperType == wrapperType_LV2 && audio.getNumSamples() < getBlockSize())
        audio.setSize(audio.getNumChannels(), getBlockSize(), false, false, true);
}

void Processor::process(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi, bool bypassed)
{
    const juce::ScopedNoDenormals noDenormals;
    const int samples = audio.getNumSamples();
    giveBackWhole(audio);
    audio.clear(0, samples);

    juce::Optional<juce::AudioPlayHead::PositionInfo> position;
    if (juce::AudioPlayHead* head = getPlayHead())
        position = head->getPosition();
    player::BlockContext context = contextOf(position.hasValue() ? &*position : nullptr, samples);
    learned.listen(midi);
    context.keys = &midi;
    watchButtons(context);
    shownTempo = context.auditionTempo;

    played.listen(midi, context.samples, context.auditionTempo / (60.0 * context.sampleRate));

    player::EventList events;
    if (bypassed) {
        player.silence(context, events);
        synth.fade();
    } else {
        player.process(context, events);
    }
    if (context.panics)
        synth.fade();
    if (events.size() > 0)
        noteBlocks.fetch_add(1, std::memory_order_relaxed);
    exchange.exchange(midi, events, bypassed || values.thru->get());
    if (audio.getNumChannels() > 0 && values.preview->get())
        synth.render(events, audio.getArrayOfWritePointers(), audio.getNumChannels(), samples);
}

void Processor::processBlock(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi)
{
    process(audio, midi, false);
}

void Processor::processBlockBypassed(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi)
{
    process(audio, midi, true);
}

} // namespace organum::plugin
