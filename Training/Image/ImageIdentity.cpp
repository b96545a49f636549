#include "Training/Image/ImageIdentity.h"

#include "Training/Data/DataError.h"
#include "Training/Data/JsonText.h"
#include "Training/Run/Provenance.h"

#include <algorithm>
#include <map>
#include <set>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

using Json = nlohmann::json;

std::vector<std::string> sortedHashes(const FileHashes& files)
{
    std::vector<std::string> all;
    for (const auto& [name, hash] : files)
        all.push_back(hash);
    std::sort(all.begin(), all.end());
    return all;
}

FileHashes recordedFiles(const Json& split)
{
    FileHashes files;
    if (split.contains("files") && split["files"].is_array())
        for (const auto& file : split["files"])
            files.emplace_back(fieldOr(file, "name", std::string()),
                               fieldOr(file, "sha256", std::string()));
    return files;
}

/** What of the numbers in `before` is another in `now`. */
std::string differenceOf(const Json& before, const Json& now)
{
    for (const auto* side : {"train", "validation", "test"})
        if (before.contains(side) && before[side] != now.at(side))
            return "it gives " + now.at(side).dump() + " images for the side \"" + side +
                   "\" instead of " + before[side].dump();
    for (const auto* key : {"shape", "validation_classes", "test_classes"})
        if (before.contains(key) && (!now.contains(key) || before[key] != now[key]))
            return std::string(key) == "shape" ? "its images have another shape"
                                               : "other classes would be held out";
    return {};
}

} // namespace

std::string splitRecord(const ImageData& data)
{
    auto split = nlohmann::ordered_json::parse(data.splitJson);
    split["shape"] = {data.train.channels(), data.train.height(), data.train.width()};
    split["files"] = nlohmann::ordered_json::array();
    for (const auto& [name, hash] : data.files)
        split["files"].push_back({{"name", name}, {"sha256", hash}});
    return recordText(split, 1);
}

std::string differenceOf(const FileHashes& before, const FileHashes& now)
{
    if (sortedHashes(before) == sortedHashes(now))
        return {};
    const std::map<std::string, std::string> then(before.begin(), before.end());
    const std::map<std::string, std::string> there(now.begin(), now.end());
    for (const auto& [name, hash] : before)
        if (const auto found = there.find(name); found != there.end() && found->second != hash)
            return name + " has another content";
    for (const auto& [name, hash] : before)
        if (there.count(name) == 0)
            return name + (before.size() > 1 || now.size() > 1 ? " is gone" : " has become ") +
                   (before.size() > 1 || now.size() > 1 ? "" : now.front().first);
    for (const auto& [name, hash] : now)
        if (then.count(name) == 0)
            return name + " is new";
    return "its files are others";
}

Kinship kinshipOf(const FileHashes& learntFrom, const FileHashes& now, bool samePlace)
{
    if (learntFrom.empty() || differenceOf(learntFrom, now).empty())
        return Kinship::same;
    std::set<std::string> known;
    for (const auto& [name, hash] : learntFrom)
        known.insert(hash);
    const auto shared = std::any_of(now.begin(), now.end(),
                                    [&](const auto& file) { return known.count(file.second) > 0; });
    return samePlace || shared ? Kinship::changed : Kinship::other;
}

nlohmann::json readSplitRecord(const fs::path& run)
{
    const auto file = run / "split.json";
    try {
        auto record = parseJson(readTextFile(file));
        if (!record.is_object())
            throw std::invalid_argument("it is no JSON object");
        return record;
    } catch (const std::exception& problem) {
        throw std::runtime_error("Could not read the run's " + file.string() + ": " +
                                 problem.what() +
                                 ". Put it back, or begin another run with another --run.");
    }
}

void refuseOtherImages(const fs::path& run, const fs::path& place, const ImageData& now,
                       const FileHashes& learntFrom)
{
    const auto before = readSplitRecord(run);
    const auto read = Json::parse(splitRecord(now));
    // The seed chooses which images are held out, and another one may hold out as many.
    if (before.contains("seed") && before["seed"] != read["seed"])
        throw std::runtime_error("The run " + run.string() + " began with seed " +
                                 before["seed"].dump() + ", its config.json says " +
                                 read["seed"].dump() +
                                 ", so it would learn from images that it held out. Put the seed "
                                 "back, or begin another run with another --run.");
    auto files = recordedFiles(before);
    if (files.empty())
        files = learntFrom;
    auto difference = files.empty() ? std::string() : differenceOf(files, now.files);
    if (difference.empty())
        difference = differenceOf(before, read);
    if (!difference.empty())
        throw DataError("The data of the run " + run.string() + " in " + place.string() +
                        " has changed since the run began: " + difference +
                        ". A run goes on with the very images that it began with. Put them back, "
                        "or begin another run with another --run.");
}

} // namespace organum::training
