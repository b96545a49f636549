// Registry entries "wrodl-histogram", "wrodl-naive-bayes" and "planet-pixel" (sections 1.2 to 1.5).
// They are fitted by counting once, so they have no loop, and nothing of a run can be half done.

#include "Score/AtomicFile.h"
#include "Training/Data/Sha256.h"
#include "Training/Data/Split.h"
#include "Training/Loop/CsvLog.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"
#include "Training/Recipe.h"
#include "Training/Registry.h"
#include "Training/Report/Pictures.h"
#include "Training/Run/Provenance.h"
#include "Training/Run/RunFolder.h"
#include "Training/Wrodl/WrodlModel.h"
#include "Training/Wrodl/WrodlPictures.h"
#include "Training/Wrodl/WrodlReport.h"

#include <cmath>
#include <stdexcept>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

constexpr std::uint64_t sampled = 10; ///< as many as the book shows

/** What a fit came to. */
struct Fitted
{
    WrodlModel model;
    double nats = 0.0; ///< ln p, mean over the fifty
    std::string parameters;
};

struct WrodlRecipe : Recipe
{
    Fitted (*fit)(const Settings& settings) = nullptr;
};

Fitted fitHistogram(const Settings& settings)
{
    Fitted fitted;
    fitted.model.histogram.emplace(inhabitants(), settings.number("pseudo_count"));
    fitted.nats = meanLogLikelihood(*fitted.model.histogram, inhabitants());
    fitted.parameters = std::to_string(StyleHistogram::parameters);
    return fitted;
}

Fitted fitBayes(const Settings&)
{
    Fitted fitted;
    fitted.model.bayes.emplace(inhabitants());
    fitted.nats = meanLogLikelihood(*fitted.model.bayes, inhabitants());
    fitted.parameters = std::to_string(NaiveBayesStyles::parameters);
    return fitted;
}

Fitted fitPixels(const Settings&)
{
    const auto portraits = drawPortraits(inhabitants());
    Fitted fitted;
    fitted.model.palette = commonestColours(portraits);
    std::vector<IndexedPicture> pictures;
    for (const auto& portrait : portraits)
        pictures.push_back(indexed(portrait, fitted.model.palette));
    fitted.model.pixels.emplace(pictures);
    for (const auto& picture : pictures)
        for (int pixel = 0; pixel < picturePixels; ++pixel)
            fitted.nats += std::log(fitted.model.pixels->share(
                               pixel, picture[static_cast<std::size_t>(pixel)])) /
                           static_cast<double>(pictures.size());
    fitted.parameters = std::to_string(PixelModel::parameters);
    return fitted;
}

const Setting onePass{"epochs", "1", "counting needs one pass"};

std::vector<WrodlRecipe> recipesOf(const std::string& name)
{
    if (name == histogramName)
        return {{{"book",
                  "a chance for every combination: its share of the fifty",
                  {onePass, {"pseudo_count", "0", "added to the count of every combination"}}},
                 fitHistogram},
                {{"smoothed",
                  "one more of every combination (additive smoothing), so that all are possible",
                  {onePass, {"pseudo_count", "1", "added to the count of every combination"}}},
                 fitHistogram}};
    if (name == naiveBayesName)
        return {{{"book", "the product of the features' shares", {onePass}}, fitBayes}};
    return {{{"book", "the share of each colour at each pixel", {onePass}}, fitPixels}};
}

/** The fifty as text, for the record. */
std::string inhabitantsText()
{
    std::string text;
    for (const auto& style : inhabitants())
        text += describe(style) + "\n";
    return text;
}

/** Ten draws, as text and, where this build draws, as a picture. */
void writeSamples(const WrodlModel& model, const TrainOptions& options)
{
    const auto folder = options.run / "samples";
    if (!model.pixels) {
        std::string text;
        for (const auto& style : drawStyles(model, options.seed, sampled))
            text += describe(style) + "\n";
        score::writeFileAtomically(folder / "styles.txt", text.data(), text.size(),
                                   "the sampled styles");
    }
    if (canDraw())
        drawSamples(folder / "styles.png", model, options.seed, sampled, 5);
}

