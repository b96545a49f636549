#include "Picture/Avatar.h"

#include <array>
#include <stdexcept>
#include <string>

namespace organum::picture
{
namespace
{

using Point = juce::Point<float>;

// Portraits are drawn on a sheet of 100 x 100, the origin at the top left.
constexpr float sheet = 100.0f;

const juce::Colour backdrop{0xFFDCE9F2};
const juce::Colour disc{0xFFEFF5F9};
const juce::Colour skin{0xFFF2C9A5};
const juce::Colour skinShade{0xFFDFAE87};
const juce::Colour face{0xFF3B2A25};
const juce::Colour lips{0xFFB8504B};
const juce::Colour lens{0xFF22262E};

juce::Colour hairColour(int number)
{
    static constexpr std::array<juce::uint32, 6> all = {0xFF2B2628, 0xFFE7C25B, 0xFF7A4A2B,
                                                        0xFFF3AFC4, 0xFFB83A22, 0xFFB4BAC2};
    return juce::Colour(all[static_cast<std::size_t>(number)]);
}

juce::Colour clothingColour(int number)
{
    static constexpr std::array<juce::uint32, 8> all = {0xFF2A2D33, 0xFF4A90D9, 0xFF8A929C,
                                                        0xFFA9DDB3, 0xFFFFC78F, 0xFFF178A6,
                                                        0xFFD9403A, 0xFFFBFBFA};
    return juce::Colour(all[static_cast<std::size_t>(number)]);
}

void check(int value, int count, const char* what)
{
    if (value < 0 || value >= count)
        throw std::invalid_argument(std::string("An avatar's ") + what + " is " +
                                    std::to_string(value) + "; it must be from 0 to " +
                                    std::to_string(count - 1) + ".");
}

class Painter
{
public:
    Painter(juce::Graphics& graphicsIn, const AvatarStyle& styleIn)
        : graphics(graphicsIn)
        , style(styleIn)
        , hair(hairColour(styleIn.hairColour))
        , cloth(clothingColour(styleIn.clothingColour))
    {
    }

    void paint()
    {
        graphics.fillAll(backdrop);
        circle(disc, {50, 50}, 47);
        hairBehind();
        if (style.clothing == 0) // a hood lies behind the neck
            ellipse(cloth.darker(0.25f), {50, 75}, 22, 9);
        neck();
        clothes();
        head();
        hairInFront();
        glasses();
    }

private:
    void fill(juce::Colour colour, const juce::Path& path)
    {
        graphics.setColour(colour);
        graphics.fillPath(path);
    }

    void line(juce::Colour colour, const juce::Path& path, float width)
    {
        graphics.setColour(colour);
        graphics.strokePath(path, juce::PathStrokeType(width, juce::PathStrokeType::curved,
                                                       juce::PathStrokeType::rounded));
    }

    void ellipse(juce::Colour colour, Point centre, float across, float up)
    {
        graphics.setColour(colour);
        graphics.fillEllipse(centre.x - across, centre.y - up, 2 * across, 2 * up);
    }

    void circle(juce::Colour colour, Point centre, float radius)
    {
        ellipse(colour, centre, radius, radius);
    }

    /** Lighter clothes get a darker seam, dark ones a lighter one. */
    juce::Colour seam() const
    {
        return cloth.getBrightness() > 0.35f ? cloth.darker(0.35f) : cloth.brighter(0.5f);
    }

    void hairBehind()
    {
        juce::Path path;
        switch (style.hair) {
        case 1: // a bun on top of a tight cap
            circle(hair.darker(0.15f), {50, 13}, 9);
            break;
        case 2: // waves down to the shoulders
            path.startNewSubPath(50, 14);
            path.cubicTo(22, 12, 24, 34, 23, 42);
            path.cubicTo(14, 48, 26, 54, 19, 62);
            path.cubicTo(14, 70, 26, 74, 25, 82);
            path.lineTo(75, 82);
            path.cubicTo(74, 74, 86, 70, 81, 62);
            path.cubicTo(74, 54, 86, 48, 77, 42);
            path.cubicTo(76, 34, 78, 12, 50, 14);
            path.closeSubPath();
            fill(hair.darker(0.15f), path);
            break;
        case 3: // a curtain
            path.startNewSubPath(50, 14);
            path.cubicTo(24, 13, 25, 36, 24, 46);
            path.lineTo(22, 80);
            path.lineTo(78, 80);
            path.lineTo(76, 46);
            path.cubicTo(75, 36, 76, 13, 50, 14);
            path.closeSubPath();
            fill(hair.darker(0.15f), path);
            break;
        default:
            break;
        }
    }

    void neck()
    {
        graphics.setColour(skinShade);
        graphics.fillRoundedRectangle(42, 58, 16, 22, 6);
    }

