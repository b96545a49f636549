#include "Interface/Learning.h"

namespace organum::editor
{

namespace
{

constexpr auto parameterProperty = "parameter";

juce::String nameOf(const juce::AudioProcessor& processor, int place)
{
    return processor.getParameters()[place]->getName(64);
}

} // namespace

void belongsTo(juce::Component& control, const juce::RangedAudioParameter& parameter)
{
    control.getProperties().set(parameterProperty, parameter.getParameterIndex());
}

int parameterOf(const juce::Component* control, const juce::AudioProcessor& processor)
{
    const auto& all = processor.getParameters();
    for (; control != nullptr; control = control->getParentComponent()) {
        if (const auto& told = control->getProperties()[parameterProperty]; !told.isVoid())
            return static_cast<int>(told);
        const juce::String title = control->getTitle();
        if (title.isEmpty())
            continue;
        for (int i = 0; i < all.size(); ++i)
            if (all[i]->getName(64).equalsIgnoreCase(title))
                return i;
    }
    return -1;
}

juce::PopupMenu learningMenu(plugin::Processor& processor, int parameter)
{
    plugin::MidiLearn& learn = processor.midiLearn();
    juce::PopupMenu menu;
    menu.addSectionHeader(nameOf(processor, parameter));
    if (learn.learning() == parameter)
        menu.addItem("Stop learning", [&learn] { learn.stopLearning(); });
    else
        menu.addItem(processor.hearsControllers() ? "Learn a controller or key" : "Learn a key",
                     [&processor, parameter] { processor.learnFor(parameter); });
    bool any = false;
    for (const plugin::MidiMapping& mapping : learn.mappings())
        if (mapping.parameter == parameter) {
            any = true;
            menu.addItem("Forget " + juce::String(mapping.source.name()),
                         [&processor, parameter] { processor.forgetLearned(parameter); });
        }
    if (!any)
        menu.addItem("Nothing learned yet", false, false, nullptr);
    if (!processor.hearsControllers())
        menu.addItem("Controllers: use the host's own mapping", false, false, nullptr);
    return menu;
}

juce::String learningHint(plugin::Processor& processor)
{
    const int parameter = processor.midiLearn().learning();
    if (parameter < 0)
        return {};
    return (processor.hearsControllers() ? "Move a controller or press a key for "
                                         : "Press a key for ") +
           nameOf(processor, parameter) + " (Escape ends)";
}

} // namespace organum::editor
