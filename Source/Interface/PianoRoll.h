#pragma once

// The current take as notes over bars, voices in their colours, with a playhead; its notes can be
// edited by mouse and keys. Drawn only from plain values, so the very same picture can be made
// without a window.

#include "Interface/BarRuler.h"
#include "Interface/RollGestures.h"
#include "Interface/RollOverlay.h"
#include "Interface/Theme.h"
#include "Interface/VelocityStrip.h"
#include "Plugin/Locks.h"

namespace organum::editor
{

class PianoRoll : public juce::Component,
                  public juce::SettableTooltipClient,
                  private juce::ScrollBar::Listener
{
public:
    PianoRoll();

    /** Null shows `message` instead. */
    void setTake(plugin::TakePointer takeIn, const juce::String& messageIn);
    /** Which voices are silent (bit v = voice v) and what is locked. */
    void setVoices(std::uint32_t mutedIn, const plugin::Locks& locksIn);
    /** A click on a bar's number. */
    std::function<void(int bar)> onBarToggle;
    /** In quarter notes from the start of the take; negative hides it. */
    void setPlayhead(double quarter);

    void setMode(RollMode mode);
    /** In music with voices: whose chances are shown. */
    void setShownVoice(int voice);
    void setExplanation(plugin::ExplanationPointer explanation);
    const RollOverlay& shownOverlay() const { return overlay; }
    /** A choice of the heat map was clicked: to be taken, and composed on from. */
    std::function<void(const RollOverlay::Choice& choice)> onChoice;
    /** What can be said about the place under the mouse; empty: nothing. */
    juce::String hoverText() const { return hovered; }
    /** The selected notes in words, and how one came about if that is shown. */
    juce::String selectionNews() const;

    NoteHand& notes() { return hand; }
    RollGestures& gestures() { return mouse; }
    const RollView& shownView() const { return view; }
    /** Tells others that show the same bars, e.g. above the roll, that zoom or place changed. */
    std::function<void()> onViewChange;
    void setZoom(double factor);
    /** What can be done to the selected notes, as a menu. */
    void showMenu();

    void paint(juce::Graphics& g) override;
    void resized() override;
    void mouseMove(const juce::MouseEvent& event) override;
    void mouseExit(const juce::MouseEvent& event) override;
    void mouseDown(const juce::MouseEvent& event) override;
    void mouseDrag(const juce::MouseEvent& event) override;
    void mouseUp(const juce::MouseEvent& event) override;
    void mouseDoubleClick(const juce::MouseEvent& event) override;
    void mouseWheelMove(const juce::MouseEvent& event,
                        const juce::MouseWheelDetails& wheel) override;
    bool keyPressed(const juce::KeyPress& key) override;
    void focusGained(FocusChangeType) override { repaint(); }
    void focusLost(FocusChangeType) override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    // RollPainting.cpp
    void paintKeys(juce::Graphics& g) const;
    void paintGrid(juce::Graphics& g) const;
    void paintNotes(juce::Graphics& g) const;
    void paintNote(juce::Graphics& g, std::size_t index) const;
    void paintLockedBars(juce::Graphics& g) const;
    juce::Colour colourOf(std::size_t index) const;

    void handChanged();
    void choose(const RollOverlay::Choice& choice);
    void addChoices(juce::PopupMenu& menu);
    void hover(std::optional<std::size_t> note, const juce::String& text);
    /** Whether there is something to show, and it is about the very notes that are seen. */
    bool isExplained() const
    {
        return overlay.isOn() && !hand.isInGesture() && overlay.shown()->take == hand.original();
    }
    void describe();
    void findUnisons();
    void showRuler();
    void viewChanged();
    void scrollBarMoved(juce::ScrollBar*, double start) override;

    RollView view;
    NoteHand hand;
    RollGestures mouse{hand, view};
    RollOverlay overlay{view};
    BarRuler ruler;
    VelocityStrip strip{hand, view};
    juce::ScrollBar scrollBar{false};
    std::vector<char> covers; ///< by note: it sounds with the same note of a lower voice
    std::uint32_t muted = 0;
    plugin::Locks locks;
    juce::String message;
    double playhead = -1.0;
    std::optional<std::size_t> hoveredNote;
    juce::String hovered;
};

} // namespace organum::editor
