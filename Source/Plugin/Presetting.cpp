// The part of the processor for presets and for two settings that are compared.

#include "Plugin/Presets.h"
#include "Plugin/Processor.h"

#include <algorithm>

namespace organum::plugin
{

namespace
{

/** A section of the state that only this part reads. */
constexpr auto comparisonTag = "SETS";

} // namespace

// ---- presets -----------------------------------------------------------------------------------

bool Processor::choosePreset(const bundle::FoundPreset& chosen)
{
    std::string problem = chosen.problem;
    const auto entries = modelList.entries();
    const auto entry = std::find_if(entries->begin(), entries->end(), [&](const auto& each) {
        return each.id == chosen.preset.model;
    });
    if (problem.empty() && entry == entries->end())
        problem = "The preset \"" + chosen.preset.name + "\" is for the model \"" +
                  chosen.preset.model + "\", which is not installed.";
    try {
        if (problem.empty()) {
            Settings settings = settingsOf(chosen.preset, *entry);
            settings.model = static_cast<int>(entry - entries->begin());
            settings.harmony = values.harmony.get(); // a preset says nothing of it
            const UndoStack::Step step(undoSteps, "Preset " + chosen.preset.name);
            // Both at once, or the worker would follow the turned knobs as well.
            const std::lock_guard<std::recursive_mutex> lock(knobs);
            chooseModel(settings.model);
            values.apply(settings);
            setPresetName(chosen.preset.name);
            generate();
            return true;
        }
    } catch (const bundle::PresetError& error) {
        problem = error.what();
    }
    session.report(Phase::failed, problem);
    return false;
}

std::optional<bundle::Preset> Processor::presetNamed(const std::string& name) const
{
    const auto chosen = model();
    if (!chosen)
        return {};
    return presetOf(values.settings(), *chosen, name);
}

std::string Processor::presetName() const
{
    const std::lock_guard<std::mutex> lock(stateMutex);
    return comparison.preset;
}

void Processor::setPresetName(const std::string& name)
{
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        comparison.preset = name;
    }
    noteChange();
}

// ---- comparing ---------------------------------------------------------------------------------

ComparedSettings Processor::presentSettings() const
{
    ComparedSettings present{values.settings(), missingModel()};
    present.settings.model = 0;
    if (const auto chosen = model())
        present.model = chosen->id;
    return present;
}

int Processor::comparing() const
{
    const std::lock_guard<std::mutex> lock(stateMutex);
    return comparison.compared;
}

void Processor::compare(int which)
{
    if (which == comparing() || which < 0 || which > 1)
        return;
    const UndoStack::Step step(undoSteps, "Compare settings");
    const ComparedSettings present = presentSettings();
    std::optional<ComparedSettings> other;
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        other = comparison.kept[static_cast<std::size_t>(which)];
        comparison.kept[static_cast<std::size_t>(1 - which)] = present;
        comparison.compared = which;
    }
    if (other) {
        const auto entries = modelList.entries();
        const auto entry = std::find_if(entries->begin(), entries->end(),
                                        [&](const auto& each) { return each.id == other->model; });
        // The knobs of a model that is not installed here turn all the same.
        const std::lock_guard<std::recursive_mutex> lock(knobs);
        if (entry != entries->end())
            chooseModel(static_cast<int>(entry - entries->begin()));
        values.apply(other->settings);
    }
    noteChange();
}

void Processor::copyCompared()
{
    const UndoStack::Step step(undoSteps, "Copy settings");
    const ComparedSettings present = presentSettings();
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        comparison.kept[static_cast<std::size_t>(1 - comparison.compared)] = present;
    }
    noteChange();
}

// ---- what a project keeps of it ----------------------------------------------------------------

void Processor::addComparison(State& state) const
{
    const std::lock_guard<std::mutex> lock(stateMutex);
    if (!comparison.isEmpty())
        state.unknown.emplace_back(comparisonTag, encodeComparison(comparison));
}

void Processor::takeComparison(State& state)
{
    Comparison found;
    auto& sections = state.unknown;
    const auto section = std::find_if(sections.begin(), sections.end(),
                                      [](const auto& each) { return each.first == comparisonTag; });
    if (section != sections.end()) {
        try {
            found = decodeComparison(section->second);
        } catch (const StateError&) {
            found = {}; // not worth refusing a project for
        }
        sections.erase(section);
    }
    const std::lock_guard<std::mutex> lock(stateMutex);
    comparison = std::move(found);
}

} // namespace organum::plugin