    /** Shoulders and chest, with the neckline between (38, y) and (62, y) cut out to `depth`. */
    juce::Path torso(float depth, bool pointed) const
    {
        juce::Path path;
        path.startNewSubPath(13, 100);
        path.cubicTo(14, 84, 24, 78, 40, 73);
        if (pointed) {
            path.lineTo(50, 73 + depth);
            path.lineTo(60, 73);
        } else {
            path.cubicTo(42, 73 + depth, 58, 73 + depth, 60, 73);
        }
        path.cubicTo(76, 78, 86, 84, 87, 100);
        path.closeSubPath();
        return path;
    }

    void clothes()
    {
        juce::Path path;
        switch (style.clothing) {
        case 0: // hoodie with two cords and a pocket
            fill(cloth, torso(15, false));
            path.addRoundedRectangle(34.0f, 92.0f, 32.0f, 14.0f, 5.0f);
            line(seam(), path, 1.6f);
            path.clear();
            for (const float x : {44.0f, 56.0f}) {
                path.startNewSubPath(x, 82);
                path.lineTo(x, 90);
            }
            line(seam(), path, 1.8f);
            break;
        case 1: // an overall over a striped shirt
            fill(juce::Colour(0xFFF4F1EA), torso(9, false));
            for (int stripe = 0; stripe < 4; ++stripe) {
                path.startNewSubPath(14, 81.0f + 6 * static_cast<float>(stripe));
                path.lineTo(86, 81.0f + 6 * static_cast<float>(stripe));
            }
            graphics.saveState();
            graphics.reduceClipRegion(torso(9, false));
            line(juce::Colour(0xFFC9CDD6), path, 2.0f);
            path.clear();
            path.addRoundedRectangle(31.0f, 85.0f, 38.0f, 22.0f, 3.0f);
            path.addQuadrilateral(30, 74, 37, 72, 40, 88, 33, 88);
            path.addQuadrilateral(63, 72, 70, 74, 67, 88, 60, 88);
            path.setUsingNonZeroWinding(true);
            fill(cloth, path);
            graphics.restoreState();
            circle(seam(), {36.5f, 87.5f}, 1.7f);
            circle(seam(), {63.5f, 87.5f}, 1.7f);
            path.clear();
            path.addRoundedRectangle(43.0f, 91.0f, 14.0f, 14.0f, 2.0f);
            line(seam(), path, 1.4f);
            break;
        case 2: // crew neck
            fill(cloth, torso(10, false));
            path.startNewSubPath(40, 73);
            path.cubicTo(42, 83, 58, 83, 60, 73);
            line(seam(), path, 2.6f);
            break;
        default: // V neck, skin in the V
            path.startNewSubPath(40, 72);
            path.lineTo(50, 91);
            path.lineTo(60, 72);
            path.closeSubPath();
            fill(skinShade, path);
            fill(cloth, torso(18, true));
            path.clear();
            path.startNewSubPath(40, 73);
            path.lineTo(50, 91);
            path.lineTo(60, 73);
            line(seam(), path, 2.6f);
            break;
        }
        path.clear();
        path.startNewSubPath(25, 100);
        path.lineTo(27, 91);
        path.startNewSubPath(75, 100);
        path.lineTo(73, 91);
        line(style.clothing == 1 ? juce::Colour(0xFFC9CDD6) : seam(), path, 1.4f);
    }

    void head()
    {
        ellipse(skin, {30, 46}, 3.6f, 5);
        ellipse(skin, {70, 46}, 3.6f, 5);
        ellipse(skin, {50, 43}, 20, 23.5f);
        for (const float x : {39.0f, 61.0f})
            ellipse(juce::Colour(0x40E0705A), {x, 53}, 4.4f, 3);
        for (const float x : {41.5f, 58.5f}) {
            ellipse(face, {x, 44.5f}, 2.5f, 3);
            circle(juce::Colours::white, {x + 0.8f, 43.4f}, 0.8f);
        }
        juce::Path brows;
        brows.startNewSubPath(37, 38.5f);
        brows.quadraticTo(41, 36, 45, 38);
        brows.startNewSubPath(55, 38);
        brows.quadraticTo(59, 36, 63, 38.5f);
        line(face.withAlpha(0.75f), brows, 1.5f);
        juce::Path nose;
        nose.startNewSubPath(50, 46);
        nose.quadraticTo(53, 51, 49, 51.5f);
        line(skinShade, nose, 1.6f);
        juce::Path mouth;
        mouth.startNewSubPath(43, 56.5f);
        mouth.quadraticTo(50, 63.5f, 57, 56.5f);
        line(lips, mouth, 2.2f);
    }

    /** The top of the hair: from temple to temple over the crown, then back along the forehead. */
    juce::Path cap(float crown, float temple) const
    {
        juce::Path path;
        path.startNewSubPath(28.5f, temple);
        path.cubicTo(26, crown + 8, 36, crown, 50, crown);
        path.cubicTo(64, crown, 74, crown + 8, 71.5f, temple);
        return path;
    }

