// Colours, sizes and what the user likes: that text can be read and voices told apart in both
// themes, and that preferences last and never do harm.

#include "EditorParts.h"
#include "Interface/Appearance.h"
#include "Plugin/FirstTake.h"

#include <cmath>
#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;
namespace colour = organum::editor::colour;

namespace
{

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

std::array<double, 3> linearOf(juce::Colour c)
{
    return {linear(c.getFloatRed()), linear(c.getFloatGreen()), linear(c.getFloatBlue())};
}

/** WCAG 2.1, relative luminance. */
double luminance(juce::Colour c)
{
    const auto rgb = linearOf(c);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

double contrast(juce::Colour a, juce::Colour b)
{
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

/** As somebody sees it who lacks one kind of receptor: Machado, Oliveira and Fernandes (2009),
    severity 1, of linear colours. */
std::array<double, 3> seen(juce::Colour c, int lacking)
{
    static const double matrices[3][3][3] = {{{0.152286, 1.052583, -0.204868},
                                              {0.114503, 0.786281, 0.099216},
                                              {-0.003882, -0.048116, 1.051998}},
                                             {{0.367322, 0.860646, -0.227968},
                                              {0.280085, 0.672501, 0.047413},
                                              {-0.011820, 0.042940, 0.968881}},
                                             {{1.255528, -0.076749, -0.178779},
                                              {-0.078411, 0.930809, 0.147602},
                                              {0.004733, 0.691367, 0.303900}}};
    const auto rgb = linearOf(c);
    if (lacking < 0)
        return rgb;
    std::array<double, 3> result{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t k = 0; k < 3; ++k)
            result[row] += matrices[lacking][row][k] * rgb[k];
    return result;
}

/** CIE76 distance in L*a*b* of two colours given as linear RGB. */
double distance(const std::array<double, 3>& a, const std::array<double, 3>& b)
{
    const auto lab = [](const std::array<double, 3>& rgb) {
        const auto f = [](double t) {
            t = std::max(0.0, t);
            return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0;
        };
        const double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
        const double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
        const double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
        return std::array<double, 3>{116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
    };
    const auto p = lab(a), q = lab(b);
    return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) +
                     (p[2] - q[2]) * (p[2] - q[2]));
}

/** Puts the theme back that the other tests expect. */
struct DarkAgain
{
    ~DarkAgain() { editor::setLight(false); }
};

} // namespace

TEST_CASE("text can be read on every surface, in the dark at 7:1 and in the light at 4.5:1")
{
    for (const bool light : {false, true}) {
        const double least = light ? 4.5 : 7.0;
        for (const auto& text : {colour::text, colour::dimText, colour::accent, colour::warning})
            for (const auto& surface : {colour::background, colour::panel}) {
                INFO((light ? "light " : "dark ")
                     << text.of(light).toString() << " on " << surface.of(light).toString());
                CHECK(contrast(text.of(light), surface.of(light)) >= least);
            }
        CHECK(contrast(colour::text.of(light), colour::raised.of(light)) >= least);
        CHECK(contrast(colour::onAccent.of(light), colour::accent.of(light)) >=
              (light ? 4.5 : 7.0));
        CHECK(contrast(colour::dimText.of(light), colour::raised.of(light)) >= least);
    }
}

TEST_CASE("voices stand out from the roll and from each other, for all kinds of eyes")
{
    for (const bool light : {false, true})
        for (std::size_t a = 0; a < 4; ++a) {
            const auto first = colour::voices[a].of(light);
            INFO((light ? "light, voice " : "dark, voice ") << a);
            CHECK(contrast(first, colour::panel.of(light)) >= 3.0);
            for (std::size_t b = a + 1; b < 4; ++b)
                for (int lacking = -1; lacking < 3; ++lacking) {
                    INFO("and voice " << b << ", without receptor " << lacking);
                    CHECK(distance(seen(first, lacking),
                                   seen(colour::voices[b].of(light), lacking)) > 15.0);
                }
        }
}

TEST_CASE("the window turns light and dark while it is open, all of it")
{
    const Workbench bench({"choir-macros"});
    const DarkAgain dark;
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    composeAndWait(processor);
    window->refresh();
    const auto share = [&](bool wantsBright) {
        const auto image = window->createComponentSnapshot(window->getLocalBounds(), true, 1.0f);
        int found = 0, all = 0;
        for (int y = 0; y < image.getHeight(); y += 4)
            for (int x = 0; x < image.getWidth(); x += 4, ++all)
                found += (image.getPixelAt(x, y).getPerceivedBrightness() > 0.5f) == wantsBright;
        return static_cast<double>(found) / all;
    };
    CHECK(share(false) > 0.85);
    window->useTheme(true);
    CHECK(share(true) > 0.8);
    const auto bars =
        control<juce::Slider>(*window, "Bars").findColour(juce::Slider::textBoxTextColourId);
    CHECK(bars == colour::text.of(true));
    window->useTheme(false);
    CHECK(share(false) > 0.85);
}

TEST_CASE("size, scale, theme and knobs are remembered, and a project remembers its own size")
{
    const Workbench bench;
    const DarkAgain dark;
    Processor first(Shape::instrument);
    {
        auto window = opened(first);
        CHECK(window->getWidth() == editor::Editor::usualWidth);
        window->useTheme(true);
        window->useScale(150);
        window->showKnobs(false);
        window->setSize(1300, 900);
    }
    Processor other(Shape::instrument);
    {
        auto window = opened(other);
        CHECK(editor::isLight());
        CHECK(window->getWidth() == 1300);
        CHECK(window->getHeight() == 900);
        CHECK(window->getTransform().mat00 == Approx(1.5f));
        window->setScaleFactor(2.0f); // the host's
        CHECK(window->getTransform().mat00 == Approx(3.0f));
        window->useScale(75);
        CHECK(window->getTransform().mat00 == Approx(1.5f));
        window->setSize(1000, 700);
    }
    const auto state = stateOf(first);
    Processor again(Shape::instrument);
    again.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    CHECK(opened(again)->getWidth() == 1300);
    CHECK(opened(other)->getWidth() == 1000);
}

TEST_CASE("damaged or odd preferences are the usual ones")
{
    const Workbench bench;
    using editor::Appearance;
    const Appearance usual;
    CHECK(Appearance::load() == usual);
    for (const char* text :
         {"", "{", "[]", "null", R"({"light":7,"scale":"big","width":-4,"height":1e30})",
          R"({"scale":110,"width":99999999999999})", "\xff\xfe\0\0"}) {
        Appearance::file().getParentDirectory().createDirectory();
        Appearance::file().replaceWithText(text);
        INFO(text);
        CHECK(Appearance::load() == usual);
    }
    Appearance liked;
    liked.light = true;
    liked.scale = 175;
    liked.width = 1234;
    liked.height = 876;
    liked.showsKnobs = false;
    liked.knowsRouting = true;
    CHECK(liked.save());
    CHECK(Appearance::load() == liked);
    setVariable("XDG_CONFIG_HOME", "/proc/nowhere");
    CHECK_FALSE(liked.save());
    CHECK(Appearance::load() == usual);
}

TEST_CASE("without the knobs the roll is larger, and no two controls overlap at any scale")
{
    const Workbench bench({"choir-macros"});
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    auto& roll = control<juce::Component>(*window, "Piano roll");
    const int before = roll.getHeight();
    CHECK(window->keyPressed(juce::KeyPress('k')));
    CHECK(roll.getHeight() > before + 250);
    checkLayout(*window);
    CHECK(window->keyPressed(juce::KeyPress('k')));
    CHECK(roll.getHeight() == before);
}

TEST_CASE("a new instance opens with a take that plays, a restored one with its own")
{
    const Workbench bench({"plain"});
    setVariable("ORGANUM_ENGINE", "/nowhere/engine.so"); // none is needed
    REQUIRE(firstTake() != nullptr);
    CHECK(firstTake()->notes.size() > 40);
    CHECK(problemWith(*firstTake()).empty());
    Processor processor(Shape::instrument);
    processor.welcomeUser();
    BlockRunner host(processor);
    host.run(2.0);
    CHECK(host.noteOns == 0); // nothing sounds before the window was opened
    auto window = opened(processor);
    REQUIRE(processor.takes().playing() != nullptr);
    CHECK(*processor.takes().playing() == *firstTake());
    const auto sentBefore = processor.blocksWithNotes();
    host.locate(0.0);
    host.run(8.0);
    CHECK(host.noteOns > 10);
    CHECK(host.loudest > 0.01f); // the preview sounds at once
    CHECK(processor.blocksWithNotes() > sentBefore);
    window.reset();
    CHECK(opened(processor) != nullptr);
    CHECK(processor.takes().takes.size() == 1); // once

    Processor other(Shape::instrument);
    const auto empty = stateOf(other);
    Processor restored(Shape::instrument);
    restored.welcomeUser();
    restored.setStateInformation(empty.getData(), static_cast<int>(empty.getSize()));
    CHECK(opened(restored) != nullptr);
    CHECK(restored.takes().playing() == nullptr);
}

TEST_CASE("the lamp shines while notes go out and no longer")
{
    editor::MidiLight lamp;
    lamp.show(100);
    CHECK_FALSE(lamp.isLit()); // what went out before the window was opened
    lamp.show(101);
    CHECK(lamp.isLit());
    for (int frame = 0; frame < 10; ++frame)
        lamp.show(101);
    CHECK_FALSE(lamp.isLit());
}

// Typed text kept the colour of the theme that it was first shown in.
TEST_CASE("what is typed can be read after the theme was changed, and changed back")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    processor.setHarmony({"| C | F |", 0.5f});
    auto window = opened(processor);
    auto& line = control<juce::TextEditor>(*window, "Chords");
    for (const bool light : {true, false, true, false}) {
        window->useTheme(light);
        window->refresh();
        CHECK(contrast(line.findColour(juce::TextEditor::textColourId),
                       line.findColour(juce::TextEditor::backgroundColourId)) >= 4.5);
    }
}

