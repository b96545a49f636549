#include "Interface/ModelWatch.h"

#include <algorithm>

namespace organum::editor
{

namespace
{

constexpr int lookEvery = 1000; ///< milliseconds

} // namespace

ModelWatch::ModelWatch(plugin::Processor& processorIn)
    : Thread("Organum models")
    , processor(processorIn)
{
    startThread();
}

ModelWatch::~ModelWatch()
{
    // Never killed: it may hold a lock that other threads wait for.
    stopThread(-1);
}

void ModelWatch::install(const juce::File& bundle)
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        waiting.emplace_back(bundle.getFullPathName().toStdString());
        installing = true;
    }
    notify();
}

std::optional<plugin::Installed> ModelWatch::news()
{
    const std::lock_guard<std::mutex> lock(mutex);
    return std::exchange(result, std::nullopt);
}

void ModelWatch::ask(const plugin::ModelEntry& model)
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        asked = model;
        facts.reset();
    }
    notify();
}

std::optional<ModelWatch::Told> ModelWatch::told()
{
    const std::lock_guard<std::mutex> lock(mutex);
    return std::exchange(facts, std::nullopt);
}

// ---- the thread --------------------------------------------------------------------------------

void ModelWatch::run()
{
    while (!threadShouldExit()) {
        if (answer() || installNext())
            continue;
        processor.lookForModels();
        wait(lookEvery);
    }
}

bool ModelWatch::answer()
{
    std::optional<plugin::ModelEntry> model;
    {
        const std::lock_guard<std::mutex> lock(mutex);
        model = std::exchange(asked, std::nullopt);
    }
    if (!model)
        return false;
    Told told{model->id, plugin::detailsOf(*model)};
    told.facts.emplace(told.facts.begin(), "", model->title);
    const std::lock_guard<std::mutex> lock(mutex);
    if (!asked)
        facts = std::move(told);
    return true;
}

bool ModelWatch::installNext()
{
    std::filesystem::path bundle;
    {
        const std::lock_guard<std::mutex> lock(mutex);
        if (waiting.empty())
            return false;
        bundle = waiting.front();
        waiting.erase(waiting.begin());
    }
    auto outcome = plugin::installModel(bundle, processor.models().ownFolder(),
                                        [this] { return !threadShouldExit(); });
    processor.lookForModels();
    const auto entries = processor.models().entries();
    const bool isListed =
        std::any_of(entries->begin(), entries->end(),
                    [&outcome](const auto& each) { return each.id == outcome.id; });
    if (outcome.succeeded() && !isListed && processor.models().leftOut() > 0)
        outcome.message += " It cannot be chosen yet: Organum lists " +
                           std::to_string(plugin::mostModels) +
                           " models. Take others out of their folder.";
    const std::lock_guard<std::mutex> lock(mutex);
    result = std::move(outcome);
    installing = !waiting.empty();
    return true;
}

} // namespace organum::editor
