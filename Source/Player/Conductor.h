#pragma once

// Decides what plays when: which stretch of which music the mode asks for, when new music and a new
// feel come in, and when a bar is late. The player asks it for the next note and for the next
// moment at which something changes. All ticks are the host's unless said otherwise.

#include "Player/CallQueue.h"
#include "Player/HandOver.h"
#include "Player/Keys.h"
#include "Player/Modes.h"
#include "Player/Pass.h"
#include "Player/Trigger.h"

#include <atomic>
#include <memory>

namespace organum::player
{

/** Offline, where nobody listens yet, music that is late is waited for. */
class Patience
{
public:
    virtual ~Patience() = default;
    /** Returns when all that was asked for is there or will not come; false when that took too
        long. Called from the audio thread, so it exists only while that may wait. */
    virtual bool waitForMusic() = 0;
};

class Conductor
{
public:
    static constexpr std::int64_t never = NoteTable::never;

    // ---- any thread but the audio thread
    /** A finished take. */
    void publishTake(std::unique_ptr<const Timeline> music) { takes.publish(std::move(music)); }
    /** Bars of endless music, or an answer: music for one place in the host's time. */
    void publishStream(std::unique_ptr<const Timeline> music) { stream.publish(std::move(music)); }
    void collect()
    {
        takes.collect();
        stream.collect();
    }
    CallQueue& calls() { return callQueue; }
    /** Where time stands, in ticks; the next block's first. */
    std::int64_t position() const { return shownPosition.load(std::memory_order_acquire); }
    std::uint32_t lateBars() const { return late.load(std::memory_order_relaxed); }
    /** True while a call is being listened to. */
    bool isListening() const { return listening.load(std::memory_order_relaxed); }

    // ---- audio thread
    /** At the start of each block, before anything else. True when the mode is another one: what
        sounds must end and begin() must follow. */
    bool set(const ModeSettings& settingsIn, const Feel& feelIn, Patience* patienceIn);
    /** Music was asked for at that tick, in time with the host: it is due at the first bar line
       that is a quarter note away or more, and comes in there, not before. */
    void promise(std::int64_t tick)
    {
        promised = true;
        dueFrom = tick + ticksPerQuarter;
    }
    /** What was promised will not come any more, or is on its way no longer. */
    void settle(bool stillExpected);

    /** Time starts to run at that tick. */
    void begin(std::int64_t tick);
    /** Time goes on at another tick; what sounds was ended. */
    void jump(std::int64_t from, std::int64_t to);
    /** Time stands still at that tick. */
    void stop(std::int64_t tick);
    /** Ends triggered playing. */
    void panic();

    /** A key, while time runs at that tick or stands still. */
    void key(const KeyEvent& event, std::int64_t tick, bool running);

    /** The first tick at or after `now` at which change() must be called. */
    std::int64_t nextChange(std::int64_t now) const;
    /** What ends with a change. */
    enum class Ending
    {
        nothing,
        everything ///< all that sounds
    };
    Ending change(std::int64_t tick);

    NextNote noteAtOrAfter(std::int64_t tick) const { return pass.noteAtOrAfter(tick, feel); }
    NextNote noteAfter(const NextNote& note) const { return pass.noteAfter(note, feel); }
    const Timeline* music() const { return pass.music; }
    std::int64_t placeOf(std::int64_t tick) const { return pass.placeOf(tick); }
    void showPosition(std::int64_t tick) { shownPosition.store(tick, std::memory_order_release); }

private:
    // Conductor.cpp: music and feel at bar lines, loops and triggers
    std::int64_t takeBarLength() const;
    bool wantsBar() const;
    void adopt(std::int64_t tick);
    bool waitAt(std::int64_t tick);
    void countLate(std::int64_t tick);
    bool keepPromise(HandOver<Timeline>& source, std::int64_t tick);
    void startLoop();
    void startShot(std::int64_t tick);
    Ending changeTriggered(std::int64_t tick);

    // Stream.cpp: endless music, call and response
    void beginStream(std::int64_t tick);
    void enterBar(std::int64_t tick);
    bool covers(std::int64_t tick) const;
    const Timeline* endlessMusic() const;
    void beginCycle(std::int64_t tick);
    void changeCycle(std::int64_t tick);
    void open(std::int64_t callStart, std::int64_t tick);
    void answerBar(std::int64_t tick);
    void recordKey(const KeyEvent& event, std::int64_t tick);
    void abandonCall();
    std::int64_t halfCycle() const { return settings.callBars * settings.barTicks; }
    std::int64_t callCloses() const;

    HandOver<Timeline> takes;
    HandOver<Timeline> stream;
    CallQueue callQueue;

    ModeSettings settings;
    Feel feel;
    Feel wantedFeel;
    Patience* patience = nullptr;

    Pass pass;
    std::int64_t triedAt = -1; ///< the last bar line at which new music was looked for
    std::int64_t lastLate = -1;
    std::int64_t boundary = never; ///< of a stream: its next bar, or part of a cycle
    Keys keys;
    Trigger trigger;

    bool promised = false;
    std::int64_t dueFrom = 0;

    bool streamIsCurrent = false; ///< the stream belongs to what plays in this mode
    bool hears = false;           ///< between the opening and the closing of a call
    std::int64_t callStart = 0;
    int heardNotes = 0;           ///< in this call
    std::uint64_t callNumber = 0; ///< an answer carries it as the number of its take

    std::atomic<std::int64_t> shownPosition{0};
    std::atomic<std::uint32_t> late{0};
    std::atomic<bool> listening{false};
};

} // namespace organum::player
