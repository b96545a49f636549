#include "Interface/RollAccess.h"

#include "Interface/NoteText.h"

#include <utility>

namespace organum::editor
{

namespace
{

/** The number of the selected note, 0 for none; read as its pitch, place, length and velocity. */
class SelectedNote : public juce::AccessibilityValueInterface
{
public:
    explicit SelectedNote(NoteHand& handIn)
        : hand(handIn)
    {
    }
    bool isReadOnly() const override { return false; }
    double getCurrentValue() const override
    {
        return hand.selection().empty() ? 0.0 : static_cast<double>(hand.selection().front()) + 1.0;
    }
    void setValue(double value) override
    {
        const int place = juce::jlimit(0, count(), juce::roundToInt(value));
        hand.select(place == 0 ? plugin::Selection()
                               : plugin::Selection{static_cast<std::size_t>(place - 1)});
    }
    juce::String getCurrentValueAsString() const override
    {
        return hand.take() != nullptr ? selectionText(*hand.take(), hand.selection())
                                      : juce::String("No take");
    }
    void setValueAsString(const juce::String& text) override { setValue(text.getDoubleValue()); }
    AccessibleValueRange getRange() const override
    {
        return {{0.0, static_cast<double>(count())}, 1.0};
    }

private:
    int count() const
    {
        return hand.take() != nullptr ? static_cast<int>(hand.take()->notes.size()) : 0;
    }

    NoteHand& hand;
};

} // namespace

std::unique_ptr<juce::AccessibilityHandler> makeRollAccess(juce::Component& roll, NoteHand& hand,
                                                           std::function<void()> showMenu)
{
    juce::AccessibilityActions actions;
    actions.addAction(juce::AccessibilityActionType::press, [&hand] { hand.selectNext(1, false); });
    actions.addAction(juce::AccessibilityActionType::showMenu, std::move(showMenu));
    return std::make_unique<juce::AccessibilityHandler>(
        roll, juce::AccessibilityRole::slider, std::move(actions),
        juce::AccessibilityHandler::Interfaces{std::make_unique<SelectedNote>(hand)});
}

void announceSelection(juce::Component& roll)
{
    if (auto* handler = roll.getAccessibilityHandler())
        handler->notifyAccessibilityEvent(juce::AccessibilityEvent::valueChanged);
}

} // namespace organum::editor
