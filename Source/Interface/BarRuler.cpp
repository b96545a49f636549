#include "Interface/BarRuler.h"

#include <algorithm>
#include <cmath>

namespace organum::editor
{

namespace
{

/** The chosen bar as a value that a screen reader can read and change. */
class BarValue : public juce::AccessibilityValueInterface
{
public:
    BarValue(BarRuler& rulerIn, int barsIn)
        : ruler(rulerIn)
        , bars(barsIn)
    {
    }
    bool isReadOnly() const override { return false; }
    double getCurrentValue() const override { return ruler.selectedBar() + 1; }
    void setValue(double value) override { ruler.select(juce::roundToInt(value) - 1); }
    juce::String getCurrentValueAsString() const override
    {
        return ruler.describe(ruler.selectedBar());
    }
    void setValueAsString(const juce::String& text) override { setValue(text.getDoubleValue()); }
    AccessibleValueRange getRange() const override
    {
        return {{1.0, static_cast<double>(bars)}, 1.0};
    }

private:
    BarRuler& ruler;
    int bars;
};

} // namespace

BarRuler::BarRuler()
{
    setTitle("Bar locks");
    setDescription("Arrow keys choose a bar, Return locks or unlocks it");
}

void BarRuler::show(int barsIn, std::vector<int> lockedIn, bool canLockIn)
{
    if (barsIn == bars && lockedIn == locked && canLockIn == canLock)
        return;
    const bool isOther = barsIn != bars;
    bars = std::max(1, barsIn);
    locked = std::move(lockedIn);
    canLock = canLockIn;
    selected = std::min(selected, bars - 1);
    setWantsKeyboardFocus(canLock);
    setAccessible(canLock);
    setMouseCursor(canLock ? juce::MouseCursor::PointingHandCursor
                           : juce::MouseCursor::NormalCursor);
    setTooltip(canLock ? "Click a bar to lock it: it stays while the others are composed anew"
                       : juce::String());
    if (isOther)
        invalidateAccessibilityHandler();
    else if (auto* handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent(juce::AccessibilityEvent::valueChanged);
    repaint();
}

void BarRuler::showSpan(double firstBar, double barsShown)
{
    if (firstBar == first && barsShown == shown)
        return;
    first = firstBar;
    shown = std::max(0.01, barsShown);
    repaint();
}

bool BarRuler::isLocked(int bar) const
{
    return std::binary_search(locked.begin(), locked.end(), bar);
}

int BarRuler::barAt(int x) const
{
    const double place = static_cast<double>(x) / std::max(1, getWidth());
    return juce::jlimit(0, bars - 1, static_cast<int>(std::floor(first + place * shown)));
}

juce::Rectangle<float> BarRuler::areaOf(int bar) const
{
    const double width = getWidth() / shown;
    return {static_cast<float>((bar - first) * width), 0.0f, static_cast<float>(width),
            static_cast<float>(getHeight())};
}

juce::String BarRuler::describe(int bar) const
{
    return "Bar " + juce::String(bar + 1) + " of " + juce::String(bars) +
           (isLocked(bar) ? ", locked" : ", not locked");
}

void BarRuler::select(int bar)
{
    selected = juce::jlimit(0, bars - 1, bar);
    if (auto* handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent(juce::AccessibilityEvent::valueChanged);
    repaint();
}

void BarRuler::toggle(int bar)
{
    if (!canLock)
        return;
    select(bar);
    if (onToggle)
        onToggle(bar);
}

void BarRuler::paint(juce::Graphics& g)
{
    const float barWidth = areaOf(0).getWidth();
    const int numberEvery = std::max(1, static_cast<int>(std::ceil(26.0f / barWidth)));
    g.setFont(fontOf(11.0f));
    for (int bar = 0; bar < bars; ++bar) {
        const auto area = areaOf(bar);
        const auto inner = area.reduced(1.0f, 2.0f);
        const bool isKept = canLock && isLocked(bar);
        if (isKept) {
            g.setColour(colour::accent);
            g.fillRoundedRectangle(inner, 3.0f);
        } else if (canLock && bar == hovered) {
            g.setColour(colour::raised);
            g.fillRoundedRectangle(inner, 3.0f);
        }
        if (canLock && bar == selected && hasKeyboardFocus(false)) {
            g.setColour(colour::text.withAlpha(0.75f));
            g.drawRoundedRectangle(inner, 3.0f, 1.5f);
        }
        if (bar % numberEvery == 0 || isKept) {
            g.setColour(isKept ? colour::onAccent : colour::dimText);
            g.drawText(juce::String(bar + 1), area.withTrimmedLeft(std::min(4.0f, barWidth * 0.2f)),
                       juce::Justification::centredLeft, false);
        }
    }
}

void BarRuler::mouseMove(const juce::MouseEvent& event)
{
    hovered = barAt(event.x);
    repaint();
}

void BarRuler::mouseExit(const juce::MouseEvent&)
{
    hovered = -1;
    repaint();
}

void BarRuler::mouseDown(const juce::MouseEvent& event)
{
    toggle(barAt(event.x));
}

bool BarRuler::keyPressed(const juce::KeyPress& key)
{
    if (!canLock)
        return false;
    if (key == juce::KeyPress::leftKey)
        select(selected - 1);
    else if (key == juce::KeyPress::rightKey)
        select(selected + 1);
    else if (key == juce::KeyPress::homeKey)
        select(0);
    else if (key == juce::KeyPress::endKey)
        select(bars - 1);
    else if (key == juce::KeyPress::returnKey)
        toggle(selected);
    else
        return false;
    return true;
}

std::unique_ptr<juce::AccessibilityHandler> BarRuler::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler>(
        *this, juce::AccessibilityRole::slider,
        juce::AccessibilityActions().addAction(juce::AccessibilityActionType::press,
                                               [this] { toggle(selected); }),
        juce::AccessibilityHandler::Interfaces{std::make_unique<BarValue>(*this, bars)});
}

} // namespace organum::editor
