#include "CommandLine/Composing.h"

#include <chrono>
#include <iostream>

namespace organum::commandline
{

std::string metreText(const Primer& primer)
{
    return std::to_string(primer.metre.numerator) + "/" + std::to_string(primer.metre.denominator);
}

score::Quarters newLength(const GenerateOptions& options, const Primer& primer)
{
    return primer.metre.barLength() * score::Quarters(options.bars);
}

std::vector<Take> composeTakes(Composer& composer, const GenerateOptions& options,
                               const Primer& primer, const ModelDescription& model,
                               const score::ChordProgression& progression, bool explain,
                               const std::function<void()>& stopIfAsked)
{
    using Clock = std::chrono::steady_clock;
    auto request = requestFrom(options, primer.metre);
    GivenMusic given;
    given.primer = primer.notes;
    given.primerVoices = primer.voices;
    given.primerLength = primer.length;
    fillVoices(options.voices, model, primer.metre, request, given);
    fillChords(progression, options.chords.strength, options.bars, primer.metre, request, given);
    if (explain)
        request.explain = ORGANUM_EXPLAIN_PROBABILITIES | ORGANUM_EXPLAIN_ATTENTION;
    const auto started = Clock::now();
    bool told = false;
    return composer.compose(request, given, [&] {
        stopIfAsked();
        if (told || Clock::now() - started < std::chrono::seconds(1))
            return;
        told = true;
        std::cerr << "Composing " << options.bars << " bars of " << metreText(primer) << ", "
                  << newLength(options, primer).toString() << " quarter notes";
        if (options.variations > 1)
            std::cerr << ", " << options.variations << " times";
        std::cerr << "; Ctrl-C stops it." << std::endl;
    });
}

} // namespace organum::commandline
