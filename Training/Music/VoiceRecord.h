#pragma once

// The bundle of a run that learns music of several voices, what it says about its training, and the
// pieces it composes meanwhile.

#include "Bundle/Bundle.h"
#include "Training/Training.h"

#include <torch/torch.h>

#include <cstdint>
#include <map>
#include <string>

namespace organum::training
{

struct VoiceData
{
    std::string file;      ///< name of the file learnt from, without its folder
    std::string sha256;    ///< of its bytes
    std::string splitJson; ///< Split::toJson()
};

class VoiceRecord
{
public:
    /** General MIDI's church organ, from 0. */
    static constexpr int program = 19;

    VoiceRecord(const TrainOptions& optionsIn, std::map<std::string, std::string> settingsIn,
                VoiceData dataIn);

    /** The bundle of these weights; `epoch` counts from 1. */
    bundle::Bundle make(const torch::nn::Module& module, const std::string& kind,
                        const std::string& config, std::int64_t epoch) const;

    /** Writes <run>/model.organum and, after some epochs, <run>/samples/epoch-NNNN.mid and .png:
        eight bars composed by this bundle. The module holds the weights to keep and is in
        evaluation mode; `epoch` counts from 1. */
    void keep(const torch::nn::Module& module, const std::string& kind, const std::string& config,
              std::int64_t epoch) const;

private:
    const TrainOptions options;
    const std::map<std::string, std::string> settings;
    const VoiceData data;
};

} // namespace organum::training
