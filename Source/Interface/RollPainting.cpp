// How the piano roll is painted.

#include "Interface/PianoRoll.h"

#include <algorithm>

namespace organum::editor
{

namespace
{

bool isBlackKey(int pitch)
{
    const int step = pitch % 12;
    return step == 1 || step == 3 || step == 6 || step == 8 || step == 10;
}

} // namespace

void PianoRoll::paint(juce::Graphics& g)
{
    g.fillAll(colour::panel);
    paintKeys(g);
    const auto grid = view.area();
    {
        const juce::Graphics::ScopedSaveState clip(g);
        g.reduceClipRegion(grid.getSmallestIntegerContainer());
        paintGrid(g);
        if (hand.take() != nullptr) {
            paintLockedBars(g);
            if (isExplained())
                overlay.paintHeat(g);
            paintNotes(g);
            if (isExplained()) {
                if (hoveredNote)
                    overlay.paintAttention(g, *hoveredNote);
                else if (!hand.selection().empty())
                    overlay.paintAttention(g, hand.selection().front());
            }
            if (const auto frame = mouse.frame()) {
                g.setColour(colour::text.withAlpha(0.12f));
                g.fillRect(*frame);
                g.setColour(colour::text.withAlpha(0.7f));
                g.drawRect(*frame, 1.0f);
            }
            if (playhead >= 0.0) {
                g.setColour(colour::text);
                g.fillRect(juce::Rectangle<float>(view.xOf(playhead) - 0.75f, grid.getY(), 1.5f,
                                                  grid.getHeight()));
            }
        }
    }
    if (hand.take() == nullptr) {
        g.setColour(colour::dimText);
        g.setFont(fontOf(16.0f));
        g.drawFittedText(message, grid.reduced(40.0f, 20.0f).getSmallestIntegerContainer(),
                         juce::Justification::centred, 4);
    }
    if (hasKeyboardFocus(false)) {
        g.setColour(colour::text.withAlpha(0.6f));
        g.drawRect(grid, 1.0f);
    }
}

void PianoRoll::paintKeys(juce::Graphics& g) const
{
    const auto grid = view.area();
    const auto keys = grid.withX(0.0f).withWidth(grid.getX() - 2.0f);
    g.setFont(fontOf(11.0f));
    for (int pitch = view.lowest(); pitch <= view.highest(); ++pitch) {
        const auto row = keys.withY(view.yOf(pitch)).withHeight(view.rowHeight());
        g.setColour(isBlackKey(pitch) ? colour::background : colour::raised);
        g.fillRect(row.withTrimmedBottom(0.75f));
        if (pitch % 12 == 0) {
            g.setColour(colour::dimText);
            g.drawText("C" + juce::String(pitch / 12 - 1),
                       row.withSizeKeepingCentre(row.getWidth() - 8.0f, 14.0f),
                       juce::Justification::centredRight, false);
        }
    }
}

void PianoRoll::paintGrid(juce::Graphics& g) const
{
    const auto grid = view.area();
    for (int pitch = view.lowest(); pitch <= view.highest(); ++pitch) {
        if (isBlackKey(pitch)) {
            g.setColour(colour::background.withAlpha(0.55f));
            g.fillRect(grid.withY(view.yOf(pitch)).withHeight(view.rowHeight()));
        }
        if (pitch % 12 == 0) {
            g.setColour(colour::line);
            g.fillRect(grid.withY(view.yOf(pitch) + view.rowHeight() - 0.5f).withHeight(1.0f));
        }
    }
    const double bar = view.barQuarters();
    const double beat = bar / view.beatsInBar();
    const float barWidth = view.xOf(bar) - view.xOf(0.0);
    const auto line = [&](double quarter, float alpha) {
        g.setColour(colour::line.withAlpha(alpha));
        g.fillRect(
            juce::Rectangle<float>(view.xOf(quarter) - 0.5f, grid.getY(), 1.0f, grid.getHeight()));
    };
    const bool showsSteps = barWidth / static_cast<float>(4.0 * bar) > 14.0f;
    for (int i = 0; i < view.bars(); ++i) {
        if (barWidth > 5.0f)
            line(i * bar, 1.0f);
        if (barWidth * static_cast<float>(beat / bar) > 9.0f)
            for (int k = 1; k < view.beatsInBar(); ++k)
                line(i * bar + k * beat, 0.45f);
        if (showsSteps)
            for (double step = 0.25; step < bar; step += 0.25)
                line(i * bar + step, 0.25f);
    }
}

void PianoRoll::paintLockedBars(juce::Graphics& g) const
{
    if (!hand.take()->hasVoices())
        return;
    const double bar = view.barQuarters();
    g.setColour(colour::accent.withAlpha(0.10f));
    for (const int locked : locks.bars)
        if (locked < view.bars())
            g.fillRect(view.area()
                           .withLeft(view.xOf(locked * bar))
                           .withRight(view.xOf((locked + 1) * bar)));
}

juce::Colour PianoRoll::colourOf(std::size_t index) const
{
    const plugin::Take& take = *hand.take();
    const plugin::TakeNote& note = take.notes[index];
    if (isExplained())
        if (const auto scaled = overlay.colourOf(index))
            return *scaled;
    const auto full =
        take.hasVoices() ? colour::voices[static_cast<std::size_t>(note.voice)] : colour::accent;
    if (take.hasVoices() && (muted >> note.voice & 1u) != 0)
        return colour::panel.interpolatedWith(full, 0.25f);
    const float strength = 0.45f + 0.55f * static_cast<float>(note.velocity) / 127.0f;
    return colour::panel.interpolatedWith(full, strength);
}

void PianoRoll::paintNotes(juce::Graphics& g) const
{
    const plugin::Take& take = *hand.take();
    // Low voices first, for unisons.
    for (int voice = take.voices() - 1; voice >= 0; --voice)
        for (std::size_t i = 0; i < take.notes.size(); ++i)
            if (take.notes[i].voice == voice)
                paintNote(g, i);
}

void PianoRoll::paintNote(juce::Graphics& g, std::size_t index) const
{
    const plugin::TakeNote& note = hand.take()->notes[index];
    auto shape = view.areaOf(note);
    if (!shape.intersects(view.area()))
        return;
    // Of two voices on one note the higher one takes the upper half.
    if (covers[index] != 0)
        shape.setHeight(shape.getHeight() * 0.5f);
    const bool sounds = playhead >= RollView::quartersOf(note.onset) &&
                        playhead < RollView::quartersOf(note.onset + note.duration);
    auto fill = colourOf(index);
    const float radius = std::min(2.0f, shape.getHeight() * 0.3f);
    if (isExplained() && overlay.currentMode() == RollMode::chances &&
        (!hand.take()->hasVoices() || note.voice == overlay.currentVoice())) {
        // The colours are the map's: what was chosen has a frame.
        g.setColour(sounds ? juce::Colour(colour::strongest) : juce::Colour(colour::text));
        g.drawRoundedRectangle(shape.reduced(0.5f), radius,
                               (sounds ? 1.8f : 1.2f) * std::min(1.0f, shape.getHeight() / 9.0f));
        if (hand.isSelected(index))
            g.drawRoundedRectangle(shape.expanded(1.5f), radius + 1.5f, 1.5f);
        return;
    }
    if (isExplained() && overlay.currentMode() == RollMode::chances)
        fill = fill.withMultipliedAlpha(0.3f); // a voice whose chances are not shown
    g.setColour(sounds ? fill.interpolatedWith(colour::strongest, 0.65f) : fill);
    g.fillRoundedRectangle(shape, radius);
    if (hand.isSelected(index)) {
        g.setColour(colour::text);
        g.drawRoundedRectangle(shape.expanded(0.75f), radius + 0.75f, 1.5f);
    }
    if (note.isEdited) { // a dot within: it stays
        const float size = std::min({5.0f, shape.getHeight() * 0.55f, shape.getWidth() * 0.6f});
        g.setColour(colour::background);
        g.fillEllipse(juce::Rectangle<float>(size, size)
                          .withCentre({shape.getX() + 1.5f + size * 0.5f, shape.getCentreY()}));
    }
}

} // namespace organum::editor
