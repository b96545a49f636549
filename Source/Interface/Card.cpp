#include "Interface/Card.h"

namespace organum::editor
{

namespace
{

constexpr int titleHeight = 32;
constexpr float cardCorner = 8.0f;
constexpr int shadow = 6;

} // namespace

Card::Card(const juce::String& heading)
{
    setTitle(heading);
    setFocusContainerType(FocusContainerType::keyboardFocusContainer);
    setWantsKeyboardFocus(true);
    title.setText(heading, juce::dontSendNotification);
    title.setFont(fontOf(17.0f, true));
    title.setBorderSize({});
    title.setAccessible(false); // the card itself has this name
    setRole(title, juce::Label::textColourId, colour::text);
    addAndMakeVisible(title);
    setUp(closeButton, "Close", "Closes this card (Escape)");
    closeButton.onClick = [this] { close(); };
    addAndMakeVisible(closeButton);
}

void Card::close()
{
    if (onClose)
        onClose();
}

bool Card::keyPressed(const juce::KeyPress& key)
{
    if (key != juce::KeyPress::escapeKey)
        return false;
    close();
    return true;
}

std::unique_ptr<juce::AccessibilityHandler> Card::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler>(*this, juce::AccessibilityRole::group);
}

void Card::paint(juce::Graphics& g)
{
    const auto face = getLocalBounds().reduced(shadow).toFloat();
    for (int ring = shadow; ring > 0; --ring) {
        g.setColour(juce::Colours::black.withAlpha(0.05f));
        g.fillRoundedRectangle(face.expanded(static_cast<float>(ring)),
                               cardCorner + static_cast<float>(ring));
    }
    g.setColour(colour::panel);
    g.fillRoundedRectangle(face, cardCorner);
    g.setColour(colour::line);
    g.drawRoundedRectangle(face.reduced(0.5f), cardCorner, 1.0f);
}

void Card::resized()
{
    auto area = getLocalBounds().reduced(shadow + margin);
    auto top = area.removeFromTop(titleHeight);
    closeButton.setBounds(top.removeFromRight(30).withSizeKeepingCentre(30, 28));
    title.setBounds(top);
    area.removeFromTop(gap);
    place(area);
}

ReadingText::ReadingText(const juce::String& name, const juce::String& hint)
{
    setMultiLine(true, true);
    setReadOnly(true);
    setCaretVisible(false);
    setScrollbarsShown(true);
    setFont(fontOf(14.5f));
    setLineSpacing(1.25f);
    setUp(*this, name, hint);
    setBorder(juce::BorderSize<int>(6));
    setRole(*this, backgroundColourId, colour::panel);
    setRole(*this, textColourId, colour::text);
    setRole(*this, outlineColourId, colour::panel);
    setRole(*this, focusedOutlineColourId, colour::dimText);
}

void ReadingText::show(const juce::String& text)
{
    applyColourToAllText(colour::text, true);
    if (text != getText())
        setText(text, false);
}

} // namespace organum::editor
