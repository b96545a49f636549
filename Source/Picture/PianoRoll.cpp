#include "Picture/PianoRoll.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"
#include "Score/Elements.h"

#include <algorithm>
#include <cmath>

namespace organum::picture
{
namespace
{

using score::Quarters;

std::string plural(std::int64_t count, const std::string& word)
{
    return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

bool isBlackKey(int pitch)
{
    const auto step = pitch % 12;
    return step == 1 || step == 3 || step == 6 || step == 8 || step == 10;
}

class PianoRollPainter
{
public:
    PianoRollPainter(const score::Score& scoreIn, const PianoRollOptions& optionsIn)
        : music(scoreIn)
        , options(optionsIn)
        , grid(music.metres)
    {
        const auto last = grid.at(music.end());
        bars = std::max<std::int64_t>(1, last.bar + (Quarters(0) < last.offset ? 1 : 0));
        barsPerSystem = options.barsPerSystem > 0 ? options.barsPerSystem : usualBars();
        systems = (bars + barsPerSystem - 1) / barsPerSystem;
        findPitches();
        const auto semitones = static_cast<float>(highest - lowest + 1);
        rowHeight = std::clamp((systems == 1 ? 420.0f : 240.0f) / semitones, 3.0f, 11.0f);
        systemHeight = rowHeight * semitones;
        for (std::int64_t system = 0; system < systems; ++system)
            longestSystem =
                std::max(longestSystem, (systemEnd(system) - systemStart(system)).toDouble());
    }

    juce::Image paint()
    {
        const auto title = options.title.empty() ? music.title : options.title;
        const auto subtitle = options.subtitle.empty() ? describe() : options.subtitle;
        const bool legend = music.parts.size() > 1;
        const auto top = (title.empty() ? 0.0f : 26.0f) + 32.0f + (legend ? 22.0f : 0.0f) + 16.0f;
        const auto height = 40.0f + top + static_cast<float>(systems) * (systemHeight + systemGap) -
                            systemGap + 20.0f;
        Chart chart(options.width, height);
        chart.layOut({title, subtitle, "bar", "pitch"}, 26.0f, 0.0f);
        if (legend) {
            chart.reserveLegend();
            chart.drawLegendAbove(partNames());
        }
        const auto area = chart.plot();
        auto y = area.getY() + 16.0f;
        for (std::int64_t system = 0; system < systems; ++system) {
            const auto share = static_cast<float>(
                (systemEnd(system) - systemStart(system)).toDouble() / longestSystem);
            drawSystem(chart, system, {area.getX(), y, area.getWidth() * share, systemHeight});
            y += systemHeight + systemGap;
        }
        return chart.image();
    }

private:
    std::int64_t usualBars() const
    {
        // Long pieces get longer systems, so that the sheet stays below forty of them.
        return std::max<std::int64_t>(bars <= 4 ? bars : 8, (bars + 39) / 40);
    }

    void findPitches()
    {
        lowest = 127;
        highest = 0;
        for (const auto& part : music.parts)
            for (const auto& note : part.notes) {
                lowest = std::min(lowest, note.pitch);
                highest = std::max(highest, note.pitch);
            }
        if (lowest > highest) {
            lowest = 55;
            highest = 67;
        }
        while (highest - lowest < 12) {
            --lowest;
            ++highest;
        }
        lowest = std::max(0, lowest - 1);
        highest = std::min(127, highest + 1);
    }

    std::string describe() const
    {
        const auto first = grid.at(Quarters(0));
        auto text = plural(bars, "bar") + " of " + std::to_string(first.numerator) + "/" +
                    std::to_string(first.denominator);
        if (music.metres.size() > 1)
            text += " and other metres";
        const auto tempo = music.tempos.empty() || Quarters(0) < music.tempos.front().at
                               ? 500000
                               : music.tempos.front().microsecondsPerQuarter;
        text += ", quarter = " + std::to_string(std::lround(60e6 / tempo));
        text += ", " + plural(static_cast<std::int64_t>(music.noteCount()), "note");
        if (music.parts.size() == 1 && !music.parts[0].name.empty())
            text += ", " + music.parts[0].name;
        return text;
    }

    std::vector<LegendEntry> partNames() const
    {
        std::vector<LegendEntry> entries;
        for (std::size_t i = 0; i < music.parts.size(); ++i)
            entries.push_back({music.parts[i].name.empty() ? "part " + std::to_string(i + 1)
                                                           : music.parts[i].name,
                               seriesColour(static_cast<int>(i))});
        return entries;
    }

    Quarters systemStart(std::int64_t system) const
    {
        return grid.barStart(system * barsPerSystem);
    }
    Quarters systemEnd(std::int64_t system) const
    {
        return grid.barStart(std::min(bars, (system + 1) * barsPerSystem));
    }

    float rowTop(const juce::Rectangle<float>& area, int pitch) const
    {
        return area.getY() + rowHeight * static_cast<float>(highest - pitch);
    }

    void drawSystem(Chart& chart, std::int64_t system, const juce::Rectangle<float>& area)
    {
        const auto start = systemStart(system);
        const auto end = systemEnd(system);
        const auto pointsPerQuarter =
            area.getWidth() / static_cast<float>((end - start).toDouble());
        drawKeys(chart, area);
        drawBars(chart, system, area, pointsPerQuarter);
        for (std::size_t part = 0; part < music.parts.size(); ++part)
            for (const auto& note : music.parts[part].notes) {
                if (!(note.onset < end))
                    break;
                if (start < note.end())
                    drawNote(chart, note, seriesColour(static_cast<int>(part)), area, start,
                             pointsPerQuarter);
            }
        chart.graphics().setColour(colours::frame);
        chart.graphics().drawRect(area.expanded(0.5f), 1.0f);
    }

    void drawKeys(Chart& chart, const juce::Rectangle<float>& area)
    {
        auto& graphics = chart.graphics();
        const auto font = textFont(12.0f);
        for (int pitch = lowest; pitch <= highest; ++pitch) {
            const juce::Rectangle<float> row(area.getX(), rowTop(area, pitch), area.getWidth(),
                                             rowHeight);
            graphics.setColour(colours::faintGrid);
            if (isBlackKey(pitch) && rowHeight >= 4.0f)
                graphics.fillRect(row);
            const bool octave = pitch % 12 == 0;
            if (octave) {
                graphics.setColour(colours::frame);
                graphics.fillRect(row.getX(), row.getBottom() - 0.5f, row.getWidth(), 1.0f);
            }
            if (octave || (pitch % 12 == 7 && rowHeight >= 3.0f))
                chart.drawText(octave ? boldFont(12.0f) : font,
                               octave ? colours::ink : colours::quietInk,
                               utf8(score::readablePitchName(pitch)),
                               {row.getX() - 46.0f, row.getCentreY() - 8.0f, 40.0f, 16.0f},
                               juce::Justification::centredRight);
        }
    }

    void drawBars(Chart& chart, std::int64_t system, const juce::Rectangle<float>& area,
                  float pointsPerQuarter)
    {
        auto& graphics = chart.graphics();
        const auto firstBar = system * barsPerSystem;
        const auto lastBar = std::min(bars, firstBar + barsPerSystem);
        const auto start = systemStart(system);
        const auto shown =
            labelStep(static_cast<int>(barsPerSystem), static_cast<int>(options.width / 40.0f));
        for (auto bar = firstBar; bar < lastBar; ++bar) {
            const auto barStart = grid.barStart(bar);
            const auto position = grid.at(barStart);
            const auto x = [&](const Quarters& time) {
                return area.getX() +
                       static_cast<float>((time - start).toDouble()) * pointsPerQuarter;
            };
            const Quarters beat(4, position.denominator);
            const auto nextBar = grid.barStart(bar + 1);
            graphics.setColour(colours::grid);
            if (static_cast<float>(beat.toDouble()) * pointsPerQuarter >= 14.0f)
                for (auto time = barStart + beat; time < nextBar; time += beat)
                    graphics.fillRect(x(time) - 0.5f, area.getY(), 1.0f, area.getHeight());
            graphics.setColour(colours::frame.darker(0.2f));
            graphics.fillRect(x(barStart) - 0.5f, area.getY(), 1.0f, area.getHeight());
            if ((bar - firstBar) % shown == 0)
                chart.drawText(textFont(12.0f), colours::quietInk, juce::String(bar + 1),
                               {x(barStart) + 2.0f, area.getY() - 16.0f, 60.0f, 14.0f},
                               juce::Justification::centredLeft);
        }
    }

    void drawNote(Chart& chart, const score::Note& note, juce::Colour colour,
                  const juce::Rectangle<float>& area, const Quarters& start, float pointsPerQuarter)
    {
        const auto from = std::max(
            area.getX(),
            area.getX() + static_cast<float>((note.onset - start).toDouble()) * pointsPerQuarter);
        const auto until = std::min(
            area.getRight(),
            area.getX() + static_cast<float>((note.end() - start).toDouble()) * pointsPerQuarter);
        const auto loudness = 0.45f + 0.55f * static_cast<float>(note.velocity) / 127.0f;
        const auto fill = colours::paper.interpolatedWith(colour, loudness);
        const auto gap = rowHeight >= 5.0f ? 0.5f : 0.0f;
        const juce::Rectangle<float> body(from + 0.5f, rowTop(area, note.pitch) + gap,
                                          std::max(1.0f, until - from - 1.0f),
                                          rowHeight - 2.0f * gap);
        auto& graphics = chart.graphics();
        const auto corner = std::min(2.0f, std::min(body.getWidth(), body.getHeight()) / 3.0f);
        graphics.setColour(fill);
        graphics.fillRoundedRectangle(body, corner);
        if (rowHeight >= 5.0f && body.getWidth() >= 4.0f) {
            graphics.setColour(colour.darker(0.35f));
            graphics.drawRoundedRectangle(body.reduced(0.25f), corner, 0.5f);
        }
    }

    static constexpr float systemGap = 30.0f;
    const score::Score& music;
    const PianoRollOptions& options;
    score::BarGrid grid;
    std::int64_t bars = 1;
    std::int64_t barsPerSystem = 8;
    std::int64_t systems = 1;
    int lowest = 48;
    int highest = 72;
    float rowHeight = 8;
    float systemHeight = 200;
    double longestSystem = 1;
};

} // namespace

juce::Image pianoRoll(const score::Score& score, const PianoRollOptions& options)
{
    return PianoRollPainter(score, options).paint();
}

} // namespace organum::picture
