#include "Plugin/Processor.h"

#include "Interface/Editor.h"
#include "Plugin/State.h"
#include "Score/MidiFile.h"

#include <algorithm>

namespace organum::plugin
{

namespace
{

constexpr auto noModels =
    "There is no model yet. Put a .organum file into ~/.local/share/organum/models.";

} // namespace

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
    , session({[this](TakePointer take) { accept(std::move(take)); },
               [this] {
                   player.collect();
                   played.collect();
                   return triggered();
               },
               [this] { noteChange(); }})
{
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

// ---- composing ---------------------------------------------------------------------------------

std::optional<Wish> Processor::wishFor(Origin origin)
{
    const Settings settings = values.settings();
    if (const std::string missing = missingModel(); !missing.empty()) {
        session.report(Phase::failed, "The project's model \"" + missing +
                                          "\" is not installed. Put " + missing +
                                          ".organum into ~/.local/share/organum/models, or choose "
                                          "another model.");
        return {};
    }
    const auto entries = modelList.entries();
    if (entries->empty()) {
        session.report(Phase::failed, noModels);
        return {};
    }
    if (settings.model >= static_cast<int>(entries->size())) {
        session.report(Phase::failed, "There is no model at place " +
                                          std::to_string(settings.model + 1) +
                                          ". Choose one of the list.");
        return {};
    }
    const ModelEntry& entry = (*entries)[static_cast<std::size_t>(settings.model)];
    if (!entry.problem.empty()) {
        session.report(Phase::failed, entry.problem);
        return {};
    }

    Wish wish;
    wish.model = entry.file;
    wish.modelName = entry.title;
    wish.seed = settings.seed;
    wish.bars = settings.bars;
    wish.pitchTemperature = settings.pitchTemperature;
    wish.durationTemperature = settings.durationTemperature;
    wish.topP = settings.topP;
    wish.pitchClassMask = settings.pitchClassMask();
    const int metre = hostMetre.load();
    wish.metreNumerator = metre / 64;
    wish.metreDenominator = metre % 64;
    if (origin == Origin::played)
        wish.answers = played.phrase(wish.metreNumerator, wish.metreDenominator);
    if (origin == Origin::take) {
        wish.continues = history.playing();
        if (wish.continues != nullptr) {
            wish.metreNumerator = wish.continues->metreNumerator;
            wish.metreDenominator = wish.continues->metreDenominator;
            // Another seed for every stretch, or each would draw the same random numbers again.
            wish.seed += 1000003u * static_cast<std::uint64_t>(wish.continues->bars);
            if (wish.continues->bars + wish.bars > largestTakeBars) {
                session.report(Phase::failed, "The take cannot grow beyond " +
                                                  std::to_string(largestTakeBars) +
                                                  " bars. Save it and generate a new one.");
                return {};
            }
        }
    }
    return wish;
}

std::string Processor::missingModel() const
{
    const std::lock_guard<std::mutex> lock(stateMutex);
    return values.model->get() == wantedPlace ? wantedModel : std::string();
}

void Processor::generate()
{
    if (auto wish = wishFor(Origin::nothing))
        session.request(std::move(*wish));
}

void Processor::continueTake()
{
    if (auto wish = wishFor(Origin::take))
        session.request(std::move(*wish));
}

void Processor::answer()
{
    if (!played.hasNotes())
        return;
    if (auto wish = wishFor(Origin::played))
        session.request(std::move(*wish));
}

void Processor::watchTriggers()
{
    const bool generateIs = values.generate->get();
    const bool continueIs = values.continueTake->get();
    if (!restoring && !forgetEdges.exchange(false)) {
        if (generateIs && !generateWas)
            generateWanted = true;
        if (continueIs && !continueWas)
            continueWanted = true;
    }
    generateWas = generateIs;
    continueWas = continueIs;
}

std::optional<Wish> Processor::triggered()
{
    if (generateWanted.exchange(false))
        return wishFor(Origin::nothing);
    if (continueWanted.exchange(false))
        return wishFor(Origin::take);
    return {};
}

void Processor::accept(TakePointer take)
{
    publish(take);
    history.add(std::move(take));
    noteChange();
}

void Processor::showTake(int step)
{
    if (!history.step(step))
        return;
    publish(history.playing());
    noteChange();
}

void Processor::publish(const TakePointer& take)
{
    if (take != nullptr)
        player.publish(timelineOf(*take));
}

void Processor::noteChange()
{
    ++changes;
    triggerAsyncUpdate();
}

void Processor::handleAsyncUpdate()
{
    updateHostDisplay(ChangeDetails().withNonParameterStateChanged(true));
}

std::vector<std::uint8_t> Processor::midiFile() const
{
    const TakePointer take = history.playing();
    if (take == nullptr)
        return {};
    return score::midiBytes(scoreOf(*take, values.channel->get() - 1, tempo())).bytes;
}

// ---- blocks ------------------------------------------------------------------------------------

void Processor::process(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi, bool bypassed)
{
    const juce::ScopedNoDenormals noDenormals;
    audio.clear();
    watchTriggers();

    juce::Optional<juce::AudioPlayHead::PositionInfo> position;
    if (juce::AudioPlayHead* head = getPlayHead())
        position = head->getPosition();
    player::BlockContext context;
    context.host = position.hasValue() ? &*position : nullptr;
    context.samples = audio.getNumSamples();
    context.sampleRate = getSampleRate() > 0.0 ? getSampleRate() : 48000.0;
    context.channel = values.channel->get() - 1;
    context.follows = values.follow->get();
    context.audition = audition;
    context.auditionTempo = auditionTempo;
    if (position.hasValue()) {
        if (const auto bpm = position->getBpm(); bpm.hasValue() && *bpm >= 1.0 && *bpm <= 2000.0) {
            context.auditionTempo = *bpm;
        }
        if (const auto metre = position->getTimeSignature();
            metre.hasValue() && metre->numerator >= 1 && metre->numerator <= 32 &&
            metre->denominator >= 1 && metre->denominator <= 32 &&
            (metre->denominator & (metre->denominator - 1)) == 0)
            hostMetre = metre->numerator * 64 + metre->denominator;
    }
    shownTempo = context.auditionTempo;

    played.listen(midi, context.samples, context.auditionTempo / (60.0 * context.sampleRate));

    player::EventList events;
    if (bypassed) {
        player.silence(context, events);
        synth.fade();
    } else {
        player.process(context, events);
    }
    exchange.exchange(midi, events, bypassed || values.thru->get());
    if (audio.getNumChannels() > 0 && values.preview->get())
        synth.render(events, audio.getArrayOfWritePointers(), audio.getNumChannels(),
                     audio.getNumSamples());
}

void Processor::processBlock(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi)
{
    process(audio, midi, false);
}

void Processor::processBlockBypassed(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi)
{
    process(audio, midi, true);
}

juce::AudioProcessorEditor* Processor::createEditor()
{
    return new editor::Editor(*this);
}

// ---- state -------------------------------------------------------------------------------------

void Processor::getStateInformation(juce::MemoryBlock& destination)
{
    State state;
    for (juce::AudioProcessorParameter* each : getParameters())
        if (const auto* parameter = dynamic_cast<juce::AudioProcessorParameterWithID*>(each))
            state.parameters[parameter->getParameterID().toStdString()] = parameter->getValue();
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        state.unknown = unknownSections;
    }
    state.model = missingModel();
    const auto place = static_cast<std::size_t>(values.model->get());
    if (const auto entries = modelList.entries(); state.model.empty() && place < entries->size())
        state.model = (*entries)[place].id;
    state.takes = history.snapshot();
    const std::string bytes = encode(state);
    destination.replaceAll(bytes.data(), bytes.size());
}

void Processor::findModelAgain(const std::string& id)
{
    // The name counts, not the place in the list: other models may be installed here.
    int place = values.model->get();
    bool found = id.empty();
    if (!found) {
        const auto entries = modelList.entries();
        for (std::size_t i = 0; i < entries->size(); ++i)
            if ((*entries)[i].id == id && i < static_cast<std::size_t>(Parameters::modelPlaces)) {
                place = static_cast<int>(i);
                found = true;
            }
    }
    if (place != values.model->get())
        *values.model = place;
    const std::lock_guard<std::mutex> lock(stateMutex);
    wantedModel = found ? std::string() : id;
    wantedPlace = place;
}

void Processor::setStateInformation(const void* data, int size)
{
    State state;
    try {
        state = decode(data, size > 0 ? static_cast<std::size_t>(size) : 0);
    } catch (const StateError& error) {
        session.report(Phase::failed, error.what());
        return;
    }
    restoring = true;
    for (juce::AudioProcessorParameter* each : getParameters()) {
        auto* parameter = dynamic_cast<juce::AudioProcessorParameterWithID*>(each);
        if (parameter == nullptr)
            continue;
        const auto found = state.parameters.find(parameter->getParameterID().toStdString());
        if (found != state.parameters.end())
            parameter->setValueNotifyingHost(found->second);
    }
    forgetEdges = true;
    restoring = false;
    findModelAgain(state.model);
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        unknownSections = std::move(state.unknown);
    }
    publish(state.takes.playing());
    history.replace(std::move(state.takes));
    session.report(Phase::idle, {});
    noteChange();
}

} // namespace organum::plugin
