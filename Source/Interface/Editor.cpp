#include "Interface/Editor.h"

#include "Interface/Learning.h"
#include "Interface/SoloPanel.h"
#include "Interface/VoicesPanel.h"
#include "Plugin/DragFolder.h"
#include "Plugin/EngineLibrary.h"
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

juce::String missingModels(const plugin::ModelList& models)
{
    return "No model is installed yet.\nDrop a .organum file on this window, or put one into " +
           juce::String::fromUTF8(models.ownFolder().string().c_str()) + ".";
}

} // namespace

Editor::Editor(plugin::Processor& processorIn)
    : AudioProcessorEditor(processorIn)
    , processor(processorIn)
    , presetBar(processorIn)
    , playBar(processorIn)
    , takeBar(processorIn)
    , takeStrip(processorIn)
    , modelWatch(processorIn)
{
    setLight(appearance.light);
    shownLight = !isLight(); // so that it is shown
    setLookAndFeel(&theme);
    setTitle("Organum");
    setWantsKeyboardFocus(true);
    processor.lookForModels(); // a bundle may have been added since
    buildHeader();
    addAndMakeVisible(rollToolbar);
    addAndMakeVisible(roll);
    addAndMakeVisible(chordLane);
    chordLane.sendLookAndFeelChange();
    chordLane.onHeightChange = [this] { Editor::resized(); };
    addAndMakeVisible(playBar);
    playBar.sendLookAndFeelChange(); // its parts were made before they had this window's look
    addAndMakeVisible(takeBar);
    addAndMakeVisible(takeStrip);
    takeStrip.sendLookAndFeelChange();
    listenToDrops();
    addMouseListener(this, true);
    refresh();
    setResizable(true, true);
    setResizeLimits(smallestWidth, smallestHeight, 2400, 1600);
    juce::Point<int> size = processor.windowSize();
    if (size.x == 0)
        size = {appearance.width, appearance.height};
    if (size.x == 0)
        size = {usualWidth, usualHeight};
    setSize(juce::jlimit(smallestWidth, 2400, size.x), juce::jlimit(smallestHeight, 1600, size.y));
    applyScale();
    if (processor.greetsUser() && (!appearance.knowsRouting || whatIsMissing().isNotEmpty()))
        openRouting();
    startTimerHz(30);
}

Editor::~Editor()
{
    stopTimer();
    const juce::Point<int> size{getWidth(), getHeight()};
    if (size != processor.windowSize() &&
        (size != juce::Point<int>{usualWidth, usualHeight} || processor.windowSize().x != 0)) {
        processor.setWindowSize(size);
        change([size](Appearance& each) {
            each.width = size.x;
            each.height = size.y;
        });
    }
    removeMouseListener(this);
    card.reset();
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
            processor.chooseModel(id - 1);
    };
    addAndMakeVisible(modelMenu);

    addAndMakeVisible(presetBar);
    presetBar.sendLookAndFeelChange();
    setUp(modelsButton, "Models", "What the models are, and how to install more (M)");
    modelsButton.onClick = [this] { openModels(); };
    setUp(knobsButton, "Knobs", "Shows or hides the knobs; without them the roll is larger (K)");
    knobsButton.setToggleState(appearance.showsKnobs, juce::dontSendNotification);
    knobsButton.onClick = [this] { showKnobs(!appearance.showsKnobs); };
    setUp(menuButton, "Menu", "Routing, models, MIDI learn, keys, theme and size");
    menuButton.onClick = [this] {
        menu().showMenuAsync(juce::PopupMenu::Options().withTargetComponent(menuButton));
    };
    for (juce::Component* each :
         {static_cast<juce::Component*>(&modelsButton), static_cast<juce::Component*>(&knobsButton),
          static_cast<juce::Component*>(&midiLight), static_cast<juce::Component*>(&menuButton)})
        addAndMakeVisible(each);

    status.setTitle("Status");
    status.setFont(fontOf(13.5f));
    status.setJustificationType(juce::Justification::centredRight);
    status.setMinimumHorizontalScale(0.85f);
    addChildComponent(status);
}

