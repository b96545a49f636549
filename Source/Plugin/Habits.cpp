// The part of the processor that serves the window and its user's habits: learned controllers, the
// window's size, a first take to begin with, and models that come and go.

#include "Plugin/Bytes.h"
#include "Plugin/FirstTake.h"
#include "Plugin/ParameterBuilders.h"
#include "Plugin/Processor.h"
#include "Plugin/TakeModel.h"

#include <algorithm>

namespace organum::plugin
{

namespace
{

/** Sections of the state that only this part reads. */
constexpr auto mappingsTag = "MAPS";
constexpr auto viewTag = "VIEW";
constexpr int largestSide = 16384;

} // namespace

// ---- learned controllers -----------------------------------------------------------------------

void Processor::prepareLearning()
{
    std::bitset<MidiLearn::mostParameters> which;
    const auto& all = getParameters();
    for (int i = 0; i < std::min(all.size(), MidiLearn::mostParameters); ++i)
        which[static_cast<std::size_t>(i)] = isButton(all[i]);
    learned.setButtons(which);
}

void Processor::learnFor(int parameter)
{
    undoSteps.rememberLearned("Learn"); // no step where nothing comes of it
    learned.learn(parameter);
}

void Processor::forgetLearned(int parameter)
{
    undoSteps.rememberLearned("Forget what was learned");
    learned.forget(parameter);
}

void Processor::forgetAllLearned()
{
    undoSteps.rememberLearned("Forget what was learned");
    learned.forgetAll();
}

void Processor::press(juce::AudioProcessorParameter& parameter, float strength)
{
    const auto& playing = values.playing;
    if (&parameter == values.generate)
        buttons.press(HostButtons::generate);
    else if (&parameter == values.continueTake)
        buttons.press(HostButtons::continueTake);
    else if (&parameter == playing.previousTake)
        buttons.press(HostButtons::previousTake);
    else if (&parameter == playing.nextTake)
        buttons.press(HostButtons::nextTake);
    else if (&parameter == playing.panic)
        panic();
    else if (dynamic_cast<juce::AudioParameterBool*>(&parameter) != nullptr)
        parameter.setValueNotifyingHost(parameter.getValue() < 0.5f ? 1.0f : 0.0f);
    else if (auto* choice = dynamic_cast<juce::AudioParameterChoice*>(&parameter))
        setPlain(*choice, static_cast<float>((choice->getIndex() + 1) % choice->choices.size()));
    else
        parameter.setValueNotifyingHost(strength);
}

void Processor::followLearned()
{
    const auto& all = getParameters();
    for (const MidiLearn::Move& move : learned.collect()) {
        if (move.parameter >= all.size())
            continue;
        juce::AudioProcessorParameter& parameter = *all[move.parameter];
        for (int i = 0; i < move.presses; ++i)
            press(parameter, static_cast<float>(move.velocity) / 127.0f);
        if (move.value != MidiLearn::nothing)
            parameter.setValueNotifyingHost(static_cast<float>(move.value) / 127.0f);
    }
}

// ---- what a project keeps of it ----------------------------------------------------------------

void Processor::addHabits(State& state) const
{
    const auto& all = getParameters();
    const auto mappings = learned.mappings();
    if (!mappings.empty()) {
        ByteWriter writer;
        writer.number(mappings.size());
        for (const MidiMapping& mapping : mappings) {
            writer.integer(mapping.source.place());
            const auto* parameter =
                dynamic_cast<const juce::AudioProcessorParameterWithID*>(all[mapping.parameter]);
            writer.text(parameter != nullptr ? parameter->getParameterID().toStdString()
                                             : std::string());
        }
        state.unknown.emplace_back(mappingsTag, writer.bytes);
    }
    if (viewWidth > 0) {
        ByteWriter writer;
        writer.integer(viewWidth);
        writer.integer(viewHeight);
        state.unknown.emplace_back(viewTag, writer.bytes);
    }
}

void Processor::takeHabits(State& state)
{
    // Neither is worth refusing a project for: what is damaged is left out.
    learned.forgetAll();
    welcome = false;
    const auto read = [this](const std::string& tag, const std::string& bytes) {
        ByteReader reader(bytes.data(), bytes.size());
        if (tag == viewTag) {
            const int width = reader.integerUpTo(largestSide);
            viewHeight = reader.integerUpTo(largestSide);
            viewWidth = width;
            return;
        }
        const auto& all = getParameters();
        const int count = reader.integerUpTo(MidiLearn::sources);
        for (int i = 0; i < count; ++i) {
            const auto source = MidiSource::at(reader.integerUpTo(MidiLearn::sources - 1));
            const juce::String id(reader.text());
            for (int place = 0; place < all.size(); ++place)
                if (const auto* parameter =
                        dynamic_cast<const juce::AudioProcessorParameterWithID*>(all[place]);
                    parameter != nullptr && parameter->getParameterID() == id)
                    learned.map({source, place});
        }
    };
    auto& sections = state.unknown;
    for (const auto& [tag, bytes] : sections)
        if (tag == mappingsTag || tag == viewTag)
            try {
                read(tag, bytes);
            } catch (const StateError&) {
                continue;
            }
    sections.erase(std::remove_if(sections.begin(), sections.end(),
                                  [](const auto& section) {
                                      return section.first == mappingsTag ||
                                             section.first == viewTag;
                                  }),
                   sections.end());
}

void Processor::setWindowSize(juce::Point<int> size)
{
    viewWidth = juce::jlimit(0, largestSide, size.x);
    viewHeight = juce::jlimit(0, largestSide, size.y);
}

// ---- the first take ----------------------------------------------------------------------------

void Processor::showFirstTake()
{
    if (!welcome.exchange(false) || history.playing() != nullptr || !session.isIdle())
        return;
    const TakePointer take = firstTake();
    if (take == nullptr)
        return;
    const std::lock_guard<std::recursive_mutex> knobLock(knobs);
    if (const auto wrote = modelOf(*take, *modelList.entries()))
        setPlain(*values.model, static_cast<float>(*wrote));
    setPlain(*values.bars, static_cast<float>(take->bars));
    {
        const std::lock_guard<std::mutex> lock(music);
        publish(take);
        history.add(take);
    }
    knobWatch.settle(values.settings());
    noteChange();
}

// ---- models that come and go -------------------------------------------------------------------

bool Processor::lookForModels()
{
    // What is chosen stays chosen, wherever it stands in the list then.
    std::string chosen = missingModel();
    const auto place = static_cast<std::size_t>(values.model->get());
    if (const auto before = modelList.entriesIfRead();
        chosen.empty() && before != nullptr && place < before->size())
        chosen = (*before)[place].id;
    if (!modelList.refreshIfChanged())
        return false;
    {
        const std::lock_guard<std::recursive_mutex> lock(knobs);
        if (!chosen.empty())
            findModelAgain(chosen);
        knobWatch.settle(values.settings());
    }
    ++changes; // of the window; the project is as it was
    return true;
}

} // namespace organum::plugin
