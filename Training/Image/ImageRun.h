#pragma once

// What all image models share between command line and loop: their entry in the registry, the
// record of a run in its bundle, and opening a run again. A model is one ImageModel.

#include "Bundle/Bundle.h"
#include "Training/Image/ImageData.h"
#include "Training/Loop/Objective.h"
#include "Training/Recipe.h"
#include "Training/Registry.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>

namespace organum::training
{

/** What a network must know of its data to be built. */
struct ImageFacts
{
    std::int64_t channels = 1;
    std::int64_t height = 28;
    std::int64_t width = 28;
    std::vector<std::string> classNames;

    std::string toJson() const;
    /** Throws std::invalid_argument, also for sizes out of range. */
    static ImageFacts fromJson(const std::string& text);
};

/** Writes the bundle of a run. */
class ImageRecord
{
public:
    ImageRecord(const TrainOptions& optionsIn, std::map<std::string, std::string> settingsIn,
                const ImageData& data);

    /** Writes the weights now in `module` as <run>/model.organum. `epoch` counts from 1. */
    void write(const torch::nn::Module& module, std::int64_t epoch,
               const Metrics& validation) const;

    /** Whether an epoch, counted from 1, gets a sheet of samples: 1, 2, 5, 10, 20, 50, ... */
    static bool isSampleEpoch(std::int64_t epoch);
    /** Writes images [N, C, H, W], 0..1, as <run>/samples/epoch-NNNN.png. */
    void sample(const torch::Tensor& images, std::int64_t epoch, int columns) const;

    const ImageFacts facts;

private:
    const TrainOptions options;
    const std::map<std::string, std::string> settings;
    const FileHashes files;
    const std::string splitJson, share, format;
};

/** What an objective is made of. All references outlive it. */
struct ImageTraining
{
    const TrainOptions& options;
    const Settings& settings;
    const ImageData& data;
    const ImageRecord& record;
    torch::Device device;
    Progress& progress;
};

/** One image model. */
struct ImageModel
{
    std::string name;        ///< as `organum train` takes it
    std::string title;       ///< one line
    std::string bookSection; ///< e.g. "3.1"
    std::string dataNeeded;
    std::string size; ///< e.g. "98,946 + 102,017 parameters"
    std::string example;
    std::vector<Recipe> recipes; ///< the first is the default
    std::function<ImageRequest(const Settings&)> request;
    std::function<std::unique_ptr<Objective>(const ImageTraining&)> objective;
    std::function<std::vector<std::filesystem::path>(const ReportOptions&, Progress&)> report;
    std::function<void(const SampleOptions&, Progress&)> sample;
    std::function<Evaluation(const EvaluateOptions&, const std::filesystem::path&, Progress&)>
        evaluate;                 ///< with the judge of evaluateJudged()
    std::string watched = "loss"; ///< validation figure that decides on the best epoch
};

/** Settings that every image model has: epochs, batch, images. */
std::vector<Setting> imageSettings(const std::string& epochs, const std::string& batch,
                                   const std::vector<Setting>& more);

/** The registry's entry. `make` is called whenever the entry is used. */
Entry imageEntry(const std::function<ImageModel()>& make);

/** A run, or its bundle alone, opened again. */
struct ImageRun
{
    std::filesystem::path folder; ///< empty when only a bundle was named
    std::filesystem::path data;   ///< as the run's config.json says; empty for a bundle alone
    bundle::Bundle bundle;
    nlohmann::json provenance;
    ImageFacts facts;
    Settings settings;
    std::uint64_t seed = 1; ///< of the run

    std::string name() const { return bundle.metadata.name; }
    /** One sentence on what was learnt from. */
    std::string share() const;
    /** The files learnt from. */
    FileHashes learntFrom() const;
    std::int64_t epoch() const; ///< whose weights these are, counted from 1
};

/** Throws bundle::BundleError, or std::runtime_error when it was made by another model. */
ImageRun openImageRun(const std::filesystem::path& runOrBundle, const ImageModel& model);

/** What shall happen with images that are none of those a run has learnt from. */
enum class OtherImages
{
    judge,   ///< they are the test, and the progress says so
    refused, ///< for what shows both sides, learnt and held out
};

/** The data of a run divided as it was when it was trained. `other`: where it lies now; empty: as
    the run says. Throws std::runtime_error when nobody knows where, DataError when the data is
    no longer what was learnt from, since which images were held out is then unknown. */
ImageData readDataOf(const ImageRun& run, const ImageModel& model,
                     const std::filesystem::path& other, OtherImages others, Progress& progress);

/** The side "train", "validation" or "test". Throws DataError when it has fewer than `least`. */
const ImageSet& sideOf(const ImageData& data, const std::string& split, std::int64_t least);

} // namespace organum::training
