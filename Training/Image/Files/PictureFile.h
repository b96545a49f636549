#pragma once

// One picture file in memory: PNG, JPEG, PGM and PPM (by stb_image), and PNG files of tensors.

#include "Training/Image/ImageSet.h"

#include <filesystem>

namespace organum::training
{

/** uint8 [C, H, W]; C is 1 or 3 (transparency is dropped). With a shape other than zeros the
    picture is converted to it. Size and kind are checked before memory is taken. Throws DataError,
    which names the file and what is wrong. */
torch::Tensor readPicture(const std::filesystem::path& file, const ImageShape& shape = {});

/** Whether a name ends as a picture's does (png, jpg, jpeg, pgm, ppm, bmp). */
bool isPictureName(const std::filesystem::path& file);

/** Writes images [N, C, H, W] with values 0..1 side by side as a PNG, small ones enlarged by a
    whole number; works in a build without graphics too. Throws std::exception. */
void writeImageSheet(const std::filesystem::path& file, const torch::Tensor& images, int columns);

} // namespace organum::training
