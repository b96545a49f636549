// The window with a model of four voices.

#include "EditorParts.h"

#include "Interface/BarRuler.h"
#include "Plugin/ParameterBuilders.h"

#include <array>
#include <cmath>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

struct VoicesWindow
{
    explicit VoicesWindow(const std::vector<std::string>& models = {"choir"})
        : bench(models)
        , processor(Shape::instrument)
        , window(opened(processor))
    {
    }

    void compose()
    {
        setKnob(processor.parameters().bars, 8.0f);
        composeAndWait(processor);
        window->refresh();
    }
    TakePointer next(const TakePointer& before)
    {
        REQUIRE(eventually([&] { return processor.takes().playing() != before; }));
        REQUIRE(processor.generation().waitUntilIdle(2000));
        window->refresh();
        return processor.takes().playing();
    }

    Workbench bench;
    Processor processor;
    std::unique_ptr<editor::Editor> window;
};

using Lab = std::array<double, 3>;

/** CIE L*a*b* of a linear RGB colour under D65. */
Lab labOf(const std::array<double, 3>& rgb)
{
    const double x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505;
    const double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    const double z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089;
    const auto f = [](double t) {
        return t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
    };
    return {116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))};
}

/** How far apart two colours look to an eye that sees linear RGB through that matrix. */
double distance(juce::Colour a, juce::Colour b, const double (&eye)[3][3])
{
    const auto seen = [&eye](juce::Colour colour) {
        const auto linear = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        const std::array<double, 3> rgb = {linear(static_cast<double>(colour.getFloatRed())),
                                           linear(static_cast<double>(colour.getFloatGreen())),
                                           linear(static_cast<double>(colour.getFloatBlue()))};
        std::array<double, 3> result{};
        for (std::size_t row = 0; row < 3; ++row)
            for (std::size_t i = 0; i < 3; ++i)
                result[row] += eye[row][i] * rgb[i];
        for (double& value : result)
            value = std::max(0.0, value);
        return labOf(result);
    };
    const Lab first = seen(a);
    const Lab second = seen(b);
    return std::hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

} // namespace

TEST_CASE("the window shows the knobs of the chosen model")
{
    VoicesWindow it({"a-choir", "plain"});
    control<juce::Slider>(*it.window, "Groove bass morph");
    control<juce::Button>(*it.window, "Soprano mute");
    *it.processor.parameters().model = 1;
    it.window->refresh();
    control<juce::Slider>(*it.window, "Pitch temperature");
    bool stillThere = false;
    visit(*it.window, [&](juce::Component& component) {
        stillThere = stillThere || component.getTitle() == "Groove bass morph";
    });
    CHECK_FALSE(stillThere);
}

TEST_CASE("pictures of the window with four voices, at 100 % and 200 %")
{
    VoicesWindow it({"choir-macros"});
    snapshot(*it.window, "voices-empty", 1.0f);
    it.compose();
    BlockRunner host(it.processor);
    host.run(9.5);
    for (std::size_t i = 0; i < 10; ++i) // numbers as long as they get
        setKnob(it.processor.parameters().voices.latents[i].seedA,
                static_cast<float>(99999 - 7919 * i));
    setKnob(it.processor.parameters().voices.latents[4].seedB, 88888.0f);
    setKnob(it.processor.parameters().voices.latents[2].morph, 0.4f);
    setKnob(it.processor.parameters().voices.latents[7].morph, 0.8f);
    setKnob(it.processor.parameters().voices.macros[0], -0.5f);
    *it.processor.parameters().voices.voices[1].lock = true;
    *it.processor.parameters().voices.voices[3].mute = true;
    it.processor.toggleBarLock(2);
    it.processor.toggleBarLock(3);
    it.next(it.processor.takes().playing());
    it.window->setSize(editor::Editor::smallestWidth, editor::Editor::smallestHeight);
    snapshot(*it.window, "voices-macros-small", 1.0f);
    it.window->setSize(1200, 800);
    for (const float scale : {1.0f, 2.0f}) {
        const auto image = snapshot(
            *it.window, "voices-macros-" + juce::String(juce::roundToInt(scale * 100)), scale);
        CHECK(image.getWidth() == juce::roundToInt(1200.0f * scale));
        CHECK(coloursIn(image) > 60);
    }
}

TEST_CASE("with four voices no two controls overlap and none leaves the window")
{
    for (const std::string model : {"choir", "choir-macros"}) {
        VoicesWindow it({model});
        for (const auto size : {juce::Point<int>(1200, 800), {1000, 700}, {2000, 1200}}) {
            it.window->setSize(size.x, size.y);
            CHECK(checkLayout(*it.window) > 80);
            if (size.x != 1200)
                snapshot(*it.window, juce::String(model) + "-" + juce::String(size.x), 1.0f);
        }
    }
}

