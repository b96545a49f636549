#include "Training/Music/Samples.h"

#include "Engine/Generation.h"
#include "Score/MidiFile.h"
#include "Score/VoiceGrid.h"
#include "Training/Report/Pictures.h"

#include <algorithm>
#include <cstdio>

namespace organum::training
{

bool isSampleEpoch(std::int64_t epoch)
{
    while (epoch >= 10 && epoch % 10 == 0)
        epoch /= 10;
    return epoch == 1 || epoch == 2 || epoch == 5;
}

score::Score scoreOf(const engine::Take& take, const engine::Metre& metre, const std::string& title)
{
    score::Score score;
    score.title = title;
    score.metres.push_back({{}, metre.numerator, metre.denominator});
    score::Part part;
    part.name = title;
    part.notes = take.notes;
    std::sort(part.notes.begin(), part.notes.end());
    score.parts.push_back(std::move(part));
    return score;
}

void writeSample(const std::filesystem::path& file, std::shared_ptr<const engine::StepModel> model,
                 engine::Sampler sampler, const engine::Metre& metre, std::uint64_t seed,
                 const std::string& title)
{
    engine::Request request;
    request.seed = seed;
    request.bars = 8;
    request.metre = metre;
    request.sampler = sampler;
    const auto takes = engine::generate(std::move(model), request);
    score::writeMidiFile(file, scoreOf(takes.front(), metre, title));
}

score::Score scoreOfVoices(const engine::Take& take, int program, const std::string& title)
{
    score::VoiceGrid silence;
    silence.voices = take.voiceCount;
    score::VoiceScoreOptions options;
    options.programs = {program};
    options.title = title;
    auto score = score::scoreFrom(silence, options);
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        score.parts[static_cast<std::size_t>(take.noteVoices[i])].notes.push_back(take.notes[i]);
    for (auto& part : score.parts)
        std::sort(part.notes.begin(), part.notes.end());
    return score;
}

void writeVoiceSample(const std::filesystem::path& folder, const engine::Model& model,
                      std::uint64_t seed, std::int64_t epoch, int program)
{
    engine::Request request;
    request.seed = seed;
    request.bars = 8;
    request.voices.ruleStrength = 0.0;
    request.voices.joining = score::Joining::cutAtBeats;
    const auto takes = engine::generate(model, request);
    char name[64];
    std::snprintf(name, sizeof name, "epoch-%04lld", static_cast<long long>(epoch));
    const auto score = scoreOfVoices(takes.front(), program, name);
    score::writeMidiFile(folder / (std::string(name) + ".mid"), score);
    if (canDraw())
        drawScore(folder / (std::string(name) + ".png"), score,
                  "After epoch " + std::to_string(epoch),
                  "eight bars, the network's own choices, seed " + std::to_string(seed));
}

std::string metreText(const engine::Metre& metre)
{
    return std::to_string(metre.numerator) + "/" + std::to_string(metre.denominator);
}

engine::Metre metreOf(const std::string& text)
{
    engine::Metre metre;
    int numerator = 0, denominator = 0;
    if (std::sscanf(text.c_str(), "%d/%d", &numerator, &denominator) == 2 && numerator >= 1 &&
        numerator <= 32 && denominator >= 1 && denominator <= 32 &&
        (denominator & (denominator - 1)) == 0)
        metre = {numerator, denominator};
    return metre;
}

} // namespace organum::training
