#include "Interface/Editor.h"

#include "Score/AtomicFile.h"
#include "Score/MidiFile.h"

#include <random>

namespace organum::editor
{

namespace
{

constexpr int headerHeight = 52;
constexpr int controlsHeight = 132;
constexpr int buttonsHeight = 52;
constexpr int buttonHeight = 32;

} // namespace

Editor::Editor(plugin::Processor& processorIn)
    : AudioProcessorEditor(processorIn)
    , processor(processorIn)
    , bars(*processor.parameters().bars, "Bars", "How many bars Generate writes or Continue adds")
    , seed(*processor.parameters().seed, "Seed", "The same seed and settings give the same music")
    , pitchTemperature(*processor.parameters().pitchTemperature, "Pitch temp.",
                       "Below 1: more predictable notes; above 1: more surprising ones")
    , durationTemperature(*processor.parameters().durationTemperature, "Duration temp.",
                          "Below 1: more predictable rhythm; above 1: more surprising")
    , topP(*processor.parameters().topP, "Top-p",
           "Leaves out the least likely choices: 1 keeps all, 0.9 cuts the last tenth")
{
    setLookAndFeel(&theme);
    setTitle("Organum");
    setWantsKeyboardFocus(true);
    processor.models().refresh(); // a bundle may have been added since
    buildHeader();
    addAndMakeVisible(roll);
    buildControls();
    buildButtons();
    refresh();
    setResizable(true, true);
    setResizeLimits(900, 480, 2400, 1600);
    setSize(960, 580);
    startTimerHz(30);
}

Editor::~Editor()
{
    stopTimer();
    setLookAndFeel(nullptr);
}

// ---- building ----------------------------------------------------------------------------------

void Editor::buildHeader()
{
    wordmark.setText("Organum", juce::dontSendNotification);
    wordmark.setFont(fontOf(22.0f, true));
    wordmark.setColour(juce::Label::textColourId, colour::text);
    addAndMakeVisible(wordmark);

    modelMenu.setTitle("Model");
    modelMenu.setTooltip("The model that composes");
    modelMenu.setTextWhenNoChoicesAvailable("No model installed");
    modelMenu.setTextWhenNothingSelected("Choose a model");
    modelMenu.setWantsKeyboardFocus(true);
    modelMenu.onChange = [this] {
        if (const int id = modelMenu.getSelectedId(); id > 0) {
            auto& model = *processor.parameters().model;
            model.beginChangeGesture();
            model.setValueNotifyingHost(model.convertTo0to1(static_cast<float>(id - 1)));
            model.endChangeGesture();
        }
    };
    addAndMakeVisible(modelMenu);

    status.setTitle("Status");
    status.setFont(fontOf(13.5f));
    status.setJustificationType(juce::Justification::centredRight);
    status.setMinimumHorizontalScale(0.85f);
    addAndMakeVisible(status);
}

void Editor::buildControls()
{
    for (Knob* knob : {&bars, &seed, &pitchTemperature, &durationTemperature, &topP})
        addAndMakeVisible(knob);
    setUpButton(dice, "Dice", "Another seed by chance", [this] { throwDice(); });

    const auto label = [this](juce::Label& target, const juce::String& text) {
        target.setText(text, juce::dontSendNotification);
        target.setFont(fontOf(12.5f));
        target.setBorderSize({});
        target.setAccessible(false);
        addAndMakeVisible(target);
    };
    label(keyLabel, "Key");
    label(scaleLabel, "Scale");
    label(channelLabel, "Channel");
    const auto menu = [this](juce::ComboBox& target, const juce::String& title,
                             const juce::String& hint) {
        target.setTitle(title);
        target.setTooltip(hint);
        target.setWantsKeyboardFocus(true);
        addAndMakeVisible(target);
    };
    menu(keyMenu, "Key", "The tonic of the scale");
    menu(scaleMenu, "Scale", "Only notes of this scale are composed; Chromatic allows all");
    menu(channelMenu, "Channel", "The MIDI channel on which the take plays");
    auto& values = processor.parameters();
    keyMenu.addItemList(values.key->choices, 1);
    scaleMenu.addItemList(values.scale->choices, 1);
    for (int channel = 1; channel <= 16; ++channel)
        channelMenu.addItem(juce::String(channel), channel);
    keyAttachment = std::make_unique<juce::ComboBoxParameterAttachment>(*values.key, keyMenu);
    scaleAttachment = std::make_unique<juce::ComboBoxParameterAttachment>(*values.scale, scaleMenu);
    channelAttachment =
        std::make_unique<juce::ParameterAttachment>(*values.channel, [this](float channel) {
            channelMenu.setSelectedId(juce::roundToInt(channel), juce::dontSendNotification);
        });
    channelMenu.onChange = [this] {
        channelAttachment->setValueAsCompleteGesture(
            static_cast<float>(channelMenu.getSelectedId()));
    };
    channelAttachment->sendInitialUpdate();

    const auto toggle = [this](juce::ToggleButton& target, const juce::String& hint) {
        target.setTitle(target.getButtonText());
        target.setTooltip(hint);
        target.setWantsKeyboardFocus(true);
        addAndMakeVisible(target);
    };
    toggle(follow, "The take plays when the host plays");
    toggle(thru, "What you play in also goes out; off: it is swallowed");
    toggle(preview, "A quiet sound of its own, until an instrument is connected");
    followAttachment = std::make_unique<juce::ButtonParameterAttachment>(*values.follow, follow);
    thruAttachment = std::make_unique<juce::ButtonParameterAttachment>(*values.thru, thru);
    previewAttachment = std::make_unique<juce::ButtonParameterAttachment>(*values.preview, preview);
    preview.setVisible(!processor.isMidiEffect());
}

void Editor::setUpButton(juce::Button& button, const juce::String& title, const juce::String& hint,
                         std::function<void()> action)
{
    button.setTitle(title);
    button.setTooltip(hint);
    button.setWantsKeyboardFocus(true);
    button.onClick = std::move(action);
    addAndMakeVisible(button);
}

void Editor::buildButtons()
{
    setUpButton(generate, "Generate", "Composes a new take (G)", [this] { processor.generate(); });
    generate.setColour(juce::TextButton::buttonColourId, colour::accent);
    generate.setColour(juce::TextButton::textColourOffId, colour::onAccent);
    setUpButton(continueTake, "Continue", "Adds bars after the take (C)",
                [this] { processor.continueTake(); });
    setUpButton(answer, "Answer", "Composes what follows the phrase you played in (A)",
                [this] { processor.answer(); });
    setUpButton(previous, "Previous take", "Back to the take before (Ctrl+Z)",
                [this] { processor.undo(); });
    setUpButton(next, "Next take", "Forward to the take after (Ctrl+Y)",
                [this] { processor.redo(); });
    takeNumber.setFont(fontOf(13.5f));
    takeNumber.setJustificationType(juce::Justification::centred);
    takeNumber.setTitle("Take");
    addAndMakeVisible(takeNumber);
    setUpButton(audition, "Listen", "Plays the take while the host stands still (Space)",
                [this] { processor.setAudition(!processor.isAuditioning()); });
    setUpButton(save, "Save MIDI", "Writes the take to a MIDI file (Ctrl+S)",
                [this] { saveMidi(); });
    drag.content = [this] {
        try {
            return processor.midiFile();
        } catch (const std::exception& error) {
            processor.generation().report(plugin::Phase::failed, error.what());
            return std::vector<std::uint8_t>();
        }
    };
    addAndMakeVisible(drag);
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

void Editor::showStatus()
{
    const plugin::SessionStatus now = processor.status();
    juce::String text(juce::CharPointer_UTF8(now.message.c_str()));
    const auto takes = processor.takes();
    if (text.isEmpty() && takes.playing() != nullptr) {
        const auto take = takes.playing();
        text = juce::String(take->bars) + (take->bars == 1 ? " bar, " : " bars, ") +
               juce::String(static_cast<int>(take->notes.size())) + " notes, seed " +
               juce::String(static_cast<juce::int64>(take->seed));
    }
    status.setText(text, juce::dontSendNotification);
    status.setTooltip(text);
    status.setColour(juce::Label::textColourId,
                     now.phase == plugin::Phase::failed
                         ? colour::warning
                         : (now.busy() ? colour::accent : colour::dimText));
}

void Editor::refresh()
{
    fillModelMenu();
    roll.setPlayhead(processor.playhead());
    audition.setButtonText(processor.isAuditioning() ? "Stop" : "Listen");
    answer.setEnabled(processor.hasPlayedPhrase());
    const std::uint32_t revision = processor.revision();
    if (everShown && revision == shownRevision)
        return;
    everShown = true;
    shownRevision = revision;
    const auto takes = processor.takes();
    const auto take = takes.playing();
    const auto now = processor.status();
    if (now.phase == plugin::Phase::failed)
        roll.setTake(take, juce::String(juce::CharPointer_UTF8(now.message.c_str())));
    else
        roll.setTake(take, processor.models().entries()->empty()
                               ? "No model is installed yet.\nPut a .organum file into "
                                 "~/.local/share/organum/models and open this window again."
                               : "Press Generate to compose.");
    const bool any = take != nullptr;
    generate.setButtonText(now.busy() ? "Composing ..." : "Generate");
    continueTake.setEnabled(any);
    save.setEnabled(any);
    drag.setEnabled(any);
    audition.setEnabled(any);
    previous.setEnabled(takes.current > 0);
    next.setEnabled(takes.current + 1 < static_cast<int>(takes.takes.size()));
    takeNumber.setText(any ? "Take " + juce::String(takes.current + 1) + " of " +
                                 juce::String(static_cast<int>(takes.takes.size()))
                           : juce::String("No take"),
                       juce::dontSendNotification);
    showStatus();
}

void Editor::paint(juce::Graphics& g)
{
    g.fillAll(colour::background);
    g.setColour(colour::panel);
    g.fillRect(headerArea);
    g.fillRect(controlsArea);
}

void Editor::resized()
{
    auto area = getLocalBounds();
    headerArea = area.removeFromTop(headerHeight);
    auto header = headerArea.reduced(margin, 10);
    wordmark.setBounds(header.removeFromLeft(116));
    modelMenu.setBounds(header.removeFromLeft(260));
    header.removeFromLeft(margin);
    status.setBounds(header);

    auto buttons = area.removeFromBottom(buttonsHeight).reduced(margin, 0);
    buttons = buttons.withSizeKeepingCentre(buttons.getWidth(), buttonHeight);
    generate.setBounds(buttons.removeFromLeft(120));
    buttons.removeFromLeft(gap);
    continueTake.setBounds(buttons.removeFromLeft(92));
    buttons.removeFromLeft(gap);
    answer.setBounds(buttons.removeFromLeft(84));
    drag.setBounds(buttons.removeFromRight(112));
    buttons.removeFromRight(gap);
    save.setBounds(buttons.removeFromRight(112));
    buttons.removeFromRight(gap);
    audition.setBounds(buttons.removeFromRight(84));
    auto middle = buttons.withSizeKeepingCentre(200, buttonHeight);
    previous.setBounds(middle.removeFromLeft(34));
    next.setBounds(middle.removeFromRight(34));
    takeNumber.setBounds(middle);

    controlsArea = area.removeFromBottom(controlsHeight);
    auto controls = controlsArea.reduced(margin, 12);
    const int knobWidth = 88;
    bars.setBounds(controls.removeFromLeft(knobWidth));
    auto seedArea = controls.removeFromLeft(knobWidth);
    seed.setBounds(seedArea);
    dice.setBounds(controls.removeFromLeft(48).withSizeKeepingCentre(48, 28).translated(0, -2));
    controls.removeFromLeft(margin);
    pitchTemperature.setBounds(controls.removeFromLeft(knobWidth));
    durationTemperature.setBounds(controls.removeFromLeft(knobWidth));
    topP.setBounds(controls.removeFromLeft(knobWidth));

    auto switches = controls.removeFromRight(136);
    const int row = switches.getHeight() / 3;
    follow.setBounds(switches.removeFromTop(row));
    thru.setBounds(switches.removeFromTop(row));
    preview.setBounds(switches.removeFromTop(row));
    controls.removeFromRight(margin);
    controls.removeFromLeft(margin);
    const auto place = [&](juce::Label& label, juce::ComboBox& menu) {
        auto line = controls.removeFromTop(row);
        label.setBounds(line.removeFromLeft(60));
        menu.setBounds(line.withSizeKeepingCentre(line.getWidth(), 28));
    };
    place(keyLabel, keyMenu);
    place(scaleLabel, scaleMenu);
    place(channelLabel, channelMenu);

    roll.setBounds(area.reduced(0, 1));
}

// ---- acting ------------------------------------------------------------------------------------

bool Editor::keyPressed(const juce::KeyPress& key)
{
    const auto command = juce::ModifierKeys::commandModifier;
    if (key == juce::KeyPress('z', command, 0))
        processor.undo();
    else if (key == juce::KeyPress('y', command, 0))
        processor.redo();
    else if (key == juce::KeyPress('s', command, 0))
        saveMidi();
    else if (key == juce::KeyPress('g'))
        processor.generate();
    else if (key == juce::KeyPress('c'))
        processor.continueTake();
    else if (key == juce::KeyPress('a'))
        processor.answer();
    else if (key == juce::KeyPress::spaceKey)
        processor.setAudition(!processor.isAuditioning());
    else
        return false;
    return true;
}

void Editor::throwDice()
{
    std::random_device chance;
    auto& value = *processor.parameters().seed;
    const auto thrown = static_cast<float>(chance() % (plugin::Parameters::largestSeed + 1u));
    value.beginChangeGesture();
    value.setValueNotifyingHost(value.convertTo0to1(thrown));
    value.endChangeGesture();
}

void Editor::saveMidi()
{
    if (processor.takes().playing() == nullptr)
        return;
    chooser = std::make_unique<juce::FileChooser>(
        "Save the take as a MIDI file",
        juce::File::getSpecialLocation(juce::File::userMusicDirectory).getChildFile("Organum.mid"),
        "*.mid");
    const auto options = juce::FileBrowserComponent::saveMode |
                         juce::FileBrowserComponent::canSelectFiles |
                         juce::FileBrowserComponent::warnAboutOverwriting;
    chooser->launchAsync(options, [this](const juce::FileChooser& chosen) {
        const juce::File file = chosen.getResult();
        if (file == juce::File())
            return;
        try {
            const auto bytes = processor.midiFile();
            score::writeFileAtomically(file.getFullPathName().toStdString(), bytes.data(),
                                       bytes.size(), "the MIDI file");
            processor.generation().report(plugin::Phase::idle,
                                          "Saved " + file.getFileName().toStdString() + ".");
        } catch (const std::exception& error) {
            processor.generation().report(plugin::Phase::failed, error.what());
        }
    });
}

} // namespace organum::editor
