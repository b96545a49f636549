#include "Interface/RollView.h"

#include <algorithm>
#include <cmath>

namespace organum::editor
{

namespace
{

constexpr int leastRows = 24;

} // namespace

void RollView::setTake(const plugin::Take* take)
{
    const double before = length();
    barCount = take != nullptr ? take->bars : 4;
    beats = take != nullptr ? take->metreNumerator : 4;
    quartersInBar = take != nullptr ? 4.0 * take->metreNumerator / take->metreDenominator : 4.0;
    if (length() != before) {
        factor = 1.0;
        firstShown = 0.0;
    }
    lowestRow = 48;
    highestRow = 84;
    if (take == nullptr || take->notes.empty())
        return;
    lowestRow = 127;
    highestRow = 0;
    for (const plugin::TakeNote& note : take->notes) {
        lowestRow = std::min(lowestRow, note.pitch);
        highestRow = std::max(highestRow, note.pitch);
    }
    lowestRow -= 3;
    highestRow += 3;
    while (highestRow - lowestRow + 1 < leastRows) {
        --lowestRow;
        ++highestRow;
    }
    lowestRow = std::max(0, lowestRow);
    highestRow = std::min(127, highestRow);
}

void RollView::setZoom(double wanted, double quarter)
{
    const double place = (quarter - firstShown) / shown();
    factor = std::clamp(wanted, 1.0, longestZoom);
    scrollTo(quarter - place * shown());
}

void RollView::scrollTo(double quarter)
{
    firstShown = std::clamp(quarter, 0.0, std::max(0.0, length() - shown()));
}

void RollView::reveal(double quarter)
{
    if (quarter < firstShown || quarter >= firstShown + shown())
        scrollTo(quarter - 0.25 * shown());
}

float RollView::xOf(double quarter) const
{
    return grid.getX() + static_cast<float>((quarter - firstShown) / shown()) * grid.getWidth();
}

float RollView::rowHeight() const
{
    return grid.getHeight() / static_cast<float>(highestRow - lowestRow + 1);
}

float RollView::yOf(int pitch) const
{
    return grid.getY() + static_cast<float>(highestRow - pitch) * rowHeight();
}

double RollView::ticksIn(float pixels) const
{
    if (grid.getWidth() < 1.0f)
        return 0.0;
    return static_cast<double>(pixels / grid.getWidth()) * shown() *
           static_cast<double>(player::ticksPerQuarter);
}

std::int64_t RollView::tickAt(float x) const
{
    const double tick =
        firstShown * static_cast<double>(player::ticksPerQuarter) + ticksIn(x - grid.getX());
    const double end = length() * static_cast<double>(player::ticksPerQuarter);
    return std::llround(std::clamp(tick, 0.0, std::max(0.0, end - 1.0)));
}

int RollView::pitchAt(float y) const
{
    const float row = std::floor((y - grid.getY()) / std::max(0.1f, rowHeight()));
    return std::clamp(highestRow - static_cast<int>(row), 0, 127);
}

juce::Rectangle<float> RollView::areaOf(const plugin::TakeNote& note) const
{
    const float x = xOfTick(note.onset);
    const float width = std::max(2.0f, xOfTick(note.onset + note.duration) - x - 1.0f);
    return {x, yOf(note.pitch) + 0.5f, width, std::max(2.0f, rowHeight() - 1.0f)};
}

} // namespace organum::editor
