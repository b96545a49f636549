// The part of the processor that takes in what was changed by hand.

#include "Plugin/Processor.h"

#include <utility>

namespace organum::plugin
{

TakePointer Processor::editTake(const TakePointer& before, Take changed, const std::string& label,
                                const std::string& group)
{
    if (before == nullptr || history.playing() != before || !problemWith(changed).empty())
        return nullptr;
    undoSteps.remember(label, group);
    return changeTake(before, std::move(changed)) ? history.playing() : nullptr;
}

} // namespace organum::plugin
