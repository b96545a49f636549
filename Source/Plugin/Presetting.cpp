// The part of the processor for presets and for two settings that are compared.

#include "Plugin/ParameterBuilders.h"
#include "Plugin/Presets.h"
#include "Plugin/Processor.h"

#include <algorithm>

namespace organum::plugin
{

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
            turnKnobs(settings);
            generate();
            return true;
        }
    } catch (const bundle::PresetError& error) {
        problem = error.what();
    }
    session.report(Phase::failed, problem);
    return false;
}

void Processor::turnKnobs(const Settings& settings)
{
    const std::lock_guard<std::recursive_mutex> lock(knobs);
    setPlain(*values.model, static_cast<float>(settings.model));
    values.apply(settings);
}

std::optional<bundle::Preset> Processor::presetNamed(const std::string& name) const
{
    const auto chosen = model();
    if (!chosen)
        return {};
    return presetOf(values.settings(), *chosen, name);
}

void Processor::compare(int which)
{
    if (which == compared || which < 0 || which > 1)
        return;
    auto& other = comparison[static_cast<std::size_t>(which)];
    comparison[static_cast<std::size_t>(compared)] = values.settings();
    compared = which;
    if (other) {
        const UndoStack::Step step(undoSteps, "Compare settings");
        turnKnobs(*other);
    }
    noteChange();
}

void Processor::copyCompared()
{
    comparison[static_cast<std::size_t>(1 - compared)] = values.settings();
}

} // namespace organum::plugin
