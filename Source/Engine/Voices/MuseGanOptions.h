#pragma once

// What a bundle of the book's MuseGAN says of its shape and of its voices.

#include "Engine/Voices/VoiceNetwork.h"

namespace organum::engine
{

/** Soprano, alto, tenor and bass with the ranges they have in Bach's chorales. */
std::vector<VoiceInfo> choirVoices();

/** A bundle's `config` for the kind "musegan". */
struct MuseGanOptions
{
    std::int64_t bars = 2;
    std::int64_t noise = 32; ///< numbers in each latent vector
    std::int64_t generatorWidth = 1024;
    std::vector<VoiceInfo> voices = choirVoices(); ///< one a track, the highest first

    std::string toJson() const;
    /** Fields that are not there keep their defaults. Throws std::invalid_argument. */
    static MuseGanOptions fromJson(const std::string& text);
};

/** The list of voices [{"name", "lowest", "highest"}] that bundles with voices hold. The second
    throws std::invalid_argument. */
std::string voicesToJson(const std::vector<VoiceInfo>& voices);
std::vector<VoiceInfo> voicesFromJson(const std::string& text);

} // namespace organum::engine
