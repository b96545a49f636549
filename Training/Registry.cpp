#include "Training/Registry.h"

#include "Bundle/Bundle.h"
#include "Training/Data/JsonText.h"
#include "Training/OptionError.h"
#include "Training/Run/RunFolder.h"

namespace organum::training
{

const std::vector<Entry>& registry()
{
    static const std::vector<Entry> entries = {
        wrodlHistogramEntry(), wrodlNaiveBayesEntry(), planetPixelEntry(),      cifarMlpEntry(),
        cifarCnnEntry(),       digitClassifierEntry(), digitAutoencoderEntry(), digitVaeEntry(),
        faceVaeEntry(),        sketchGanEntry(),       imageWganEntry(),        imageWganGpEntry(),
        attentionLstmEntry(),  museGanEntry()};
    return entries;
}

const Entry& findEntry(const std::string& name)
{
    std::string known;
    for (const auto& entry : registry()) {
        if (entry.listed.name == name)
            return entry;
        known += (known.empty() ? "" : ", ") + entry.listed.name;
    }
    throw OptionError("There is no model \"" + name + "\" to train. Known models: " + known + ".");
}

const Entry* entryThatMade(const std::filesystem::path& runOrBundle)
{
    std::string name;
    try {
        if (!std::filesystem::is_directory(runOrBundle))
            name = fieldOr(parseJson(bundle::readMetadata(runOrBundle).provenance), "model", name);
        else
            name = fieldOr(parseJson(readTextFile(runOrBundle / "config.json")), "model", name);
    } catch (const std::exception&) {
        return nullptr; // what is wrong with it is said where it is opened
    }
    for (const auto& entry : registry())
        if (entry.listed.name == name)
            return &entry;
    return nullptr;
}

std::vector<ListedModel> list()
{
    std::vector<ListedModel> all;
    for (const auto& entry : registry())
        all.push_back(entry.listed);
    return all;
}

namespace
{

/** Says what is wrong with a run or a bundle, if it is that it cannot be read. */
void refuseUnreadable(const std::filesystem::path& runOrBundle)
{
    std::error_code error;
    const auto config = runOrBundle / "config.json";
    if (std::filesystem::is_regular_file(runOrBundle, error))
        bundle::readMetadata(runOrBundle);
    if (!std::filesystem::exists(config, error))
        return;
    try {
        parseJson(readTextFile(config));
    } catch (const std::exception& problem) {
        throw std::runtime_error("Could not read the run's " + config.string() + ": " +
                                 problem.what() + ". Put it right, or name the run's bundle.");
    }
}

} // namespace

TrainResult train(const TrainOptions& options, Progress& progress)
{
    auto chosen = options;
    RunLock lock;
    if (options.resume) {
        chosen.what = readRunConfig(options).what; // the run knows what it trains
        lock = RunLock(options.run);
    } else {
        refuseLocked(options.run); // before the data is read; openRun() locks a new run's folder
    }
    return findEntry(chosen.what).train(chosen, progress);
}

void sample(const SampleOptions& options, Progress& progress)
{
    const auto* entry = entryThatMade(options.model);
    if (entry == nullptr)
        refuseUnreadable(options.model);
    if (entry == nullptr || !entry->sample)
        throw std::invalid_argument(options.model.string() +
                                    " is no run or bundle of an image model. New music is made by "
                                    "`organum generate`.");
    const auto ending = options.output.extension();
    if (ending != ".png" && ending != ".PNG")
        throw OptionError("The images become a PNG file, but " + options.output.string() +
                          " does not end in .png.");
    entry->sample(options, progress);
}

} // namespace organum::training
