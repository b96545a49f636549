#pragma once

// The mouse on the roll: clicks select, a frame drawn around notes selects them, drags move notes,
// pull their ends or, with Ctrl, change how loud they are.

#include "Interface/NoteHand.h"
#include "Interface/RollView.h"

#include <optional>

namespace organum::editor
{

enum class RollTool
{
    select,
    draw ///< a click on an empty place writes a note
};

class RollGestures
{
public:
    RollGestures(NoteHand& handIn, const RollView& viewIn)
        : hand(handIn)
        , view(viewIn)
    {
    }

    void setTool(RollTool wanted) { tool = wanted; }
    RollTool currentTool() const { return tool; }

    void press(const juce::MouseEvent& event);
    void drag(const juce::MouseEvent& event);
    void release();
    /** An empty place gets a note, a note goes. */
    void doubleClick(const juce::MouseEvent& event);
    juce::MouseCursor cursorAt(juce::Point<float> place, juce::ModifierKeys keys) const;

    /** The note at a place, the one drawn last if there are several. */
    std::optional<std::size_t> noteAt(juce::Point<float> place) const;
    /** Whether the mouse went down on an empty place. */
    bool isFraming() const { return kind == Kind::frame; }
    /** While notes are framed. */
    std::optional<juce::Rectangle<float>> frame() const { return framed; }

private:
    enum class Kind
    {
        none,
        frame,
        move,
        lengthen,
        louder
    };

    bool isAtEnd(const plugin::TakeNote& note, juce::Point<float> place) const;
    void write(juce::Point<float> place);
    void frameTo(juce::Point<float> place);

    NoteHand& hand;
    const RollView& view;
    RollTool tool = RollTool::select;
    Kind kind = Kind::none;
    juce::Point<float> start;
    std::size_t anchor = 0; ///< the note under the mouse when it went down
    bool adds = false;      ///< to what was selected
    std::optional<juce::Rectangle<float>> framed;
};

} // namespace organum::editor
