#include "Interface/PresetBar.h"
#include "EditorParts.h"
#include "Plugin/ParameterBuilders.h"
#include "Plugin/Presets.h"

#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

/** The number of a menu's item, in submenus too; 0 when it is not there. */
int itemNamed(const juce::PopupMenu& menu, const juce::String& name)
{
    for (juce::PopupMenu::MenuItemIterator at(menu, true); at.next();)
        if (at.getItem().text == name)
            return at.getItem().itemID;
    return 0;
}

} // namespace

TEST_CASE("a preset turns the knobs and composes in one step of undo")
{
    const Workbench bench({"bach-cello"});
    Processor processor(Shape::instrument);
    composeAndWait(processor);
    const auto before = processor.parameters().settings();
    editor::PresetBar bar(processor);
    bar.setSize(editor::PresetBar::width, 32);
    const int calm = itemNamed(bar.menu(), "Calm prelude");
    REQUIRE(calm != 0);
    bar.choose(calm);
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
    REQUIRE(processor.generation().waitUntilIdle(2000));
    CHECK(processor.parameters().pitchTemperature->get() == Approx(0.8f));
    CHECK(processor.takes().playing()->settings->topP == Approx(0.9f));
    CHECK(control<juce::TextButton>(bar, "Presets").getButtonText() == "Calm prelude");
    CHECK(processor.undoStack().undoLabel() == "Preset Calm prelude");
    CHECK(processor.undo());
    CHECK(processor.parameters().settings() == before);
    CHECK(processor.takes().current == 0);

    // Of a model that is not here: one sentence, and nothing has changed.
    bundle::FoundPreset elsewhere;
    elsewhere.preset.name = "Elsewhere";
    elsewhere.preset.model = "nowhere";
    CHECK_FALSE(processor.choosePreset(elsewhere));
    CHECK(processor.status().message.find("nowhere") != std::string::npos);
    CHECK(processor.parameters().settings() == before);
}

TEST_CASE("settings are saved as a preset of one's own, found again, and deleted")
{
    const Workbench bench({"bach-cello"});
    Processor processor(Shape::instrument);
    editor::PresetBar bar(processor);
    setKnob(processor.parameters().topP, 0.6f);
    bar.saveAs("Mine");
    CHECK(processor.status().message == "Saved the preset \"Mine\".");
    setKnob(processor.parameters().topP, 0.9f);
    const int mine = itemNamed(bar.menu(), "Mine");
    REQUIRE(mine != 0);
    bar.choose(mine);
    CHECK(processor.parameters().topP->get() == Approx(0.6f));
    bar.menu();
    std::vector<juce::String> asked;
    bool agrees = false;
    bar.confirm = [&](const auto&, const juce::String& text, const auto& button, auto action) {
        CHECK(text.contains("\"Mine\""));
        asked.push_back(button);
        if (agrees)
            action();
    };
    // Over the one that is there only when that is wanted.
    const auto saved = [] { return ownPresetNamed("Mine")->preset.values.at("top_p"); };
    setKnob(processor.parameters().topP, 0.3f);
    bar.saveAs("Mine");
    CHECK(saved() == Approx(0.6));
    agrees = true;
    bar.saveAs("Mine");
    CHECK(saved() == Approx(0.3));
    agrees = false;
    bar.choose(editor::PresetBar::remove);
    CHECK(itemNamed(bar.menu(), "Mine") != 0);
    agrees = true;
    bar.choose(editor::PresetBar::remove);
    CHECK(itemNamed(bar.menu(), "Mine") == 0);
    CHECK(asked == std::vector<juce::String>{"Replace", "Replace", "Delete", "Delete"});

    std::filesystem::create_directories(bundle::ownPresetFolder());
    std::ofstream(bundle::ownPresetFolder() / "bad.organum-preset") << "{ damaged";
    const int bad = itemNamed(bar.menu(), "bad (damaged)");
    REQUIRE(bad != 0);
    bar.choose(bad);
    CHECK(processor.status().phase == Phase::failed);
    CHECK(processor.status().message.find("bad.organum-preset") != std::string::npos);
    REQUIRE(processor.generation().waitUntilIdle(5000));
}

