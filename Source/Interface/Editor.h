#pragma once

// The plugin's window. It shows what the processor holds and asks it for things; it keeps no state
// of its own, so it may be opened and closed at any time. Which knobs it shows depends on the
// model.

#include "Interface/Announcer.h"
#include "Interface/Appearance.h"
#include "Interface/Card.h"
#include "Interface/ChordLane.h"
#include "Interface/DialogTheme.h"
#include "Interface/DroppedFiles.h"
#include "Interface/MidiLight.h"
#include "Interface/ModelBrowser.h"
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
    /** The host's scale; the user's own comes on top of it. */
    void setScaleFactor(float scale) override;
    void mouseDown(const juce::MouseEvent& event) override;

    bool isInterestedInFileDrag(const juce::StringArray& files) override;
    void filesDropped(const juce::StringArray& files, int, int) override { dropped.take(files); }
    /** Which files may be dropped here, for whoever knows of more kinds. */
    DroppedFiles& droppedFiles() { return dropped; }
    Exporter& exporter() { return takeBar.exports().exporter(); }
    Announcer& announcer() { return announcements; }

    /** Brings everything up to date at once; the timer does the same 30 times a second. */
    void refresh();

    // EditorMenu.cpp: what the menu and the keys do. Message thread.
    void useTheme(bool light);
    /** In percent, one of Appearance::scales. */
    void useScale(int percent);
    void showKnobs(bool on);
    void openRouting();
    void openKeys();
    void openMappings();
    void openModels();
    Card* openCard() const { return card.get(); }
    void closeCard();
    juce::PopupMenu menu();

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
    void announce(const juce::String& text, const juce::String& learning, bool showsBusy);
    void showTake();
    /** What to do before there can be music; empty when nothing stands in its way. */
    juce::String whatIsMissing() const;

    // EditorMenu.cpp
    void change(const std::function<void(Appearance&)>& how);
    void showAppearance();
    void applyScale();
    /** Of all windows of a program of its own, as far as the screen has room. */
    void scaleProgram(float wanted);
    void showCard(std::unique_ptr<Card> wanted);
    void placeCard();
    void grabFocusIfShown();
    bool learnFocused(bool forgets);
    bool windowKeyPressed(const juce::KeyPress& key);
    void tellOfInstallation();

    plugin::Processor& processor;
    Appearance appearance = Appearance::load();
    Theme theme;
    juce::SharedResourcePointer<DialogTheme> dialogs;
    bool shownLight = isLight();
    float hostScale = 1.0f;
    juce::TooltipWindow tooltips{this, 600};

    juce::Label wordmark;
    juce::ComboBox modelMenu;
    PresetBar presetBar;
    juce::TextButton modelsButton{"Models"};
    juce::TextButton knobsButton{"Knobs"};
    juce::TextButton menuButton{"..."};
    MidiLight midiLight;
    juce::Label status;
    Announcer announcements;
    PianoRoll roll;
    RollToolbar rollToolbar{roll};
    RollDesk rollDesk{processor, roll, rollToolbar};
    ChordLane chordLane{processor, roll};
    std::unique_ptr<Panel> panel;
    PlayBar playBar;
    TakeBar takeBar;
    TakeStrip takeStrip;
    DroppedFiles dropped;
    ModelWatch modelWatch;
    std::unique_ptr<Card> card; ///< over everything else; null when none is open

    juce::Rectangle<int> headerArea;
    std::uint32_t shownRevision = 0;
    bool everShown = false;
    int busyFrames = 0; ///< how long the engine has been at work, in refreshes
    bool shownBusy = false;
    int shownLearning = -1;
    std::shared_ptr<const plugin::ModelEntries> shownModels;
    std::string shownPanel = "none yet"; ///< id of the model whose voices it shows; empty: solo
};

/** Gives a window these bounds, or what of them fits on the screen. */
void fitToScreen(juce::ResizableWindow& window, juce::Rectangle<int> wanted);

} // namespace organum::editor
