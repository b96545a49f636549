#pragma once

// The bundle of a run that learns one line of music, and what it says about its training.

#include "Bundle/Bundle.h"
#include "Training/Loop/Objective.h"
#include "Training/Music/MusicData.h"
#include "Training/Training.h"

#include <string>

namespace organum::training
{

/** Writes the weights now in `module` as <run>/model.organum. */
class BundleWriter
{
public:
    /** `settings` are all of the recipe's. Keeps a reference to the data. */
    BundleWriter(const TrainOptions& optionsIn, const MusicData& dataIn,
                 std::map<std::string, std::string> settingsIn, bool trainedOnWindowsIn);

    /** `epoch` counts from 1. */
    void write(const torch::nn::Module& module, const std::string& kind, const std::string& config,
               std::int64_t epoch, const Metrics& validation) const;

    /** After some epochs, composes with these weights into <run>/samples/epoch-NNNN.mid. */
    void sample(const torch::nn::Module& module, const std::string& kind, const std::string& config,
                std::int64_t epoch) const;

private:
    bundle::Bundle make(const torch::nn::Module& module, const std::string& kind,
                        const std::string& config, std::int64_t epoch,
                        const Metrics& validation) const;

    const TrainOptions options;
    const MusicData& data;
    const std::map<std::string, std::string> settings;
    const bool trainedOnWindows;
};

} // namespace organum::training
