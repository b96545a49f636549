#include "Training/Image/ImageData.h"

#include "Training/Data/DataError.h"
#include "Training/Data/Sha256.h"
#include "Training/Image/ImageIdentity.h"
#include "Training/Image/ImageSource.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

using Rows = std::vector<std::int64_t>;

constexpr std::int64_t mostValidation = 5000;

/** Rows in an order that hashes decide, so that a share is no mere beginning of the data. */
void shuffle(Rows& rows, const char* purpose, std::uint64_t seed)
{
    std::vector<std::pair<std::uint64_t, std::int64_t>> keyed;
    for (const auto row : rows)
        keyed.emplace_back(randomBits(purpose, seed, {static_cast<std::uint64_t>(row)}), row);
    std::sort(keyed.begin(), keyed.end());
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = keyed[i].second;
}

/** Class by image, for a look at one that costs nothing; all 0 without labels. */
std::vector<std::int64_t> classesOf(const ImagePart& part)
{
    if (!part.about.hasLabels())
        return std::vector<std::int64_t>(static_cast<std::size_t>(part.count), 0);
    const auto labels = part.about.labels.contiguous();
    const auto* first = labels.data_ptr<std::int64_t>();
    return {first, first + labels.numel()};
}

std::map<std::int64_t, Rows> byClass(const Rows& rows, const std::vector<std::int64_t>& classes)
{
    std::map<std::int64_t, Rows> members;
    for (const auto row : rows)
        members[classes[static_cast<std::size_t>(row)]].push_back(row);
    return members;
}

/** At most `each` rows of every class, then at most `most` of all, equally many of each. */
Rows share(const Rows& rows, const std::vector<std::int64_t>& classes, std::size_t each,
           std::size_t most)
{
    std::vector<Rows> left;
    for (auto& [label, members] : byClass(rows, classes))
        left.push_back(std::move(members));
    Rows chosen;
    for (std::size_t turn = 0; turn < each && chosen.size() < most && !left.empty(); ++turn) {
        for (const auto& members : left)
            if (turn < members.size() && chosen.size() < most)
                chosen.push_back(members[turn]);
        left.erase(std::remove_if(left.begin(), left.end(),
                                  [&](const auto& members) { return members.size() <= turn + 1; }),
                   left.end());
    }
    return chosen;
}

Rows chosenRows(const ImagePart& part, const ImageRequest& request, std::int64_t images)
{
    const auto classes = classesOf(part);
    Rows rows;
    for (std::int64_t i = 0; i < part.count; ++i)
        if (request.onlyClass < 0 || classes[static_cast<std::size_t>(i)] == request.onlyClass)
            rows.push_back(i);
    shuffle(rows, "share", request.seed);
    auto each = rows.size();
    if (request.balanced && part.about.hasLabels())
        for (const auto& [label, members] : byClass(rows, classes))
            each = std::min(each, members.size());
    auto chosen =
        share(rows, classes, each, images > 0 ? static_cast<std::size_t>(images) : rows.size());
    // Sides are cut from the end, where otherwise the last class would always stand.
    shuffle(chosen, "sides", request.seed);
    return chosen;
}

/** Takes single rows away from the end, but never the last one. */
Rows takeRows(Rows& rows, std::size_t count)
{
    count = std::min(count, rows.size() - std::min<std::size_t>(rows.size(), 1));
    Rows side(rows.end() - static_cast<std::ptrdiff_t>(count), rows.end());
    rows.resize(rows.size() - count);
    return side;
}

/** Takes whole classes away until there are `count` rows of them. */
Rows takeClasses(Rows& rows, const std::vector<std::int64_t>& classes, std::size_t count,
                 const fs::path& place)
{
    std::map<std::int64_t, std::size_t> sizes;
    for (const auto row : rows)
        ++sizes[classes[static_cast<std::size_t>(row)]];
    std::set<std::int64_t> taken;
    std::size_t rowsTaken = 0;
    // Rows are shuffled, so the classes of the last ones are random ones.
    for (auto row = rows.rbegin(); row != rows.rend() && rowsTaken < count; ++row) {
        const auto label = classes[static_cast<std::size_t>(*row)];
        if (taken.insert(label).second)
            rowsTaken += sizes[label];
    }
    if (taken.size() == sizes.size() && !sizes.empty())
        throw DataError(
            "There are too few classes (persons) in " + place.string() +
            " to hold some of them out whole, from which the model would learn nothing. Add images "
            "of others, or put all pictures into one folder without any inside: then single "
            "pictures are held out, also of those that are learnt from.");
    Rows side, rest;
    for (const auto row : rows)
        (taken.count(classes[static_cast<std::size_t>(row)]) > 0 ? side : rest).push_back(row);
    rows = std::move(rest);
    return side;
}

ImageSet load(const ImagePart& part, Rows rows, const ImageShape& shape)
{
    std::sort(rows.begin(), rows.end());
    ImageSet set;
    if (rows.empty()) {
        set.classNames = part.about.classNames;
        return set;
    }
    auto about = part.about;
    about.pixels = torch::empty({part.count, 0}, torch::kUInt8); // select() wants a row of each
    set = about.select(rows);
    set.pixels = part.pixels(rows);
    return shaped(set, shape);
}

FileHashes hashes(const std::vector<fs::path>& files, const fs::path& place)
{
    constexpr std::size_t mostListed = 100;
    FileHashes listed;
    std::error_code error;
    for (const auto& file : files)
        listed.emplace_back(fs::is_directory(place, error)
                                ? fs::relative(file, place).generic_string()
                                : file.filename().string(),
                            sha256OfFile(file));
    if (listed.size() <= mostListed)
        return listed;
    std::string all;
    for (const auto& [name, hash] : listed)
        all += hash + "  " + name + "\n";
    return {{std::to_string(listed.size()) + " files (hash of their list as sha256sum prints it)",
             sha256(all.data(), all.size())}};
}

