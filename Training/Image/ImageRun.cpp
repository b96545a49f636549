#include "Training/Image/ImageRun.h"

#include "Engine/ModuleTensors.h"
#include "Training/Data/DataError.h"
#include "Training/Data/JsonText.h"
#include "Training/Device.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/ImageIdentity.h"
#include "Training/Loop/Loop.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"
#include "Training/Random.h"
#include "Training/Run/Provenance.h"
#include "Training/Run/RunFolder.h"

#include <cstdio>
#include <stdexcept>

namespace organum::training
{
namespace fs = std::filesystem;

namespace
{

constexpr std::int64_t mostSide = 4096;

ImageFacts factsOf(const ImageData& data)
{
    return {data.train.channels(), data.train.height(), data.train.width(), data.train.classNames};
}

/** Some names, at most ten. */
std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 10; ++i)
        text += (i > 0 ? ", " : "") + names[i];
    return names.empty() ? "none" : text + (names.size() > 10 ? " ..." : "");
}

/** Adversaries of earlier versions put images aside that chose nothing. What such a run has learnt
    from stays what it was. `split`: as in split.json. */
bool putAside(const nlohmann::json& split)
{
    return split.is_object() && fieldOr(split, "validation", std::int64_t{0}) > 0;
}

FileHashes filesOf(const nlohmann::json& provenance)
{
    FileHashes files;
    if (provenance.contains("data") && provenance["data"].contains("files"))
        for (const auto& file : provenance["data"]["files"])
            files.emplace_back(fieldOr(file, "name", std::string()),
                               fieldOr(file, "sha256", std::string()));
    return files;
}

/** What a run's bundle says; nothing when there is none that can be read. */
FileHashes filesLearntFrom(const fs::path& bundleFile)
{
    try {
        return filesOf(parseJson(bundle::readMetadata(bundleFile).provenance));
    } catch (const std::exception&) {
        return {};
    }
}

/** What only composers take notice of. */
void refuseOptionsForMusic(const EvaluateOptions& options)
{
    const auto refuse = [](const std::string& what, const std::string& option) {
        throw OptionError("Images have no " + what + ". Leave " + option + " out.");
    };
    if (!options.parts.empty())
        refuse("parts", "--parts");
    if (!options.baselines)
        refuse("counting models beside them", "--no-baselines");
    if (options.bootstrapDraws != EvaluateOptions().bootstrapDraws)
        refuse("intervals", "--bootstrap");
}

TrainResult trainImages(const ImageModel& model, const TrainOptions& given, Progress& progress)
{
    if (!given.split.empty() && !given.resume)
        throw OptionError("Image sets are divided as they come, or by the seed. Leave --split "
                          "out.");
    if (given.parts != TrainOptions().parts && !given.resume)
        throw OptionError("Images have no parts. Leave --parts out.");
    auto options = completed(given);
    const auto& recipe = findRecipe(model.recipes, options.recipe);
    options.recipe = recipe.name;
    const auto settings = chosenSettings(recipe, options);
    const auto device = chooseDevice(options.device, options.threads);
    options.device = device.str(); // "auto" may mean another one when the run goes on
    auto request = model.request(settings);
    request.seed = options.seed;
    if (options.resume)
        request.validation |= putAside(readSplitRecord(options.run));
    const auto data = readImageData(options.data, request, progress);
    if (options.resume)
        refuseOtherImages(options.run, options.data, data, filesLearntFrom(bundleOf(options)));
    const ImageRecord record(options, settings.values(), data);

    torch::manual_seed(randomBits("weights", options.seed));
    const auto objective = model.objective({options, settings, data, record, device, progress});

    LoopSettings loop;
    loop.run = options.run;
    loop.seed = options.seed;
    loop.epochs = settings.integer("epochs");
    loop.watched = model.watched;
    loop.maxMinutes = options.maxMinutes;
    loop.name = options.what;
    auto open = openRun(options, settings.values(), loop.epochs, splitRecord(data));
    return runToEnd(*objective, loop, options, open, progress);
}

} // namespace

