#include "Standalone/Window.h"

#include "Player/Ticks.h"
#include "Standalone/MidiPanel.h"
#include "Standalone/Project.h"
#include "Standalone/SoundPanel.h"

namespace organum::standalone
{

namespace
{

constexpr int firstRecentId = 1000;

bool isMidi(const juce::File& file)
{
    return file.hasFileExtension("mid;midi;smf;kar");
}

} // namespace

Content::Content(plugin::Processor& processorIn, SoundEngine& soundIn, MidiPorts& midiPortsIn,
                 Document& documentIn)
    : processor(processorIn)
    , sound(soundIn)
    , midiPorts(midiPortsIn)
    , document(documentIn)
    , bar(processorIn, soundIn.transport())
    , editor(processorIn.createEditor())
    , shownLight(editor::isLight())
{
    setLookAndFeel(&theme);
    bar.setLoops(document.loops());
    bar.onLoop = [this] { noteLoop(); };
    bar.onFile = [this](juce::Component& button) {
        fileMenu().showMenuAsync(juce::PopupMenu::Options().withTargetComponent(button));
    };
    bar.onMidi = [this] { showMidi(); };
    bar.onSound = [this] { showSound(); };
    addAndMakeVisible(bar);
    bar.sendLookAndFeelChange(); // its parts were made before they had this window's look
    addAndMakeVisible(*editor);
    editor->addKeyListener(this);
    addKeyListener(this);
    if (auto* ours = dynamic_cast<editor::Editor*>(editor.get())) {
        ours->exporter().setHasHost(false);
        ours->droppedFiles().add(juce::String(Project::ending).substring(1),
                                 [this](const juce::File& file) { open(file); });
    }
    theme.renew(*this); // only now is it known whether it is light
    refresh();
    startTimerHz(20);
    setSize(editor->getWidth(), editor->getHeight() + TransportBar::height);
}

Content::~Content()
{
    stopTimer();
    dialog.deleteAndZero();
    editor->removeKeyListener(this);
    setLookAndFeel(nullptr);
}

void Content::paint(juce::Graphics& g)
{
    g.fillAll(editor::colour::background);
}

void Content::resized()
{
    auto area = getLocalBounds();
    bar.setBounds(area.removeFromTop(TransportBar::height));
    editor->setBounds(area);
}

/** The editor may want another size, for example when its scale is chosen. */
void Content::childBoundsChanged(juce::Component* child)
{
    if (child == editor.get() && editor->getHeight() > 0)
        setSize(editor->getWidth(), editor->getHeight() + TransportBar::height);
}

void Content::refresh()
{
    if (shownLight != editor::isLight()) {
        shownLight = editor::isLight();
        theme.renew(*this);
    }
    const auto take = processor.takes().playing();
    const bool endsByItself = !document.loops() && take != nullptr &&
                              processor.parameters().playing.isMode(player::Mode::loop);
    sound.transport().setEnd(endsByItself ? static_cast<double>(take->length()) /
                                                static_cast<double>(player::ticksPerQuarter)
                                          : 0.0);
    if (bar.loops() != document.loops())
        bar.setLoops(document.loops());
    bar.refresh(midiPorts.followsClock(), sound.followedTempo());
    const auto ports = juce::String::fromUTF8(midiPorts.description().c_str());
    // Why a port cannot be opened is said by two systems at length; it stands in the hint.
    const juce::String failure = "cannot be opened";
    const auto inShort =
        ports.contains(failure + " (") ? ports.upToFirstOccurrenceOf(failure, true, false) : ports;
    bar.setStatus(sound.description() + "   |   " + inShort, sound.details() + "\n" + ports);
    if (auto* ours = dynamic_cast<editor::Editor*>(editor.get()))
        ours->exporter().setSound(sound.fonts().maker());
    if (auto* window = findParentComponentOfClass<juce::DocumentWindow>()) {
        const auto title = document.getFile() == juce::File()
                               ? juce::String("Organum")
                               : document.getDocumentTitle() + " - Organum";
        if (window->getName() != title)
            window->setName(title);
    }
}

void Content::noteLoop()
{
    document.setLoops(bar.loops());
    refresh();
}

// ---- files -------------------------------------------------------------------------------------

juce::PopupMenu Content::fileMenu()
{
    juce::PopupMenu menu;
    menu.addItem("New project", [this] { startAnew(); });
    menu.addItem("Open project... (Ctrl+O)", [this] { openProject(); });
    juce::PopupMenu recent;
    document.recent().createPopupMenuItems(recent, firstRecentId, false, true);
    juce::PopupMenu opens; // the same items, each of which knows what it does
    for (juce::PopupMenu::MenuItemIterator each(recent); each.next();)
        opens.addItem(each.getItem().text,
                      [this, file = document.recent().getFile(each.getItem().itemID -
                                                              firstRecentId)] { open(file); });
    menu.addSubMenu("Recent files", opens, opens.getNumItems() > 0);
    menu.addItem("Save project (Ctrl+S)", [this] { save(false); });
    menu.addItem("Save project as... (Shift+Ctrl+S)", [this] { save(true); });
    menu.addSeparator();
    menu.addItem("Open MIDI file...", [this] { openMidi(); });
    menu.addSeparator();
    menu.addItem("Quit", [] { juce::JUCEApplicationBase::getInstance()->systemRequestedQuit(); });
    return menu;
}

void Content::makeSafe(std::function<void()> then)
{
    document.lookForChanges();
    document.saveIfNeededAndUserAgreesAsync(
        [self = SafePointer<Content>(this),
         then = std::move(then)](juce::FileBasedDocument::SaveResult result) {
            if (self != nullptr && result == juce::FileBasedDocument::savedOk)
                then();
        });
}

void Content::startAnew()
{
    makeSafe([this] {
        document.startAnew();
        refresh();
    });
}

void Content::openProject()
{
    makeSafe([this] {
        document.loadFromUserSpecifiedFileAsync(true, [this](juce::Result) { refresh(); });
    });
}

void Content::open(const juce::File& file)
{
    if (!file.existsAsFile()) {
        processor.generation().report(
            plugin::Phase::failed,
            ("\"" + file.getFileName() + "\" is not there any more.").toStdString());
    } else if (isMidi(file)) {
        processor.openMidi(file.getFullPathName().toStdString());
        document.noteRecent(file);
    } else {
        makeSafe([this, file] {
            document.loadFrom(file, true);
            refresh();
        });
    }
}

void Content::openMidi()
{
    chooser = std::make_unique<juce::FileChooser>(
        "Open a MIDI file", document.getLastDocumentOpened().getParentDirectory(), "*.mid;*.midi");
    chooser->launchAsync(juce::FileBrowserComponent::openMode |
                             juce::FileBrowserComponent::canSelectFiles,
                         [this](const juce::FileChooser& chosen) {
                             if (chosen.getResult() != juce::File())
                                 open(chosen.getResult());
                         });
}

void Content::save(bool asAnother)
{
    const auto told = [self = SafePointer<Content>(this)](juce::FileBasedDocument::SaveResult) {
        if (self != nullptr)
            self->refresh();
    };
    if (asAnother)
        document.saveAsInteractiveAsync(true, told);
    else
        document.saveAsync(true, true, told);
}

bool Content::keyPressed(const juce::KeyPress& key, juce::Component*)
{
    const auto command = juce::ModifierKeys::commandModifier;
    if (key == juce::KeyPress('s', command, 0))
        save(false);
    else if (key == juce::KeyPress('s', command | juce::ModifierKeys::shiftModifier, 0))
        save(true);
    else if (key == juce::KeyPress('o', command, 0))
        openProject();
    else if (key == juce::KeyPress('n', command, 0))
        startAnew();
    else if (key == juce::KeyPress('t'))
        bar.tap();
    else
        return false;
    return true;
}

// ---- dialogs -----------------------------------------------------------------------------------

void Content::launch(std::unique_ptr<juce::Component> panel, const juce::String& title)
{
    juce::DialogWindow::LaunchOptions options;
    options.content.setOwned(panel.release());
    options.dialogTitle = title;
    options.componentToCentreAround = this;
    options.dialogBackgroundColour = editor::colour::panel;
    options.useNativeTitleBar = true;
    options.resizable = false;
    dialog.deleteAndZero();
    dialog = options.launchAsync();
}

void Content::showMidi()
{
    launch(std::make_unique<MidiPanel>(midiPorts, theme), "MIDI ports and clock");
}

void Content::showSound()
{
    launch(std::make_unique<SoundPanel>(sound, theme), "Sound");
}

Window::Window(std::unique_ptr<Content> content)
    : DocumentWindow("Organum", editor::colour::background, DocumentWindow::allButtons)
{
    setUsingNativeTitleBar(true);
    setContentOwned(content.release(), true);
    setResizable(true, false);
    setResizeLimits(editor::Editor::smallestWidth,
                    editor::Editor::smallestHeight + TransportBar::height, 2400,
                    1600 + TransportBar::height);
    centreWithSize(getWidth(), getHeight());
    editor::fitToScreen(*this, getBounds()); // it may have been kept by a larger screen
    setVisible(true);
}

void Window::closeButtonPressed()
{
    juce::JUCEApplicationBase::getInstance()->systemRequestedQuit();
}

} // namespace organum::standalone
