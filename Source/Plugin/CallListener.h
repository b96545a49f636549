#pragma once

// Makes calls of what was played in call and response.

#include "Player/CallQueue.h"
#include "Plugin/Take.h"

#include <cstdint>
#include <map>
#include <optional>

namespace organum::plugin
{

/** A call that waits for its answer. */
struct Call
{
    std::uint64_t number = 0;
    std::int64_t answerStart = 0; ///< ticks of the host's time
    int bars = 0;                 ///< of the call, and of its answer
    std::int64_t barLength = 0;   ///< ticks
    std::vector<TakeNote> notes;  ///< from the call's start; held ones end with the call
};

/** The worker's alone. */
class CallListener
{
public:
    static constexpr std::size_t mostNotes = 512;

    /** The newest call that has ended since the last time; none when nothing was played in it. */
    std::optional<Call> collect(player::CallQueue& queue);

private:
    void take(const player::CallEvent& event);
    void release(int pitch, std::int64_t tick);

    Call current;
    std::map<int, std::size_t> held; ///< pitch -> its note
    std::optional<Call> finished;
};

} // namespace organum::plugin