void Editor::listenToDrops()
{
    dropped.add("mid;midi;smf", [this](const juce::File& file) {
        processor.openMidi(file.getFullPathName().toStdString());
    });
    dropped.add("organum", [this](const juce::File& file) { modelWatch.install(file); });
    dropped.onForeign = [this](const juce::File& file) {
        processor.generation().report(
            plugin::Phase::failed,
            "\"" + file.getFileName().toStdString() +
                "\" was not opened: drop MIDI files (.mid) or models (.organum) here.");
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
        if (const int more = processor.models().leftOut(); more > 0)
            modelMenu.addSectionHeading(juce::String(more) + " more: see Models");
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
    addChildComponent(*panel);
    if (card != nullptr)
        card->toFront(false);
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
    const juce::String learning = learningHint(processor);
    if (learning.isNotEmpty())
        text = learning;
    if (text.isEmpty() && takes.playing() != nullptr) {
        const auto take = takes.playing();
        text = juce::String(take->bars) + (take->bars == 1 ? " bar, " : " bars, ") +
               juce::String(static_cast<int>(take->notes.size())) + " notes";
        if (!take->hasVoices())
            text += ", seed " + juce::String(static_cast<juce::int64>(take->seed));
    }
    status.setText(text, juce::dontSendNotification);
    status.setVisible(text.isNotEmpty()); // a screen reader would find a part without a name
    status.setTooltip(text);
    setRole(status, juce::Label::textColourId,
            now.phase == plugin::Phase::failed
                ? colour::warning
                : (showsBusy || learning.isNotEmpty() ? colour::accent : colour::dimText));
    announce(text, learning, showsBusy);
}

void Editor::announce(const juce::String& text, const juce::String& learning, bool showsBusy)
{
    using Kind = Announcer::Kind;
    const plugin::SessionStatus now = processor.status();
    const auto takes = processor.takes();
    const auto place = static_cast<std::size_t>(std::max(0, takes.current));
    const std::uint64_t take = place < takes.numbers.size() ? takes.numbers[place] : 0;
    Kind kind = Kind::take;
    if (learning.isNotEmpty())
        kind = Kind::message;
    else if (now.busy() && !showsBusy)
        return; // it may be over before it is worth a word
    else if (now.phase == plugin::Phase::failed)
        kind = Kind::failed;
    else if (now.busy())
        kind = Kind::busy;
    else if (!now.message.empty())
        kind = Kind::message;
    announcements.show(kind,
                       kind == Kind::take && takes.playing() != nullptr
                           ? "Take " + juce::String(takes.current + 1) + ": " + text
                           : text,
                       take);
}

void Editor::showTake()
{
    const auto now = processor.status();
    juce::String message = "Press Generate to compose.";
    if (now.phase == plugin::Phase::failed)
        message = juce::String(juce::CharPointer_UTF8(now.message.c_str()));
    else if (processor.models().entries()->empty())
        message = missingModels(processor.models());
    rollDesk.showTake(message);
}

juce::String Editor::whatIsMissing() const
{
    const std::string engine = plugin::missingEngine(plugin::engineCandidates());
    if (!engine.empty())
        return juce::String::fromUTF8(engine.c_str());
    return processor.models().entries()->empty()
               ? missingModels(processor.models()).replaceCharacter('\n', ' ')
               : juce::String();
}

void Editor::refresh()
{
    showAppearance();
    tellOfInstallation();
    fillModelMenu();
    showPanel();
    midiLight.show(processor.blocksWithNotes());
    if (card != nullptr)
        card->refresh();
    rollDesk.refresh();
    chordLane.refresh();
    presetBar.refresh();
    playBar.refresh();
    takeBar.refresh();
    busyFrames = processor.status().busy() ? busyFrames + 1 : 0;
    const bool showsBusy = busyFrames > framesBeforeBusy;
    const std::uint32_t revision = processor.revision();
    const int learning = processor.midiLearn().learning();
    if (everShown && revision == shownRevision && showsBusy == shownBusy &&
        learning == shownLearning)
        return;
    shownLearning = learning;
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
    if (panel != nullptr && panel->isVisible())
        g.fillRect(panel->getBounds());
}

void Editor::placeHeader()
{
    auto header = headerArea.reduced(margin, 10);
    // From the left: what composes. The status takes what is left.
    wordmark.setBounds(header.removeFromLeft(106));
    modelMenu.setBounds(header.removeFromLeft(getWidth() < usualWidth ? 160 : 220));
    header.removeFromLeft(gap);
    modelsButton.setBounds(header.removeFromLeft(72));
    header.removeFromLeft(gap);
    presetBar.setBounds(header.removeFromLeft(PresetBar::width));
    header.removeFromLeft(gap);
    menuButton.setBounds(header.removeFromRight(40));
    header.removeFromRight(gap);
    midiLight.setBounds(header.removeFromRight(48));
    header.removeFromRight(gap);
    knobsButton.setBounds(header.removeFromRight(68));
    header.removeFromRight(gap);
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
    if (panel != nullptr) {
        panel->setVisible(appearance.showsKnobs);
        if (panel->isVisible())
            panel->setBounds(area.removeFromBottom(panel->preferredHeight()));
    }
    if (isNarrow)
        takeStrip.setBounds(area.removeFromRight(TakeStrip::width));
    rollToolbar.setBounds(area.removeFromTop(RollToolbar::height));
    chordLane.setBounds(area.removeFromTop(chordLane.preferredHeight()));
    roll.setBounds(area.reduced(0, 1));
    placeCard();
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
    else if (key == juce::KeyPress('h'))
        chordLane.edit();
    else if (key == juce::KeyPress('p'))
        processor.panic();
    else if (key == juce::KeyPress('r'))
        panel->throwDice();
    else if (key == juce::KeyPress::spaceKey)
        processor.setAudition(!processor.isAuditioning());
    else
        return windowKeyPressed(key);
    return true;
}

} // namespace organum::editor
