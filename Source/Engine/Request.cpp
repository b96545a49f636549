#include "Engine/Request.h"

#include "Engine/Ranges.h"

namespace organum::engine
{

namespace
{

// Hours of music; more is a mistake and would only cost memory.
constexpr std::size_t mostPrimerNotes = 1u << 18;
constexpr std::int64_t mostPrimerQuarters = 1 << 20;

} // namespace

void Request::check() const
{
    checkRange("the number of bars", bars, 1, 256);
    checkRange("the metre's numerator", metre.numerator, 1, 32);
    checkRange("the metre's denominator", metre.denominator, 1, 32);
    if ((metre.denominator & (metre.denominator - 1)) != 0)
        throw std::invalid_argument("Checking the request: the metre's denominator is " +
                                    std::to_string(metre.denominator) +
                                    "; it must be 1, 2, 4, 8, 16 or 32.");
    checkRange("the pitch temperature", pitchTemperature, 0.05, 4.0);
    checkRange("the duration temperature", durationTemperature, 0.05, 4.0);
    checkRange("top-p", topP, 0.05, 1.0);
    checkRange("the lowest pitch", lowestPitch, 0, 127);
    checkRange("the highest pitch", highestPitch, 0, 127);
    if (lowestPitch > highestPitch)
        throw std::invalid_argument("Checking the request: the lowest pitch " +
                                    std::to_string(lowestPitch) + " is above the highest pitch " +
                                    std::to_string(highestPitch) + ".");
    if ((pitchClassMask & 0xFFFu) == 0)
        throw std::invalid_argument("Checking the request: the scale holds no pitch class at all. "
                                    "Allow at least one.");
    checkRange("the number of variations", variations, 1, 16);

    checkRange("the number of primer notes", primer.size(), std::size_t{0}, mostPrimerNotes);
    if (primerLength < score::Quarters(0) || primerLength > score::Quarters(mostPrimerQuarters))
        throw std::invalid_argument("Checking the request: the primer's length is " +
                                    primerLength.toString() + " quarters; it must lie between 0 " +
                                    "and " + std::to_string(mostPrimerQuarters) + ".");
    for (std::size_t i = 0; i < primer.size(); ++i) {
        const auto& note = primer[i];
        const auto where = "Checking the request: primer note " + std::to_string(i + 1);
        if (note.pitch < 0 || note.pitch > 127)
            throw std::invalid_argument(where + " has pitch " + std::to_string(note.pitch) +
                                        "; MIDI has 0 to 127.");
        if (note.duration <= score::Quarters(0))
            throw std::invalid_argument(where + " lasts " + note.duration.toString() +
                                        " quarters; a note must last longer than 0.");
        if (note.onset < score::Quarters(0) || note.onset >= primerLength)
            throw std::invalid_argument(where + " begins at quarter " + note.onset.toString() +
                                        ", outside the primer's length of " +
                                        primerLength.toString() + " quarters.");
    }
    for (const auto& branch : branches) {
        checkRange("the element of a branch", branch.element, 0, 1 << 20);
        checkRange("the pitch of a branch", branch.pitch, Branch::rest, 127);
    }
    voices.check(primer.size());
    chords.check();
}

} // namespace organum::engine
