#pragma once

// What a bundle of the book's MuseGAN says of its shape and of its voices.

#include "Engine/Voices/VoiceNetwork.h"

#include <nlohmann/json_fwd.hpp>

namespace organum::engine
{

class ConfigReader;

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

/** The list [{"name", "lowest", "highest"}] under "voices" that bundles with voices hold. Reading
    leaves `voices` alone when it is not there; throws std::invalid_argument. */
nlohmann::ordered_json voicesToJson(const std::vector<VoiceInfo>& voices);
void readVoices(const ConfigReader& reader, std::vector<VoiceInfo>& voices);

} // namespace organum::engine
