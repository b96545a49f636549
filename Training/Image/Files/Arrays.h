#pragma once

// Arrays of images and of labels as data sets are published: IDX (MNIST), .npy and .npz (NumPy),
// CIFAR-10 binary, headerless bytes. Every size a header claims is compared with the bytes that are
// there before memory is taken, and what is large stays in its file until its rows are wanted.

#include "Training/Image/ImageSet.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace organum::training
{

/** An array, in memory or still in its file. */
struct ArrayRows
{
    std::int64_t count = 0;
    std::size_t bytesInMemory = 0;
    /** The rows with these numbers, [rows, ...]. Throws DataError. */
    std::function<torch::Tensor(const std::vector<std::int64_t>& rows)> read;
};

/** An array in memory; it has one dimension at least. */
ArrayRows rowsOf(const torch::Tensor& array);

/** Of a .npy of bytes with two or more dimensions, or of a .bin of headerless drawings. Nothing for
    what can only be read whole: other elements, labels, and what gzip has compressed. Throws
    DataError. */
std::optional<ArrayRows> rowsInNpy(const std::filesystem::path& file);
std::optional<ArrayRows> rowsInRawDrawings(const std::filesystem::path& file);

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
