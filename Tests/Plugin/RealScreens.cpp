// Run by hand, with the models that ship:
//   organum_tests_plugin_engine "[screens]"      pictures of every state of the window for the
//   guide organum_tests_plugin_engine "[first-take]"   composes the take with which new instances
//   open;
//                                                ORGANUM_FIRST_TAKE names the file

#include "Plugin/State.h"
#include "Screens.h"

#include <cstdlib>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

TEST_CASE("pictures of every state of the window with real models", "[.][screens]")
{
    const TemporaryFolder folder;
    for (const Screen& screen : screens()) {
        setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
        setVariable("XDG_CONFIG_HOME", (folder / screen.name).string());
        withScreen(screen, [&](editor::Editor& window, const juce::String& theme) {
            for (const int percent : {100, 200})
                snapshot(window,
                         juce::String("screen-") + screen.name + "-" + theme + "-" +
                             juce::String(percent),
                         static_cast<float>(percent) / 100.0f);
        });
    }
}

TEST_CASE("the take with which a new instance opens", "[.][first-take]")
{
    const char* target = std::getenv("ORGANUM_FIRST_TAKE");
    REQUIRE(target != nullptr);
    setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
    Processor processor(Shape::instrument);
    const auto models = processor.models().entries();
    for (std::size_t i = 0; i < models->size(); ++i)
        if ((*models)[i].id == "bach-chorales")
            *processor.parameters().model = static_cast<int>(i);
    REQUIRE(processor.model()->id == "bach-chorales");
    setKnob(processor.parameters().bars, 8.0f);
    for (std::size_t i = 0; i < processor.parameters().voices.latents.size(); ++i)
        setKnob(processor.parameters().voices.latents[i].seedA, static_cast<float>(1685 + i));
    composeAndWait(processor);
    State state;
    state.takes.takes = {processor.takes().playing()};
    state.takes.current = 0;
    const std::string bytes = encode(state);
    REQUIRE(juce::File(target).replaceWithData(bytes.data(), bytes.size()));
}