// They came in JUCE's own colours and the system's font, in the middle of a dark window.
TEST_CASE("questions and JUCE's own dialog for files look like the window they belong to")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    for (const bool light : {false, true}) {
        const juce::String theme = light ? "light" : "dark";
        auto window = opened(processor);
        window->useTheme(light);
        window->refresh();
        const auto& look = juce::LookAndFeel::getDefaultLookAndFeel();
        CHECK(look.findColour(juce::AlertWindow::backgroundColourId) ==
              juce::Colour(colour::panel));
        CHECK(look.findColour(juce::AlertWindow::textColourId) == juce::Colour(colour::text));
        // JUCE makes them where there is a screen only.
        if (juce::Desktop::getInstance().getDisplays().getPrimaryDisplay() != nullptr) {
            juce::AlertWindow question("Remove Mine?", "Its file goes to the trash.",
                                       juce::MessageBoxIconType::QuestionIcon);
            question.addButton("Remove", 1);
            question.addButton("Cancel", 0);
            snapshot(question, "question-" + theme);
        }

        juce::FileBrowserComponent files(
            juce::FileBrowserComponent::openMode | juce::FileBrowserComponent::canSelectFiles,
            juce::File(bench.folder.path().string()), nullptr, nullptr);
        files.setSize(640, 400);
        CHECK(files.findColour(juce::ListBox::textColourId) == juce::Colour(colour::text));
        CHECK(contrast(files.findColour(juce::DirectoryContentsDisplayComponent::textColourId),
                       files.findColour(juce::ListBox::backgroundColourId)) >= 4.5);
        snapshot(files, "files-" + theme);
        // A font that nobody chose is the window's.
        CHECK(juce::Font(14.0f).getTypefacePtr()->getName() ==
              editor::fontOf(14.0f).getTypefacePtr()->getName());
        window.reset();
    }
    editor::setLight(false);
    CHECK(dynamic_cast<editor::Theme*>(&juce::LookAndFeel::getDefaultLookAndFeel()) == nullptr);
}
