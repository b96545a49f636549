#pragma once

// The states of the window that have pictures, as a table: for the pictures with real models that
// the guide shows, and for the small ones with the engine's double that guard against accidental
// change. A new state of the window is a new line here.

#include "EditorParts.h"
#include "Interface/ChordLane.h"

#include <functional>
#include <string>
#include <vector>

namespace organum::test
{

/** A window and what stands behind it, while a picture is being taken. */
struct Stage
{
    plugin::Processor& processor;
    editor::Editor& window;

    /** Chooses the first model with voices, or the first without, and composes. */
    void compose(bool withVoices)
    {
        const auto models = processor.models().entries();
        for (std::size_t i = models->size(); i-- > 0;)
            if ((*models)[i].hasVoices() == withVoices && (*models)[i].problem.empty() &&
                (*models)[i].id != "slow")
                *processor.parameters().model = static_cast<int>(i);
        setKnob(processor.parameters().bars, withVoices ? 8.0f : 16.0f);
        window.refresh();
        composeAndWait(processor);
        window.refresh();
    }
    void play(double quarters)
    {
        BlockRunner host(processor);
        host.run(quarters);
        window.refresh();
    }
};

struct Screen
{
    const char* name;
    bool greets = false; ///< as a user opens it for the first time
    std::function<void(Stage&)> prepare;
};

inline const std::vector<Screen>& screens()
{
    static const std::vector<Screen> all = {
        {"first-open", true, [](Stage&) {}},
        {"cello", false, [](Stage& it) { it.compose(false); }},
        {"chorales", false,
         [](Stage& it) {
             setKnob(it.processor.parameters().voices.latents[2].morph, 0.4f);
             it.compose(true);
             *it.processor.parameters().voices.voices[1].lock = true;
             it.processor.toggleBarLock(2);
         }},
        {"takes", false,
         [](Stage& it) {
             it.compose(true);
             control<juce::TextButton>(it.window, "Variations").onClick();
             eventually([&] { return it.processor.takes().takes.size() == 9; });
             it.processor.starTake(2, true);
             it.processor.markTake(2, 0);
             it.processor.markTake(5, 1);
         }},
        {"chords", false,
         [](Stage& it) {
             it.compose(true);
             auto& lane = control<editor::ChordLane>(it.window, "Chord lane");
             auto& line = control<juce::TextEditor>(lane, "Chords");
             line.setText("| C | Am F | G7 . . C |");
             line.onReturnKey();
             it.compose(true);
         }},
        {"heat-map", false,
         [](Stage& it) {
             it.compose(false);
             auto& view = control<juce::ComboBox>(it.window, "View");
             view.setSelectedId(2, juce::sendNotificationSync);
             it.window.refresh();
             for (int i = 0; i < 100 && it.processor.explanation() == nullptr; ++i)
                 juce::MessageManager::getInstance()->runDispatchLoopUntil(10);
             it.window.refresh();
         }},
        {"no-knobs", false,
         [](Stage& it) {
             it.compose(true);
             it.window.showKnobs(false);
         }},
        {"generating", false,
         [](Stage& it) {
             it.compose(false);
             const auto models = it.processor.models().entries();
             for (std::size_t i = 0; i < models->size(); ++i)
                 if ((*models)[i].id == "slow")
                     *it.processor.parameters().model = static_cast<int>(i);
             setKnob(it.processor.parameters().bars, 256.0f);
             it.processor.generate();
             eventually([&] { return it.processor.status().phase == plugin::Phase::composing; });
             for (int frame = 0; frame < 10; ++frame)
                 it.window.refresh();
         }},
        {"error", false,
         [](Stage& it) {
             it.compose(false);
             it.processor.generation().report(
                 plugin::Phase::failed,
                 "The engine was not found. Install Organum again, or set ORGANUM_ENGINE to the "
                 "engine's file.");
         }},
        {"learning", false,
         [](Stage& it) {
             it.compose(true);
             it.processor.midiLearn().learn(
                 it.processor.parameters().voices.rules->getParameterIndex());
         }},
        {"keys", false,
         [](Stage& it) {
             it.compose(true);
             it.window.openKeys();
         }},
        {"mappings", false,
         [](Stage& it) {
             it.compose(true);
             it.processor.midiLearn().map(
                 {{false, 21}, it.processor.parameters().voices.rules->getParameterIndex()});
             it.processor.midiLearn().map(
                 {{true, 36}, it.processor.parameters().generate->getParameterIndex()});
             it.window.openMappings();
         }},
        {"models", false,
         [](Stage& it) {
             it.compose(true);
             it.window.openModels();
             it.processor.generation().waitUntilIdle(20000);
             for (int i = 0; i < 40; ++i) // the details are read by a thread
                 juce::MessageManager::getInstance()->runDispatchLoopUntil(10);
         }},
    };
    return all;
}

/** Opens a window for the screen, prepares it, and hands it over in each theme. */
inline void withScreen(const Screen& screen,
                       const std::function<void(editor::Editor&, const juce::String& theme)>& use)
{
    plugin::Processor processor(plugin::Shape::instrument);
    if (screen.greets)
        processor.welcomeUser();
    auto window = opened(processor);
    window->setVisible(true);
    window->setSize(editor::Editor::usualWidth, editor::Editor::usualHeight);
    Stage stage{processor, *window};
    screen.prepare(stage);
    for (const bool light : {false, true}) {
        window->useTheme(light);
        window->refresh();
        use(*window, light ? "light" : "dark");
    }
    window->useTheme(false);
    window->showKnobs(true);
    processor.generation().cancel();
}

} // namespace organum::test
