#pragma once

// Cards that help: how to route the notes in each host, what the keys do, and which controllers
// move which knobs.

#include "Interface/Card.h"
#include "Interface/RoutingSteps.h"
#include "Plugin/Processor.h"

namespace organum::editor
{

class RoutingCard : public Card
{
public:
    /** `missing`: what stands in the way of any music, for the user; empty when nothing does. */
    RoutingCard(plugin::Shape shapeIn, Home homeIn, const juce::String& missing = {});

protected:
    void place(juce::Rectangle<int> area) override;

private:
    void show();

    const plugin::Shape shape;
    const Home home;
    ReadingText notice{"What is missing", "What to do before there can be music"};
    juce::Label caption;
    juce::ComboBox host;
    ReadingText steps{"Steps", "What to do, step by step"};
};

class KeysCard : public Card
{
public:
    explicit KeysCard(Home home);
    juce::Point<int> preferredSize() const override { return {560, 680}; }

protected:
    void place(juce::Rectangle<int> area) override;

private:
    ReadingText keys{"Keys", "What each key does"};
};

/** Which controllers and keys move what; each can be forgotten. */
class MappingsCard : public Card, private juce::ListBoxModel
{
public:
    explicit MappingsCard(plugin::Processor& processorIn);
    void refresh() override;

protected:
    void place(juce::Rectangle<int> area) override;

private:
    int getNumRows() override { return static_cast<int>(mappings.size()); }
    void paintListBoxItem(int row, juce::Graphics& g, int width, int height,
                          bool isSelected) override;
    juce::String getNameForRow(int row) override;
    void deleteKeyPressed(int row) override;
    void selectedRowsChanged(int) override { showButtons(); }
    void showButtons();

    plugin::Processor& processor;
    std::vector<plugin::MidiMapping> mappings;
    std::uint32_t shownRevision = 0;
    ReadingText explanation{"About MIDI learn", "How controllers are learned"};
    juce::ListBox list;
    juce::TextButton forget{"Forget"};
    juce::TextButton forgetAll{"Forget all"};
};

} // namespace organum::editor
