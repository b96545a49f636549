// A build without graphics packages: planet Wrodl is told in words and numbers.

#include "Training/Wrodl/WrodlPictures.h"

#include <stdexcept>

namespace organum::training
{

std::vector<std::vector<std::uint32_t>> drawPortraits(const std::vector<Style>&)
{
    throw std::runtime_error("Planet Pixel learns from portraits that Organum draws, and this "
                             "build has no graphics. Use a build with them.");
}

void drawStyleSheet(const std::filesystem::path&, const std::vector<Style>&, const SheetText&, int,
                    const std::vector<std::string>&)
{
}
void drawPixelSheet(const std::filesystem::path&, const std::vector<IndexedPicture>&,
                    const Palette&, const SheetText&, int)
{
}
void drawSamples(const std::filesystem::path&, const WrodlModel&, std::uint64_t, std::uint64_t, int)
{
}
void drawShares(const std::filesystem::path&, const SheetText&, const std::string&,
                const std::string&, const std::vector<std::string>&,
                const std::vector<std::pair<std::string, std::vector<double>>>&)
{
}
void drawSureness(const std::filesystem::path&, const PixelModel&) {}

} // namespace organum::training
