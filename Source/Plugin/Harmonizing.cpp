// The part of the processor for the harmony that new music is to have.

#include "Plugin/HarmonyReading.h"
#include "Plugin/Processor.h"

namespace organum::plugin
{

std::string Processor::setHarmony(const Harmony& wanted)
{
    const Harmony before = values.harmony.get();
    if (wanted == before)
        return {};
    Settings settings = values.settings();
    settings.harmony = wanted;
    if (!isInRange(settings))
        return "The chords are longer than " + std::to_string(Harmony::longest) +
               " letters. Shorten them; they repeat by themselves.";
    try {
        progressionOf(settings);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    if (wanted.chords == before.chords)
        undoSteps.remember("Chord strength", "chord strength");
    else
        undoSteps.remember("Chords");
    values.harmony.set(wanted);
    noteChange();
    return {};
}

std::string Processor::chordsHeard(HeardIn where)
{
    TakePointer take = history.playing();
    if (where == HeardIn::played) {
        played.collect();
        const int metre = hostMetre.load();
        take = played.phrase(metre / 64, metre % 64);
    }
    return take == nullptr ? std::string() : chordsHeardIn(*take, values.settings());
}

} // namespace organum::plugin