    void hairInFront()
    {
        juce::Path path;
        switch (style.hair) {
        case 0: // a gleam
            path.startNewSubPath(40, 25);
            path.quadraticTo(46, 21.5f, 52, 22);
            line(skin.brighter(0.5f), path, 2.0f);
            return;
        case 1: // combed back
            path = cap(17, 41);
            path.cubicTo(69, 29, 60, 27, 50, 27);
            path.cubicTo(40, 27, 31, 29, 28.5f, 41);
            break;
        case 2: // parted, with a wave to each side
            path = cap(14, 52);
            path.cubicTo(67, 44, 71, 36, 62, 33);
            path.cubicTo(54, 31, 50, 27, 46, 22);
            path.cubicTo(42, 33, 32, 32, 33, 40);
            path.cubicTo(34, 45, 30, 47, 28.5f, 52);
            break;
        case 3: // a parting in the middle, falling straight
            path = cap(14, 60);
            path.lineTo(69, 60);
            path.cubicTo(70, 42, 64, 30, 50, 22);
            path.cubicTo(36, 30, 30, 42, 31, 60);
            break;
        case 4: // a loose quiff
            path = cap(13, 44);
            path.cubicTo(70, 38, 68, 35, 65, 32);
            path.cubicTo(60, 36, 56, 27, 50, 31);
            path.cubicTo(45, 35, 42, 27, 37, 31);
            path.cubicTo(33, 33, 30, 38, 28.5f, 44);
            break;
        case 5: // a fringe, cut straight
            path = cap(16, 43);
            path.lineTo(69, 42);
            path.lineTo(67, 32);
            path.lineTo(33, 33.5f);
            path.lineTo(31, 42);
            break;
        default: // curls
            for (const auto& [x, y, radius] : {std::array<float, 3>{30, 38, 5},
                                               {29, 31, 6},
                                               {33, 24, 7},
                                               {40, 19, 7.5f},
                                               {50, 17, 8},
                                               {60, 19, 7.5f},
                                               {67, 24, 7},
                                               {71, 31, 6},
                                               {70, 38, 5},
                                               {42, 26, 6},
                                               {50, 25, 6},
                                               {58, 26, 6}})
                circle(hair, {x, y}, radius);
            for (const auto& [x, y] :
                 {std::array<float, 2>{34, 25}, {43, 20}, {53, 19}, {63, 22}, {50, 27}}) {
                path.clear();
                path.addCentredArc(x, y, 3, 3, 0, 3.6f, 6.6f, true);
                line(hair.darker(0.3f), path, 1.3f);
            }
            return;
        }
        path.closeSubPath();
        fill(hair, path);
        juce::Path gleam;
        gleam.startNewSubPath(36, 24);
        gleam.quadraticTo(41, 19.5f, 48, 19);
        line(hair.brighter(0.45f), gleam, 1.8f);
        if (style.hair == 4) {
            circle(hair, {42, 16}, 5.5f);
            circle(hair, {52, 14.5f}, 6);
            circle(hair, {61, 17}, 5);
        }
    }

    void glasses()
    {
        if (style.glasses == 0)
            return;
        juce::Path frame;
        if (style.glasses == 1) {
            frame.addEllipse(34.2f, 37.2f, 14.6f, 14.6f);
            frame.addEllipse(51.2f, 37.2f, 14.6f, 14.6f);
            fill(juce::Colour(0x38FFFFFF), frame);
        } else {
            frame.addRoundedRectangle(33.5f, 39.0f, 15.2f, 11.5f, 4.0f);
            frame.addRoundedRectangle(51.3f, 39.0f, 15.2f, 11.5f, 4.0f);
            fill(lens, frame);
            juce::Path gleam;
            gleam.startNewSubPath(37, 46.5f);
            gleam.lineTo(41, 41.5f);
            gleam.startNewSubPath(55, 46.5f);
            gleam.lineTo(59, 41.5f);
            line(juce::Colour(0x90FFFFFF), gleam, 1.4f);
        }
        frame.startNewSubPath(48.5f, 43);
        frame.quadraticTo(50, 41.5f, 51.5f, 43);
        frame.startNewSubPath(34, 43);
        frame.lineTo(30, 42);
        frame.startNewSubPath(66, 43);
        frame.lineTo(70, 42);
        line(face, frame, 1.9f);
    }

    juce::Graphics& graphics;
    const AvatarStyle style;
    const juce::Colour hair;
    const juce::Colour cloth;
};

} // namespace

juce::Image drawAvatar(const AvatarStyle& style, int side)
{
    check(style.hair, 7, "hair style");
    check(style.hairColour, 6, "hair colour");
    check(style.glasses, 3, "glasses");
    check(style.clothing, 4, "clothing");
    check(style.clothingColour, 8, "clothing colour");
    check(side - 1, 4096, "side less one");
    juce::Image image(juce::Image::RGB, side, side, true, juce::SoftwareImageType());
    juce::Graphics graphics(image);
    graphics.addTransform(juce::AffineTransform::scale(static_cast<float>(side) / sheet));
    Painter(graphics, style).paint();
    return image;
}

} // namespace organum::picture
