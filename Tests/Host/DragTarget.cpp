// Another program's window, for drag-out.sh: takes dropped files and says what is in them.

#include "Score/MidiFile.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <iostream>
#include <string>
#include <thread>

namespace
{

class Target : public juce::Component, public juce::FileDragAndDropTarget
{
public:
    Target()
    {
        setOpaque(true);
        setBounds(0, 0, 200, 200);
    }
    void paint(juce::Graphics& g) override { g.fillAll(juce::Colours::white); }
    bool isInterestedInFileDrag(const juce::StringArray&) override { return true; }
    void filesDropped(const juce::StringArray& files, int, int) override
    {
        for (const auto& file : files) {
            try {
                const auto read = organum::score::readMidiFile(file.toStdString());
                std::cout << "dropped " << read.score.parts.size() << " " << read.score.noteCount()
                          << " " << file << std::endl;
            } catch (const std::exception& error) {
                std::cout << "broken " << error.what() << std::endl;
            }
        }
    }
};

class TargetWindow : public juce::DocumentWindow
{
public:
    explicit TargetWindow(juce::Point<int> place)
        : DocumentWindow("Target", juce::Colours::white, 0)
    {
        setUsingNativeTitleBar(true);
        setContentOwned(new Target, true);
        setTopLeftPosition(place);
        setVisible(true);
    }
};

} // namespace

int main(int argumentCount, char** arguments)
{
    const juce::ScopedJuceInitialiser_GUI juceIsUp;
    TargetWindow window({argumentCount > 1 ? std::stoi(arguments[1]) : 0,
                         argumentCount > 2 ? std::stoi(arguments[2]) : 0});
    std::cout << "ready" << std::endl;
    std::thread end([] {
        for (std::string line; std::getline(std::cin, line);) {
        }
        juce::MessageManager::getInstance()->stopDispatchLoop();
    });
    juce::MessageManager::getInstance()->runDispatchLoop();
    end.join();
    return 0;
}
