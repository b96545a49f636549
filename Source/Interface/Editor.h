#pragma once

// The plugin's window. It shows what the processor holds and asks it for things; it keeps no state
// of its own, so it may be opened and closed at any time. Which knobs it shows depends on the
// model.

#include "Interface/DroppedFiles.h"
#include "Interface/Panel.h"
#include "Interface/PlayBar.h"
#include "Interface/PresetBar.h"
#include "Interface/RollDesk.h"
#include "Interface/TakeBar.h"
#include "Interface/TakeStrip.h"
#include "Interface/Theme.h"
#include "Plugin/Processor.h"

#include <memory>

namespace organum::editor
{

class Editor : public juce::AudioProcessorEditor,
               public juce::FileDragAndDropTarget,
               private juce::Timer
{
public:
    explicit Editor(plugin::Processor& processorIn);
    ~Editor() override;

    void paint(juce::Graphics& g) override;
    void resized() override;
    bool keyPressed(const juce::KeyPress& key) override;

    bool isInterestedInFileDrag(const juce::StringArray& files) override;
    void filesDropped(const juce::StringArray& files, int, int) override { dropped.take(files); }
    /** Which files may be dropped here, for whoever knows of more kinds. */
    DroppedFiles& droppedFiles() { return dropped; }
    Exporter& exporter() { return takeBar.exports().exporter(); }

    /** Brings everything up to date at once; the timer does the same 30 times a second. */
    void refresh();

    static constexpr int usualWidth = 1200;
    static constexpr int usualHeight = 800;
    static constexpr int smallestWidth = 1000;
    static constexpr int smallestHeight = 700;

private:
    void timerCallback() override { refresh(); }
    void buildHeader();
    void placeHeader();
    void listenToDrops();
    void fillModelMenu();
    void showPanel();
    void showStatus(bool showsBusy);
    void showTake();

    plugin::Processor& processor;
    Theme theme;
    juce::TooltipWindow tooltips{this, 600};

    juce::Label wordmark;
    juce::ComboBox modelMenu;
    PresetBar presetBar;
    juce::Label status;
    PianoRoll roll;
    RollToolbar rollToolbar{roll};
    RollDesk rollDesk{processor, roll, rollToolbar};
    std::unique_ptr<Panel> panel;
    PlayBar playBar;
    TakeBar takeBar;
    TakeStrip takeStrip;
    DroppedFiles dropped;

    juce::Rectangle<int> headerArea;
    std::uint32_t shownRevision = 0;
    bool everShown = false;
    int busyFrames = 0; ///< how long the engine has been at work, in refreshes
    bool shownBusy = false;
    std::shared_ptr<const plugin::ModelEntries> shownModels;
    std::string shownPanel = "none yet"; ///< id of the model whose voices it shows; empty: solo
};

} // namespace organum::editor
