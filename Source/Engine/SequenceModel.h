#pragma once

// A network that writes one (chord, duration) element after another, as a model.

#include "Engine/Model.h"
#include "Engine/StepModel.h"

namespace organum::engine
{

class SequenceModel : public Model
{
public:
    explicit SequenceModel(std::shared_ptr<const StepModel> stepsIn);

    void check(const Request& request) const override;
    std::unique_ptr<Composition> begin(const Request& request) const override;
    std::int64_t parameterCount() const override { return steps->parameterCount(); }
    /** vocabulary {pitches, durations} (sizes) and pitch_range [lowest, highest]. */
    std::string description() const override;

private:
    const std::shared_ptr<const StepModel> steps;
};

} // namespace organum::engine
