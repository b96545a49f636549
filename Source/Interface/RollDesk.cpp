#include "Interface/RollDesk.h"

namespace organum::editor
{

RollDesk::RollDesk(plugin::Processor& processorIn, PianoRoll& rollIn, RollToolbar& toolbarIn)
    : processor(processorIn)
    , roll(rollIn)
    , toolbar(toolbarIn)
{
    roll.onBarToggle = [this](int bar) { processor.toggleBarLock(bar); };
    roll.onChoice = [this](const RollOverlay::Choice& choice) {
        const plugin::TakePointer take = roll.notes().original();
        if (choice.element >= 0)
            processor.branchOff(take, choice.element, choice.pitch);
        else
            processor.branchOffVoice(take, roll.shownOverlay().currentVoice(), choice.tick,
                                     choice.pitch);
    };
    roll.notes().onEdit = [this](const plugin::TakePointer& before, const plugin::Take& changed,
                                 const EditName& name) {
        return processor.editTake(before, changed, name.label, name.group);
    };
}

juce::String RollDesk::explain()
{
    const plugin::TakePointer& take = roll.notes().original();
    if (take == nullptr || toolbar.chosenMode() == RollMode::notes) {
        roll.setExplanation(nullptr);
        return {};
    }
    const auto explanation = processor.explanation();
    if (explanation == nullptr || explanation->take != take) {
        processor.explain(take);
        return "Looking again at how this take came about ...";
    }
    roll.setExplanation(explanation);
    return explanation->problem;
}

void RollDesk::showTake(const juce::String& message)
{
    roll.setTake(processor.takes().playing(), message);
}

void RollDesk::refresh()
{
    roll.setPlayhead(processor.playhead());
    roll.setVoices(processor.parameters().voices.mutedVoices(), processor.locks());
    toolbar.refresh(explain());
}

} // namespace organum::editor
