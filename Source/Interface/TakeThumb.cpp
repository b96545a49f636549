#include "Interface/TakeThumb.h"

#include "Picture/Fonts.h"

#include <algorithm>

namespace organum::editor
{

namespace
{

constexpr int lineHeight = 20;
constexpr int chip = 16; ///< side of the star and the marks

juce::String describe(const TakeThumb::Content& content)
{
    const plugin::Take& take = *content.take;
    juce::String text = titleOf(take, content.number);
    if (!take.name.empty())
        text << ", take " << content.number;
    text << ", " << take.bars << (take.bars == 1 ? " bar" : " bars");
    if (content.plays)
        text << ", plays";
    if (take.starred)
        text << ", starred";
    if (content.isA)
        text << ", marked A";
    if (content.isB)
        text << ", marked B";
    return text;
}

/** Empty for music that nobody composed here. */
juce::String seedText(const plugin::Take& take)
{
    return take.model.empty() ? juce::String()
                              : juce::String(static_cast<juce::int64>(plugin::seedOf(take)));
}

juce::String hintOf(const plugin::Take& take)
{
    juce::String text;
    if (!take.model.empty())
        text << juce::String::fromUTF8(take.model.c_str());
    text << (text.isEmpty() ? "" : ", ") << static_cast<int>(take.notes.size()) << " notes";
    if (const juce::String seed = seedText(take); seed.isNotEmpty())
        text << (take.hasVoices() ? ", chords " : ", seed ") << seed;
    return text << ". Click to play, double-click to name; S stars, A and B mark, Delete deletes.";
}

} // namespace

juce::String titleOf(const plugin::Take& take, int number)
{
    return take.name.empty() ? "Take " + juce::String(number)
                             : juce::String::fromUTF8(take.name.c_str());
}

TakeThumb::TakeThumb()
{
    setWantsKeyboardFocus(true);
}

void TakeThumb::show(const Content& contentIn)
{
    content = contentIn;
    setTitle(describe(content));
    setTooltip(hintOf(*content.take));
    if (auto* handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent(juce::AccessibilityEvent::titleChanged);
    repaint();
}

juce::Rectangle<int> TakeThumb::starArea() const
{
    return getLocalBounds().reduced(4).removeFromTop(lineHeight).removeFromRight(chip);
}

juce::Rectangle<int> TakeThumb::markArea(std::size_t which) const
{
    auto line = getLocalBounds().reduced(4).removeFromTop(lineHeight);
    line.removeFromRight(chip + 2);
    if (which == 0)
        line.removeFromRight(chip);
    return line.removeFromRight(chip).withSizeKeepingCentre(chip - 2, chip);
}

juce::Rectangle<int> TakeThumb::nameArea() const
{
    return getLocalBounds().reduced(6, 4).removeFromTop(lineHeight).withTrimmedRight(3 * chip + 4);
}

void TakeThumb::paintNotes(juce::Graphics& g, juce::Rectangle<float> area) const
{
    const plugin::Take& take = *content.take;
    if (take.notes.empty())
        return;
    const auto [low, high] =
        std::minmax_element(take.notes.begin(), take.notes.end(),
                            [](const auto& a, const auto& b) { return a.pitch < b.pitch; });
    const int rows = std::max(12, high->pitch - low->pitch + 1);
    const float row = area.getHeight() / static_cast<float>(rows);
    const float tick = area.getWidth() / static_cast<float>(take.length());
    for (const plugin::TakeNote& note : take.notes) {
        g.setColour(take.hasVoices() ? colour::voices[note.voice] : colour::accent);
        g.fillRect(area.getX() + static_cast<float>(note.onset) * tick,
                   area.getBottom() - row * static_cast<float>(note.pitch - low->pitch + 1),
                   std::max(1.0f, static_cast<float>(note.duration) * tick - 0.5f),
                   std::max(1.0f, row));
    }
}

void TakeThumb::paintMark(juce::Graphics& g, std::size_t which, bool on) const
{
    if (!on && !isMouseOver(true) && !hasKeyboardFocus(false))
        return;
    const auto area = markArea(which).toFloat();
    if (on) {
        g.setColour(colour::accent);
        g.fillRoundedRectangle(area, 3.0f);
    }
    g.setColour(on ? colour::onAccent : colour::dimText);
    g.setFont(fontOf(12.0f, true));
    g.drawText(which == 0 ? "A" : "B", area, juce::Justification::centred, false);
}

/** Beside the title, where there is room for all of it. */
void TakeThumb::paintSeed(juce::Graphics& g, juce::Rectangle<int> area) const
{
    const juce::String seed = seedText(*content.take);
    const juce::Font font = fontOf(11.0f);
    if (seed.isEmpty() || picture::textWidth(font, seed) > static_cast<float>(area.getWidth()))
        return;
    g.setColour(colour::dimText);
    g.setFont(font);
    g.drawText(seed, area, juce::Justification::centredLeft, false);
}

void TakeThumb::paint(juce::Graphics& g)
{
    if (content.take == nullptr)
        return;
    const auto bounds = getLocalBounds().toFloat().reduced(1.0f);
    g.setColour(isMouseOver(true) && !content.plays ? colour::line : colour::raised);
    g.fillRoundedRectangle(bounds, corner);
    if (content.plays) {
        g.setColour(colour::accent);
        g.drawRoundedRectangle(bounds, corner, 1.5f);
    }
    if (hasKeyboardFocus(false)) {
        g.setColour(colour::text.withAlpha(0.75f));
        g.drawRoundedRectangle(bounds.reduced(2.0f), corner, 1.5f);
    }
    g.setColour(content.plays ? colour::text : colour::dimText);
    g.setFont(fontOf(12.5f));
    const juce::String title = titleOf(*content.take, content.number);
    g.drawText(title, nameArea(), juce::Justification::centredLeft, true);
    paintSeed(g, nameArea().withTrimmedLeft(
                     juce::roundToInt(picture::textWidth(fontOf(12.5f), title)) + 6));
    paintMark(g, 0, content.isA);
    paintMark(g, 1, content.isB);
    if (content.take->starred || isMouseOver(true) || hasKeyboardFocus(false)) {
        const auto area = starArea().toFloat();
        juce::Path star;
        star.addStar(area.getCentre(), 5, 3.0f, 7.0f);
        g.setColour(content.take->starred ? colour::accent : colour::dimText);
        if (content.take->starred)
            g.fillPath(star);
        else
            g.strokePath(star, juce::PathStrokeType(1.0f));
    }
    paintNotes(g, getLocalBounds().toFloat().reduced(6.0f, 5.0f).withTrimmedTop(lineHeight));
}

void TakeThumb::resized()
{
    if (nameEditor != nullptr)
        nameEditor->setBounds(nameArea().expanded(2, 0));
}

// ---- acting ------------------------------------------------------------------------------------

void TakeThumb::editName()
{
    nameEditor = std::make_unique<juce::TextEditor>();
    nameEditor->setTitle("Name of take " + juce::String(content.number));
    nameEditor->setFont(fontOf(12.5f));
    nameEditor->setInputRestrictions(static_cast<int>(plugin::largestTakeName));
    nameEditor->setText(juce::String::fromUTF8(content.take->name.c_str()), false);
    nameEditor->onReturnKey = [this] { closeName(true); };
    nameEditor->onEscapeKey = [this] { closeName(false); };
    nameEditor->onFocusLost = [this] { closeName(true); };
    addAndMakeVisible(*nameEditor);
    resized();
    nameEditor->selectAll();
    if (isShowing())
        nameEditor->grabKeyboardFocus();
}

void TakeThumb::closeName(bool keeps)
{
    // The editor calls this: it lives until it has returned.
    std::shared_ptr<juce::TextEditor> closing = std::move(nameEditor);
    if (closing == nullptr)
        return;
    closing->onFocusLost = nullptr;
    const juce::String name = closing->getText().trim();
    const bool returnsFocus = closing->hasKeyboardFocus(true);
    juce::MessageManager::callAsync([closing] {});
    removeChildComponent(closing.get());
    if (returnsFocus && isShowing())
        grabKeyboardFocus();
    if (keeps && onRename)
        onRename(name);
}

void TakeThumb::mouseUp(const juce::MouseEvent& event)
{
    if (!getLocalBounds().contains(event.getPosition()) || content.take == nullptr)
        return;
    const auto place = event.getPosition();
    if (event.mods.isPopupMenu())
        onMenu();
    else if (starArea().contains(place))
        onStar(!content.take->starred);
    else if (markArea(0).contains(place))
        onMark(0);
    else if (markArea(1).contains(place))
        onMark(1);
    else
        onSelect();
}

void TakeThumb::mouseDoubleClick(const juce::MouseEvent& event)
{
    if (nameArea().contains(event.getPosition()))
        editName();
}

bool TakeThumb::keyPressed(const juce::KeyPress& key)
{
    if (content.take == nullptr)
        return false;
    if (key == juce::KeyPress::returnKey)
        onSelect();
    else if (key == juce::KeyPress('s'))
        onStar(!content.take->starred);
    else if (key == juce::KeyPress('n') || key == juce::KeyPress::F2Key)
        editName();
    else if (key == juce::KeyPress('a'))
        onMark(0);
    else if (key == juce::KeyPress('b'))
        onMark(1);
    else if (key == juce::KeyPress::deleteKey || key == juce::KeyPress::backspaceKey)
        onDelete();
    else if (key == juce::KeyPress::upKey)
        onStep(-1);
    else if (key == juce::KeyPress::downKey)
        onStep(1);
    else if (key == juce::KeyPress(juce::KeyPress::F10Key, juce::ModifierKeys::shiftModifier, 0))
        onMenu();
    else
        return false;
    return true;
}

void TakeThumb::focusGained(FocusChangeType)
{
    if (auto* list = findParentComponentOfClass<juce::Viewport>()) {
        const auto place = list->getLocalArea(this, getLocalBounds());
        if (place.getY() < 0 || place.getBottom() > list->getHeight())
            list->setViewPosition(0, getY() - list->getHeight() / 3);
    }
    repaint();
}

std::unique_ptr<juce::AccessibilityHandler> TakeThumb::createAccessibilityHandler()
{
    class Handler : public juce::AccessibilityHandler
    {
    public:
        explicit Handler(TakeThumb& thumbIn)
            : AccessibilityHandler(thumbIn, juce::AccessibilityRole::listItem,
                                   juce::AccessibilityActions()
                                       .addAction(juce::AccessibilityActionType::press,
                                                  [&thumbIn] { thumbIn.onSelect(); })
                                       .addAction(juce::AccessibilityActionType::showMenu,
                                                  [&thumbIn] { thumbIn.onMenu(); }))
            , thumb(thumbIn)
        {
        }
        juce::AccessibleState getCurrentState() const override
        {
            auto state = AccessibilityHandler::getCurrentState().withSelectable();
            return thumb.content.plays ? state.withSelected() : state;
        }

    private:
        TakeThumb& thumb;
    };
    return std::make_unique<Handler>(*this);
}

} // namespace organum::editor
