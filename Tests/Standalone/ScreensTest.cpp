// Pictures of the standalone in every state of its window. Those that are kept guard against
// accidental change; by hand, with the models that ship:
//
//   organum_tests_application "[screens]"

#include "Plugin/Screens.h"
#include "Plugin/ScreenReference.h"
#include "Program.h"

using namespace organum;
using namespace organum::test;

namespace
{

/** Brings the standalone into that state, and hands its window over in each theme. */
void withStandalone(const Screen& screen, const std::vector<std::string>& models,
                    const std::function<void(Program&)>& beforehand,
                    const std::function<void(standalone::Content&, const juce::String&)>& use)
{
    Program program(models, screen.greets);
    beforehand(program);
    auto& window = program.editor();
    program.content->setVisible(true);
    window.setSize(editor::Editor::usualWidth, editor::Editor::usualHeight);
    Stage stage{program.processor, window};
    screen.prepare(stage);
    for (const bool light : {false, true}) {
        window.useTheme(light);
        window.refresh();
        program.content->refresh();
        use(*program.content, light ? "light" : "dark");
    }
    window.useTheme(false);
    window.showKnobs(true);
    program.processor.generation().cancel();
}

} // namespace

TEST_CASE("the standalone looks as it did, dark and light")
{
    for (const Screen& screen : screens()) {
        const juce::String state = screen.name;
        if (state != "first-open" && state != "takes" && state != "error")
            continue; // the editor below the bar is compared on its own
        withStandalone(
            screen, {"bach-cello", "choir-macros", "slow"}, [](Program&) {},
            [&](standalone::Content& window, const juce::String& theme) {
                checkLooks(window, "standalone-" + state + "-" + theme);
            });
    }
}

TEST_CASE("pictures of every state of the standalone with real models", "[.][screens]")
{
    for (const Screen& screen : screens())
        withStandalone(
            screen, {}, [](Program&) { setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE); },
            [&](standalone::Content& window, const juce::String& theme) {
                for (const int percent : {100, 200})
                    snapshot(window,
                             juce::String("standalone-") + screen.name + "-" + theme + "-" +
                                 juce::String(percent),
                             static_cast<float>(percent) / 100.0f);
            });
}
