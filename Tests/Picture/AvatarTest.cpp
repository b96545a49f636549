// Portraits of planet Wrodl: each value of each feature can be seen, and the same style is drawn
// the same way every time.

#include "Picture/Avatar.h"

#include <catch2/catch.hpp>

#include <array>
#include <vector>

using namespace organum;
using namespace organum::picture;

namespace
{

std::vector<juce::uint32> pixelsOf(const AvatarStyle& style, int side)
{
    const auto image = drawAvatar(style, side);
    std::vector<juce::uint32> pixels;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            pixels.push_back(image.getPixelAt(x, y).getARGB());
    return pixels;
}

std::size_t differing(const std::vector<juce::uint32>& a, const std::vector<juce::uint32>& b)
{
    REQUIRE(a.size() == b.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        count += a[i] != b[i] ? 1 : 0;
    return count;
}

} // namespace

TEST_CASE("Every value of every feature changes a portrait, even a small one", "[avatar]")
{
    const std::array<int, 5> values = {7, 6, 3, 4, 8};
    for (std::size_t feature = 0; feature < values.size(); ++feature) {
        std::vector<std::vector<juce::uint32>> portraits;
        for (int value = 0; value < values[feature]; ++value) {
            std::array<int, 5> style = {5, 2, 1, 2, 1};
            style[feature] = value;
            portraits.push_back(pixelsOf({style[0], style[1], style[2], style[3], style[4]}, 32));
        }
        for (std::size_t a = 0; a < portraits.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) {
                INFO("feature " << feature << ", values " << b << " and " << a);
                CHECK(differing(portraits[a], portraits[b]) >= 12);
            }
    }
}

TEST_CASE("A portrait is no blank sheet and always the same", "[avatar]")
{
    const AvatarStyle style{3, 4, 1, 2, 7};
    const auto pixels = pixelsOf(style, 64);
    CHECK(differing(pixels, std::vector<juce::uint32>(pixels.size(), pixels.front())) >
          pixels.size() / 2);
    CHECK(pixelsOf(style, 64) == pixels);
}

TEST_CASE("A value that no table has is refused by its name", "[avatar]")
{
    using Catch::Matchers::Contains;
    CHECK_THROWS_WITH(drawAvatar({7, 0, 0, 0, 0}, 32), Contains("hair style"));
    CHECK_THROWS_WITH(drawAvatar({0, 6, 0, 0, 0}, 32), Contains("hair colour"));
    CHECK_THROWS_WITH(drawAvatar({0, 0, -1, 0, 0}, 32), Contains("glasses"));
    CHECK_THROWS_WITH(drawAvatar({0, 0, 0, 4, 0}, 32), Contains("clothing"));
    CHECK_THROWS_WITH(drawAvatar({0, 0, 0, 0, 8}, 32), Contains("clothing colour"));
    CHECK_THROWS_WITH(drawAvatar({}, 0), Contains("side"));
}
