#pragma once

// The knobs of a model with voices in four groups (chords, style, melody, groove), a strip a voice,
// the rules, and the model's own macros where it has some.

#include "Interface/CommonControls.h"
#include "Interface/Knob.h"
#include "Interface/LatentKnob.h"
#include "Interface/Panel.h"
#include "Interface/VoiceStrip.h"
#include "Plugin/Processor.h"

#include <memory>
#include <vector>

namespace organum::editor
{

class VoicesPanel : public Panel
{
public:
    VoicesPanel(plugin::Processor& processorIn, const plugin::ModelEntry& model);
    int preferredHeight() const override;
    /** Another A for every knob but those of locked voices. */
    void throwDice() override;
    void paint(juce::Graphics& g) override;
    void resized() override;

private:
    struct Group
    {
        juce::String title;
        int first = 0; ///< place of its first knob
        int count = 1;
        juce::Rectangle<int> area;
    };
    void addLatentKnobs(const plugin::ModelEntry& model);
    bool hasMacrosBeside() const;
    void placeKnobs(juce::Rectangle<int> area);
    void placeStrips(juce::Rectangle<int> area);

    plugin::Processor& processor;
    std::vector<Group> groups;
    std::vector<std::unique_ptr<LatentKnob>> latents;
    std::vector<std::unique_ptr<VoiceStrip>> strips;
    std::vector<std::unique_ptr<Knob>> macros;
    Knob rules, bars;
    ScaleMenus scale;
    juce::TextButton rerollAll{"Reroll all"};
    HostSwitches switches;
};

} // namespace organum::editor
