#include "Engine/SequenceModel.h"

#include "Engine/Generation.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace organum::engine
{

SequenceModel::SequenceModel(std::shared_ptr<const StepModel> stepsIn)
    : steps(std::move(stepsIn))
{
}

void SequenceModel::check(const Request& request) const
{
    request.check();
    const Constraints constraints(steps->vocabulary, request);
    const ChordWeights chords(steps->vocabulary, request, constraints.notes());
}

std::unique_ptr<Composition> SequenceModel::begin(const Request& request) const
{
    return std::make_unique<Generation>(steps, request);
}

std::string SequenceModel::description() const
{
    const auto& vocabulary = steps->vocabulary;
    int lowest = 127;
    int highest = 0;
    for (std::int64_t id = 0; id < vocabulary.pitchCount(); ++id) {
        for (const int pitch : vocabulary.chord(id)) {
            lowest = std::min(lowest, pitch);
            highest = std::max(highest, pitch);
        }
    }
    return nlohmann::ordered_json{
        {"vocabulary",
         {{"pitches", vocabulary.pitchCount()}, {"durations", vocabulary.durationCount()}}},
        {"pitch_range", {lowest, highest}}}
        .dump();
}

} // namespace organum::engine
