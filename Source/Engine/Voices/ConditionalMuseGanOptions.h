#pragma once

// What a bundle of conditional MuseGAN says of its shape and of its voices.

#include "Engine/Macros.h"
#include "Engine/Voices/MuseGanOptions.h"

namespace organum::engine
{

/** A bundle's `config` for the kind "musegan-conditional". */
struct ConditionalMuseGanOptions
{
    std::int64_t noise = 32;
    std::int64_t embed = 24;
    std::int64_t context = 256;
    std::int64_t plan = 128;
    std::int64_t units = 128;
    std::vector<VoiceInfo> voices = choirVoices(); ///< four, with the ranges of what was learnt
    std::vector<Macro> macros;                     ///< their directions are not in the config

    std::string toJson() const;
    /** Fields that are not there keep their defaults. Throws std::invalid_argument. */
    static ConditionalMuseGanOptions fromJson(const std::string& text);
};

} // namespace organum::engine
