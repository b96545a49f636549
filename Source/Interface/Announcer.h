#pragma once

// Says to a screen reader what a person who sees reads in the status: that something went wrong,
// that long work began, and what came of it. The rest changes too often to be said.

#include "Interface/Theme.h"

#include <cstdint>
#include <functional>

namespace organum::editor
{

/** Message thread. */
class Announcer
{
public:
    enum class Kind
    {
        take, ///< nothing is to be said; the text describes the take that plays
        message,
        busy,
        failed
    };

    /** Says the text if it is news. `take`: the number of the take that plays; 0: none. */
    void show(Kind kind, const juce::String& text, std::uint64_t take);

    /** Says something; at first by the screen reader. */
    std::function<void(const juce::String& text, bool isUrgent)> speak;

    Announcer();

private:
    Kind lastKind = Kind::take;
    juce::String lastText;
    std::uint64_t lastTake = 0;
    bool everShown = false;
};

} // namespace organum::editor