TrainResult trainWrodl(const TrainOptions& given, Progress& progress)
{
    if (!given.resume && !given.data.empty())
        throw OptionError("The fifty inhabitants of planet Wrodl are built in. Leave "
                          "--data out.");
    if (!given.resume && !given.split.empty())
        throw OptionError("All fifty inhabitants are learnt from. Leave --split out.");
    auto options = completed(given);
    const auto recipes = recipesOf(options.what);
    const auto& recipe = findRecipe(recipes, options.recipe);
    options.recipe = recipe.name;
    const auto settings = chosenSettings(recipe, options);
    settings.integer("epochs", 1, 1);
    if (!given.resume && given.parts != TrainOptions().parts)
        throw OptionError("The inhabitants of planet Wrodl have no parts. Leave --parts out.");
    if (!given.resume && given.device == "cuda")
        throw OptionError("Counting needs no CUDA device. Leave --device out.");
    options.device = "cpu";

    TrainResult result;
    result.bundle = bundleOf(options);
    result.epochs = result.bestEpoch = 1;
    auto fitted = recipe.fit(settings);
    std::error_code error;
    if (options.resume && fs::exists(result.bundle, error)) {
        progress.message("This run is complete: counting has no more than one pass.");
        return result;
    }
    progress.message("Counting the fifty inhabitants; " + fitted.parameters + " free parameters.");
    fitted.model.name = options.name;

    Split split;
    for (std::size_t i = 1; i <= inhabitants().size(); ++i)
        split.train.push_back("wrodl/" + std::to_string(i));
    const auto open = openRun(options, settings.values(), 1, split.toJson());
    const auto text = inhabitantsText();
    auto provenance =
        provenanceOf(options, settings.values(),
                     {{"inhabitants", sha256(text.data(), text.size())}}, split.toJson());
    provenance["epoch"] = provenance["epochs"] = 1;
    provenance["metrics"]["train"]["log_likelihood"] = fitted.nats;
    CsvLog(options.run / "log.csv", 0).add({{"epoch", 1.0}, {"log_likelihood", fitted.nats}});
    writeSamples(fitted.model, options);
    // Last: a run with a bundle is complete.
    auto bundle = bundleOf(fitted.model);
    bundle.metadata.provenance = recordText(provenance);
    bundle::writeBundle(result.bundle, bundle);
    return result;
}

void sampleWrodl(const SampleOptions& options, Progress&)
{
    const auto model = readWrodlModel(options.model);
    if (!canDraw())
        throw std::runtime_error("This build of Organum has no graphics, so it cannot draw "
                                 "samples.");
    drawSamples(options.output, model, options.seed, static_cast<std::uint64_t>(options.count), 10);
}

Entry wrodlEntry(const std::string& name, const std::string& title, const std::string& section,
                 const std::string& size)
{
    Entry entry;
    entry.listed.name = name;
    entry.listed.title = title;
    entry.listed.bookSection = section;
    entry.listed.size = size;
    entry.listed.example = "organum train " + name + " --run runs/" + name;
    for (const auto& recipe : recipesOf(name))
        describeRecipe(recipe, entry.listed);
    entry.train = trainWrodl;
    entry.report = reportWrodl;
    entry.sample = sampleWrodl;
    return entry;
}

} // namespace

Entry wrodlHistogramEntry()
{
    return wrodlEntry(histogramName, "Fashion of planet Wrodl: a chance for every combination",
                      "1.2 and 1.3", "4,031 parameters");
}

Entry wrodlNaiveBayesEntry()
{
    return wrodlEntry(naiveBayesName, "Fashion of planet Wrodl: independent features", "1.4",
                      "23 parameters");
}

Entry planetPixelEntry()
{
    return wrodlEntry(pixelName, "Portraits of planet Wrodl: independent pixels, which fail", "1.5",
                      "261,120 parameters");
}

} // namespace organum::training
