#include "Plugin/FirstTake.h"

#include "Plugin/State.h"

#include <cstddef>

namespace organum::plugin
{

extern const unsigned char firstTakeState[];
extern const std::size_t firstTakeStateSize;

TakePointer firstTake()
{
    try {
        return decode(firstTakeState, firstTakeStateSize).takes.playing();
    } catch (const StateError&) {
        return nullptr;
    }
}

} // namespace organum::plugin
