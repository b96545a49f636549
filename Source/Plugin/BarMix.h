#pragma once

// What lies between two takes that no knob joins, e.g. of models that choose note by note: music
// that has some of its bars from one and the rest from the other.

#include "Plugin/Take.h"

#include <string>

namespace organum::plugin
{

/** Why bars of these takes cannot stand side by side; for the user, empty when they can: they need
    one model, one metre and the same voices. */
std::string barMixProblem(const Take& a, const Take& b);

/** `t` (0..1) of the bars from `b`, the others from `a`, each at its own place; a bar that has come
    over stays as `t` grows, and the order is the same every time. As long as the nearer take, whose
    knobs it also has; a shorter one is repeated. A note that leads into a bar of the other take
    ends at the bar line. For takes between which barMixProblem() sees no problem. */
Take mixedByBars(const Take& a, const Take& b, double t);

} // namespace organum::plugin
