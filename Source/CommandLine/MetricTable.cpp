#include "CommandLine/MetricTable.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <set>
#include <sstream>

namespace organum::commandline
{
namespace
{

constexpr int labelWidth = 40;
constexpr int valueWidth = 17;
constexpr int ratioWidth = 8;

/** How many characters a reader sees. */
std::size_t lengthOf(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

std::string padded(const std::string& text, int width, bool toRight)
{
    const auto length = static_cast<int>(lengthOf(text));
    const std::string space(static_cast<std::size_t>(std::max(0, width - length)), ' ');
    return toRight ? space + text : text + space;
}

std::string shortened(const std::string& text, std::size_t most)
{
    if (lengthOf(text) <= most)
        return text;
    std::string start;
    std::size_t characters = 0;
    for (const char c : text) {
        characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
        if (characters >= most)
            break;
        start += c;
    }
    return start + "…";
}

std::string valueText(const analysis::Figure* figure)
{
    if (figure == nullptr || !std::isfinite(figure->value))
        return "–";
    auto text = numberText(figure->value, figure->decimals);
    if (figure->deviation && std::isfinite(*figure->deviation))
        text += " ± " + numberText(*figure->deviation, figure->decimals);
    return text;
}

std::string counted(double number, const std::string& thing)
{
    std::ostringstream text;
    text << number << ' ' << thing << (number == 1 ? "" : "s");
    return text.str();
}

std::string describe(const std::string& role, const MeasuredSet& measured, int cutBars)
{
    const auto& measures = measured.measures;
    std::ostringstream text;
    text << role << ": " << measured.set.name << ", "
         << counted(static_cast<double>(measures.pieces), "piece") << ", "
         << counted(measures.barCount, "bar") << ", " << counted(measures.voices, "voice") << "; "
         << measured.set.onsets << ".\n";
    if (cutBars > 0 && measured.barsLeftOut > 0)
        text << "  Cutting left out " << counted(measured.barsLeftOut, "bar") << ", those of "
             << counted(static_cast<double>(measured.tooShort), "shorter piece")
             << " among them.\n";
    return text.str();
}

std::string rowLabel(const analysis::Figure& row, bool alone)
{
    if (!alone)
        return "  " + row.item;
    return row.title + (row.item.empty() ? "" : ", " + row.item) +
           (row.unit.empty() ? "" : " (" + row.unit + ")");
}

std::string copyText(const Comparison& comparison, const MeasuredSet& measured)
{
    const auto& copies = measured.measures.copies;
    if (!copies || copies->longest.steps == 0)
        return {};
    const auto& copy = copies->longest;
    const auto& piece = measured.set.pieces.at(copies->piece);
    const auto& source = comparison.searched.at(copy.piece);
    std::ostringstream text;
    text << "Longest copied span of " << measured.set.name << ": " << copy.steps << " steps, "
         << piece.name << " from bar "
         << copy.begin / static_cast<std::size_t>(piece.stepsPerBar) + 1 << ", which is "
         << source.name << " from bar "
         << copy.pieceBegin / static_cast<std::size_t>(source.stepsPerBar) + 1;
    if (copy.shift != 0)
        text << ", " << counted(std::abs(copy.shift), "semitone")
             << (copy.shift > 0 ? " higher" : " lower");
    text << ".\n";
    return text.str();
}

nlohmann::json numberOrNull(double value)
{
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

/** Stores a value under its key, or under its key and item. */
void put(nlohmann::json& object, const analysis::Figure& figure, const nlohmann::json& value)
{
    if (figure.item.empty())
        object[figure.key] = value;
    else
        object[figure.key][figure.item] = value;
}

nlohmann::json setJson(const Comparison& comparison, const MeasuredSet& measured, bool isReference)
{
    const auto& measures = measured.measures;
    nlohmann::json json{{"name", measured.set.name},
                        {"pieces", measures.pieces},
                        {"bars", measures.barCount},
                        {"steps", measures.steps},
                        {"voices", measures.voices},
                        {"notes", measures.lengths.notes},
                        {"onsets", measured.set.onsets},
                        {"too_short", measured.tooShort},
                        {"bars_left_out", measured.barsLeftOut},
                        {"warnings", measured.set.warnings},
                        {"metrics", nlohmann::json::object()},
                        {"deviations", nlohmann::json::object()}};
    if (measured.set.ownChoiceShare >= 0)
        json["own_choice_percent"] = 100.0 * measured.set.ownChoiceShare;
    for (const auto& figure : measured.figures) {
        put(json["metrics"], figure, numberOrNull(figure.value));
        if (figure.deviation)
            put(json["deviations"], figure, numberOrNull(*figure.deviation));
    }
    if (measures.copies && measures.copies->longest.steps > 0) {
        const auto& copy = measures.copies->longest;
        json["longest_copy"] = {{"steps", copy.steps},
                                {"piece", measured.set.pieces.at(measures.copies->piece).name},
                                {"step", copy.begin},
                                {"source_piece", comparison.searched.at(copy.piece).name},
                                {"source_step", copy.pieceBegin},
                                {"semitones", copy.shift}};
    }
    if (isReference || !comparison.reference)
        return json;
    json["ratios"] = nlohmann::json::object();
    for (const auto& figure : measured.figures) {
        const auto ratio = ratioTo(comparison, figure);
        put(json["ratios"], figure, ratio ? nlohmann::json(*ratio) : nlohmann::json());
    }
    return json;
}

} // namespace

const analysis::Figure* findFigure(const MeasuredSet& set, const std::string& key,
                                   const std::string& item)
{
    const auto found = std::find_if(set.figures.begin(), set.figures.end(),
                                    [&](const auto& f) { return f.key == key && f.item == item; });
    return found != set.figures.end() ? &*found : nullptr;
}

std::optional<double> ratioTo(const Comparison& comparison, const analysis::Figure& figure)
{
    if (!comparison.reference || figure.isTotal)
        return {};
    const auto* reference = findFigure(*comparison.reference, figure.key, figure.item);
    if (reference == nullptr)
        return {};
    const auto ratio = analysis::ratioOrNothing(figure.value, reference->value);
    return std::isfinite(ratio) ? std::optional<double>(ratio) : std::nullopt;
}

std::vector<analysis::Figure> rowsOf(const Comparison& comparison)
{
    std::vector<analysis::Figure> rows;
    const auto add = [&rows](const MeasuredSet& set) {
        for (const auto& figure : set.figures) {
            const auto sameKey = [&](const auto& row) { return row.key == figure.key; };
            const bool known = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
                return sameKey(row) && row.item == figure.item;
            });
            if (known)
                continue;
            // After the other items of its key, so that they stay together.
            const auto last = std::find_if(rows.rbegin(), rows.rend(), sameKey);
            rows.insert(last != rows.rend() ? last.base() : rows.end(), figure);
        }
    };
    if (comparison.reference)
        add(*comparison.reference);
    for (const auto& set : comparison.sets)
        add(set);
    return rows;
}

std::string numberText(double value, int decimals)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(decimals) << (value == 0.0 ? 0.0 : value);
    return text.str();
}

