// The editor in a window, for drag-out.sh, with one model in $ORGANUM_MODELS: says where its
// handles are and whether it stands still. Commands come by lines on standard input: "follow"
// switches following on again; the end of the input ends the program.

#include "Bundle/Bundle.h"
#include "Interface/DragSource.h"
#include "Interface/Editor.h"
#include "Plugin/Processor.h"

#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

using namespace organum;

namespace
{

class Watched : public juce::DocumentWindow, private juce::Timer
{
public:
    explicit Watched(plugin::Processor& processorIn)
        : DocumentWindow("Organum", juce::Colours::black, 0)
        , processor(processorIn)
    {
        setUsingNativeTitleBar(true);
        setContentOwned(processor.createEditor(), true);
        setTopLeftPosition(0, 0);
        setVisible(true);
        startTimer(50);
    }

private:
    void timerCallback() override
    {
        const bool follows = processor.parameters().follow->get();
        if (follows != didFollow)
            std::cout << (follows ? "follows" : "stands still") << std::endl;
        didFollow = follows;
        if (toldPlaces || processor.takes().playing() == nullptr)
            return;
        if (ticks++ < 20) // the window has settled
            return;
        toldPlaces = true;
        tell(*getContentComponent());
        std::cout << "ready" << std::endl;
    }
    void tell(juce::Component& part)
    {
        for (auto* child : part.getChildren()) {
            if (dynamic_cast<editor::DragSource*>(child) != nullptr && child->isShowing()) {
                const auto centre = child->getScreenBounds().getCentre();
                std::cout << "handle " << centre.x << " " << centre.y << " " << child->getTitle()
                          << std::endl;
            }
            tell(*child);
        }
    }

    plugin::Processor& processor;
    bool didFollow = true;
    bool toldPlaces = false;
    int ticks = 0;
};

} // namespace

int main()
{
    bundle::Bundle model; // the fake engine's, by its name
    model.metadata.kind = "musegan";
    model.metadata.name = "Model choir";
    bundle::writeBundle(std::string(std::getenv("ORGANUM_MODELS")) + "/choir.organum", model);
    const juce::ScopedJuceInitialiser_GUI juceIsUp;
    plugin::Processor processor(plugin::Shape::instrument);
    processor.prepareToPlay(48000.0, 256);
    processor.generate();
    Watched window(processor);
    std::thread commands([&processor] {
        for (std::string line; std::getline(std::cin, line);)
            if (line == "follow")
                juce::MessageManager::callAsync(
                    [&processor] { *processor.parameters().follow = true; });
        juce::MessageManager::getInstance()->stopDispatchLoop();
    });
    juce::MessageManager::getInstance()->runDispatchLoop();
    commands.join();
    return 0;
}
