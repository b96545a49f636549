#include "Standalone/SoundPanel.h"

#include "Interface/Parts.h"
#include "Sound/SoundFonts.h"

#include <algorithm>

namespace organum::standalone
{

namespace
{

constexpr int row = 28;
constexpr int labelWidth = 96;
constexpr int ownId = 1;
constexpr int otherId = 2;
constexpr int firstFontId = 3;

} // namespace

SoundPanel::SoundPanel(SoundEngine& engineIn, editor::Theme& theme)
    : engine(engineIn)
    , card(std::make_unique<juce::AudioDeviceSelectorComponent>(engineIn.devices(), 0, 0, 1, 2,
                                                                false, false, true, false))
{
    setLookAndFeel(&theme);
    instrumentsLabel.setText("Instruments", juce::dontSendNotification);
    instrumentsLabel.setFont(editor::fontOf(13.5f));
    addAndMakeVisible(instrumentsLabel);
    editor::setUp(instruments, "Instruments",
                  "What plays the take here: MIDI goes out all the same");
    addAndMakeVisible(instruments);
    for (auto* label : {&state, &cardState}) {
        label->setFont(editor::fontOf(13.0f));
        editor::setRole(*label, juce::Label::textColourId, editor::colour::dimText);
        label->setJustificationType(juce::Justification::topLeft);
        label->setMinimumHorizontalScale(1.0f);
        addAndMakeVisible(label);
    }
    state.setTitle("State of the instruments");
    cardState.setTitle("State of the sound card");
    addAndMakeVisible(*card);
    fillFonts();
    instruments.onChange = [this] { chooseFont(); };
    timerCallback();
    startTimerHz(4);
    setSize(520, 420);
}

SoundPanel::~SoundPanel()
{
    setLookAndFeel(nullptr);
}

void SoundPanel::fillFonts()
{
    fonts.clear();
    for (const auto& font : sound::soundFonts())
        fonts.emplace_back(juce::String::fromUTF8(font.string().c_str()));
    const auto present = engine.fonts().chosen();
    if (present != juce::File() && std::find(fonts.begin(), fonts.end(), present) == fonts.end())
        fonts.push_back(present);
    instruments.clear(juce::dontSendNotification);
    instruments.addItem("Organum's own quiet sound", ownId);
    for (std::size_t i = 0; i < fonts.size(); ++i)
        instruments.addItem(fonts[i].getFileName(), firstFontId + static_cast<int>(i));
    instruments.addSeparator();
    instruments.addItem("Another SoundFont...", otherId);
    int selected = ownId;
    for (std::size_t i = 0; i < fonts.size(); ++i)
        if (fonts[i] == present)
            selected = firstFontId + static_cast<int>(i);
    instruments.setSelectedId(selected, juce::dontSendNotification);
}

void SoundPanel::chooseFont()
{
    const int id = instruments.getSelectedId();
    if (id == ownId) {
        engine.chooseFont({});
    } else if (id >= firstFontId) {
        engine.chooseFont(fonts[static_cast<std::size_t>(id - firstFontId)]);
    } else if (id == otherId) {
        chooser = std::make_unique<juce::FileChooser>("Choose a SoundFont", engine.fonts().chosen(),
                                                      "*.sf2;*.sf3");
        chooser->launchAsync(juce::FileBrowserComponent::openMode |
                                 juce::FileBrowserComponent::canSelectFiles,
                             [this](const juce::FileChooser& chosen) {
                                 if (chosen.getResult() != juce::File())
                                     engine.chooseFont(chosen.getResult());
                                 fillFonts();
                             });
    }
    timerCallback();
}

void SoundPanel::timerCallback()
{
    const auto show = [](juce::Label& label, const juce::String& text) {
        if (label.getText() != text)
            label.setText(text, juce::dontSendNotification);
    };
    show(state, engine.fonts().description());
    show(cardState, engine.details());
}

void SoundPanel::paint(juce::Graphics& g)
{
    g.fillAll(editor::colour::panel);
}

void SoundPanel::resized()
{
    auto area = getLocalBounds().reduced(editor::margin);
    auto line = area.removeFromTop(row);
    instrumentsLabel.setBounds(line.removeFromLeft(labelWidth));
    instruments.setBounds(line);
    area.removeFromTop(editor::gap / 2);
    state.setBounds(area.removeFromTop(40).withTrimmedLeft(labelWidth));
    cardState.setBounds(area.removeFromBottom(40));
    card->setBounds(area);
}

} // namespace organum::standalone