std::string ImageFacts::toJson() const
{
    return recordText(
        {{"channels", channels}, {"height", height}, {"width", width}, {"classes", classNames}});
}

ImageFacts ImageFacts::fromJson(const std::string& text)
{
    const auto json = parseJson(text);
    ImageFacts facts;
    readField(json, "channels", facts.channels);
    readField(json, "height", facts.height);
    readField(json, "width", facts.width);
    readField(json, "classes", facts.classNames);
    if ((facts.channels != 1 && facts.channels != 3) || facts.height < 1 || facts.width < 1 ||
        facts.height > mostSide || facts.width > mostSide)
        throw std::invalid_argument("its images have an impossible size");
    return facts;
}

ImageRecord::ImageRecord(const TrainOptions& optionsIn,
                         std::map<std::string, std::string> settingsIn, const ImageData& data)
    : facts(factsOf(data))
    , options(optionsIn)
    , settings(std::move(settingsIn))
    , files(data.files)
    , splitJson(data.splitJson)
    , share(data.share)
    , format(data.format)
{
}

void ImageRecord::write(const torch::nn::Module& module, std::int64_t epoch,
                        const Metrics& validation) const
{
    auto provenance = provenanceOf(options, settings, files, splitJson);
    provenance["data"]["format"] = format;
    provenance["data"]["share"] = share;
    provenance["epoch"] = epoch;
    provenance["metrics"]["validation"] = validation;
    bundle::Bundle bundle;
    bundle.metadata.kind = options.what;
    bundle.metadata.name = options.name;
    bundle.metadata.config = facts.toJson();
    bundle.metadata.provenance = recordText(provenance);
    bundle.tensors = engine::tensorsOf(module);
    bundle::writeBundle(bundleOf(options), bundle);
}

bool ImageRecord::isSampleEpoch(std::int64_t epoch)
{
    while (epoch >= 10 && epoch % 10 == 0)
        epoch /= 10;
    return epoch == 1 || epoch == 2 || epoch == 5;
}

void ImageRecord::sample(const torch::Tensor& images, std::int64_t epoch, int columns) const
{
    char name[64];
    std::snprintf(name, sizeof name, "epoch-%04lld.png", static_cast<long long>(epoch));
    writeImageSheet(options.run / "samples" / name, images, columns);
}

std::vector<Setting> imageSettings(const std::string& epochs, const std::string& batch,
                                   const std::vector<Setting>& more)
{
    return joined({{"epochs", epochs, "passes; each writes a row of the log"},
                   {"batch", batch, "images in a step"},
                   {"images", "0", "learn from so many at most, equally many a class; 0: all"}},
                  more);
}

Entry imageEntry(const std::function<ImageModel()>& make)
{
    const auto model = make();
    Entry entry;
    entry.listed.name = model.name;
    entry.listed.title = model.title;
    entry.listed.bookSection = model.bookSection;
    entry.listed.dataNeeded = model.dataNeeded;
    entry.listed.size = model.size;
    entry.listed.example = model.example;
    for (const auto& recipe : model.recipes)
        describeRecipe(recipe, entry.listed);
    entry.train = [make](const TrainOptions& options, Progress& progress) {
        return trainImages(make(), options, progress);
    };
    entry.report = [make](const ReportOptions& options, Progress& progress) {
        if (options.bars != ReportOptions().bars)
            throw OptionError("Images have no bars. Leave --bars out.");
        return make().report(options, progress);
    };
    entry.sample = model.sample;
    if (model.evaluate)
        entry.evaluate = [make](const EvaluateOptions& options, const fs::path& judge,
                                Progress& progress) {
            refuseOptionsForMusic(options);
            return make().evaluate(options, judge, progress);
        };
    return entry;
}

std::string ImageRun::share() const
{
    return provenance.contains("data") ? fieldOr(provenance["data"], "share", std::string())
                                       : std::string();
}