TEST_CASE("with four voices every control has a name and takes the keyboard, and no two the same")
{
    VoicesWindow it({"choir-macros"});
    it.compose();
    CHECK(checkControls(*it.window) >= 70);
    std::set<juce::String> titles;
    visit(*it.window, [&](juce::Component& component) {
        if (dynamic_cast<juce::Slider*>(&component) != nullptr ||
            dynamic_cast<juce::Button*>(&component) != nullptr) {
            INFO(component.getTitle());
            // A voice has a die for its melody, one for its groove and one for both.
            CHECK(titles.insert(component.getTitle()).second);
        }
    });
}

TEST_CASE("the dice throw their own knobs, and all unlocked ones together")
{
    VoicesWindow it;
    it.compose();
    const auto differences = [&](const juce::String& title) {
        const auto before = it.processor.takes().playing();
        const Settings knobs = it.processor.parameters().settings();
        control<juce::Button>(*it.window, title).onClick();
        it.next(before);
        return it.processor.parameters().settings().differencesForVoices(knobs);
    };
    CHECK(differences("Reroll chords") == 1u);
    CHECK(differences("Reroll groove tenor") == 1u << 8);
    CHECK(differences("Reroll tenor") == latent::ofVoice(2));
    CHECK(differences("Reroll all") == latent::all);
    *it.processor.parameters().voices.voices[2].lock = true;
    CHECK(differences("Reroll all") == (latent::all & ~latent::ofVoice(2)));
    const auto before = it.processor.takes().playing();
    CHECK(it.window->keyPressed(juce::KeyPress('r')));
    it.next(before);
}

TEST_CASE("an idea's number can be typed, with or without its letter")
{
    VoicesWindow it;
    auto& seed = control<juce::Slider>(*it.window, "Style seed A");
    CHECK(seed.getTextFromValue(1) == "A 1");
    CHECK(seed.getValueFromText("A 4321") == 4321.0);
    CHECK(seed.getValueFromText("77") == 77.0);
    seed.setValue(4321.0, juce::sendNotificationSync);
    CHECK(it.processor.parameters().voices.latents[1].seedA->get() == 4321);
}

TEST_CASE("bars are locked by a click or by keys, and only in music with voices")
{
    VoicesWindow it({"a-choir", "plain"});
    auto& ruler = control<editor::BarRuler>(*it.window, "Bar locks");
    CHECK_FALSE(ruler.getWantsKeyboardFocus());
    it.compose();
    CHECK(ruler.getWantsKeyboardFocus());
    CHECK(ruler.keyPressed(juce::KeyPress(juce::KeyPress::rightKey)));
    CHECK(ruler.keyPressed(juce::KeyPress(juce::KeyPress::rightKey)));
    CHECK(ruler.keyPressed(juce::KeyPress(juce::KeyPress::returnKey)));
    CHECK(it.processor.locks().bars == std::vector<int>{2});
    it.window->refresh();
    CHECK(ruler.describe(2) == "Bar 3 of 8, locked");
    CHECK(ruler.describe(3) == "Bar 4 of 8, not locked");
    CHECK(ruler.keyPressed(juce::KeyPress(juce::KeyPress::endKey)));
    CHECK(ruler.keyPressed(juce::KeyPress(juce::KeyPress::returnKey)));
    CHECK(it.processor.locks().bars == std::vector<int>{2, 7});
    CHECK_FALSE(ruler.keyPressed(juce::KeyPress(juce::KeyPress::spaceKey))); // Listen
    REQUIRE(ruler.createAccessibilityHandler() != nullptr);
    const auto handler = ruler.createAccessibilityHandler();
    it.window->refresh();
    CHECK(handler->getValueInterface()->getCurrentValueAsString() == "Bar 8 of 8, locked");
    CHECK(handler->getActions().invoke(juce::AccessibilityActionType::press));
    CHECK(it.processor.locks().bars == std::vector<int>{2});

    *it.processor.parameters().model = 1;
    composeAndWait(it.processor);
    it.window->refresh();
    CHECK_FALSE(ruler.keyPressed(juce::KeyPress(juce::KeyPress::returnKey)));
}

TEST_CASE("the voices' colours stay apart for eyes without one kind of receptor")
{
    // Viénot and Brettel's projections in linear RGB, as Machado et al. (2009) tabulate them for
    // full severity.
    const double eyes[][3][3] = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868},
         {0.114503, 0.786281, 0.099216},
         {-0.003882, -0.048116, 1.051998}}, // protanopia
        {{0.367322, 0.860646, -0.227968},
         {0.280085, 0.672501, 0.047413},
         {-0.011820, 0.042940, 0.968881}}, // deuteranopia
        {{1.255528, -0.076749, -0.178779},
         {-0.078411, 0.930809, 0.147602},
         {0.004733, 0.691367, 0.303900}}, // tritanopia
    };
    for (const auto& eye : eyes)
        for (std::size_t a = 0; a < 4; ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                INFO("voices " << a << " and " << b);
                CHECK(distance(editor::colour::voices[a], editor::colour::voices[b], eye) > 30.0);
            }
            CHECK(distance(editor::colour::voices[a], editor::colour::panel, eye) > 40.0);
        }
}
