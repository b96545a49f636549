#pragma once

// Quick, Draw! drawings as strokes (.ndjson): one JSON object a line, its "drawing" a list of
// strokes [[x...], [y...]] in 0..255 ("simplified drawings").

#include "Training/Image/ImageSet.h"

#include <filesystem>

namespace organum::training
{

/** Drawings of 28 x 28 pixels, ink 255 on 0, centred, with a pen of 16/256 and a margin of the
    same width, as the published bitmaps are drawn. Blank lines are skipped; `most` > 0 stops after
    so many drawings. Throws DataError, which names file and line. */
torch::Tensor readStrokes(const std::filesystem::path& file, std::int64_t most = 0);

} // namespace organum::training
