#pragma once

// Messages from one thread to another without locks: from the audio thread to the sender, from a
// port's thread to the audio thread. Full queues leave events out, note-offs last of all.

#include "Live/Message.h"

#include <juce_core/juce_core.h>

#include <array>

namespace organum::live
{

class Queue
{
public:
    static constexpr int capacity = 4096;
    static constexpr int kept = 1024; ///< room that only note-offs may use

    /** One thread at a time; never allocates or waits. False when there was no room. */
    bool push(const Message& message)
    {
        if (fifo.getFreeSpace() <= (message.isNoteOff() ? 0 : kept))
            return false;
        const auto scope = fifo.write(1);
        if (scope.blockSize1 + scope.blockSize2 == 0)
            return false;
        items[static_cast<std::size_t>(scope.blockSize1 > 0 ? scope.startIndex1
                                                            : scope.startIndex2)] = message;
        return true;
    }

    /** The reading thread: the earliest message stays in the queue; false when there is none. */
    bool peek(Message& message)
    {
        if (fifo.getNumReady() == 0)
            return false;
        int index1 = 0;
        int count1 = 0;
        int index2 = 0;
        int count2 = 0;
        fifo.prepareToRead(1, index1, count1, index2, count2);
        message = items[static_cast<std::size_t>(count1 > 0 ? index1 : index2)];
        return true;
    }
    void drop() { fifo.finishedRead(1); }
    bool pop(Message& message)
    {
        if (!peek(message))
            return false;
        drop();
        return true;
    }

private:
    std::array<Message, capacity> items;
    juce::AbstractFifo fifo{capacity};
};

} // namespace organum::live
