#pragma once

// Whether images are still those that a run began with. Which of them are held out follows from
// their number and order, so a run that went on with others would learn from its own test images,
// and a model judged by others would be judged by what it has learnt.

#include "Training/Image/ImageData.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace organum::training
{

/** split.json of a run: ImageData::splitJson with the images' shape and their files' hashes. */
std::string splitRecord(const ImageData& data);

/** The same, read back: an object. Throws std::runtime_error. */
nlohmann::json readSplitRecord(const std::filesystem::path& run);

/** Throws DataError when `now`, read from `place`, is not what the run's split.json says, and
    std::runtime_error when it was split by another seed. Runs of earlier versions have no hashes
    there; then `learntFrom`, their bundle's, decide, if any. */
void refuseOtherImages(const std::filesystem::path& run, const std::filesystem::path& place,
                       const ImageData& now, const FileHashes& learntFrom);

/** How images now read stand to those that a model has learnt from. */
enum class Kinship
{
    same,    ///< the very same files
    changed, ///< some of them, or what now lies at their place
    other    ///< none of them
};
Kinship kinshipOf(const FileHashes& learntFrom, const FileHashes& now, bool samePlace);

/** What makes the difference, e.g. "train.npy has another content". Empty: nothing. */
std::string differenceOf(const FileHashes& before, const FileHashes& now);

} // namespace organum::training
