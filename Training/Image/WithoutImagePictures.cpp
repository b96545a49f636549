// A build without graphics packages: reports of image models are text and plain sheets.

#include "Training/Image/ImagePictures.h"

namespace organum::training
{

void drawImages(const std::filesystem::path&, const Planes&, const PictureText&, int, float,
                const std::vector<std::string>&)
{
}
void drawScatter(const std::filesystem::path&, const std::vector<NamedPoints>&, const PictureText&,
                 double, double)
{
}
void drawLines(const std::filesystem::path&, const std::vector<NamedPoints>&, const PictureText&,
               bool)
{
}
void drawHistograms(const std::filesystem::path&, const std::vector<std::vector<double>>&,
                    const std::vector<std::string>&, const PictureText&)
{
}
void drawTable(const std::filesystem::path&, int, const std::vector<float>&,
               const std::vector<std::string>&, const PictureText&)
{
}

} // namespace organum::training
