#pragma once

// A card that lies over a part of the window, within the window itself: hosts treat further windows
// of plugins badly. Escape or its button closes it.

#include "Interface/Parts.h"

#include <functional>

namespace organum::editor
{

class Card : public juce::Component
{
public:
    explicit Card(const juce::String& heading);
    void paint(juce::Graphics& g) override;
    void resized() override;
    bool keyPressed(const juce::KeyPress& key) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /** In pixels, if there is room. */
    virtual juce::Point<int> preferredSize() const { return {560, 440}; }
    /** Called 30 times a second while the card is open. */
    virtual void refresh() {}
    /** Called after the theme has changed. */
    void lookAndFeelChanged() override { repaint(); }
    std::function<void()> onClose;

protected:
    /** Places what the card shows within that area. */
    virtual void place(juce::Rectangle<int> area) = 0;
    void close();

private:
    juce::Label title;
    juce::TextButton closeButton{juce::String::charToString(0x00d7)};
};

/** Text that can be read, scrolled, selected and copied, and that screen readers read. */
class ReadingText : public juce::TextEditor
{
public:
    ReadingText(const juce::String& name, const juce::String& hint);
    void show(const juce::String& text);
};

} // namespace organum::editor
