#include "Engine/VoiceWishes.h"

#include "Engine/Ranges.h"

namespace organum::engine
{

namespace
{

constexpr std::size_t mostLockedNotes = 1u << 18;
constexpr std::size_t mostLockedBars = 1u << 12;

void checkVoice(const std::string& what, int voice)
{
    if (voice < 0 || voice >= VoiceWishes::mostVoices)
        throw std::invalid_argument("Checking the request: " + what + " has the voice " +
                                    std::to_string(voice) + "; voices are 0 to 3.");
}

} // namespace

void VoiceWishes::check(std::size_t primerNotes) const
{
    if ((latentMask >> latentCount) != 0)
        throw std::invalid_argument("Checking the request: the mask of latent vectors names one "
                                    "that does not exist; there are 10.");
    for (const auto& latent : latents)
        checkRange("a latent vector's morph", latent.morph, 0.0, 1.0);
    for (const double macro : macros)
        checkRange("a macro", macro, -1.0, 1.0);
    checkRange("the rule strength", ruleStrength, 0.0, 1.0);
    if (!primerVoices.empty() && primerVoices.size() != primerNotes)
        throw std::invalid_argument("Checking the request: not every note of the primer has a "
                                    "voice.");
    for (const int voice : primerVoices)
        checkVoice("a note of the primer", voice);
    checkRange("the number of locked bars", lockedVoices.size(), std::size_t{0}, mostLockedBars);
    checkRange("the number of locked notes", lockedNotes.size(), std::size_t{0}, mostLockedNotes);
    if (!heldNotes.empty() && heldNotes.size() != lockedNotes.size())
        throw std::invalid_argument("Checking the request: it does not say of every locked note "
                                    "whether it is held.");
    for (std::size_t i = 0; i < lockedNotes.size(); ++i) {
        const auto& [note, voice] = lockedNotes[i];
        const auto name = "locked note " + std::to_string(i + 1);
        checkVoice(name, voice);
        if (note.pitch < 0 || note.pitch > 127)
            throw std::invalid_argument("Checking the request: " + name + " has pitch " +
                                        std::to_string(note.pitch) + "; MIDI has 0 to 127.");
        if (note.onset < score::Quarters(0) || note.duration <= score::Quarters(0))
            throw std::invalid_argument("Checking the request: " + name +
                                        " begins before the new music or lasts no time; locked "
                                        "notes lie in the new music.");
    }
}

} // namespace organum::engine
