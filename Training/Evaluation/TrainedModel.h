#pragma once

// A bundle together with what it says about its training, and the data it was trained on.

#include "Engine/ModelLoader.h"
#include "Training/Data/MusicFolder.h"
#include "Training/Data/Split.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::training
{

class Progress;

struct TrainedModel
{
    std::filesystem::path file;
    engine::LoadedModel model;
    Split split;
    std::string parts;
    std::string recipe;
    std::string dataName;
    engine::Sampler sampler = engine::Sampler::stream; ///< how it was trained to see the past
    std::vector<std::pair<std::string, std::string>> checksums; ///< piece name, sha256

    /** The pieces of `which` among `pieces`, in the split's order. */
    std::vector<const Piece*> select(const std::vector<Piece>& pieces,
                                     const std::string& which) const;
};

/** `path` is a bundle or a run folder. Throws std::runtime_error when there is none or it does not
    say what it was trained on. */
TrainedModel openTrainedModel(const std::filesystem::path& path);

/** The data of the model's split, with a sentence for each file whose bytes have changed since.
    Empty `parts`: as trained. Throws DataError when pieces of the split are missing. */
MusicFolder readDataOf(const TrainedModel& trained, const std::filesystem::path& folder,
                       const std::string& parts, Progress& progress);

} // namespace organum::training
