#pragma once

// From decided cells to notes: runs of one pitch become held notes or repeated ones, and locked
// notes come back as they were given.

#include "Engine/Request.h"
#include "Engine/Voices/VoiceDecoder.h"
#include "Engine/Voices/VoiceSketch.h"

namespace organum::engine
{

/** Fills a take's notes and their voices, by onset, then voice, then pitch. Cells that a kept note
    touches sound that note alone. `sounding` is empty, or as in VoiceOutcome. */
void writeNotes(const Request& request, const VoiceSketch& sketch,
                const std::vector<VoicedNote>& kept, const std::vector<std::vector<int>>& sounding,
                Take& take);

} // namespace organum::engine
