#pragma once

// The report's pictures, drawn by Source/Picture; a build without graphics draws none.

#include "Engine/Request.h"
#include "Score/Score.h"
#include "Training/Report/LogTable.h"
#include "Training/Report/Statistics.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::training
{

/** False in a build without graphics; the functions below then do nothing. */
bool canDraw();

/** All write PNG files and throw std::exception when that fails. */
void drawScore(const std::filesystem::path& file, const score::Score& score,
               const std::string& title, const std::string& subtitle);
void drawProbabilities(const std::filesystem::path& file, const engine::Take& take,
                       const std::string& title);
void drawAttention(const std::filesystem::path& file, const engine::Take& take,
                   const std::string& title);

void drawLosses(const std::filesystem::path& file, const LogTable& log, std::int64_t bestEpoch);

/** What a critic and a generator did to each other, one diagram below the other; columns that the
    log has not are left out. */
void drawAdversarialLosses(const std::filesystem::path& file, const LogTable& log);

/** Pitch classes, durations and melodic steps of new music beside the corpus, one file each:
    <base>-pitch-classes.png, ... Returns the files. */
std::vector<std::filesystem::path> drawStatistics(const std::filesystem::path& folder,
                                                  const MusicStatistics& made,
                                                  const MusicStatistics& corpus);

} // namespace organum::training
