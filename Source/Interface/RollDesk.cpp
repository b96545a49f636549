#include "Interface/RollDesk.h"

namespace organum::editor
{

RollDesk::RollDesk(plugin::Processor& processorIn, PianoRoll& rollIn, RollToolbar& toolbarIn)
    : processor(processorIn)
    , roll(rollIn)
    , toolbar(toolbarIn)
{
    roll.onBarToggle = [this](int bar) { processor.toggleBarLock(bar); };
    roll.notes().onEdit = [this](const plugin::TakePointer& before, const plugin::Take& changed,
                                 const EditName& name) {
        return processor.editTake(before, changed, name.label, name.group);
    };
}

void RollDesk::showTake(const juce::String& message)
{
    roll.setTake(processor.takes().playing(), message);
}

void RollDesk::refresh()
{
    roll.setPlayhead(processor.playhead());
    roll.setVoices(processor.parameters().voices.mutedVoices(), processor.locks());
    toolbar.refresh();
}

} // namespace organum::editor
