#include "Training/Music/MacroSearch.h"

#include "Engine/Latents.h"
#include "Engine/ModelLoader.h"
#include "Engine/Voices/ConditionalMuseGanNetwork.h"
#include "Engine/Voices/VoiceMacros.h"
#include "Engine/organum_engine.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/MacroCheck.h"
#include "Training/Music/MacroStatistics.h"
#include "Training/Run/Provenance.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace organum::training
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr std::size_t vectors = engine::VoiceWishes::latentCount;

bool changesWithTheBar(std::size_t vector)
{
    return vector == ORGANUM_LATENT_CHORDS ||
           (vector >= ORGANUM_LATENT_MELODY && vector < ORGANUM_LATENT_GROOVE);
}

/** Without macros. */
bundle::Bundle plainOf(bundle::Bundle bundle)
{
    auto options = engine::ConditionalMuseGanOptions::fromJson(bundle.metadata.config);
    options.macros.clear();
    bundle.metadata.config = options.toJson();
    bundle.tensors.erase(engine::macroTensorName);
    return bundle;
}

bundle::Bundle holding(bundle::Bundle bundle, const std::vector<engine::Macro>& macros)
{
    auto options = engine::ConditionalMuseGanOptions::fromJson(bundle.metadata.config);
    options.macros = macros;
    bundle.metadata.config = options.toJson();
    bundle.tensors.erase(engine::macroTensorName);
    if (!macros.empty())
        bundle.tensors[engine::macroTensorName] =
            engine::macroTensor(macros, static_cast<std::size_t>(options.noise));
    return bundle;
}

/** Bars as observations: what their vectors were and what came of it. */
struct Observations
{
    torch::Tensor noise;                     ///< [N, vectors * numbers], double
    std::vector<torch::Tensor> values;       ///< of each statistic [N], less the group's mean
    std::vector<MeasuredStatistic> ofPieces; ///< of each statistic
    std::int64_t firstHalf = 0;              ///< rows that make up half of the pieces
};

class Search
{
public:
    Search(bundle::Bundle bundleIn, const MacroRecipe& recipeIn, std::uint64_t seedIn,
           Progress& progressIn)
        : bundle(plainOf(std::move(bundleIn)))
        , options(engine::ConditionalMuseGanOptions::fromJson(bundle.metadata.config))
        , recipe(recipeIn)
        , seed(seedIn)
        , progress(progressIn)
    {
    }

    bundle::Bundle run();

private:
    Observations observe();
    /** Numbers of all vectors, as long as 1; only those that stay constant if asked. */
    torch::Tensor direction(const Observations& seen, std::size_t statistic, bool constant) const;
    torch::Tensor regression(const torch::Tensor& noise, const torch::Tensor& values) const;
    engine::Macro macroOf(const MacroStatistic& statistic, const torch::Tensor& direction) const;
    /** How far -1 and 1 lie from the middle, in standard deviations of the statistic. */
    struct Effect
    {
        double below = 0, above = 0;
        double least() const { return std::min(below, above); }
        double mean() const { return (below + above) / 2.0; }
    };
    Effect effectOf(std::size_t statistic, const torch::Tensor& moved,
                    const MeasuredStatistic& plain, double spread) const;
    std::vector<CandidateMacro> candidates(const Observations& seen);

    std::vector<std::uint64_t> pilotSeeds() const
    {
        return macroSeeds("pilot", seed, std::min(recipe.pilots, recipe.checks));
    }

    const bundle::Bundle bundle;
    const engine::ConditionalMuseGanOptions options;
    const MacroRecipe recipe;
    const std::uint64_t seed;
    Progress& progress;
};

