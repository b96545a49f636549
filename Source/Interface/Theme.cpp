#include "Interface/Theme.h"

#include "Picture/Fonts.h"

#include <cmath>

namespace organum::editor
{

namespace
{

bool lightNow = false;

/** The roles of a component's colours, kept by it: "role" and the colour's number. */
constexpr auto rolePrefix = "role";

void renewRoles(juce::Component& component)
{
    const juce::NamedValueSet& kept = component.getProperties();
    for (int i = 0; i < kept.size(); ++i) {
        const juce::String name = kept.getName(i).toString();
        if (name.startsWith(rolePrefix))
            component.setColour(
                name.fromFirstOccurrenceOf(rolePrefix, false, false).getIntValue(),
                colour::Role::unpacked(static_cast<juce::int64>(kept.getValueAt(i))));
    }
    if (auto* text = dynamic_cast<juce::TextEditor*>(&component)) { // it keeps colours of its own
        constexpr int id = juce::TextEditor::textColourId;
        const bool hasRole = kept.contains(rolePrefix + juce::String(id));
        text->applyColourToAllText(
            hasRole ? text->findColour(id) : text->getLookAndFeel().findColour(id), true);
        text->setTextToShowWhenEmpty(text->getTextToShowWhenEmpty(), colour::dimText);
    }
    for (juce::Component* child : component.getChildren())
        renewRoles(*child);
}

void drawFocus(juce::Graphics& g, const juce::Component& component, juce::Rectangle<float> bounds,
               float radius)
{
    if (!component.hasKeyboardFocus(true))
        return;
    g.setColour(colour::text.withAlpha(0.75f));
    g.drawRoundedRectangle(bounds.reduced(0.75f), radius, 1.5f);
}

} // namespace

colour::Role::operator juce::Colour() const
{
    return of(lightNow);
}

void setLight(bool isLight)
{
    lightNow = isLight;
}

bool isLight()
{
    return lightNow;
}

void setRole(juce::Component& component, int colourId, const colour::Role& role)
{
    component.setColour(colourId, role);
    component.getProperties().set(rolePrefix + juce::String(colourId), role.packed());
}

juce::Font fontOf(float height, bool bold)
{
    return bold ? picture::boldFont(height) : picture::textFont(height);
}

Theme::Theme()
{
    takeColours();
}

void Theme::renew(juce::Component& root)
{
    takeColours();
    renewRoles(root);
    root.sendLookAndFeelChange();
    root.repaint();
}

void Theme::takeColours()
{
    // First what JUCE's own dialogs are made of, and all that is not named below.
    setColourScheme({colour::panel, colour::raised, colour::raised, colour::line, colour::text,
                     colour::accent, colour::onAccent, colour::accent, colour::text});
    setColour(juce::AlertWindow::backgroundColourId, colour::panel);
    setColour(juce::AlertWindow::outlineColourId, colour::line);
    setColour(juce::AlertWindow::textColourId, colour::text);
    setColour(juce::PopupMenu::headerTextColourId, colour::dimText);
    setColour(juce::ResizableWindow::backgroundColourId, colour::background);
    setColour(juce::Label::textColourId, colour::dimText);
    setColour(juce::Slider::rotarySliderFillColourId, colour::accent);
    setColour(juce::Slider::trackColourId, colour::accent);
    setColour(juce::Slider::backgroundColourId, colour::line);
    setColour(juce::Slider::thumbColourId, colour::text);
    setColour(juce::Slider::textBoxTextColourId, colour::text);
    setColour(juce::Slider::textBoxOutlineColourId, juce::Colours::transparentBlack);
    setColour(juce::Slider::textBoxBackgroundColourId, juce::Colours::transparentBlack);
    setColour(juce::Slider::textBoxHighlightColourId, colour::accent.withAlpha(0.4f));
    setColour(juce::TextEditor::highlightedTextColourId, colour::text);
    setColour(juce::TextEditor::textColourId, colour::text);
    setColour(juce::TextEditor::backgroundColourId, colour::raised);
    setColour(juce::ScrollBar::thumbColourId, colour::dimText);
    setColour(juce::CaretComponent::caretColourId, colour::accent);
    setColour(juce::ComboBox::textColourId, colour::text);
    setColour(juce::ComboBox::arrowColourId, colour::dimText);
    setColour(juce::TextButton::buttonColourId, colour::raised);
    setColour(juce::TextButton::textColourOffId, colour::text);
    setColour(juce::TextButton::textColourOnId, colour::onAccent);
    setColour(juce::TextButton::buttonOnColourId, colour::accent);
    setColour(juce::PopupMenu::backgroundColourId, colour::raised);
    setColour(juce::PopupMenu::textColourId, colour::text);
    setColour(juce::PopupMenu::highlightedBackgroundColourId, colour::accent);
    setColour(juce::PopupMenu::highlightedTextColourId, colour::onAccent);
    setColour(juce::TooltipWindow::backgroundColourId, colour::raised);
    setColour(juce::TooltipWindow::textColourId, colour::text);
    setColour(juce::TooltipWindow::outlineColourId, colour::line);
}

void Theme::drawRotarySlider(juce::Graphics& g, int x, int y, int width, int height, float position,
                             float startAngle, float endAngle, juce::Slider& slider)
{
    const auto area = juce::Rectangle<int>(x, y, width, height).toFloat().reduced(3.0f);
    const float size = juce::jmin(area.getWidth(), area.getHeight());
    const auto face = area.withSizeKeepingCentre(size, size);
    const float radius = size * 0.5f - 2.5f;
    const float angle = startAngle + position * (endAngle - startAngle);
    const auto centre = face.getCentre();
    const float alpha = slider.isEnabled() ? 1.0f : 0.4f;

    const auto arc = [&](float from, float to, juce::Colour stroke) {
        juce::Path path;
        path.addCentredArc(centre.x, centre.y, radius, radius, 0.0f, from, to, true);
        g.setColour(stroke.withMultipliedAlpha(alpha));
        g.strokePath(path, juce::PathStrokeType(3.0f, juce::PathStrokeType::curved,
                                                juce::PathStrokeType::rounded));
    };
    arc(startAngle, endAngle, colour::line);
    const double origin = slider.getMinimum() < 0.0 ? 0.0 : slider.getMinimum();
    const auto zero = static_cast<float>(slider.valueToProportionOfLength(origin));
    arc(startAngle + zero * (endAngle - startAngle), angle,
        slider.findColour(juce::Slider::rotarySliderFillColourId));

    g.setColour(slider.isMouseOverOrDragging() ? colour::line : colour::raised);
    g.fillEllipse(face.reduced(7.0f));
    const float inner = radius * 0.36f;
    const float outer = radius * 0.68f;
    const float sine = std::sin(angle);
    const float cosine = -std::cos(angle);
    g.setColour(colour::text.withMultipliedAlpha(alpha));
    g.drawLine(centre.x + sine * inner, centre.y + cosine * inner, centre.x + sine * outer,
               centre.y + cosine * outer, 2.0f);
    if (slider.hasKeyboardFocus(false)) {
        g.setColour(colour::text.withAlpha(0.75f));
        g.drawEllipse(face.reduced(7.0f), 1.5f);
    }
}

void Theme::drawLinearSlider(juce::Graphics& g, int x, int y, int width, int height, float position,
                             float lowest, float highest, juce::Slider::SliderStyle style,
                             juce::Slider& slider)
{
    if (style != juce::Slider::LinearBar) {
        LookAndFeel_V4::drawLinearSlider(g, x, y, width, height, position, lowest, highest, style,
                                         slider);
        return;
    }
    // A number in a box: its place between the ends of the range says nothing.
    const auto bounds = slider.getLocalBounds().toFloat().reduced(0.5f);
    g.setColour(slider.isMouseOverOrDragging() ? colour::line : colour::raised);
    g.fillRoundedRectangle(bounds, corner);
    drawFocus(g, slider, bounds, corner);
}

juce::Label* Theme::createSliderTextBox(juce::Slider& slider)
{
    juce::Label* box = LookAndFeel_V4::createSliderTextBox(slider);
    const bool isNumberInBox = slider.getSliderStyle() == juce::Slider::LinearBar;
    box->setFont(fontOf(isNumberInBox ? 12.0f : 14.0f));
    box->setMinimumHorizontalScale(0.75f);
    if (isNumberInBox)
        box->setBorderSize({});
    return box;
}

void Theme::drawButtonBackground(juce::Graphics& g, juce::Button& button, const juce::Colour& fill,
                                 bool isOver, bool isDown)
{
    const auto bounds = button.getLocalBounds().toFloat().reduced(0.5f);
    auto shade = fill;
    if (!button.isEnabled())
        shade = shade.withMultipliedAlpha(0.45f);
    else if (isDown)
        shade = shade.darker(0.15f);
    else if (isOver)
        shade = shade.brighter(0.08f);
    g.setColour(shade);
    g.fillRoundedRectangle(bounds, corner);
    drawFocus(g, button, bounds, corner);
}

juce::Font Theme::getTextButtonFont(juce::TextButton&, int)
{
    return fontOf(14.0f);
}

void Theme::drawToggleButton(juce::Graphics& g, juce::ToggleButton& button, bool isOver, bool)
{
    const auto bounds = button.getLocalBounds().toFloat();
    const auto track =
        juce::Rectangle<float>(0.0f, 0.0f, 26.0f, 14.0f).withCentre({14.0f, bounds.getCentreY()});
    const bool on = button.getToggleState();
    g.setColour(on ? colour::accent : (isOver ? colour::line.brighter(0.1f) : colour::line));
    g.fillRoundedRectangle(track, 7.0f);
    g.setColour(on ? colour::onAccent : colour::dimText);
    g.fillEllipse(
        juce::Rectangle<float>(10.0f, 10.0f)
            .withCentre({on ? track.getRight() - 7.0f : track.getX() + 7.0f, track.getCentreY()}));
    g.setColour(on ? colour::text : colour::dimText);
    g.setFont(fontOf(13.0f));
    g.drawText(button.getButtonText(), bounds.withTrimmedLeft(34.0f),
               juce::Justification::centredLeft, true);
    drawFocus(g, button, track.expanded(3.0f), 9.0f);
}

void Theme::drawComboBox(juce::Graphics& g, int width, int height, bool, int, int, int, int,
                         juce::ComboBox& box)
{
    const auto bounds = juce::Rectangle<int>(width, height).toFloat().reduced(0.5f);
    g.setColour(box.isMouseOver(true) ? colour::line : colour::raised);
    g.fillRoundedRectangle(bounds, corner);
    juce::Path arrow;
    const float middle = bounds.getCentreY();
    const float right = bounds.getRight() - 12.0f;
    arrow.startNewSubPath(right - 8.0f, middle - 2.0f);
    arrow.lineTo(right - 4.0f, middle + 2.5f);
    arrow.lineTo(right, middle - 2.0f);
    g.setColour(colour::dimText);
    g.strokePath(arrow, juce::PathStrokeType(1.5f));
    drawFocus(g, box, bounds, corner);
}

juce::Font Theme::getComboBoxFont(juce::ComboBox&)
{
    return fontOf(14.0f);
}

void Theme::positionComboBoxText(juce::ComboBox& box, juce::Label& label)
{
    label.setBounds(4, 1, box.getWidth() - 28, box.getHeight() - 2);
    label.setFont(getComboBoxFont(box));
}

juce::Font Theme::getPopupMenuFont()
{
    return fontOf(14.0f);
}

void Theme::drawCornerResizer(juce::Graphics& g, int width, int height, bool isOver, bool)
{
    g.setColour(isOver ? colour::dimText : colour::line);
    const auto right = static_cast<float>(width) - 3.0f;
    const auto bottom = static_cast<float>(height) - 3.0f;
    for (const float size : {4.0f, 8.0f})
        g.drawLine(right - size, bottom, right, bottom - size, 1.0f);
}

void Theme::drawAlertBox(juce::Graphics& g, juce::AlertWindow& alert,
                         const juce::Rectangle<int>& area, juce::TextLayout& text)
{
    g.fillAll(alert.findColour(juce::AlertWindow::backgroundColourId));
    g.setColour(alert.findColour(juce::AlertWindow::outlineColourId));
    g.drawRect(alert.getLocalBounds());
    text.draw(g, area.toFloat());
}

/** Also of the text that JUCE's dialogs write without asking for a font. */
juce::Typeface::Ptr Theme::getTypefaceForFont(const juce::Font& font)
{
    if (font.getTypefaceName() != juce::Font::getDefaultSansSerifFontName())
        return LookAndFeel_V4::getTypefaceForFont(font);
    return fontOf(font.getHeight(), font.isBold()).getTypefacePtr();
}

void Theme::drawPopupMenuSectionHeader(juce::Graphics& g, const juce::Rectangle<int>& area,
                                       const juce::String& name)
{
    g.setFont(fontOf(13.0f, true));
    g.setColour(findColour(juce::PopupMenu::headerTextColourId));
    g.drawFittedText(name, area.withTrimmedLeft(12).withTrimmedRight(4).withTrimmedBottom(4),
                     juce::Justification::bottomLeft, 1);
}

void Theme::fillResizableWindowBackground(juce::Graphics& g, int width, int height,
                                          const juce::BorderSize<int>&,
                                          juce::ResizableWindow& window)
{
    g.fillAll(window.getBackgroundColour());
    g.setColour(colour::line);
    g.drawRect(0, 0, width, height);
}

void Theme::drawFileBrowserRow(juce::Graphics& g, int width, int height, const juce::File&,
                               const juce::String& name, juce::Image*, const juce::String& size,
                               const juce::String& time, bool isFolder, bool isSelected, int,
                               juce::DirectoryContentsDisplayComponent&)
{
    juce::Rectangle<int> area(width, height);
    if (isSelected) {
        g.setColour(colour::accent);
        g.fillRect(area);
    }
    area = area.reduced(gap, 0);
    const auto* icon = isFolder ? getDefaultFolderImage() : getDefaultDocumentFileImage();
    if (const auto place = area.removeFromLeft(height).reduced(3); icon != nullptr)
        icon->drawWithin(g, place.toFloat(), juce::RectanglePlacement::centred, 1.0f);
    area.removeFromLeft(gap);
    g.setColour(isSelected ? colour::onAccent : colour::dimText);
    g.setFont(fontOf(12.5f));
    // Sizes and dates where there is room for the name, too.
    if (width > 450 && !isFolder) {
        g.drawText(time, area.removeFromRight(120), juce::Justification::centredRight, true);
        g.drawText(size, area.removeFromRight(90), juce::Justification::centredRight, true);
    }
    g.setColour(isSelected ? colour::onAccent : colour::text);
    g.setFont(fontOf(14.0f));
    g.drawText(name, area, juce::Justification::centredLeft, true);
}

juce::Font Theme::getLabelFont(juce::Label& label)
{
    const juce::Font own = label.getFont();
    const bool isUsual = own.getTypefaceName() == juce::Font::getDefaultSansSerifFontName();
    return isUsual ? fontOf(own.getHeight(), own.isBold()) : own;
}

} // namespace organum::editor
