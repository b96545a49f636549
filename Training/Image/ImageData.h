#pragma once

// The images a run learns from, those that choose its best epoch, and those that judge it.

#include "Training/Image/ImageSet.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace organum::training
{

class Progress;

/** Names of files with their SHA-256. */
using FileHashes = std::vector<std::pair<std::string, std::string>>;

/** What a model asks of the data. */
struct ImageRequest
{
    ImageShape shape;
    std::int64_t images = 0;     ///< learn from so many at most, equally many of each class; 0: all
    std::int64_t onlyClass = -1; ///< leave out all other classes; -1: none
    bool balanced = false;       ///< as many of each class as the rarest has
    bool needsLabels = false;
    bool validation = true;           ///< put some aside to choose the best epoch by
    bool holdOutWholeClasses = false; ///< where the set has no test images of its own, as persons
    std::uint64_t seed = 1;
    /** Files that a model has learnt from. Of other files no image is taken for learning: the set's
        own test images, or else all images, are the test. Empty: any files. */
    FileHashes learntFrom;
};

struct ImageData
{
    ImageSet train, validation, test;
    std::string format;
    std::string splitJson; ///< for split.json: counts, and how the sides were drawn
    std::string share;     ///< one sentence for people: how much of the data is learnt from
    FileHashes files;
    bool isOther = false;      ///< none of ImageRequest::learntFrom
    bool wholeClasses = false; ///< no test image is of a class that was learnt from
};

/** Reads and divides. The set's own test images judge; without any, a tenth is drawn by hashes of
    (seed, place), whole classes where asked. Another tenth (5000 at most) chooses the best epoch.
    Throws DataError. */
ImageData readImageData(const std::filesystem::path& place, const ImageRequest& request,
                        Progress& progress);

} // namespace organum::training