Observations Search::observe()
{
    const auto& statistics = macroStatistics();
    const auto seeds = macroSeeds("find", seed, recipe.pieces);
    const auto model = engine::makeModel(bundle).model;
    const auto pieces = compose(*model, seeds, recipe.bars);
    const auto size = static_cast<std::size_t>(options.noise);
    const auto rows = static_cast<std::int64_t>(seeds.size()) * recipe.bars;

    Observations seen;
    seen.firstHalf = rows / recipe.bars / 2 * recipe.bars;
    std::vector<float> noise;
    // Bars are compared with those of the same key at the same place in a piece: what follows from
    // these is no doing of the vectors.
    std::vector<std::int64_t> groups;
    for (const auto pieceSeed : seeds) {
        engine::Request request;
        const engine::Latents latents(request.voices, pieceSeed);
        for (int bar = 0; bar < recipe.bars; ++bar) {
            groups.push_back(engine::keyOf(request, pieceSeed) * recipe.bars + bar);
            for (std::size_t v = 0; v < vectors; ++v) {
                const auto drawn =
                    latents.vector(static_cast<int>(v), changesWithTheBar(v) ? bar : 0, size);
                noise.insert(noise.end(), drawn.begin(), drawn.end());
            }
        }
    }
    seen.noise = torch::tensor(noise).view({rows, -1}).to(torch::kFloat64);

    const auto group = torch::tensor(groups);
    const auto bars = analysis::cutIntoBars(pieces, 1).pieces;
    for (const auto& statistic : statistics) {
        const auto raw = torch::tensor(measuredEach(statistic, bars), torch::kFloat64);
        const auto known = torch::isfinite(raw).to(torch::kFloat64);
        const auto values = torch::nan_to_num(raw);
        const auto zeros = torch::zeros({12 * recipe.bars}, torch::kFloat64);
        const auto mean =
            zeros.scatter_add(0, group, values) / zeros.scatter_add(0, group, known).clamp_min(1.0);
        seen.values.push_back((values - mean.index_select(0, group)) * known);
        seen.ofPieces.push_back(measuredOver(statistic, pieces));
    }
    return seen;
}

torch::Tensor Search::regression(const torch::Tensor& noise, const torch::Tensor& values) const
{
    const auto columns = noise.size(1);
    const auto penalty =
        torch::eye(columns, torch::kFloat64) * (recipe.ridge * static_cast<double>(noise.size(0)));
    return torch::linalg_solve(noise.t().matmul(noise) + penalty,
                               noise.t().matmul(values).unsqueeze(1))
        .squeeze(1);
}

torch::Tensor Search::direction(const Observations& seen, std::size_t statistic,
                                bool constant) const
{
    const auto& values = seen.values[statistic];
    const auto shape = [](const torch::Tensor& x) {
        return x.view({static_cast<std::int64_t>(vectors), -1});
    };
    auto found = shape(regression(seen.noise, values)).clone();
    // What two halves of the pieces do not agree on is chance: it is weighed down, vector by
    // vector.
    const auto half = seen.firstHalf;
    const auto one = shape(regression(seen.noise.slice(0, 0, half), values.slice(0, 0, half)));
    const auto other = shape(regression(seen.noise.slice(0, half), values.slice(0, half)));
    const auto agreement = torch::cosine_similarity(one, other, 1).clamp_min(0.0);
    found *= agreement.unsqueeze(1);
    for (std::size_t v = 0; v < vectors && constant; ++v)
        if (changesWithTheBar(v))
            found[static_cast<std::int64_t>(v)].zero_();
    return found / found.norm().clamp_min(1e-12);
}

engine::Macro Search::macroOf(const MacroStatistic& statistic, const torch::Tensor& direction) const
{
    engine::Macro macro;
    macro.name = statistic.name;
    macro.means = {-1.0, -0.5, 0.0, 0.5, 1.0}; // until they are measured
    const auto values = direction.to(torch::kFloat32).contiguous();
    for (std::size_t v = 0; v < vectors; ++v) {
        const auto* first = values.data_ptr<float>() + static_cast<std::int64_t>(v) * options.noise;
        macro.direction[v].assign(first, first + options.noise);
    }
    return macro;
}

