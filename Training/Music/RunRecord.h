#pragma once

// What a run says about itself: config.json, and the provenance inside the bundle it writes.

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

    /** Adds to the bundle how long the whole run took; the weights stay as they are. */
    void addEnding(std::int64_t epochs, double seconds) const;

    std::filesystem::path file() const { return options.run / "model.organum"; }

private:
    bundle::Bundle make(const torch::nn::Module& module, const std::string& kind,
                        const std::string& config, std::int64_t epoch,
                        const Metrics& validation) const;

    const TrainOptions options;
    const MusicData& data;
    const std::map<std::string, std::string> settings;
    const bool trainedOnWindows;
};

/** config.json: everything `train` was told that a resumed run must keep. */
void writeRunConfig(const TrainOptions& options,
                    const std::map<std::string, std::string>& settings);
/** Takes from the run's config.json all but run, epochs, maxMinutes, device, threads and resume;
    epochs too when not given. Throws std::runtime_error when there is no such run. */
TrainOptions readRunConfig(const TrainOptions& options);

} // namespace organum::training
