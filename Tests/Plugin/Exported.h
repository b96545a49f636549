#pragma once

// What an instance's take is as a file.

#include "Plugin/Export.h"
#include "Score/MidiFile.h"

#include <vector>

namespace organum::test
{

/** Empty without a take. */
inline std::vector<std::uint8_t> exportedMidi(plugin::Processor& processor,
                                              plugin::ExportKind kind = plugin::ExportKind::midi)
{
    const auto content = plugin::exportContentOf(processor);
    if (!content)
        return {};
    return score::midiBytes(scoreOf(*content, kind),
                            {kind == plugin::ExportKind::midiOneTrack ? 0 : 1})
        .bytes;
}

} // namespace organum::test