nlohmann::ordered_json classesJson(const ImageSet& set)
{
    auto list = nlohmann::ordered_json::array();
    if (set.hasLabels() && set.count() > 0)
        for (std::int64_t label = 0; label < static_cast<std::int64_t>(set.classNames.size());
             ++label)
            if ((set.labels == label).any().item<bool>())
                list.push_back(set.className(label));
    return list;
}

/** What the test images are called must be known from those that are learnt. */
void refuseOtherLabels(const ImageSource& source, const fs::path& place,
                       const ImageRequest& request)
{
    const auto& test = source.test->about;
    if ((request.needsLabels || request.onlyClass >= 0) && !test.hasLabels())
        throw DataError("The test images in " + place.string() +
                        " have no labels, as those to learn from have. Add the label file, or take "
                        "the test images away; then some of the others are held out.");
    if (request.needsLabels && test.classNames.size() > source.train.about.classNames.size())
        throw DataError("The test images in " + place.string() + " are of " +
                        std::to_string(test.classNames.size()) +
                        " classes, those to learn from of " +
                        std::to_string(source.train.about.classNames.size()) + ".");
}

/** Other images than a model has learnt from: those that judge it. */
ImageData judging(const ImageSource& source, const fs::path& place, ImageRequest request,
                  ImageData data, Progress& progress)
{
    request.balanced = false; // nothing is learnt from them
    const auto& part = source.test ? *source.test : source.train;
    data.format = source.format;
    data.test = load(part, chosenRows(part, request, 0), request.shape);
    data.share = std::string("other files than it learnt from: ") +
                 (source.test ? "the set's own " : "all ") + std::to_string(data.test.count()) +
                 " images in " + place.filename().string() +
                 " are the test (were some of them learnt from, the figures would flatter)";
    progress.message("Read " + place.string() + " (" + source.format + "): " + data.share + ".");
    return data;
}

} // namespace

ImageData readImageData(const fs::path& given, const ImageRequest& request, Progress& progress)
{
    const auto place = given.filename().empty() ? given.parent_path() : given; // "images/"
    const auto source = findImages(place, request.shape);
    if ((request.needsLabels || request.onlyClass >= 0) && !source.train.about.hasLabels())
        throw DataError("The images in " + place.string() +
                        " have no labels, which this model needs. Put them into a folder for each "
                        "class, or add the label file.");
    if (request.onlyClass >= static_cast<std::int64_t>(source.train.about.classNames.size()) &&
        request.onlyClass >= 0)
        throw DataError("There is no class " + std::to_string(request.onlyClass) + " in " +
                        place.string() + "; it has classes 0 to " +
                        std::to_string(source.train.about.classNames.size() - 1) + ".");
    if (source.test)
        refuseOtherLabels(source, place, request);
    ImageData data;
    data.files = hashes(source.files, place);
    data.isOther =
        !request.learntFrom.empty() && !differenceOf(request.learntFrom, data.files).empty();
    if (data.isOther)
        return judging(source, place, request, std::move(data), progress);

    auto train = chosenRows(source.train, request, request.images);
    if (train.empty())
        throw DataError("There is no image of class " + std::to_string(request.onlyClass) + " in " +
                        place.string() + ".");
    const auto learnable = train.size();
    const auto classes = classesOf(source.train);
    const auto whole = request.holdOutWholeClasses && !source.test &&
                       source.train.about.hasLabels() && byClass(train, classes).size() > 2;
    const auto takeSide = [&](std::size_t count) {
        return whole ? takeClasses(train, classes, count, place) : takeRows(train, count);
    };
    Rows test;
    if (!source.test)
        test = takeSide(train.size() / 10);
    const auto validation =
        takeSide(request.validation
                     ? std::min<std::size_t>((train.size() + test.size()) / 10, mostValidation)
                     : 0);

    data.format = source.format;
    data.wholeClasses = whole && !test.empty();
    data.train = load(source.train, train, request.shape);
    if (request.needsLabels && data.train.count() > 0 &&
        (data.train.labels == data.train.labels[0]).all().item<bool>())
        throw DataError("The images to learn from in " + place.string() +
                        " are all of one class, so there is nothing to tell apart.");
    data.validation = load(source.train, validation, request.shape);
    data.test = source.test
                    ? load(*source.test, chosenRows(*source.test, request, 0), request.shape)
                    : load(source.train, test, request.shape);
    const auto sides = std::to_string(data.train.count()) + " train, " +
                       std::to_string(data.validation.count()) + " validation, " +
                       std::to_string(data.test.count()) + " test";
    const auto there = source.train.count + (source.test ? source.test->count : 0);
    data.share = std::to_string(learnable + (source.test ? data.test.count() : 0)) + " of the " +
                 std::to_string(there) + " images in " + place.filename().string() + " (" + sides +
                 (request.balanced ? "; classes balanced" : "") + ")";
    nlohmann::ordered_json split = {{"train", data.train.count()},
                                    {"validation", data.validation.count()},
                                    {"test", data.test.count()},
                                    {"test_is_the_sets_own", source.test.has_value()},
                                    {"seed", request.seed}};
    if (request.holdOutWholeClasses && !source.test) {
        split["validation_classes"] = classesJson(whole ? data.validation : ImageSet{});
        split["test_classes"] = classesJson(whole ? data.test : ImageSet{});
    }
    data.splitJson = split.dump(1);
    progress.message("Read " + place.string() + " (" + source.format + "): " + data.share + ".");
    return data;
}

} // namespace organum::training