std::string tableText(const Comparison& comparison)
{
    const auto& reference = comparison.reference;
    std::string text;
    if (reference)
        text += describe("Reference", *reference, comparison.cutBars);
    for (const auto& set : comparison.sets)
        text += describe("Measured", set, comparison.cutBars);
    if (comparison.cutBars > 0)
        text += "Pieces are cut into " + std::to_string(comparison.cutBars) +
                (comparison.cutBars == 1 ? " bar.\n" : " bars.\n");

    text += "\n" + padded("", labelWidth, false);
    if (reference)
        text += padded("reference", valueWidth, true);
    for (const auto& set : comparison.sets) {
        text += padded(shortened(set.set.name, valueWidth - 2), valueWidth, true);
        text += reference ? padded("ratio", ratioWidth, true) : "";
    }
    text += '\n';
    const auto rows = rowsOf(comparison);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& row = rows[r];
        const bool first = r == 0 || rows[r - 1].key != row.key;
        const bool alone = first && (r + 1 == rows.size() || rows[r + 1].key != row.key);
        if (first && !alone)
            text += row.title + (row.unit.empty() ? "" : " (" + row.unit + ")") + "\n";
        text += padded(rowLabel(row, alone), labelWidth, false);
        if (reference)
            text += padded(valueText(findFigure(*reference, row.key, row.item)), valueWidth, true);
        for (const auto& set : comparison.sets) {
            const auto* figure = findFigure(set, row.key, row.item);
            text += padded(valueText(figure), valueWidth, true);
            if (!reference)
                continue;
            const auto ratio = figure != nullptr ? ratioTo(comparison, *figure) : std::nullopt;
            text += padded(ratio ? numberText(*ratio, 2) : "–", ratioWidth, true);
        }
        text += '\n';
    }
    for (const auto& set : comparison.sets) {
        if (set.set.ownChoiceShare >= 0)
            text += "\nCells of " + set.set.name + " that play the network's own first choice: " +
                    numberText(100.0 * set.set.ownChoiceShare, 1) + " %.\n";
        text += copyText(comparison, set);
    }
    return text;
}

nlohmann::json toJson(const Comparison& comparison)
{
    nlohmann::json sets = nlohmann::json::array();
    for (const auto& set : comparison.sets)
        sets.push_back(setJson(comparison, set, false));
    return {{"cut_bars",
             comparison.cutBars > 0 ? nlohmann::json(comparison.cutBars) : nlohmann::json()},
            {"reference", comparison.reference ? setJson(comparison, *comparison.reference, true)
                                               : nlohmann::json()},
            {"sets", sets}};
}

} // namespace organum::commandline
