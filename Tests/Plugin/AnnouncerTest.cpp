// What a screen reader says of what goes on.

#include "EditorParts.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;
using editor::Announcer;

namespace
{

using Said = std::vector<std::pair<juce::String, bool>>;

Said listenTo(Announcer& announcer, const std::function<void()>& action)
{
    Said said;
    announcer.speak = [&said](const juce::String& text, bool isUrgent) {
        said.emplace_back(text, isUrgent);
    };
    action();
    announcer.speak = [](const auto&, bool) {};
    return said;
}

} // namespace

TEST_CASE("errors and finished work are said to a screen reader, errors before all else")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    const auto said = [&](const std::function<void()>& action) {
        return listenTo(window->announcer(), [&] {
            action();
            window->refresh();
            window->refresh();
        });
    };
    const Said first = said([&] { composeAndWait(processor); });
    REQUIRE(first.size() == 1);
    CHECK(first[0].first.startsWith("Take 1: 16 bars, "));
    CHECK_FALSE(first[0].second);
    setKnob(processor.parameters().seed, 2.0f);
    CHECK(said([&] { composeAndWait(processor); }).at(0).first.startsWith("Take 2: "));
    // Who presses Generate twice is told why nothing is new.
    CHECK(said([&] { composeAndWait(processor); }).at(0).first.contains("The same again"));
    CHECK(said([&] { processor.generation().report(Phase::idle, "Saved take.mid."); }) ==
          Said{{"Saved take.mid.", false}});
    CHECK(said([&] { processor.generation().report(Phase::failed, "The disk is full."); }) ==
          Said{{"The disk is full.", true}});
    CHECK(said([&] { processor.starTake(0, true); }).empty());
}

TEST_CASE("the beginning of long work is said once, its parts are not, its end is")
{
    Announcer announcer;
    using Kind = Announcer::Kind;
    const Said said = listenTo(announcer, [&] {
        announcer.show(Kind::take, "Take 1: 16 bars", 1); // the window opens
        announcer.show(Kind::busy, "Reading the model ...", 1);
        announcer.show(Kind::busy, "Composing ...", 1);
        announcer.show(Kind::take, "Take 1: 16 bars", 1);
        announcer.show(Kind::take, "Take 1: 24 bars", 1); // its knobs move
    });
    CHECK(said == Said{{"Reading the model ...", false}, {"Take 1: 16 bars", false}});
}
