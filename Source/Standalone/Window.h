#pragma once

// The standalone's window: the plugin's editor under a bar with what a host would otherwise give,
// tempo and ports.

#include "Interface/Editor.h"
#include "Interface/Knob.h"
#include "Standalone/SoundEngine.h"

namespace organum::standalone
{

class Content : public juce::Component
{
public:
    Content(plugin::Processor& processorIn, SoundEngine& soundIn, const MidiOutput& midiOut);
    void paint(juce::Graphics& g) override;
    void resized() override;

private:
    void showSettings();

    plugin::Processor& processor;
    SoundEngine& sound;
    editor::Theme theme;
    juce::Label tempoLabel;
    editor::KeyboardSlider tempo;
    juce::Label ports;
    juce::TextButton settings{"Sound card..."};
    std::unique_ptr<juce::AudioProcessorEditor> editor;
};

class Window : public juce::DocumentWindow
{
public:
    explicit Window(std::unique_ptr<Content> content);
    void closeButtonPressed() override;
};

} // namespace organum::standalone
