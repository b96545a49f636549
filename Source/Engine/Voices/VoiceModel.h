#pragma once

// A network of several voices as a model: what it can be asked for, and what it says of itself.

#include "Engine/Model.h"
#include "Engine/Voices/VoiceNetwork.h"

namespace organum::engine
{

class VoiceModel : public Model
{
public:
    explicit VoiceModel(std::shared_ptr<const VoiceNetwork> networkIn);

    void check(const Request& request) const override;
    std::unique_ptr<Composition> begin(const Request& request) const override;
    std::int64_t parameterCount() const override { return network->parameterCount(); }
    /** See organum_describe(). */
    std::string description() const override;

private:
    const std::shared_ptr<const VoiceNetwork> network;
};

} // namespace organum::engine
