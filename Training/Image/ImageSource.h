#pragma once

// What lies at a path that the user named as data: which of the known formats, how many images with
// which labels, and a way to load only those that are wanted.
//
//   IDX (MNIST)         train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-...; also .gz
//   rows of sheets      mnist_batch_N.png (a row is an image) with IDX labels;
//                       cifar10_batch_N.png with DERIVED_labels.txt
//   CIFAR-10 binary     data_batch_N.bin, test_batch.bin, batches.meta.txt
//   Quick, Draw!        .npy, .ndjson, .bin (28 x 28 bytes): one file, or a folder, a file a class
//   .npz                x_train, y_train, x_test, y_test; or any arrays of images, one a class
//   pictures            a folder of PNG, JPEG, PGM, PPM, BMP; its folders are classes; train/ and
//                       test/ above them; list_attr_*.csv or .txt and identity_*.txt as CelebA's

#include "Training/Image/ImageSet.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace organum::training
{

/** Images that are known but not loaded. */
struct ImagePart
{
    ImageSet about; ///< labels, attributes and names; no pixels
    std::int64_t count = 0;
    /** Loads uint8 [rows, C, H, W]. Throws DataError. */
    std::function<torch::Tensor(const std::vector<std::int64_t>& rows)> pixels;
};

struct ImageSource
{
    std::string format; ///< for people, e.g. "IDX"
    ImagePart train;
    std::optional<ImagePart> test; ///< the set's own
    std::vector<std::filesystem::path> files;
};

/** Looks, and reads what is no picture file. `shape` is what pictures are resized to on loading
    (other formats come as they are; see shaped()). Throws DataError that names the file, or says
    which formats are known. */
ImageSource findImages(const std::filesystem::path& place, const ImageShape& shape);

/** The same for a folder of picture files; nothing when there are none in it. */
std::optional<ImageSource> findPictures(const std::filesystem::path& folder,
                                        const ImageShape& shape);

} // namespace organum::training
