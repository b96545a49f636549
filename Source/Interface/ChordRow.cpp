#include "Interface/ChordRow.h"

#include "Interface/Parts.h"

#include <cmath>
#include <utility>

namespace organum::editor
{

namespace
{

constexpr float chordFont = 13.0f;
constexpr int narrowestLine = 72;

juce::String utf8(const std::string& text)
{
    return juce::CharPointer_UTF8(text.c_str());
}

} // namespace

ChordRow::ChordRow(const PianoRoll& rollIn)
    : roll(rollIn)
{
    setTitle("Chords by bar");
    setTooltip("Double click: other chords in this bar");
}

void ChordRow::show(const score::ChordProgression& progressionIn, const score::ChordKey& keyIn)
{
    if (!(progression == progressionIn))
        closeLine(false); // it is about chords that are no more
    progression = progressionIn;
    key = keyIn;
    setDescription(utf8(progression.toString()));
    repaint();
}

void ChordRow::setNumerals(bool on)
{
    numerals = on;
    repaint();
}

juce::String ChordRow::textOf(const score::ChordSymbol& chord) const
{
    return utf8(numerals ? score::romanName(chord, key) : chord.name());
}

// ---- editing -----------------------------------------------------------------------------------

juce::Rectangle<int> ChordRow::placeOf(int bar) const
{
    const auto& view = roll.shownView();
    const auto left = juce::roundToInt(view.xOf(bar * view.barQuarters()));
    const auto right = juce::roundToInt(view.xOf((bar + 1) * view.barQuarters()));
    return juce::Rectangle<int>::leftTopRightBottom(left, 0, right, getHeight())
        .getIntersection(
            view.area().getSmallestIntegerContainer().withY(0).withHeight(getHeight()));
}

void ChordRow::mouseDoubleClick(const juce::MouseEvent& event)
{
    const auto& view = roll.shownView();
    const auto beyond = static_cast<int>((view.first() + view.shown()) / view.barQuarters()) + 1;
    for (int bar = 0; bar < std::min(beyond, view.bars()); ++bar)
        if (placeOf(bar).contains(event.getPosition())) {
            editBar(bar);
            return;
        }
}

void ChordRow::editBar(int bar)
{
    closeLine(true);
    if (progression.isEmpty() || bar < 0)
        return;
    edited = bar;
    line = std::make_unique<juce::TextEditor>();
    setUp(*line, "Chords of bar " + juce::String(bar + 1),
          "Chords share the bar evenly, a dot holds one longer");
    line->setFont(fontOf(chordFont));
    line->setIndents(4, 0);
    line->setJustification(juce::Justification::centredLeft);
    const auto place = static_cast<std::size_t>(bar) % progression.bars();
    opened = utf8(progression.barText(place, numerals ? &key : nullptr));
    line->setText(opened, false);
    // A message of a line that is closed may arrive when another one is open, or after all is gone.
    const auto closes = [self = juce::Component::SafePointer<ChordRow>(this),
                         of = line.get()](bool keeps) {
        return [self, of, keeps] {
            if (self != nullptr && self->line.get() == of)
                self->closeLine(keeps);
        };
    };
    line->onReturnKey = closes(true);
    line->onFocusLost = closes(true);
    line->onEscapeKey = closes(false);
    auto bounds = placeOf(bar);
    bounds.setWidth(std::max(bounds.getWidth(), narrowestLine));
    line->setBounds(bounds.withX(std::min(bounds.getX(), getWidth() - bounds.getWidth())));
    addAndMakeVisible(*line);
    line->selectAll();
    if (isShowing())
        line->grabKeyboardFocus();
}

void ChordRow::closeLine(bool keeps)
{
    const auto closed = std::shared_ptr<juce::TextEditor>(std::exchange(line, nullptr));
    if (closed == nullptr)
        return;
    removeChildComponent(closed.get());
    const juce::String text = closed->getText().trim();
    if (keeps && text != opened && !progression.isEmpty() && onBar)
        onBar(edited, text);
    // It is still in a call of its own.
    juce::MessageManager::callAsync([closed] {});
}

// ---- drawing -----------------------------------------------------------------------------------

void ChordRow::paint(juce::Graphics& g)
{
    const auto& view = roll.shownView();
    g.fillAll(colour::background);
    if (progression.isEmpty())
        return;
    const auto grid = view.area();
    g.reduceClipRegion(
        grid.withY(0.0f).withHeight(static_cast<float>(getHeight())).getSmallestIntegerContainer());
    const double bar = view.barQuarters();
    const auto first = static_cast<int>(std::floor(view.first() / bar));
    const auto last =
        std::min(view.bars() - 1, static_cast<int>((view.first() + view.shown()) / bar));
    const auto length = static_cast<int>(progression.bars());
    g.setFont(fontOf(chordFont, true));
    for (int each = first; each <= last; ++each) {
        const float left = view.xOf(each * bar);
        const bool repeats = each >= length;
        g.setColour(colour::line);
        g.drawVerticalLine(juce::roundToInt(left), 0.0f, static_cast<float>(getHeight()));
        // A bar of one quarter, so that onsets are shares of it.
        for (const auto& span : progression.over(each, 1, 1)) {
            const float x = view.xOf((each + span.onset.toDouble()) * bar);
            const float end = view.xOf((each + (span.onset + span.length).toDouble()) * bar);
            const juce::Rectangle<float> place(x + 1.5f, 2.0f, end - x - 3.0f,
                                               static_cast<float>(getHeight()) - 4.0f);
            g.setColour(colour::raised.withMultipliedAlpha(repeats ? 0.5f : 1.0f));
            g.fillRoundedRectangle(place, 3.0f);
            g.setColour(repeats ? colour::dimText : colour::text);
            g.drawFittedText(textOf(span.chord), place.reduced(4.0f, 0.0f).toNearestInt(),
                             juce::Justification::centredLeft, 1, 0.6f);
        }
    }
}

std::unique_ptr<juce::AccessibilityHandler> ChordRow::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler>(*this, juce::AccessibilityRole::staticText);
}

} // namespace organum::editor
