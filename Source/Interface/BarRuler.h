#pragma once

// The numbers of the bars above the roll. In music with voices a click, or Return after the arrow
// keys, locks a bar: it stays as it is while the others are composed anew.

#include "Interface/Theme.h"

#include <functional>
#include <vector>

namespace organum::editor
{

class BarRuler : public juce::Component, public juce::SettableTooltipClient
{
public:
    BarRuler();

    /** `lockedIn` ascending; `canLockIn`: whether bars may be locked at all. */
    void show(int barsIn, std::vector<int> lockedIn, bool canLockIn);
    /** Which bars are in sight, from edge to edge: fractions count. */
    void showSpan(double firstBar, double barsShown);
    std::function<void(int bar)> onToggle;

    void paint(juce::Graphics& g) override;
    void mouseMove(const juce::MouseEvent& event) override;
    void mouseExit(const juce::MouseEvent& event) override;
    void mouseDown(const juce::MouseEvent& event) override;
    bool keyPressed(const juce::KeyPress& key) override;
    void focusGained(FocusChangeType) override { repaint(); }
    void focusLost(FocusChangeType) override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    int selectedBar() const { return selected; }
    void select(int bar);
    /** For the eye and the screen reader: "Bar 3 of 16, locked". */
    juce::String describe(int bar) const;

private:
    bool isLocked(int bar) const;
    int barAt(int x) const;
    juce::Rectangle<float> areaOf(int bar) const;
    void toggle(int bar);

    int bars = 4;
    double first = 0.0;
    double shown = 4.0;
    std::vector<int> locked;
    bool canLock = false;
    int selected = 0;
    int hovered = -1;
};

} // namespace organum::editor
