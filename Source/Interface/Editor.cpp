#include "Interface/Editor.h"

#include "Interface/SoloPanel.h"
#include "Interface/VoicesPanel.h"
#include "Plugin/DragFolder.h"
#include "Plugin/ParameterBuilders.h"

#include <algorithm>

namespace organum::editor
{

namespace
{

constexpr int headerHeight = 52;
constexpr int narrowestPanel = 940;
/** Work shorter than this, e.g. for a moving knob, is not worth a word. */
constexpr int framesBeforeBusy = 6;

} // namespace

Editor::Editor(plugin::Processor& processorIn)
    : AudioProcessorEditor(processorIn)
    , processor(processorIn)
    , presetBar(processorIn)
    , playBar(processorIn)
    , takeBar(processorIn)
    , takeStrip(processorIn)
{
    setLookAndFeel(&theme);
    setTitle("Organum");
    setWantsKeyboardFocus(true);
    processor.models().refresh(); // a bundle may have been added since
    buildHeader();
    addAndMakeVisible(rollToolbar);
    addAndMakeVisible(roll);
    addAndMakeVisible(playBar);
    playBar.sendLookAndFeelChange(); // its parts were made before they had this window's look
    addAndMakeVisible(takeBar);
    addAndMakeVisible(takeStrip);
    takeStrip.sendLookAndFeelChange();
    listenToDrops();
    refresh();
    setResizable(true, true);
    setResizeLimits(smallestWidth, smallestHeight, 2400, 1600);
    setSize(usualWidth, usualHeight);
    startTimerHz(30);
}

Editor::~Editor()
{
    stopTimer();
    setLookAndFeel(nullptr);
}

void Editor::buildHeader()
{
    wordmark.setText("Organum", juce::dontSendNotification);
    wordmark.setFont(fontOf(22.0f, true));
    setRole(wordmark, juce::Label::textColourId, colour::text);
    addAndMakeVisible(wordmark);

    modelMenu.setTitle("Model");
    modelMenu.setTooltip("The model that composes");
    modelMenu.setTextWhenNoChoicesAvailable("No model installed");
    modelMenu.setTextWhenNothingSelected("Choose a model");
    modelMenu.setWantsKeyboardFocus(true);
    modelMenu.onChange = [this] {
        if (const int id = modelMenu.getSelectedId(); id > 0)
            plugin::setAsGesture(*processor.parameters().model, static_cast<float>(id - 1));
    };
    addAndMakeVisible(modelMenu);

    addAndMakeVisible(presetBar);
    presetBar.sendLookAndFeelChange();

    status.setTitle("Status");
    status.setFont(fontOf(13.5f));
    status.setJustificationType(juce::Justification::centredRight);
    status.setMinimumHorizontalScale(0.85f);
    addAndMakeVisible(status);
}

void Editor::listenToDrops()
{
    dropped.add("mid;midi;smf", [this](const juce::File& file) {
        processor.openMidi(file.getFullPathName().toStdString());
    });
    dropped.onForeign = [this](const juce::File& file) {
        processor.generation().report(plugin::Phase::failed,
                                      "\"" + file.getFileName().toStdString() +
                                          "\" was not opened: drop MIDI files (.mid) here.");
    };
}

// ---- showing -----------------------------------------------------------------------------------

void Editor::fillModelMenu()
{
    const auto models = processor.models().entries();
    const int place = processor.parameters().model->get();
    if (models != shownModels) {
        shownModels = models;
        modelMenu.clear(juce::dontSendNotification);
        int id = 0;
        for (const plugin::ModelEntry& model : *models)
            modelMenu.addItem(model.title + (model.problem.empty() ? "" : " (damaged)"), ++id);
    }
    const std::string missing = processor.missingModel();
    if (!missing.empty()) {
        modelMenu.setTextWhenNothingSelected(juce::String(missing) + " (not installed)");
        modelMenu.setSelectedId(0, juce::dontSendNotification);
    } else {
        modelMenu.setSelectedId(place < static_cast<int>(models->size()) ? place + 1 : 0,
                                juce::dontSendNotification);
    }
}

void Editor::showPanel()
{
    const auto model = processor.model();
    const bool hasVoices = model && model->hasVoices();
    const std::string wanted = hasVoices ? model->id : std::string();
    if (panel != nullptr && wanted == shownPanel)
        return;
    shownPanel = wanted;
    if (hasVoices)
        panel = std::make_unique<VoicesPanel>(processor, *model);
    else
        panel = std::make_unique<SoloPanel>(processor);
    addAndMakeVisible(*panel);
    panel->sendLookAndFeelChange(); // its parts were made before they had this window's look
    Editor::resized();              // reached by the constructor too, where nothing can override it
    repaint();
}

void Editor::showStatus(bool showsBusy)
{
    const plugin::SessionStatus now = processor.status();
    juce::String text;
    if (showsBusy || !now.busy())
        text = juce::CharPointer_UTF8(now.message.c_str());
    const auto takes = processor.takes();
    if (text.isEmpty() && takes.playing() != nullptr) {
        const auto take = takes.playing();
        text = juce::String(take->bars) + (take->bars == 1 ? " bar, " : " bars, ") +
               juce::String(static_cast<int>(take->notes.size())) + " notes";
        if (!take->hasVoices())
            text += ", seed " + juce::String(static_cast<juce::int64>(take->seed));
    }
    status.setText(text, juce::dontSendNotification);
    status.setTooltip(text);
    setRole(status, juce::Label::textColourId,
            now.phase == plugin::Phase::failed ? colour::warning
                                               : (showsBusy ? colour::accent : colour::dimText));
}

void Editor::showTake()
{
    const auto now = processor.status();
    juce::String message = "Press Generate to compose.";
    if (now.phase == plugin::Phase::failed)
        message = juce::String(juce::CharPointer_UTF8(now.message.c_str()));
    else if (processor.models().entries()->empty())
        message = "No model is installed yet.\nPut a .organum file into "
                  "~/.local/share/organum/models and open this window again.";
    rollDesk.showTake(message);
}

void Editor::refresh()
{
    fillModelMenu();
    showPanel();
    rollDesk.refresh();
    presetBar.refresh();
    playBar.refresh();
    takeBar.refresh();
    busyFrames = processor.status().busy() ? busyFrames + 1 : 0;
    const bool showsBusy = busyFrames > framesBeforeBusy;
    const std::uint32_t revision = processor.revision();
    if (everShown && revision == shownRevision && showsBusy == shownBusy)
        return;
    everShown = true;
    shownRevision = revision;
    shownBusy = showsBusy;
    showTake();
    takeStrip.refresh();
    takeBar.showTakes(showsBusy);
    showStatus(showsBusy);
}

void Editor::paint(juce::Graphics& g)
{
    g.fillAll(colour::background);
    g.setColour(colour::panel);
    g.fillRect(headerArea);
    if (panel != nullptr)
        g.fillRect(panel->getBounds());
}

void Editor::placeHeader()
{
    auto header = headerArea.reduced(margin, 10);
    // From the left: what composes. The status takes what is left.
    wordmark.setBounds(header.removeFromLeft(116));
    modelMenu.setBounds(header.removeFromLeft(220));
    header.removeFromLeft(gap);
    presetBar.setBounds(header.removeFromLeft(PresetBar::width));
    header.removeFromLeft(margin);
    status.setBounds(header);
}

void Editor::resized()
{
    auto area = getLocalBounds();
    headerArea = area.removeFromTop(headerHeight);
    placeHeader();
    takeBar.setBounds(area.removeFromBottom(TakeBar::height));
    playBar.setBounds(area.removeFromBottom(PlayBar::height));
    // In a narrow window the knobs need the whole width: the strip ends above them.
    const bool isNarrow = area.getWidth() - TakeStrip::width < narrowestPanel;
    if (!isNarrow)
        takeStrip.setBounds(area.removeFromRight(TakeStrip::width));
    // Rows above the roll go here: area.removeFromTop(...).
    if (panel != nullptr)
        panel->setBounds(area.removeFromBottom(panel->preferredHeight()));
    if (isNarrow)
        takeStrip.setBounds(area.removeFromRight(TakeStrip::width));
    rollToolbar.setBounds(area.removeFromTop(RollToolbar::height));
    roll.setBounds(area.reduced(0, 1));
}

/** Anything, but for our own takes: a drag that ends where it began is a change of mind. */
bool Editor::isInterestedInFileDrag(const juce::StringArray& files)
{
    return std::none_of(files.begin(), files.end(), [](const juce::String& file) {
        return plugin::isDragged(file.toStdString());
    });
}

// ---- acting ------------------------------------------------------------------------------------

bool Editor::keyPressed(const juce::KeyPress& key)
{
    const auto command = juce::ModifierKeys::commandModifier;
    if (key == juce::KeyPress('z', command, 0))
        processor.undo();
    else if (key == juce::KeyPress('y', command, 0) ||
             key == juce::KeyPress('z', command | juce::ModifierKeys::shiftModifier, 0))
        processor.redo();
    else if (key == juce::KeyPress('v'))
        processor.vary(TakeBar::variations);
    else if (key == juce::KeyPress('x'))
        processor.toggleMarked();
    else if (key == juce::KeyPress('['))
        processor.previousTake();
    else if (key == juce::KeyPress(']'))
        processor.nextTake();
    else if (key == juce::KeyPress('o', command, 0))
        takeStrip.openMidi();
    else if (key == juce::KeyPress('s', command, 0))
        takeBar.exports().save(plugin::ExportKind::midi);
    else if (key == juce::KeyPress('e', command, 0))
        takeBar.exports().openMenu();
    else if (key == juce::KeyPress('g'))
        processor.generate();
    else if (key == juce::KeyPress('c'))
        processor.continueTake();
    else if (key == juce::KeyPress('a'))
        processor.answer();
    else if (key == juce::KeyPress('p'))
        processor.panic();
    else if (key == juce::KeyPress('r'))
        panel->throwDice();
    else if (key == juce::KeyPress::spaceKey)
        processor.setAudition(!processor.isAuditioning());
    else
        return false;
    return true;
}

} // namespace organum::editor
