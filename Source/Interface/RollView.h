#pragma once

// Where times and pitches lie in the roll: a span of the take, zoomed and scrolled, over rows of
// pitches. A plain value; quarters are quarter notes from the start of the take.

#include "Plugin/Take.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace organum::editor
{

class RollView
{
public:
    static constexpr double longestZoom = 32.0;

    void setArea(juce::Rectangle<float> areaIn) { grid = areaIn; }
    /** Rows for all its notes; another length shows the whole. Null: four bars, two octaves. */
    void setTake(const plugin::Take* take);

    juce::Rectangle<float> area() const { return grid; }
    int lowest() const { return lowestRow; }
    int highest() const { return highestRow; }
    int bars() const { return barCount; }
    int beatsInBar() const { return beats; }
    double barQuarters() const { return quartersInBar; }
    double length() const { return barCount * quartersInBar; }
    double first() const { return firstShown; }        ///< quarter at the left edge
    double shown() const { return length() / factor; } ///< quarters from edge to edge
    double zoom() const { return factor; }             ///< 1 = the whole take

    /** Zooms so that `quarter` stays where it is. */
    void setZoom(double wanted, double quarter);
    void scrollTo(double quarter);
    /** Scrolls only if the quarter is not in sight. */
    void reveal(double quarter);

    float xOf(double quarter) const;
    float xOfTick(std::int64_t tick) const { return xOf(quartersOf(tick)); }
    float yOf(int pitch) const; ///< top edge of its row
    float rowHeight() const;
    std::int64_t tickAt(float x) const; ///< within the take
    int pitchAt(float y) const;         ///< 0..127
    /** How many ticks so many pixels are. */
    double ticksIn(float pixels) const;
    juce::Rectangle<float> areaOf(const plugin::TakeNote& note) const;

    static double quartersOf(std::int64_t ticks)
    {
        return static_cast<double>(ticks) / static_cast<double>(player::ticksPerQuarter);
    }

private:
    juce::Rectangle<float> grid;
    int lowestRow = 48;
    int highestRow = 84;
    int barCount = 4;
    int beats = 4;
    double quartersInBar = 4.0;
    double firstShown = 0.0;
    double factor = 1.0;
};

} // namespace organum::editor
