#pragma once

// The row above the roll: tools, grid, zoom, and what can be said about the selected notes.

#include "Interface/PianoRoll.h"

namespace organum::editor
{

class RollToolbar : public juce::Component
{
public:
    static constexpr int height = 32;

    /** The roll must outlive it. */
    explicit RollToolbar(PianoRoll& rollIn);

    /** Shows what the roll holds now; `explanationNews` where there is nothing else to say. */
    void refresh(const juce::String& explanationNews);
    RollMode chosenMode() const;

    void resized() override;
    void paint(juce::Graphics& g) override;

private:
    void setUpButton(juce::TextButton& button, const juce::String& title, const juce::String& hint,
                     std::function<void()> action);
    void chooseTool(RollTool tool);

    void showVoices();

    PianoRoll& roll;
    juce::Label viewCaption;
    juce::ComboBox viewMenu, voiceMenu;
    std::vector<std::string> shownVoices;
    juce::TextButton selectTool{"Select"}, drawTool{"Draw"};
    juce::ComboBox gridMenu;
    juce::TextButton unlock{"Unlock"};
    juce::TextButton zoomOut{"-"}, zoomIn{"+"}, zoomFit{"Fit"};
    juce::Label news;
    bool wantsLegend = false;
    juce::Rectangle<int> legendArea; ///< empty: none is shown, or there is no room
    juce::String shownNews;
};

} // namespace organum::editor
