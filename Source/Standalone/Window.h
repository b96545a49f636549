#pragma once

// The standalone's window: the plugin's editor under a bar with what a host would otherwise give,
// and the files that are opened and saved from there.

#include "Interface/Editor.h"
#include "Standalone/Document.h"
#include "Standalone/MidiPorts.h"
#include "Standalone/SoundEngine.h"
#include "Standalone/TransportBar.h"

namespace organum::standalone
{

class Content : public juce::Component, private juce::KeyListener, private juce::Timer
{
public:
    Content(plugin::Processor& processorIn, SoundEngine& soundIn, MidiPorts& midiPortsIn,
            Document& documentIn);
    ~Content() override;
    void paint(juce::Graphics& g) override;
    void resized() override;
    void childBoundsChanged(juce::Component* child) override;

    /** A project, after the question whether the present one is to be saved, or a MIDI file. */
    void open(const juce::File& file);
    /** Calls `then` once nothing can be lost, or not at all. */
    void makeSafe(std::function<void()> then);
    /** The menu of files. */
    juce::PopupMenu fileMenu();
    /** Brings all up to date at once; a timer does the same 20 times a second. */
    void refresh();

private:
    using juce::Component::keyPressed;
    bool keyPressed(const juce::KeyPress& key, juce::Component*) override;
    void showSound();
    void showMidi();
    void openProject();
    void openMidi();
    void startAnew();
    void save(bool asAnother);
    void noteLoop();
    void launch(std::unique_ptr<juce::Component> panel, const juce::String& title);
    void timerCallback() override { refresh(); }

    plugin::Processor& processor;
    SoundEngine& sound;
    MidiPorts& midiPorts;
    Document& document;
    editor::Theme theme;
    TransportBar bar;
    std::unique_ptr<juce::AudioProcessorEditor> editor;
    std::unique_ptr<juce::FileChooser> chooser;
    SafePointer<juce::DialogWindow> dialog; ///< shows parts of what goes with this window
    bool shownLight;
};

class Window : public juce::DocumentWindow
{
public:
    explicit Window(std::unique_ptr<Content> content);
    void closeButtonPressed() override;
    Content& content() { return *dynamic_cast<Content*>(getContentComponent()); }
};

} // namespace organum::standalone
