#pragma once

// What the engine says of a model, read once: whether it has voices, which knobs, which metres.

#include <string>
#include <vector>

namespace organum::commandline
{

struct ModelVoice
{
    std::string name; ///< e.g. "Soprano"
    int lowest = 0;
    int highest = 127;
};

struct ModelDescription
{
    /** From organum_describe()'s JSON; what is missing keeps its default. */
    static ModelDescription fromJson(const std::string& text);

    bool hasVoices() const { return !voices.empty(); }
    /** Whether it heeds a field of organum_request that not every model heeds. */
    bool heeds(const std::string& field) const;
    /** Place of a voice by its name, small or capital letters alike; -1 when there is none. */
    int voiceNamed(const std::string& name) const;
    /** "soprano, alto, tenor, bass". */
    std::string voiceNames() const;

    std::string title;
    int program = -1; ///< General MIDI instrument of what was learnt; -1: not known
    int lowest = 0;   ///< pitches it knows
    int highest = 127;
    std::vector<ModelVoice> voices; ///< the highest first; none: writes one voice
    std::vector<std::string> macros;
    std::vector<std::string> uses;
};

/** For names that are compared: capital letters A to Z made small. */
std::string lowerCase(std::string text);

} // namespace organum::commandline
