#include "Standalone/Window.h"

#include "Standalone/MidiPanel.h"

#include <juce_audio_utils/juce_audio_utils.h>

namespace organum::standalone
{

namespace
{

constexpr int barHeight = 40;

} // namespace

Content::Content(plugin::Processor& processorIn, SoundEngine& soundIn, MidiPorts& midiPortsIn)
    : processor(processorIn)
    , sound(soundIn)
    , midiPorts(midiPortsIn)
    , editor(processorIn.createEditor())
{
    setLookAndFeel(&theme);
    tempoLabel.setText("Tempo", juce::dontSendNotification);
    tempoLabel.setFont(editor::fontOf(13.5f));
    addAndMakeVisible(tempoLabel);
    tempo.setSliderStyle(juce::Slider::LinearHorizontal);
    tempo.setTextBoxStyle(juce::Slider::TextBoxRight, false, 56, 24);
    tempo.setRange(30.0, 240.0, 1.0);
    tempo.setTitle("Tempo");
    tempo.setTooltip("Quarter notes a minute while listening");
    tempo.setWantsKeyboardFocus(true);
    editor::setRole(tempo, juce::Slider::trackColourId, editor::colour::accent);
    editor::setRole(tempo, juce::Slider::backgroundColourId, editor::colour::line);
    editor::setRole(tempo, juce::Slider::thumbColourId, editor::colour::text);
    tempo.onValueChange = [this] { processor.setAuditionTempo(tempo.getValue()); };
    tempo.setValue(100.0, juce::sendNotificationSync);
    addAndMakeVisible(tempo);
    ports.setTitle("Ports");
    ports.setFont(editor::fontOf(13.0f));
    ports.setMinimumHorizontalScale(0.8f);
    addAndMakeVisible(ports);
    showPorts();
    midi.setTitle("MIDI ports and clock");
    midi.setWantsKeyboardFocus(true);
    midi.onClick = [this] { showMidi(); };
    addAndMakeVisible(midi);
    settings.setTitle("Sound card");
    settings.setWantsKeyboardFocus(true);
    settings.onClick = [this] { showSettings(); };
    addAndMakeVisible(settings);
    addAndMakeVisible(*editor);
    startTimerHz(2); // ports may go and come back
    setSize(editor->getWidth(), editor->getHeight() + barHeight);
}

void Content::paint(juce::Graphics& g)
{
    g.fillAll(editor::colour::background);
}

void Content::resized()
{
    auto area = getLocalBounds();
    auto bar = area.removeFromTop(barHeight).reduced(editor::margin, 6);
    tempoLabel.setBounds(bar.removeFromLeft(60));
    tempo.setBounds(bar.removeFromLeft(220));
    settings.setBounds(bar.removeFromRight(112));
    bar.removeFromRight(editor::gap);
    midi.setBounds(bar.removeFromRight(72));
    bar.removeFromLeft(editor::margin);
    ports.setBounds(bar);
    editor->setBounds(area);
}

void Content::showPorts()
{
    const auto text =
        juce::String::fromUTF8(midiPorts.description().c_str()) + "   |   " + sound.description();
    if (text == ports.getText())
        return;
    ports.setText(text, juce::dontSendNotification);
    ports.setTooltip(text);
}

void Content::showMidi()
{
    juce::DialogWindow::LaunchOptions options;
    options.content.setOwned(new MidiPanel(midiPorts, theme));
    options.dialogTitle = "MIDI ports and clock";
    options.componentToCentreAround = this;
    options.dialogBackgroundColour = editor::colour::panel;
    options.useNativeTitleBar = true;
    options.resizable = false;
    options.launchAsync();
}

void Content::showSettings()
{
    auto selector = std::make_unique<juce::AudioDeviceSelectorComponent>(
        sound.devices(), 0, 0, 1, 2, false, false, true, false);
    selector->setSize(480, 320);
    juce::DialogWindow::LaunchOptions options;
    options.content.setOwned(selector.release());
    options.dialogTitle = "Sound card";
    options.componentToCentreAround = this;
    options.dialogBackgroundColour = editor::colour::panel;
    options.useNativeTitleBar = true;
    options.launchAsync();
}

Window::Window(std::unique_ptr<Content> content)
    : DocumentWindow("Organum", editor::colour::background, DocumentWindow::allButtons)
{
    setUsingNativeTitleBar(true);
    setContentOwned(content.release(), true);
    setResizable(true, false);
    setResizeLimits(editor::Editor::smallestWidth, editor::Editor::smallestHeight + barHeight, 2400,
                    1640);
    centreWithSize(getWidth(), getHeight());
    setVisible(true);
}

void Window::closeButtonPressed()
{
    juce::JUCEApplicationBase::quit();
}

} // namespace organum::standalone
