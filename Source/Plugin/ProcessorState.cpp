// The part of the processor that saves and restores.

#include "Plugin/ParameterBuilders.h"
#include "Plugin/Processor.h"
#include "Plugin/State.h"
#include "Plugin/TakeModel.h"

#include <algorithm>

namespace organum::plugin
{

void Processor::getStateInformation(juce::MemoryBlock& destination)
{
    State state;
    state.takes = history.snapshot();
    if (state.takes.takes.empty()) {
        const std::lock_guard<std::mutex> lock(stateMutex);
        if (!newerState.empty()) {
            destination.replaceAll(newerState.data(), newerState.size());
            return;
        }
    }
    for (std::size_t i = 0; i < state.takes.takes.size(); ++i)
        if (auto source = wishMemory.sourceOf(state.takes.takes[i]); source.any())
            state.sources[static_cast<int>(i)] = std::move(source);
    for (juce::AudioProcessorParameter* each : getParameters())
        if (const auto* parameter = dynamic_cast<juce::AudioProcessorParameterWithID*>(each))
            state.parameters[parameter->getParameterID().toStdString()] = parameter->getValue();
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        state.unknown = unknownSections;
        state.autoApply = autoApply;
        state.beforeAuto = history.placeOf(beforeAuto);
    }
    state.model = missingModel();
    const auto place = static_cast<std::size_t>(values.model->get());
    if (const auto entries = modelList.entries(); state.model.empty() && place < entries->size())
        state.model = (*entries)[place].id;
    state.lockedBars = lockedBars.bars();
    addHabits(state);
    addComparison(state);
    state.harmony = values.harmony.get();
    const std::string bytes = encode(state);
    destination.replaceAll(bytes.data(), bytes.size());
}

void Processor::setStateInformation(const void* data, int size)
{
    State state;
    try {
        state = decode(data, size > 0 ? static_cast<std::size_t>(size) : 0);
    } catch (const StateError& error) {
        welcome = false; // a first take would stand where this project's music is
        if (error.isNewer()) {
            const std::lock_guard<std::mutex> lock(stateMutex);
            newerState.assign(static_cast<const char*>(data), static_cast<std::size_t>(size));
        }
        session.report(Phase::failed, error.what());
        return;
    }
    {
        const std::lock_guard<std::recursive_mutex> knobLock(knobs);
        restoring = true;
        restoreParameters(state);
        takeHabits(state);
        takeComparison(state);
        forgetEdges = true;
        restoring = false;
        findModelAgain(state.model);
        {
            const std::lock_guard<std::mutex> lock(stateMutex);
            unknownSections = std::move(state.unknown);
            newerState.clear();
        }
        lockedBars.replace(std::move(state.lockedBars));
        values.harmony.set(std::move(state.harmony));
        const std::lock_guard<std::mutex> lock(music);
        ++epoch;
        ++era;
        for (const auto& [place, source] : state.sources)
            wishMemory.remember(state.takes.takes[static_cast<std::size_t>(place)], source);
        publish(state.takes.playing());
        history.replace(std::move(state.takes));
        autoApply = state.autoApply;
        const std::lock_guard<std::mutex> stateLock(stateMutex);
        beforeAuto = history.numberAt(state.beforeAuto);
        knobWatch.settle(values.settings());
    }
    undoSteps.clear();
    session.cancel();
    session.report(Phase::idle, {});
}

void Processor::restoreParameters(const State& state)
{
    for (juce::AudioProcessorParameter* each : getParameters()) {
        auto* parameter = dynamic_cast<juce::AudioProcessorParameterWithID*>(each);
        if (parameter == nullptr)
            continue;
        // What an earlier release did not know has its default, whatever stood here before.
        const auto found = state.parameters.find(parameter->getParameterID().toStdString());
        const float value =
            found != state.parameters.end() ? found->second : parameter->getDefaultValue();
        if (found != state.parameters.end() || value != parameter->getValue())
            parameter->setValueNotifyingHost(value);
    }
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

void Processor::restoreKnobs(const Take& take)
{
    const std::lock_guard<std::recursive_mutex> lock(knobs);
    if (take.settings) {
        values.apply(*take.settings);
        const auto entries = modelList.entries();
        const auto wrote = modelOf(take, *entries);
        const auto chosen = model();
        if (wrote && (!chosen || chosen->id != (*entries)[static_cast<std::size_t>(*wrote)].id))
            chooseModel(*wrote);
    }
    knobWatch.settle(values.settings());
}

} // namespace organum::plugin
