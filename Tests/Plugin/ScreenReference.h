#pragma once

// Compares small pictures of windows with those that are kept, so that nothing moves or vanishes by
// accident. After a change that is meant, set ORGANUM_RENEW_SCREENS, run the test, and look at what
// has changed in Tests/Fixtures/Screens.

#include "EditorParts.h"
#include "Support/Paths.h"

#include <cmath>
#include <cstdlib>

namespace organum::test
{

/** How many pixels of a window make one of its small picture, in either direction. */
constexpr int pixelsInOne = 4;
/** Side of the squares whose mean colours are compared: fonts may be drawn a little differently. */
constexpr int cell = 10;
/** Of 255: what a mean colour may differ by. A button's width is much more, a hinted letter less.
 */
constexpr double tolerance = 14.0;

inline juce::Image smallPictureOf(juce::Component& window)
{
    const auto whole = window.createComponentSnapshot(window.getLocalBounds(), true, 1.0f);
    juce::Image result(juce::Image::RGB, whole.getWidth() / pixelsInOne,
                       whole.getHeight() / pixelsInOne, true);
    for (int y = 0; y < result.getHeight(); ++y)
        for (int x = 0; x < result.getWidth(); ++x) {
            int sum[3] = {0, 0, 0};
            for (int dy = 0; dy < pixelsInOne; ++dy)
                for (int dx = 0; dx < pixelsInOne; ++dx) {
                    const auto pixel = whole.getPixelAt(x * pixelsInOne + dx, y * pixelsInOne + dy);
                    sum[0] += pixel.getRed();
                    sum[1] += pixel.getGreen();
                    sum[2] += pixel.getBlue();
                }
            constexpr int count = pixelsInOne * pixelsInOne;
            result.setPixelAt(x, y,
                              juce::Colour(static_cast<juce::uint8>(sum[0] / count),
                                           static_cast<juce::uint8>(sum[1] / count),
                                           static_cast<juce::uint8>(sum[2] / count)));
        }
    return result;
}

/** The largest difference of the mean colours of any square, and where it is. */
inline double largestDifference(const juce::Image& a, const juce::Image& b, juce::Point<int>& where)
{
    double largest = 0.0;
    for (int y = 0; y + cell <= a.getHeight(); y += cell)
        for (int x = 0; x + cell <= a.getWidth(); x += cell) {
            double sum[3] = {0.0, 0.0, 0.0};
            for (int dy = 0; dy < cell; ++dy)
                for (int dx = 0; dx < cell; ++dx) {
                    const auto p = a.getPixelAt(x + dx, y + dy), q = b.getPixelAt(x + dx, y + dy);
                    sum[0] += p.getRed() - q.getRed();
                    sum[1] += p.getGreen() - q.getGreen();
                    sum[2] += p.getBlue() - q.getBlue();
                }
            for (const double each : sum)
                if (std::abs(each) / (cell * cell) > largest) {
                    largest = std::abs(each) / (cell * cell);
                    where = {x * pixelsInOne, y * pixelsInOne};
                }
        }
    return largest;
}

inline juce::File referenceFile(const juce::String& name)
{
    return juce::File(juce::String(fixture("Screens").string())).getChildFile(name + ".png");
}

inline void write(const juce::Image& image, const juce::File& file)
{
    file.getParentDirectory().createDirectory();
    file.deleteFile();
    juce::FileOutputStream stream(file);
    juce::PNGImageFormat().writeImageToStream(image, stream);
}

/** Checks a window against the picture of that name, or renews the picture. */
inline void checkLooks(juce::Component& window, const juce::String& name)
{
    const auto now = smallPictureOf(window);
    if (std::getenv("ORGANUM_RENEW_SCREENS") != nullptr) {
        write(now, referenceFile(name));
        return;
    }
    const auto before = juce::ImageFileFormat::loadFrom(referenceFile(name));
    INFO(name);
    REQUIRE(before.isValid());
    REQUIRE(now.getBounds() == before.getBounds());
    juce::Point<int> where;
    const double difference = largestDifference(now, before, where);
    if (difference > tolerance)
        write(now, juce::File(ORGANUM_SCREENSHOTS).getChildFile("changed-" + name + ".png"));
    INFO("differs most at " << where.x << ", " << where.y << " of the window");
    CHECK(difference <= tolerance);
}

} // namespace organum::test