TEST_CASE("settings A and B keep their own knobs, and a copy makes them the same")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    editor::PresetBar bar(processor);
    auto& a = control<juce::TextButton>(bar, "Settings A");
    auto& b = control<juce::TextButton>(bar, "Settings B");
    auto& topP = *processor.parameters().topP;
    setAsGesture(topP, 0.5f);
    b.onClick();
    CHECK(topP.get() == Approx(0.5f));
    setAsGesture(topP, 0.8f);
    a.onClick();
    CHECK(topP.get() == Approx(0.5f));
    b.onClick();
    CHECK(topP.get() == Approx(0.8f));
    bar.choose(editor::PresetBar::copyToOther);
    a.onClick();
    CHECK(topP.get() == Approx(0.8f));
    bar.refresh();
    CHECK(a.getToggleState());
    CHECK_FALSE(b.getToggleState());
}

TEST_CASE("a project keeps the preset's name and the settings that are compared")
{
    const Workbench bench({"bach-cello"});
    juce::MemoryBlock project;
    {
        Processor processor(Shape::instrument);
        editor::PresetBar bar(processor);
        setAsGesture(*processor.parameters().topP, 0.5f);
        processor.compare(1);
        setAsGesture(*processor.parameters().topP, 0.8f);
        bar.saveAs("Mine");
        project = stateOf(processor);
    }
    Processor processor(Shape::instrument);
    editor::PresetBar bar(processor);
    processor.setStateInformation(project.getData(), static_cast<int>(project.getSize()));
    CHECK(stateOf(processor) == project);
    bar.refresh();
    CHECK(control<juce::TextButton>(bar, "Presets").getButtonText() == "Mine");
    CHECK(control<juce::TextButton>(bar, "Settings B").getToggleState());
    processor.compare(0);
    CHECK(processor.parameters().topP->get() == Approx(0.5f));
    processor.compare(1);
    CHECK(processor.parameters().topP->get() == Approx(0.8f));
    // A project without them begins anew.
    Processor fresh(Shape::instrument);
    const auto other = stateOf(fresh);
    processor.setStateInformation(other.getData(), static_cast<int>(other.getSize()));
    CHECK(processor.comparing() == 0);
    CHECK(processor.presetName().empty());
}

TEST_CASE("damaged settings to compare are left out, and the rest of the project opens")
{
    Comparison whole;
    whole.preset = "Mine";
    whole.compared = 1;
    whole.kept[0] = ComparedSettings{Settings{}, "bach-cello"};
    const std::string bytes = encodeComparison(whole);
    CHECK(decodeComparison(bytes) == whole);
    // Before there was a range, two bytes behind all else, it was saved without.
    const std::size_t earlier = bytes.size() - 2;
    CHECK(decodeComparison(bytes.substr(0, earlier)) == whole);
    for (std::size_t length = 0; length < bytes.size(); ++length)
        if (length != earlier)
            CHECK_THROWS_AS(decodeComparison(bytes.substr(0, length)), StateError);
    CHECK_THROWS_AS(decodeComparison(bytes + "x"), StateError);
    whole.kept[0]->settings.topP = std::numeric_limits<float>::quiet_NaN();
    CHECK_THROWS_AS(decodeComparison(encodeComparison(whole)), StateError);
}

// Undo brought B's knobs back and left the bar at A: the next press of B kept B's knobs as A.
TEST_CASE("undo of a comparison goes back to the other settings whole")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto& topP = *processor.parameters().topP;
    setAsGesture(topP, 0.5f);
    processor.compare(1);
    setAsGesture(topP, 0.8f);
    processor.compare(0);
    REQUIRE(processor.undo());
    CHECK(processor.comparing() == 1);
    CHECK(topP.get() == Approx(0.8f));
    processor.compare(0);
    CHECK(topP.get() == Approx(0.5f));
    processor.compare(1);
    CHECK(topP.get() == Approx(0.8f));
}
