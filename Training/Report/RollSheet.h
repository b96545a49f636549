#pragma once

// Several short pieces on one sheet, all over the same pitches, so that the eye can compare them.

#include "Score/Score.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::training
{

struct SmallRoll
{
    score::Score music;
    std::string caption;
    std::string figures; ///< a line below the caption
    /** Notes that the sheet's first roll has too stand back. */
    bool showsChanges = false;
};

struct RollSheet
{
    std::string title;
    std::string subtitle;
    int columns = 2;
    float rollWidth = 470; ///< points
    int bars = 2;          ///< of 4/4, in each roll
    std::vector<SmallRoll> rolls;
};

/** Writes a PNG file; a build without graphics writes none. Throws. */
void drawSheet(const std::filesystem::path& file, const RollSheet& sheet);

} // namespace organum::training
