#pragma once

// The standalone's window: the plugin's editor under a bar with what a host would otherwise give,
// tempo and ports.

#include "Interface/Editor.h"
#include "Interface/Knob.h"
#include "Standalone/MidiPorts.h"
#include "Standalone/SoundEngine.h"

namespace organum::standalone
{

class Content : public juce::Component, private juce::Timer
{
public:
    Content(plugin::Processor& processorIn, SoundEngine& soundIn, MidiPorts& midiPortsIn);
    void paint(juce::Graphics& g) override;
    void resized() override;

private:
    void showSettings();
    void showMidi();
    void showPorts();
    void timerCallback() override { showPorts(); }

    plugin::Processor& processor;
    SoundEngine& sound;
    MidiPorts& midiPorts;
    editor::Theme theme;
    juce::Label tempoLabel;
    editor::KeyboardSlider tempo;
    juce::Label ports;
    juce::TextButton midi{"MIDI..."};
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