Search::Effect Search::effectOf(std::size_t statistic, const torch::Tensor& moved,
                                const MeasuredStatistic& plain, double spread) const
{
    const auto& what = macroStatistics()[statistic];
    const auto model = engine::makeModel(holding(bundle, {macroOf(what, moved)})).model;
    const auto seeds = pilotSeeds();
    const auto at = [&](double value) {
        return measuredOver(what, compose(*model, seeds, recipe.bars, {value})).mean;
    };
    const auto scale = spread > 0.0 ? 1.0 / spread : 0.0;
    return {(plain.mean - at(-1.0)) * scale, (at(1.0) - plain.mean) * scale};
}

std::vector<CandidateMacro> Search::candidates(const Observations& seen)
{
    const auto& statistics = macroStatistics();
    const auto trial = 2.0 / 3.0 * recipe.longest;
    const auto plain = compose(*engine::makeModel(bundle).model, pilotSeeds(), recipe.bars);
    std::vector<CandidateMacro> found;
    for (std::size_t i = 0; i < statistics.size(); ++i) {
        const auto spread = seen.ofPieces[i].deviation;
        const auto middle = measuredOver(statistics[i], plain);
        auto way = direction(seen, i, true);
        auto effect = effectOf(i, way * trial, middle, spread);
        bool constant = effect.least() / trial * recipe.longest >= recipe.reach;
        if (!constant) {
            const auto ofAll = direction(seen, i, false);
            const auto effectOfAll = effectOf(i, ofAll * trial, middle, spread);
            constant = effect.least() >= effectOfAll.least();
            if (!constant) {
                way = ofAll;
                effect = effectOfAll;
            }
        }
        CandidateMacro candidate;
        candidate.length = effect.mean() > 0.0
                               ? std::min(recipe.longest, trial * recipe.reach / effect.mean())
                               : recipe.longest;
        candidate.statistic = &statistics[i];
        candidate.macro = macroOf(statistics[i], way * candidate.length);
        candidate.vectors = constant ? "style and groove" : "all";
        candidate.spread = spread;
        found.push_back(std::move(candidate));
        progress.advance("macros", static_cast<double>(i + 1),
                         static_cast<double>(statistics.size()), "directions", statistics[i].name);
    }
    return found;
}

bundle::Bundle Search::run()
{
    const auto& statistics = macroStatistics();
    progress.message("Looking for macros: composing " + std::to_string(recipe.pieces) +
                     " pieces of " + std::to_string(recipe.bars) + " bars.");
    auto tried = candidates(observe());
    static_assert(engine::VoiceWishes::macroCount >= 5, "one for each statistic");
    const auto modelOf = [this](const std::vector<engine::Macro>& macros) {
        return engine::makeModel(holding(bundle, macros)).model;
    };
    checkMacros(tried, modelOf, recipe, seed, progress);

    std::vector<engine::Macro> kept;
    auto list = Json::array();
    for (const auto& candidate : tried) {
        list.push_back(candidate.record());
        if (candidate.passed)
            kept.push_back(candidate.macro);
    }
    auto made = holding(bundle, kept);
    auto provenance = Json::parse(made.metadata.provenance);
    provenance["macros"] = {{"seed", seed},
                            {"found_from", {{"pieces", recipe.pieces}, {"bars", recipe.bars}}},
                            {"checked_on", {{"pieces", recipe.checks}, {"bars", recipe.checkBars}}},
                            {"tried", list}};
    made.metadata.provenance = recordText(provenance);
    progress.message("Macros: " + std::to_string(kept.size()) + " of " +
                     std::to_string(statistics.size()) + " directions do what they are named for.");
    return made;
}

} // namespace

bundle::Bundle withMacros(bundle::Bundle bundle, const MacroRecipe& recipe, std::uint64_t seed,
                          Progress& progress)
{
    if (bundle.metadata.kind != engine::ConditionalMuseGanNetwork::kind)
        throw std::invalid_argument("Macros are looked for in models of the kind \"" +
                                    std::string(engine::ConditionalMuseGanNetwork::kind) +
                                    "\"; this one is \"" + bundle.metadata.kind.substr(0, 40) +
                                    "\".");
    torch::NoGradGuard noGradients;
    return Search(std::move(bundle), recipe, seed, progress).run();
}

} // namespace organum::training
