#pragma once

// A piece of several voices while it is being written: cells that are given (the primer, what is
// locked) and cells that are still open, one a step and voice.

#include <cstddef>
#include <vector>

namespace organum::engine
{

class VoiceSketch
{
public:
    static constexpr int silent = -1;
    static constexpr int open = -2; ///< to be decided

    /** `context` steps before the new music, all silent; `steps` new ones, all open. */
    VoiceSketch(int voicesIn, int contextIn, int stepsIn)
        : voices(voicesIn)
        , context(contextIn)
        , steps(stepsIn)
        , cells(static_cast<std::size_t>(context + steps) * static_cast<std::size_t>(voices), open)
        , given(cells.size(), 0)
    {
    }

    /** MIDI pitch, silent or open; step -context .. steps - 1, where 0 begins the new music. */
    int at(int step, int voice) const { return cells[place(step, voice)]; }
    /** Decides an open cell. */
    void decide(int step, int voice, int pitch) { cells[place(step, voice)] = pitch; }
    /** Fixes a cell before anything is decided. */
    void give(int step, int voice, int pitch)
    {
        cells[place(step, voice)] = pitch;
        given[place(step, voice)] = 1;
    }
    /** Whether a cell was there from the beginning; its pitch is then the same to the end. */
    bool isGiven(int step, int voice) const { return given[place(step, voice)] != 0; }

    const int voices;
    const int context;
    const int steps;

private:
    std::size_t place(int step, int voice) const
    {
        return static_cast<std::size_t>(context + step) * static_cast<std::size_t>(voices) +
               static_cast<std::size_t>(voice);
    }

    std::vector<int> cells;
    std::vector<char> given;
};

} // namespace organum::engine
