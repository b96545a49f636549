#include "AccessibleParts.h"
#include "Screens.h"

using namespace organum;
using namespace organum::test;

TEST_CASE("a screen reader finds no element without a name in any state of the window")
{
    for (const Screen& screen : screens()) {
        const Workbench bench({"bach-cello", "choir-macros", "slow"});
        withScreen(screen, [&](editor::Editor& window, const juce::String& theme) {
            if (theme == "light")
                return;
            INFO(screen.name);
            CHECK(checkNames(window) > 20);
            checkControls(window);
        });
    }
}

TEST_CASE("everything can be reached by the keyboard, in an order, and shows that it is")
{
    const Workbench bench({"bach-cello", "choir-macros"});
    plugin::Processor processor(plugin::Shape::instrument);
    for (const int model : {0, 1}) {
        *processor.parameters().model = model;
        auto window = opened(processor);
        // The order in which Tab goes, without a window on a screen.
        juce::KeyboardFocusTraverser order;
        const auto reached = order.getAllComponents(window.get());
        const std::set<juce::Component*> all(reached.begin(), reached.end());
        CHECK(all.size() == reached.size());
        visit(*window, [&](juce::Component& each) {
            const bool isControl = dynamic_cast<juce::Button*>(&each) != nullptr ||
                                   dynamic_cast<juce::ComboBox*>(&each) != nullptr ||
                                   dynamic_cast<juce::Slider*>(&each) != nullptr;
            bool isShown = true;
            for (juce::Component* up = &each; up != nullptr && up != window.get();
                 up = up->getParentComponent())
                isShown = isShown && up->isVisible();
            if (!isControl || !isShown || !each.isEnabled())
                return;
            INFO(each.getTitle());
            CHECK(all.count(&each) == 1);
        });
    }
}

TEST_CASE("every control says by a tooltip what it does")
{
    const Workbench bench({"bach-cello", "choir-macros"});
    plugin::Processor processor(plugin::Shape::instrument);
    for (const int model : {0, 1}) {
        *processor.parameters().model = model;
        auto window = opened(processor);
        const std::vector<std::function<void()>> opens = {[] {}, [&] { window->openRouting(); },
                                                          [&] { window->openMappings(); },
                                                          [&] { window->openModels(); }};
        for (const auto& open : opens) {
            open();
            visit(*window, [&](juce::Component& each) {
                const bool isControl = dynamic_cast<juce::Button*>(&each) != nullptr ||
                                       dynamic_cast<juce::ComboBox*>(&each) != nullptr ||
                                       dynamic_cast<juce::Slider*>(&each) != nullptr;
                if (!isControl)
                    return;
                auto* tip = dynamic_cast<juce::TooltipClient*>(&each);
                INFO(each.getTitle());
                REQUIRE(tip != nullptr);
                CHECK(tip->getTooltip().isNotEmpty());
            });
        }
    }
}
