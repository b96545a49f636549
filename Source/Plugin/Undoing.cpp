// The part of the processor that remembers how everything stood, and brings it back.

#include "Plugin/ParameterBuilders.h"
#include "Plugin/Processor.h"

#include <algorithm>
#include <array>

namespace organum::plugin
{

bool Processor::isButton(const juce::AudioProcessorParameter* parameter) const
{
    const auto& playing = values.playing;
    const std::array<const juce::AudioProcessorParameter*, 5> buttonsOfHosts = {
        values.generate, values.continueTake, playing.panic, playing.previousTake,
        playing.nextTake};
    return std::find(buttonsOfHosts.begin(), buttonsOfHosts.end(), parameter) !=
           buttonsOfHosts.end();
}

// Called within a gesture, too, which holds a lock of JUCE's: takes no lock of those under which
// parameters are set.
Memento Processor::memento() const
{
    Memento memento;
    memento.takes = history.snapshot();
    for (const juce::AudioProcessorParameter* each : getParameters())
        memento.knobs.push_back(isButton(each) ? 0.0f : each->getValue());
    memento.model = missingModel();
    const auto place = static_cast<std::size_t>(values.model->get());
    if (const auto entries = modelList.entriesIfRead();
        memento.model.empty() && entries != nullptr && place < entries->size())
        memento.model = (*entries)[place].id;
    memento.lockedBars = lockedBars.bars();
    memento.harmony = values.harmony.get();
    memento.learned = learned.mappings();
    const std::lock_guard<std::mutex> lock(stateMutex);
    memento.comparison = comparison;
    return memento;
}

void Processor::restore(const Memento& memento)
{
    const auto& parameters = getParameters();
    {
        const std::lock_guard<std::recursive_mutex> knobLock(knobs);
        for (int i = 0; i < parameters.size(); ++i) {
            const float value = memento.knobs[static_cast<std::size_t>(i)];
            if (!isButton(parameters[i]) && parameters[i]->getValue() != value)
                parameters[i]->setValueNotifyingHost(value);
        }
        if (!memento.model.empty())
            findModelAgain(memento.model);
        lockedBars.replace(memento.lockedBars);
        values.harmony.set(memento.harmony);
        if (memento.learned)
            learned.replace(*memento.learned);
        {
            const std::lock_guard<std::mutex> stateLock(stateMutex);
            comparison = memento.comparison;
        }
        const std::lock_guard<std::mutex> lock(music);
        const TakePointer before = history.playing();
        history.restore(memento.takes);
        ++epoch;
        ++era;
        if (history.playing() != before)
            publish(history.playing());
        knobWatch.settle(values.settings());
    }
    session.cancel();
    noteChange();
}

bool Processor::undo()
{
    const auto before = undoSteps.back([this](const Memento& then) { return stands(then); });
    if (before)
        restore(*before);
    return before.has_value();
}

bool Processor::redo()
{
    const auto after = undoSteps.forth([this](const Memento& then) { return stands(then); });
    if (after)
        restore(*after);
    return after.has_value();
}

bool Processor::stands(const Memento& then) const
{
    Memento asRestored = then;
    asRestored.takes = history.restored(then.takes);
    Memento present = memento();
    if (!then.learned)
        present.learned.reset();
    return asRestored == present;
}

void Processor::rememberGesture(int place)
{
    const auto* parameter = getParameters()[place];
    if (parameter != nullptr && !isButton(parameter))
        undoSteps.remember(parameter->getName(64).toStdString(), "knob " + std::to_string(place));
}

} // namespace organum::plugin
