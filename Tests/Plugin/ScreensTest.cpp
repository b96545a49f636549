// Small pictures of every state of the window are compared with those that are kept, so that
// nothing moves or vanishes by accident. After a change that is meant:
//
//   ORGANUM_RENEW_SCREENS=1 organum_tests_plugin "every state of the window looks as it did"
//
// and look at what has changed in Tests/Fixtures/Screens.

#include "Screens.h"

#include <cmath>

using namespace organum;
using namespace organum::test;

namespace
{

constexpr int smallWidth = 300;
constexpr int smallHeight = 200;
/** Side of the squares whose mean colours are compared: fonts may be drawn a little differently. */
constexpr int cell = 10;
/** Of 255: what a mean colour may differ by. A button's width is much more, a hinted letter less.
 */
constexpr double tolerance = 14.0;

juce::Image small(editor::Editor& window)
{
    const auto whole = window.createComponentSnapshot(window.getLocalBounds(), true, 1.0f);
    juce::Image result(juce::Image::RGB, smallWidth, smallHeight, true);
    const int across = whole.getWidth() / smallWidth, down = whole.getHeight() / smallHeight;
    for (int y = 0; y < smallHeight; ++y)
        for (int x = 0; x < smallWidth; ++x) {
            int sum[3] = {0, 0, 0};
            for (int dy = 0; dy < down; ++dy)
                for (int dx = 0; dx < across; ++dx) {
                    const auto pixel = whole.getPixelAt(x * across + dx, y * down + dy);
                    sum[0] += pixel.getRed();
                    sum[1] += pixel.getGreen();
                    sum[2] += pixel.getBlue();
                }
            const int count = across * down;
            result.setPixelAt(x, y,
                              juce::Colour(static_cast<juce::uint8>(sum[0] / count),
                                           static_cast<juce::uint8>(sum[1] / count),
                                           static_cast<juce::uint8>(sum[2] / count)));
        }
    return result;
}

/** The largest difference of the mean colours of any square, and where it is. */
double largestDifference(const juce::Image& a, const juce::Image& b, juce::Point<int>& where)
{
    double largest = 0.0;
    for (int y = 0; y + cell <= smallHeight; y += cell)
        for (int x = 0; x + cell <= smallWidth; x += cell) {
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
                    where = {x * 4, y * 4};
                }
        }
    return largest;
}

juce::File referenceFile(const juce::String& name)
{
    return juce::File(juce::String(fixture("Screens").string())).getChildFile(name + ".png");
}

void write(const juce::Image& image, const juce::File& file)
{
    file.getParentDirectory().createDirectory();
    file.deleteFile();
    juce::FileOutputStream stream(file);
    juce::PNGImageFormat().writeImageToStream(image, stream);
}

} // namespace

TEST_CASE("every state of the window looks as it did")
{
    const bool renews = std::getenv("ORGANUM_RENEW_SCREENS") != nullptr;
    for (const Screen& screen : screens()) {
        const juce::String state = screen.name;
        // One shows a temporary folder's name, the other what only a real engine can tell.
        if (state == "models" || state == "heat-map")
            continue;
        const Workbench bench({"bach-cello", "choir-macros", "slow"});
        withScreen(screen, [&](editor::Editor& window, const juce::String& theme) {
            const juce::String name = state + "-" + theme;
            const auto now = small(window);
            if (renews) {
                write(now, referenceFile(name));
                return;
            }
            const auto before = juce::ImageFileFormat::loadFrom(referenceFile(name));
            INFO(name);
            REQUIRE(before.isValid());
            juce::Point<int> where;
            const double difference = largestDifference(now, before, where);
            if (difference > tolerance)
                write(now,
                      juce::File(ORGANUM_SCREENSHOTS).getChildFile("changed-" + name + ".png"));
            INFO("differs most at " << where.x << ", " << where.y << " of the window");
            CHECK(difference <= tolerance);
        });
    }
}
