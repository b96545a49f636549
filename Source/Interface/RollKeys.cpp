#include "Interface/RollKeys.h"

#include "Interface/NoteText.h"

namespace organum::editor
{

namespace
{

constexpr int velocityStep = 4;
constexpr int newVelocity = 88;

/** A note after the last selected one, of its pitch and length; without one at the beginning. */
void insertNote(NoteHand& hand)
{
    plugin::TakeNote note;
    note.duration = hand.grid().step();
    note.velocity = newVelocity;
    if (!hand.selection().empty()) {
        note = hand.take()->notes[hand.selection().back()];
        note.onset += note.duration;
    }
    hand.add(note);
}

bool useArrow(NoteHand& hand, const juce::KeyPress& key)
{
    const auto keys = key.getModifiers();
    const int across = key.isKeyCode(juce::KeyPress::rightKey)  ? 1
                       : key.isKeyCode(juce::KeyPress::leftKey) ? -1
                                                                : 0;
    const int up = key.isKeyCode(juce::KeyPress::upKey)     ? 1
                   : key.isKeyCode(juce::KeyPress::downKey) ? -1
                                                            : 0;
    if (across == 0 && up == 0)
        return false;
    if (hand.selection().empty() || (across != 0 && keys.isCommandDown()))
        hand.selectNext(across != 0 ? across : up, keys.isShiftDown());
    else if (across != 0 && keys.isShiftDown())
        hand.lengthen(across * hand.grid().step());
    else if (across != 0)
        hand.move(across * hand.grid().step(), 0);
    else if (keys.isCommandDown())
        hand.makeLouder(up * velocityStep);
    else
        hand.move(0, keys.isShiftDown() ? 12 * up : up);
    return true;
}

} // namespace

bool useKey(NoteHand& hand, const juce::KeyPress& key)
{
    if (hand.take() == nullptr)
        return false;
    const auto command = juce::ModifierKeys::commandModifier;
    const auto letter = juce::CharacterFunctions::toLowerCase(key.getTextCharacter());
    if (useArrow(hand, key))
        return true;
    if (letter == '.' || letter == '>' || letter == ',' || letter == '<')
        hand.selectNext(letter == '.' || letter == '>' ? 1 : -1, key.getModifiers().isShiftDown());
    else if (key == juce::KeyPress::deleteKey || key == juce::KeyPress::backspaceKey)
        hand.erase();
    else if (key == juce::KeyPress::insertKey)
        insertNote(hand);
    else if (key == juce::KeyPress('a', command, 0))
        hand.selectAll();
    else if (key == juce::KeyPress('c', command, 0))
        juce::SystemClipboard::copyTextToClipboard(selectionText(*hand.take(), hand.selection()));
    else if (key == juce::KeyPress::escapeKey && hand.isInGesture())
        hand.cancel();
    else if (key == juce::KeyPress::escapeKey && !hand.selection().empty())
        hand.select({});
    else if (key == juce::KeyPress('u'))
        hand.unlock();
    else
        return false;
    return true;
}

} // namespace organum::editor
