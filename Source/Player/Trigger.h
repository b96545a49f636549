#pragma once

// Turns keys into the moments at which a triggered take begins and ends.

#include "Player/Keys.h"
#include "Player/Modes.h"
#include "Player/NoteTable.h"

#include <cstdint>

namespace organum::player
{

/** Audio thread. All ticks are the host's. */
class Trigger
{
public:
    static constexpr std::int64_t never = NoteTable::never;

    /** Forgets what was to come; the take does not run. */
    void reset() { *this = {}; }

    /** After `keys` has followed the event. barTicks > 0, of the take's bars. */
    void follow(const KeyEvent& event, const Keys& keys, const ModeSettings& settings,
                std::int64_t barTicks, std::int64_t tick);
    /** As a press at that tick, for a key that is held already. */
    void press(const ModeSettings& settings, std::int64_t barTicks, std::int64_t tick);
    /** Time has jumped to that tick: what was to come comes on the grid there. */
    void jump(const ModeSettings& settings, std::int64_t barTicks, std::int64_t tick);

    std::int64_t nextStart() const { return start; }
    std::int64_t nextStop() const { return stop; }
    bool isRunning() const { return running; }
    void started()
    {
        running = true;
        start = never;
    }
    void stopped()
    {
        running = false;
        stop = never;
    }

private:
    bool running = false;
    std::int64_t start = never;
    std::int64_t stop = never;
};

} // namespace organum::player
