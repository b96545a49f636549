#include "Training/Image/ImageDistances.h"

#include "Training/Image/ImageLoader.h"

#include <algorithm>
#include <limits>

namespace organum::training
{
namespace
{

/** As many of the set at once as take some 50 MB as numbers. */
std::int64_t rowsAtOnce(const ImageSet& set)
{
    constexpr std::int64_t values = std::int64_t{1} << 24;
    return std::max<std::int64_t>(1, values / (set.channels() * set.height() * set.width()));
}

double meanDistance(const torch::Tensor& images)
{
    return torch::pdist(images.flatten(1), 1).mean().item<double>();
}

} // namespace

NearestImages nearestImages(const torch::Tensor& images, const ImageSet& set)
{
    torch::NoGradGuard noGrad;
    const auto wanted = images.detach().to(torch::kCPU).flatten(1).contiguous();
    auto best = torch::full({wanted.size(0)}, std::numeric_limits<float>::infinity());
    auto rows = torch::zeros({wanted.size(0)}, torch::kInt64);
    const auto step = rowsAtOnce(set);
    for (std::int64_t from = 0; from < set.count(); from += step) {
        const auto known =
            scaledPixels(set.pixels.slice(0, from, from + step), ImageScale::unit).flatten(1);
        const auto [distance, row] = torch::cdist(wanted, known, 1).min(1);
        const auto nearer = distance < best;
        best = torch::where(nearer, distance, best);
        rows = torch::where(nearer, row + from, rows);
    }
    return {rows, best / static_cast<double>(wanted.size(1))};
}

double diversity(const torch::Tensor& images, const torch::Tensor& real)
{
    torch::NoGradGuard noGrad;
    const auto among = meanDistance(real);
    return among > 0.0 ? meanDistance(images) / among : 0.0;
}

} // namespace organum::training
