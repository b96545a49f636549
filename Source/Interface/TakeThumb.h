#pragma once

// One take in the strip: its notes in small, its name, its star, its marks A and B.

#include "Interface/Theme.h"
#include "Plugin/Take.h"

#include <functional>
#include <memory>

namespace organum::editor
{

class TakeThumb : public juce::Component, public juce::SettableTooltipClient
{
public:
    static constexpr int height = 66;

    /** What is shown of a take. */
    struct Content
    {
        plugin::TakePointer take;
        int number = 0; ///< its place, counted from 1
        bool plays = false;
        bool isA = false;
        bool isB = false;
    };

    TakeThumb();
    void show(const Content& contentIn);
    const Content& shown() const { return content; }

    std::function<void()> onSelect, onMenu, onDelete;
    std::function<void(bool on)> onStar;
    std::function<void(std::size_t which)> onMark;
    std::function<void(const juce::String& name)> onRename;
    std::function<void(int step)> onStep; ///< the neighbour takes the keyboard

    /** Opens a line for a name; Return keeps it, Escape does not. */
    void editName();

    void paint(juce::Graphics& g) override;
    void resized() override;
    void mouseUp(const juce::MouseEvent& event) override;
    void mouseDoubleClick(const juce::MouseEvent& event) override;
    void mouseEnter(const juce::MouseEvent&) override { repaint(); }
    void mouseExit(const juce::MouseEvent&) override { repaint(); }
    /** Return chooses, S stars, N names, A and B mark, Delete deletes, up and down go on. */
    bool keyPressed(const juce::KeyPress& key) override;
    void focusGained(FocusChangeType) override;
    void focusLost(FocusChangeType) override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    juce::Rectangle<int> starArea() const;
    juce::Rectangle<int> markArea(std::size_t which) const;
    juce::Rectangle<int> nameArea() const;
    void paintNotes(juce::Graphics& g, juce::Rectangle<float> area) const;
    void paintSeed(juce::Graphics& g, juce::Rectangle<int> area) const;
    void paintMark(juce::Graphics& g, std::size_t which, bool on) const;
    void closeName(bool keeps);

    Content content;
    std::unique_ptr<juce::TextEditor> nameEditor;
};

/** "Chorus", or "Take 3" where it has no name. */
juce::String titleOf(const plugin::Take& take, int number);

} // namespace organum::editor
