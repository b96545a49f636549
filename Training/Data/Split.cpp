#include "Training/Data/Split.h"

#include "Training/Data/JsonText.h"
#include "Training/Random.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace organum::training
{

const std::vector<std::string>& Split::part(const std::string& which) const
{
    if (which == "train")
        return train;
    if (which == "validation")
        return validation;
    if (which == "test")
        return test;
    throw std::invalid_argument("There is no split \"" + which +
                                "\"; choose test, validation or train.");
}

std::string Split::toJson() const
{
    return nlohmann::ordered_json{{"train", train}, {"validation", validation}, {"test", test}}
               .dump(1) +
           "\n";
}

Split splitFromJson(const std::string& text, const std::string& source)
{
    try {
        const auto json = parseJson(text);
        Split split;
        std::set<std::string> seen;
        const auto takeNames = [&](const char* key, std::vector<std::string>& names) {
            readField(json, key, names);
            for (const auto& name : names)
                if (!seen.insert(name).second)
                    throw std::invalid_argument("\"" + name + "\" stands in it twice");
        };
        takeNames("train", split.train);
        takeNames("validation", split.validation);
        takeNames("test", split.test);
        return split;
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument("The split in " + source + " cannot be used: " + error.what() +
                                    ". It must be JSON with the lists \"train\", "
                                    "\"validation\" and \"test\" of file names without ending.");
    }
}

Split readSplitFile(const std::filesystem::path& file)
{
    std::string text;
    try {
        text = readTextFile(file);
    } catch (const std::runtime_error& error) {
        throw std::invalid_argument("Could not read the split file " + file.string() + ": " +
                                    error.what() +
                                    ". Give a JSON file, such as the split.json of a run.");
    }
    return splitFromJson(text, file.string());
}

Split drawSplit(const std::vector<Piece>& pieces,
                const std::vector<std::vector<std::size_t>>& groups, std::uint64_t seed)
{
    if (groups.size() < 3)
        throw DataError(
            "The data holds " + std::to_string(groups.size()) +
            (groups.size() == 1 ? " piece that differs" : " pieces that differ") +
            " (near-duplicates count once); training needs at least 3: one each to learn "
            "from, to choose by and to judge by. Add MIDI files.");
    double total = 0.0;
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        std::uint64_t key = randomBits(pieces[groups[g].front()].name, seed);
        order.emplace_back(key, g);
        for (const auto i : groups[g])
            total += static_cast<double>(pieces[i].elements.size());
    }
    std::sort(order.begin(), order.end());

    Split split;
    double testSize = 0.0, validationSize = 0.0;
    auto left = groups.size();
    for (const auto& [key, g] : order) {
        double size = 0.0;
        for (const auto i : groups[g])
            size += static_cast<double>(pieces[i].elements.size());
        // A side takes a group while that brings it nearer to its share; the last groups go where
        // nothing is yet.
        const auto wants = [&](double has, double share, std::size_t emptySides) {
            return has + size / 2.0 <= share * total || (has == 0.0 && left <= emptySides);
        };
        auto* side = &split.train;
        if (wants(testSize, 0.16, 3)) {
            side = &split.test;
            testSize += size;
        } else if (wants(validationSize, 0.12, 2)) {
            side = &split.validation;
            validationSize += size;
        }
        for (const auto i : groups[g])
            side->push_back(pieces[i].name);
        --left;
    }
    for (auto* side : {&split.train, &split.validation, &split.test})
        std::sort(side->begin(), side->end());
    return split;
}

void checkSplit(const Split& split, const std::vector<Piece>& pieces)
{
    std::set<std::string> present;
    for (const auto& piece : pieces)
        present.insert(piece.name);
    std::string missing;
    for (const auto* side : {&split.train, &split.validation, &split.test})
        for (const auto& name : *side)
            if (!present.count(name))
                missing += (missing.empty() ? "" : ", ") + name;
    if (!missing.empty())
        throw DataError("The split names pieces that are not among the usable files of the data "
                        "folder: " +
                        missing + ". Use the folder the split was made for.");
    if (split.train.empty() || split.validation.empty())
        throw DataError("The split leaves nothing to train on or nothing to validate with; both "
                        "lists need at least one piece.");
}

std::vector<std::string> straddling(const Split& split, const std::vector<Piece>& pieces,
                                    const std::vector<std::vector<std::size_t>>& groups)
{
    std::map<std::string, std::string> sideOf;
    for (const auto* which : {"train", "validation", "test"})
        for (const auto& name : split.part(which))
            sideOf[name] = which;
    std::vector<std::string> sentences;
    for (const auto& group : groups) {
        std::set<std::string> sides;
        std::string names;
        for (const auto i : group) {
            const auto found = sideOf.find(pieces[i].name);
            if (found == sideOf.end())
                continue;
            sides.insert(found->second);
            names += (names.empty() ? "" : ", ") + pieces[i].name + " (" + found->second + ")";
        }
        if (sides.size() > 1)
            sentences.push_back("Near-duplicates stand on two sides of the split: " + names + ".");
    }
    return sentences;
}

} // namespace organum::training
