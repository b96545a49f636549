#pragma once

// Arrays of images and of labels as data sets are published: IDX (MNIST), .npy and .npz (NumPy),
// CIFAR-10 binary, headerless bytes. Every size a header claims is compared with the bytes that are
// there before memory is taken.

#include "Training/Image/ImageSet.h"

#include <filesystem>
#include <map>
#include <string>

namespace organum::training
{

/** IDX of unsigned bytes, also .gz: uint8 of the shape it says. Throws DataError. */
torch::Tensor readIdx(const std::filesystem::path& file);

/** A .npy file's content: uint8 or int64 of the shape it says. `source` is for messages. Throws
    DataError, also for the types it does not know. */
torch::Tensor readNpy(const std::string& bytes, const std::string& source);

/** Every array of an .npz by its name without ".npy". */
std::map<std::string, torch::Tensor> readNpz(const std::filesystem::path& file);

/** One batch file of CIFAR-10: images [N,3,32,32] with labels and no class names. */
ImageSet readCifarBatch(const std::filesystem::path& file);

/** Headerless bytes, 28 x 28 a drawing: [N,1,28,28]. */
torch::Tensor readRawDrawings(const std::filesystem::path& file);

/** [N, ...] uint8 as images [N,C,H,W]: N x 784, N x H x W, or N x H x W x C. Throws DataError. */
torch::Tensor asImages(const torch::Tensor& array, const std::string& source);

} // namespace organum::training
