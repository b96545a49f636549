#include "Training/Report/RollSheet.h"

#include "Picture/Chart.h"
#include "Picture/Colours.h"
#include "Picture/Fonts.h"
#include "Picture/Png.h"
#include "Score/Elements.h"

#include <algorithm>

namespace organum::training
{
namespace
{

using picture::Chart;
namespace colours = picture::colours;

constexpr float gap = 24.0f;
constexpr float keyNames = 30.0f; ///< room at the left of each row
constexpr float captionHeight = 40.0f;

struct Pitches
{
    int lowest = 127;
    int highest = 0;
    int count() const { return highest - lowest + 1; }
};

Pitches pitchesOf(const RollSheet& sheet)
{
    Pitches range;
    for (const auto& roll : sheet.rolls)
        for (const auto& part : roll.music.parts)
            for (const auto& note : part.notes) {
                range.lowest = std::min(range.lowest, note.pitch);
                range.highest = std::max(range.highest, note.pitch);
            }
    if (range.lowest > range.highest)
        range = {48, 72}; // silence everywhere
    return {std::max(0, range.lowest - 1), std::min(127, range.highest + 1)};
}

class SheetPainter
{
public:
    explicit SheetPainter(const RollSheet& sheetIn)
        : sheet(sheetIn)
        , columns(std::min(sheetIn.columns, static_cast<int>(sheetIn.rolls.size())))
        , rows((static_cast<int>(sheetIn.rolls.size()) + columns - 1) / columns)
        , pitches(pitchesOf(sheetIn))
        , rowHeight(std::clamp(230.0f / static_cast<float>(pitches.count()), 3.0f, 8.0f))
        , rollHeight(rowHeight * static_cast<float>(pitches.count()))
        , chart(40.0f + static_cast<float>(columns) * (keyNames + sheetIn.rollWidth + gap) - gap,
                40.0f + 80.0f + static_cast<float>(rows) * (captionHeight + rollHeight + gap) - gap)
    {
    }

    juce::Image paint()
    {
        chart.layOut({sheet.title, sheet.subtitle, "", ""}, 0.0f, 0.0f);
        chart.reserveLegend();
        std::vector<picture::LegendEntry> voices;
        for (std::size_t part = 0; part < sheet.rolls.front().music.parts.size(); ++part)
            voices.push_back({sheet.rolls.front().music.parts[part].name,
                              picture::seriesColour(static_cast<int>(part))});
        chart.drawLegendAbove(voices);
        const auto plot = chart.plot();
        for (int i = 0; i < static_cast<int>(sheet.rolls.size()); ++i) {
            const auto& roll = sheet.rolls[static_cast<std::size_t>(i)];
            juce::Rectangle<float> place(
                plot.getX() + static_cast<float>(i % columns) * (keyNames + sheet.rollWidth + gap) +
                    keyNames,
                plot.getY() + static_cast<float>(i / columns) * (captionHeight + rollHeight + gap),
                sheet.rollWidth, captionHeight + rollHeight);
            drawCaption(roll, place.removeFromTop(captionHeight));
            drawKeys(place);
            drawBars(place);
            drawNotes(roll, place);
        }
        return chart.image();
    }

private:
    void drawCaption(const SmallRoll& roll, juce::Rectangle<float> area)
    {
        const auto line = [&](const juce::Font& font, juce::Colour colour,
                              const std::string& words) {
            chart.drawText(font, colour,
                           picture::fittedText(font, picture::utf8(words), area.getWidth()),
                           area.removeFromTop(17.0f), juce::Justification::centredLeft);
        };
        line(picture::boldFont(14.5f), colours::ink, roll.caption);
        line(picture::textFont(12.5f), colours::quietInk, roll.figures);
    }

