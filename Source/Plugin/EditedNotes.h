#pragma once

// Notes that the musician wrote or changed by hand: whatever is composed anew, they stay to the
// bit, and new notes of their voice make room for them.

#include "Plugin/Take.h"

#include <cstdint>
#include <vector>

namespace organum::plugin
{

bool hasEditedNotes(const Take& take);

/** The edited notes of a take that begin before `length` (ticks), cut there. */
std::vector<TakeNote> editedNotes(const Take& take, std::int64_t length);

/** Puts the edited notes of `kept` into `fresh`. What else of their voices sounds at the same time
    ends where an edited note begins or begins where it ends; what has no room is left out. Notes
    that begin in a cell of `lockedCells` (a mask a bar, bit v = voice v) stay as they are. */
void keepEdited(Take& fresh, const Take& kept, const std::vector<std::uint32_t>& lockedCells);

/** Whether every edited note of `kept` that has room in `take` is there, to the bit. */
bool keepsEdited(const Take& take, const Take& kept);

/** Marks those notes of `take` as edited that are edited in `like`, and no others. */
void markEdited(Take& take, const Take& like);

/** Notes in the order in which the engine gives them: by onset, then voice, then pitch. */
bool isBefore(const TakeNote& a, const TakeNote& b);

} // namespace organum::plugin
