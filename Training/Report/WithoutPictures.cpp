// A build without graphics packages: reports are text alone.

#include "Training/Report/Pictures.h"
#include "Training/Report/RollSheet.h"

namespace organum::training
{

bool canDraw()
{
    return false;
}

void drawScore(const std::filesystem::path&, const score::Score&, const std::string&,
               const std::string&)
{
}
void drawProbabilities(const std::filesystem::path&, const engine::Take&, const std::string&) {}
void drawAttention(const std::filesystem::path&, const engine::Take&, const std::string&) {}
void drawLosses(const std::filesystem::path&, const LogTable&, std::int64_t) {}
void drawAdversarialLosses(const std::filesystem::path&, const LogTable&) {}
void drawSheet(const std::filesystem::path&, const RollSheet&) {}

std::vector<std::filesystem::path> drawStatistics(const std::filesystem::path&,
                                                  const MusicStatistics&, const MusicStatistics&)
{
    return {};
}

} // namespace organum::training