    void drawKeys(const juce::Rectangle<float>& area)
    {
        auto& graphics = chart.graphics();
        for (int pitch = pitches.lowest; pitch <= pitches.highest; ++pitch) {
            if (pitch % 12 != 0)
                continue;
            const auto bottom = top(area, pitch) + rowHeight;
            graphics.setColour(colours::frame);
            graphics.fillRect(area.getX(), bottom - 0.5f, area.getWidth(), 1.0f);
            chart.drawText(
                picture::textFont(11.5f), colours::quietInk,
                picture::utf8(score::readablePitchName(pitch)),
                {area.getX() - keyNames, bottom - rowHeight / 2.0f - 8.0f, keyNames - 4.0f, 16.0f},
                juce::Justification::centredRight);
        }
    }

    void drawBars(const juce::Rectangle<float>& area)
    {
        auto& graphics = chart.graphics();
        const int beats = 4 * sheet.bars;
        for (int beat = 1; beat < beats; ++beat) {
            if (beat % 4 != 0 && area.getWidth() / static_cast<float>(beats) < 10.0f)
                continue;
            graphics.setColour(beat % 4 == 0 ? colours::frame.darker(0.3f) : colours::grid);
            graphics.fillRect(area.getX() + static_cast<float>(beat) * quarter() - 0.5f,
                              area.getY(), 1.0f, area.getHeight());
        }
        graphics.setColour(colours::frame);
        graphics.drawRect(area.expanded(0.5f), 1.0f);
    }

    void drawNotes(const SmallRoll& roll, const juce::Rectangle<float>& area)
    {
        auto& graphics = chart.graphics();
        for (std::size_t part = 0; part < roll.music.parts.size(); ++part) {
            const auto colour = picture::seriesColour(static_cast<int>(part));
            for (const auto& note : roll.music.parts[part].notes) {
                const bool stands = roll.showsChanges && isInFirst(part, note);
                const auto from = static_cast<float>(note.onset.toDouble()) * quarter();
                const auto until = static_cast<float>(note.end().toDouble()) * quarter();
                juce::Rectangle<float> body(
                    area.getX() + from + 0.5f, top(area, note.pitch),
                    std::max(1.0f, std::min(until, area.getWidth()) - from - 1.0f), rowHeight);
                if (isUnison(roll.music, part, note))
                    body = body.withTrimmedTop(rowHeight / 2.0f);
                graphics.setColour(colours::paper.interpolatedWith(colour, stands ? 0.28f : 0.9f));
                graphics.fillRect(body);
                if (!stands) {
                    graphics.setColour(colour.darker(0.4f));
                    graphics.drawRect(body, 0.5f);
                }
            }
        }
    }

    /** Whether a higher part sounds the same pitch meanwhile, and must not be hidden. */
    static bool isUnison(const score::Score& music, std::size_t part, const score::Note& note)
    {
        for (std::size_t higher = 0; higher < part; ++higher)
            for (const auto& other : music.parts[higher].notes)
                if (other.pitch == note.pitch && other.onset < note.end() &&
                    note.onset < other.end())
                    return true;
        return false;
    }

    bool isInFirst(std::size_t part, const score::Note& note) const
    {
        const auto& parts = sheet.rolls.front().music.parts;
        return part < parts.size() &&
               std::any_of(parts[part].notes.begin(), parts[part].notes.end(),
                           [&](const score::Note& other) {
                               return other.pitch == note.pitch && other.onset == note.onset &&
                                      other.duration == note.duration;
                           });
    }

    float top(const juce::Rectangle<float>& area, int pitch) const
    {
        return area.getY() + rowHeight * static_cast<float>(pitches.highest - pitch);
    }
    float quarter() const { return sheet.rollWidth / static_cast<float>(4 * sheet.bars); }

    const RollSheet& sheet;
    const int columns;
    const int rows;
    const Pitches pitches;
    const float rowHeight;
    const float rollHeight;
    Chart chart;
};

} // namespace

void drawSheet(const std::filesystem::path& file, const RollSheet& sheet)
{
    picture::savePng(SheetPainter(sheet).paint(), file);
}

} // namespace organum::training
