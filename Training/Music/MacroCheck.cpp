#include "Training/Music/MacroCheck.h"

#include "Training/Loop/Progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace organum::training
{
namespace
{

constexpr std::array<double, engine::Macro::positions> places = {-1.0, -0.5, 0.0, 0.5, 1.0};
constexpr std::size_t middle = 2;
constexpr int rounds = 4;
constexpr double narrower = 0.7;

/** Mean of the differences piece by piece, over its standard error. */
double riseOf(const std::vector<double>& before, const std::vector<double>& after)
{
    std::vector<double> rises;
    for (std::size_t i = 0; i < before.size(); ++i)
        if (!std::isnan(before[i]) && !std::isnan(after[i]))
            rises.push_back(after[i] - before[i]);
    if (rises.size() < 2)
        return 0.0;
    const auto average = analysis::averageOf(rises);
    const auto error = average.deviation / std::sqrt(static_cast<double>(rises.size()) - 1.0);
    return error > 0.0 ? average.mean / error : 0.0;
}

std::string numberText(double value, int decimals)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

struct Round
{
    const MacroRecipe& recipe;
    const std::vector<std::uint64_t>& seeds;
    const analysis::Pieces& plain;
};

void check(CandidateMacro& candidate, std::size_t index, const engine::Model& model,
           const Round& round)
{
    const auto& statistic = *candidate.statistic;
    std::vector<double> before, first;
    candidate.leastRise = std::numeric_limits<double>::infinity();
    for (std::size_t place = 0; place < places.size(); ++place) {
        MacroValues values{};
        values[index] = places[place];
        const auto pieces = place == middle
                                ? round.plain
                                : compose(model, round.seeds, round.recipe.checkBars, values);
        candidate.measured[place] = measuredOver(statistic, pieces);
        const auto now = measuredEach(statistic, pieces);
        if (place > 0)
            candidate.leastRise = std::min(candidate.leastRise, riseOf(before, now));
        if (place == 0)
            first = now;
        candidate.wholeRise = riseOf(first, now);
        before = now;
        if (place % 2 == 0)
            candidate.sound[place / 2] = Soundness::of(pieces);
    }
    auto& macro = candidate.macro;
    candidate.passed = candidate.leastRise > round.recipe.margin;
    for (std::size_t place = 0; place < places.size(); ++place) {
        macro.means[place] = candidate.measured[place].mean;
        candidate.passed =
            candidate.passed && (place == 0 || macro.means[place] > macro.means[place - 1]);
    }
    const auto at = [&](std::size_t place) {
        return numberText(candidate.measured[place].mean, statistic.decimals);
    };
    macro.meaning = statistic.meaning + ": " + at(0) + " at -1, " + at(middle) + " at 0, " +
                    at(places.size() - 1) + " at 1";
}

bool isSound(const CandidateMacro& candidate)
{
    const auto& plain = candidate.sound[1];
    return candidate.sound[0].holdsBeside(plain) && candidate.sound[2].holdsBeside(plain);
}

void narrow(engine::Macro& macro)
{
    for (auto& vector : macro.direction)
        for (auto& number : vector)
            number *= static_cast<float>(narrower);
}

} // namespace

nlohmann::ordered_json CandidateMacro::record() const
{
    using Json = nlohmann::ordered_json;
    Json means = Json::array(), errors = Json::array();
    for (const auto& place : measured) {
        means.push_back(place.mean);
        errors.push_back(place.error);
    }
    const auto soundness = [](const Soundness& found) {
        return Json{{"scale_consistency", found.scaleConsistency},
                    {"empty_bars", found.emptyPercent},
                    {"parallels_per_100_bars", found.parallels}};
    };
    return {
        {"name", macro.name},
        {"statistic", statistic->figure},
        {"kept", passed},
        {"vectors", vectors},
        {"length", length},
        {"deviation", spread},
        {"means", means},
        {"standard_errors", errors},
        {"least_rise_over_error", leastRise},
        {"soundness",
         {{"-1", soundness(sound[0])}, {"0", soundness(sound[1])}, {"1", soundness(sound[2])}}}};
}

void checkMacros(std::vector<CandidateMacro>& candidates, const ModelOfMacros& modelOf,
                 const MacroRecipe& recipe, std::uint64_t seed, Progress& progress)
{
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        open.push_back(i);
    for (int number = 0; number < rounds && !open.empty(); ++number) {
        std::vector<engine::Macro> macros;
        for (const auto& candidate : candidates)
            macros.push_back(candidate.macro);
        for (auto& macro : macros)
            macro.means = places; // they only have to rise
        const auto model = modelOf(macros);
        const auto seeds = macroSeeds("check " + std::to_string(number + 1), seed, recipe.checks);
        const auto plain = compose(*model, seeds, recipe.checkBars);
        std::vector<std::size_t> again;
        double done = 0;
        for (const auto i : open) {
            auto& candidate = candidates[i];
            check(candidate, i, *model, {recipe, seeds, plain});
            progress.message(candidate.macro.name + ": " + candidate.macro.meaning +
                             "; least rise " + numberText(candidate.leastRise, 1) +
                             " standard errors; scale consistency " +
                             numberText(candidate.sound[0].scaleConsistency, 3) + " and " +
                             numberText(candidate.sound[2].scaleConsistency, 3) + " at the ends, " +
                             numberText(candidate.sound[1].scaleConsistency, 3) + " between.");
            progress.advance("macros", ++done, static_cast<double>(open.size()), "checks",
                             candidate.macro.name);
            candidate.passed = candidate.passed && isSound(candidate);
            const bool hopeless = candidate.wholeRise <= recipe.margin;
            if (candidate.passed || hopeless || number + 1 == rounds)
                continue;
            narrow(candidate.macro);
            candidate.length *= narrower;
            again.push_back(i);
        }
        open = again;
    }
}

} // namespace organum::training
