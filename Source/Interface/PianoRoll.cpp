#include "Interface/PianoRoll.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace organum::editor
{

namespace
{

constexpr float keyWidth = 44.0f;
constexpr float headerHeight = 20.0f;
constexpr int leastRows = 24;

bool isBlackKey(int pitch)
{
    const int step = pitch % 12;
    return step == 1 || step == 3 || step == 6 || step == 8 || step == 10;
}

} // namespace

PianoRoll::PianoRoll()
{
    setTitle("Piano roll");
    setDescription("The notes of the current take");
    setOpaque(true);
    ruler.onToggle = [this](int bar) {
        if (onBarToggle)
            onBarToggle(bar);
    };
    addAndMakeVisible(ruler);
    showRuler();
}

void PianoRoll::showRuler()
{
    ruler.show(take != nullptr ? take->bars : 4, locks.bars, take != nullptr && take->hasVoices());
}

void PianoRoll::setVoices(std::uint32_t mutedIn, const plugin::Locks& locksIn)
{
    if (mutedIn == muted && locksIn == locks)
        return;
    muted = mutedIn;
    locks = locksIn;
    showRuler();
    repaint();
}

void PianoRoll::resized()
{
    const auto grid = gridArea();
    ruler.setBounds(grid.withY(0.0f).withHeight(headerHeight).toNearestInt());
}

void PianoRoll::setTake(plugin::TakePointer takeIn, const juce::String& messageIn)
{
    if (takeIn == take && messageIn == message)
        return;
    take = std::move(takeIn);
    message = messageIn;
    lowest = 48;
    highest = 84;
    if (take != nullptr && !take->notes.empty()) {
        lowest = 127;
        highest = 0;
        for (const plugin::TakeNote& note : take->notes) {
            lowest = std::min(lowest, note.pitch);
            highest = std::max(highest, note.pitch);
        }
        lowest -= 3;
        highest += 3;
        while (highest - lowest + 1 < leastRows) {
            --lowest;
            ++highest;
        }
        lowest = std::max(0, lowest);
        highest = std::min(127, highest);
        setDescription(
            juce::String(take->bars) + " bars, " +
            juce::String(static_cast<int>(take->notes.size())) + " notes" +
            (take->hasVoices() ? ", " + juce::String(take->voices()) + " voices" : juce::String()));
    }
    findUnisons();
    showRuler();
    repaint();
}

void PianoRoll::setPlayhead(double quarter)
{
    if (quarter == playhead || (quarter < 0.0 && playhead < 0.0))
        return;
    playhead = quarter;
    repaint(); // all of it: sounding notes light up along their whole length
}

juce::Rectangle<float> PianoRoll::gridArea() const
{
    return getLocalBounds()
        .toFloat()
        .withTrimmedLeft(keyWidth)
        .withTrimmedTop(headerHeight)
        .withTrimmedRight(margin);
}

float PianoRoll::xOf(double quarter) const
{
    const auto grid = gridArea();
    const double length = take != nullptr ? static_cast<double>(take->length()) /
                                                static_cast<double>(player::ticksPerQuarter)
                                          : 16.0;
    return grid.getX() + static_cast<float>(quarter / length) * grid.getWidth();
}

float PianoRoll::rowHeight() const
{
    return gridArea().getHeight() / static_cast<float>(highest - lowest + 1);
}

float PianoRoll::yOf(int pitch) const
{
    return gridArea().getY() + static_cast<float>(highest - pitch) * rowHeight();
}

void PianoRoll::paint(juce::Graphics& g)
{
    g.fillAll(colour::panel);
    const auto grid = gridArea();
    paintGrid(g, grid);
    paintKeys(g, grid.withX(0.0f).withWidth(keyWidth - 2.0f));
    if (take == nullptr) {
        g.setColour(colour::dimText);
        g.setFont(fontOf(16.0f));
        g.drawFittedText(message, grid.reduced(40.0f, 20.0f).getSmallestIntegerContainer(),
                         juce::Justification::centred, 4);
        return;
    }
    paintLockedBars(g, grid);
    paintNotes(g, grid);
    if (playhead >= 0.0) {
        g.setColour(colour::text);
        g.fillRect(juce::Rectangle<float>(xOf(playhead) - 0.75f, 0.0f, 1.5f,
                                          static_cast<float>(getHeight())));
    }
}

void PianoRoll::paintKeys(juce::Graphics& g, juce::Rectangle<float> keys) const
{
    g.setFont(fontOf(11.0f));
    for (int pitch = lowest; pitch <= highest; ++pitch) {
        const auto row = keys.withY(yOf(pitch)).withHeight(rowHeight());
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

void PianoRoll::paintGrid(juce::Graphics& g, juce::Rectangle<float> grid) const
{
    for (int pitch = lowest; pitch <= highest; ++pitch) {
        if (isBlackKey(pitch)) {
            g.setColour(colour::background.withAlpha(0.55f));
            g.fillRect(grid.withY(yOf(pitch)).withHeight(rowHeight()));
        }
        if (pitch % 12 == 0) {
            g.setColour(colour::line);
            g.fillRect(grid.withY(yOf(pitch) + rowHeight() - 0.5f).withHeight(1.0f));
        }
    }
    const int bars = take != nullptr ? take->bars : 4;
    const double barQuarters =
        take != nullptr ? 4.0 * take->metreNumerator / take->metreDenominator : 4.0;
    const int beats = take != nullptr ? take->metreNumerator : 4;
    const float barWidth = grid.getWidth() / static_cast<float>(bars);
    for (int bar = 0; bar < bars; ++bar) {
        const float x = xOf(bar * barQuarters);
        if (barWidth > 5.0f) {
            g.setColour(colour::line);
            g.fillRect(juce::Rectangle<float>(x - 0.5f, grid.getY(), 1.0f, grid.getHeight()));
        }
        if (barWidth / static_cast<float>(beats) > 9.0f) {
            g.setColour(colour::line.withAlpha(0.45f));
            for (int beat = 1; beat < beats; ++beat)
                g.fillRect(juce::Rectangle<float>(
                    xOf(bar * barQuarters + beat * barQuarters / beats) - 0.5f, grid.getY(), 1.0f,
                    grid.getHeight()));
        }
    }
}

void PianoRoll::paintLockedBars(juce::Graphics& g, juce::Rectangle<float> grid) const
{
    if (take == nullptr || !take->hasVoices())
        return;
    const double barQuarters = 4.0 * take->metreNumerator / take->metreDenominator;
    g.setColour(colour::accent.withAlpha(0.10f));
    for (const int bar : locks.bars)
        if (bar < take->bars)
            g.fillRect(
                grid.withLeft(xOf(bar * barQuarters)).withRight(xOf((bar + 1) * barQuarters)));
}

juce::Colour PianoRoll::colourOf(const plugin::TakeNote& note, bool sounds) const
{
    const bool isMuted = take->hasVoices() && (muted >> note.voice & 1u) != 0;
    const float strength = 0.55f + 0.45f * static_cast<float>(note.velocity) / 127.0f;
    const auto full =
        take->hasVoices() ? colour::voices[static_cast<std::size_t>(note.voice)] : colour::accent;
    if (isMuted)
        return colour::panel.interpolatedWith(full, 0.25f);
    return sounds ? full.interpolatedWith(colour::strongest, 0.65f)
                  : colour::panel.interpolatedWith(full, strength);
}

void PianoRoll::paintNotes(juce::Graphics& g, juce::Rectangle<float> grid) const
{
    // Low voices first, for unisons.
    for (int voice = take->voices() - 1; voice >= 0; --voice)
        for (std::size_t i = 0; i < take->notes.size(); ++i)
            if (take->notes[i].voice == voice)
                paintNote(g, grid, i);
}

void PianoRoll::paintNote(juce::Graphics& g, juce::Rectangle<float> grid, std::size_t index) const
{
    const auto quarters = [](std::int64_t ticks) {
        return static_cast<double>(ticks) / static_cast<double>(player::ticksPerQuarter);
    };
    const plugin::TakeNote& note = take->notes[index];
    // Of two voices on one note the higher one takes the upper half.
    const float height = std::max(2.0f, rowHeight() - 1.0f) * (covers[index] != 0 ? 0.5f : 1.0f);
    const double begin = quarters(note.onset);
    const double end = quarters(note.onset + note.duration);
    const float x = xOf(begin);
    const float width = std::max(2.0f, xOf(end) - x - 1.0f);
    g.setColour(colourOf(note, playhead >= begin && playhead < end));
    const juce::Rectangle<float> shape(x, yOf(note.pitch) + 0.5f, width, height);
    g.fillRoundedRectangle(shape.getIntersection(grid.expanded(1.0f)),
                           std::min(2.0f, height * 0.3f));
}

void PianoRoll::findUnisons()
{
    covers.assign(take != nullptr ? take->notes.size() : 0, 0);
    std::vector<std::size_t> byPitch(covers.size());
    for (std::size_t i = 0; i < byPitch.size(); ++i)
        byPitch[i] = i;
    const auto noteOf = [this](std::size_t i) -> const plugin::TakeNote& { return take->notes[i]; };
    std::sort(byPitch.begin(), byPitch.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(noteOf(a).pitch, noteOf(a).onset) <
               std::tie(noteOf(b).pitch, noteOf(b).onset);
    });
    for (std::size_t i = 0; i < byPitch.size(); ++i) {
        const plugin::TakeNote& first = noteOf(byPitch[i]);
        for (std::size_t k = i + 1; k < byPitch.size(); ++k) {
            const plugin::TakeNote& second = noteOf(byPitch[k]);
            if (second.pitch != first.pitch || second.onset >= first.onset + first.duration)
                break;
            if (second.voice != first.voice)
                covers[second.voice < first.voice ? byPitch[k] : byPitch[i]] = 1;
        }
    }
}

} // namespace organum::editor
