#include "CommandLine/TakeScore.h"

#include "CommandLine/VoiceMusic.h"
#include "Score/Scale.h"

namespace organum::commandline
{
namespace
{

constexpr int churchOrgan = 19;

} // namespace

int programOf(const GenerateOptions& options, const Primer& primer, const ModelDescription& model)
{
    for (const int program : {options.program, primer.program, model.program})
        if (program >= 0)
            return program;
    return model.hasVoices() ? churchOrgan : 0;
}

score::Score scoreFrom(const Take& take, const Primer& primer, const GenerateOptions& options,
                       const std::string& title, const ModelDescription& model)
{
    score::Score score;
    score.title = "New music after " + title;
    std::vector<score::Note> notes;
    std::vector<int> voices;
    score::Quarters shift;
    if (options.withPrimer) {
        notes = primer.notes;
        voices = primer.voices;
        voices.resize(notes.size(), 0);
        shift = primer.length;
    }
    for (auto note : take.notes) {
        note.onset += shift;
        notes.push_back(note);
    }
    voices.insert(voices.end(), take.voices.begin(), take.voices.end());
    const int program = programOf(options, primer, model);
    if (model.hasVoices())
        score.parts = partsOf(notes, voices, model, program);
    else
        score.parts.push_back({title, 0, program, std::move(notes)});
    score.metres.push_back(primer.metre);
    score.tempos.push_back({score::Quarters(0), primer.microsecondsPerQuarter});
    if (const auto key = score::keySignatureOf(*score::findScale(options.scale),
                                               *score::tonicFromName(options.key)))
        score.keys.push_back(*key);
    return score;
}

} // namespace organum::commandline