FileHashes ImageRun::learntFrom() const
{
    return filesOf(provenance);
}

std::int64_t ImageRun::epoch() const
{
    return fieldOr(provenance, "epoch", std::int64_t{0});
}

ImageRun openImageRun(const fs::path& runOrBundle, const ImageModel& model)
{
    const auto file = bundleIn(runOrBundle);
    const auto isFolder = file != runOrBundle;
    auto bundle = bundle::readBundle(file);
    const auto refuse = [&](const std::string& reason) {
        throw std::runtime_error("Could not open " + file.string() + ": " + reason + ".");
    };
    if (bundle.metadata.kind != model.name)
        refuse("it was made by " + bundle.metadata.kind + ", not by " + model.name);
    try {
        const auto provenance = parseJson(bundle.metadata.provenance);
        std::string recipe;
        std::map<std::string, std::string> values;
        readField(provenance, "recipe", recipe);
        readField(provenance, "settings", values);
        Settings settings(findRecipe(model.recipes, recipe).settings);
        for (const auto& [name, value] : values)
            settings.set(name, value);
        const auto facts = ImageFacts::fromJson(bundle.metadata.config);
        ImageRun run{{}, {}, std::move(bundle), provenance, facts, settings, 1};
        run.seed = fieldOr(provenance, "seed", run.seed);
        std::error_code error;
        if (isFolder)
            run.folder = runOrBundle;
        if (isFolder && fs::exists(runOrBundle / "config.json", error))
            run.data = fieldOr(parseJson(readTextFile(runOrBundle / "config.json")), "data",
                               std::string());
        return run;
    } catch (const std::invalid_argument& problem) {
        refuse(problem.what());
    }
    throw std::logic_error("unreachable");
}

ImageData readDataOf(const ImageRun& run, const ImageModel& model, const fs::path& other,
                     OtherImages others, Progress& progress)
{
    const auto place = other.empty() ? run.data : other;
    if (place.empty())
        throw std::runtime_error("A bundle alone does not say where its images lie. Give --data.");
    auto request = model.request(run.settings);
    request.seed = run.seed;
    request.validation |= run.provenance.contains("split") && putAside(run.provenance["split"]);
    request.shape = {run.facts.channels, run.facts.height, run.facts.width};
    request.learntFrom = run.learntFrom();
    auto data = readImageData(place, request, progress);
    if (!data.isOther)
        return data;
    std::error_code error;
    const auto samePlace = fs::equivalent(place, run.data, error);
    if (kinshipOf(request.learntFrom, data.files, samePlace) == Kinship::changed)
        throw DataError("The data in " + place.string() +
                        (samePlace ? " is no longer what " : " is but some of the images that ") +
                        run.name() +
                        " has learnt from: " + differenceOf(request.learntFrom, data.files) +
                        ". Which of its images were held out is not known any more. Put it back, "
                        "or name other images with --data.");
    if (others == OtherImages::refused)
        throw DataError("The data in " + place.string() + " is not what " + run.name() +
                        " has learnt from, which this shows beside what was held out. Name that "
                        "data with --data.");
    if (request.needsLabels && data.test.classNames != run.facts.classNames)
        throw DataError("The classes in " + place.string() + " are not those that " + run.name() +
                        " tells apart: " + listed(data.test.classNames) + " instead of " +
                        listed(run.facts.classNames) + ".");
    return data;
}

const ImageSet& sideOf(const ImageData& data, const std::string& split, std::int64_t least)
{
    const auto& side = split == "train"        ? data.train
                       : split == "validation" ? data.validation
                                               : data.test;
    if (side.count() < least)
        throw DataError(data.isOther && split != "test"
                            ? "The model has learnt from none of these files, so they have no " +
                                  split + " images. Leave --split out."
                            : "There are too few " + split + " images for this (" +
                                  std::to_string(side.count()) + "). Give more images.");
    return side;
}

} // namespace organum::training
