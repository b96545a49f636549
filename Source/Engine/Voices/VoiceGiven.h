#pragma once

// What a request gives a sketch before anything is decided: the primer before the new music, and
// within it what is locked.

#include "Engine/Request.h"
#include "Engine/Voices/VoiceNetwork.h"
#include "Engine/Voices/VoiceSketch.h"

namespace organum::engine
{

/** Steps of the primer that a sketch keeps: all, up to 4096 before the new music. */
int primerSteps(const Request& request);

/** Writes the primer into the sketch's context. Notes that all have voice 0 are dealt: a primer
    of one line to the voice whose range it fits best; else each step's pitches, from above, to the
    voices that they fit best; of more pitches than voices the highest ones and the lowest. */
void givePrimer(const Request& request, const std::vector<VoiceInfo>& voices, VoiceSketch& sketch);

/** Locked notes that are kept to the bit, by onset: those that begin in a locked bar of their
    voice and those that are held, cut at the end of the music. */
std::vector<VoicedNote> keptNotes(const Request& request, int voices);

/** Gives every cell that a kept note touches its pitch, cells that other notes of `locked_notes`
    sound on into within a locked bar theirs, and the rest of each locked bar silence. Of notes at
    once the highest counts. */
void giveLocks(const Request& request, const std::vector<VoicedNote>& kept, VoiceSketch& sketch);

} // namespace organum::engine
