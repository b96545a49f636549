#include "Training/Image/ImageSource.h"

#include "Training/Data/DataError.h"
#include "Training/Image/Files/Arrays.h"
#include "Training/Image/Files/FileBytes.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/Files/Strokes.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <numeric>
#include <sstream>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

constexpr auto knownFormats =
    "Known are: IDX files as MNIST's (also .gz), CIFAR-10's data_batch_N.bin, .npy, .npz, .ndjson "
    "and .bin drawings of Quick, Draw!, and folders of PNG, JPEG or PGM pictures";

std::vector<std::string> digitNames()
{
    return {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
}

std::vector<std::string> cifarNames()
{
    return {"airplane", "automobile", "bird",  "cat",  "deer",
            "dog",      "frog",       "horse", "ship", "truck"};
}

ImagePart partOf(ImageSet set)
{
    ImagePart part;
    part.count = set.count();
    const auto pixels = set.pixels;
    part.pixels = [pixels](const std::vector<std::int64_t>& rows) {
        return pixels.index_select(0, torch::tensor(rows, torch::kInt64));
    };
    set.pixels = torch::Tensor();
    part.about = std::move(set);
    return part;
}

[[noreturn]] void refuseMuch(const fs::path& place, std::uintmax_t bytes)
{
    char size[32];
    std::snprintf(size, sizeof size, "%.1f",
                  static_cast<double>(bytes) / static_cast<double>(std::int64_t{1} << 30));
    throw DataError("The images in " + place.string() + " take " + size +
                    " GiB, and of files that can only be read whole at most " +
                    std::to_string(mostImageBytes >> 30) +
                    " GiB are. Take some of its files out; of drawings as bitmaps (.npy, .bin) and "
                    "of picture files, --set images=N reads a part.");
}

/** Refuses files that are too large together before the first one is read. */
void refuseMuch(const fs::path& place, const std::vector<fs::path>& wholeFiles)
{
    std::uintmax_t bytes = 0;
    for (const auto& file : wholeFiles) {
        std::error_code error; // what is wrong with a file is said where it is read
        const auto size = fs::file_size(file, error);
        bytes += error ? 0 : size;
    }
    if (bytes > static_cast<std::uintmax_t>(mostImageBytes))
        refuseMuch(place, bytes);
}

/** The first of the names that exists in a folder, also with ".gz". */
fs::path firstOf(const fs::path& folder, const std::vector<std::string>& names)
{
    std::error_code error;
    for (const auto& name : names)
        for (const auto* ending : {"", ".gz"})
            if (fs::is_regular_file(folder / (name + ending), error))
                return folder / (name + ending);
    return {};
}

/** `more`: there may be labels of further images. */
torch::Tensor labelsFrom(const fs::path& file, std::int64_t images, std::int64_t classes,
                         bool more = false)
{
    const auto labels = readIdx(file).to(torch::kInt64);
    if (labels.dim() != 1 || labels.size(0) < images || (labels.size(0) > images && !more))
        throw DataError("Could not read " + file.string() + ": it has " +
                        std::to_string(labels.dim() == 1 ? labels.size(0) : 0) + " labels for " +
                        std::to_string(images) + " images.");
    if (labels.numel() > 0 && labels.max().item<std::int64_t>() >= classes)
        throw DataError("Could not read " + file.string() + ": it has a label above " +
                        std::to_string(classes - 1) + ".");
    return labels.slice(0, 0, images).contiguous();
}

std::optional<ImageSet> idxPart(const fs::path& folder, const std::string& stem,
                                std::vector<fs::path>& files)
{
    const auto images = firstOf(folder, {stem + "-images-idx3-ubyte", stem + "-images.idx3-ubyte"});
    if (images.empty())
        return std::nullopt;
    ImageSet set;
    set.pixels = asImages(readIdx(images), images.string());
    files.push_back(images);
    const auto labels = firstOf(folder, {stem + "-labels-idx1-ubyte", stem + "-labels.idx1-ubyte"});
    if (!labels.empty()) {
        set.classNames = digitNames();
        set.labels = labelsFrom(labels, set.count(), 10);
        files.push_back(labels);
    }
    return set;
}

/** Batch files 0, 1 ... as far as they follow each other. */
std::vector<fs::path> numbered(const fs::path& folder, const std::string& before, int first,
                               const std::string& after)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (int i = first;; ++i) {
        const auto file = folder / (before + std::to_string(i) + after);
        if (!fs::is_regular_file(file, error))
            return files;
        files.push_back(file);
    }
}

/** Sheets whose rows are images of side x side pixels. */
torch::Tensor sheets(const std::vector<fs::path>& files, std::int64_t side, std::int64_t channels)
{
    std::vector<torch::Tensor> parts;
    std::int64_t bytes = 0; // PNG packs well: what a sheet takes is known when it is unpacked
    for (const auto& file : files) {
        const auto sheet = readPicture(file, {channels, 0, 0});
        if (sheet.size(2) != side * side)
            throw DataError("Could not read " + file.string() + ": a row has " +
                            std::to_string(sheet.size(2)) + " pixels instead of " +
                            std::to_string(side * side) + ".");
        bytes += sheet.numel();
        if (bytes > mostImageBytes)
            refuseMuch(file.parent_path(), static_cast<std::uintmax_t>(bytes));
        parts.push_back(sheet.permute({1, 0, 2}).reshape({sheet.size(1), channels, side, side}));
    }
    return torch::cat(parts);
}

std::optional<ImageSource> findIdx(const fs::path& folder)
{
    ImageSource source;
    source.format = "IDX";
    auto train = idxPart(folder, "train", source.files);
    auto test = idxPart(folder, "t10k", source.files);
    auto batches = train ? std::vector<fs::path>{} : numbered(folder, "mnist_batch_", 0, ".png");
    const auto labels = firstOf(folder, {"train-labels-idx1-ubyte"});
    if (!batches.empty() && !labels.empty()) {
        source.format = "sheets of digits with IDX labels";
        constexpr std::size_t trainingSheets = 20; // the 21st repeats the first test images
        batches.resize(std::min(batches.size(), trainingSheets));
        train.emplace();
        train->pixels = sheets(batches, 28, 1);
        train->classNames = digitNames();
        train->labels = labelsFrom(labels, train->count(), 10, true);
        source.files.insert(source.files.end(), batches.begin(), batches.end());
        source.files.push_back(labels);
    }
    if (!train && test)
        std::swap(train, test);
    if (!train)
        return std::nullopt;
    source.train = partOf(std::move(*train));
    if (test)
        source.test = partOf(std::move(*test));
    return source;
}

std::vector<std::string> linesOf(const fs::path& file)
{
    std::istringstream in(readDataFile(file, 1 << 24));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.pop_back();
        if (!line.empty())
            lines.push_back(line);
    }
    return lines;
}

std::optional<ImageSource> findCifar(const fs::path& folder)
{
    std::error_code error;
    ImageSource source;
    source.format = "CIFAR-10 binary";
    source.files = numbered(folder, "data_batch_", 1, ".bin");
    if (!source.files.empty()) {
        refuseMuch(folder, source.files);
        auto names = cifarNames();
        if (const auto meta = folder / "batches.meta.txt"; fs::is_regular_file(meta, error))
            if (auto lines = linesOf(meta); lines.size() == 10)
                names = std::move(lines);
        std::vector<torch::Tensor> pixels, labels;
        for (const auto& file : source.files) {
            const auto batch = readCifarBatch(file);
            pixels.push_back(batch.pixels);
            labels.push_back(batch.labels);
        }
        ImageSet train;
        train.pixels = torch::cat(pixels);
        train.labels = torch::cat(labels);
        train.classNames = names;
        source.train = partOf(std::move(train));
        if (const auto file = folder / "test_batch.bin"; fs::is_regular_file(file, error)) {
            auto test = readCifarBatch(file);
            test.classNames = names;
            source.test = partOf(std::move(test));
            source.files.push_back(file);
        }
        return source;
    }
    source.files = numbered(folder, "cifar10_batch_", 0, ".png");
    const auto labelFile = folder / "DERIVED_labels.txt";
    if (source.files.empty() || !fs::is_regular_file(labelFile, error))
        return std::nullopt;
    source.format = "sheets of CIFAR-10";
    ImageSet train;
    train.pixels = sheets(source.files, 32, 3);
    train.classNames = cifarNames();
    std::vector<std::int64_t> labels;
    for (const auto& line : linesOf(labelFile)) {
        if (line.size() != 1 || line[0] < '0' || line[0] > '9')
            throw DataError("Could not read " + labelFile.string() + ": line " +
                            std::to_string(labels.size() + 1) + " is no class from 0 to 9.");
        labels.push_back(line[0] - '0');
    }
    if (static_cast<std::int64_t>(labels.size()) != train.count())
        throw DataError("Could not read " + labelFile.string() + ": it has " +
                        std::to_string(labels.size()) + " labels for " +
                        std::to_string(train.count()) + " images.");
    train.labels = torch::tensor(labels, torch::kInt64);
    source.files.push_back(labelFile);
    source.train = partOf(std::move(train));
    return source;
}

bool isArrayName(const fs::path& file)
{
    const auto ending = file.extension();
    return ending == ".npy" || ending == ".ndjson" || ending == ".bin" || ending == ".npz";
}

using Arrays = std::map<std::string, ArrayRows>;

std::optional<ArrayRows> rowsIn(const fs::path& file)
{
    if (file.extension() == ".npy")
        return rowsInNpy(file);
    return file.extension() == ".bin" ? rowsInRawDrawings(file) : std::nullopt;
}

/** Whole sets or single classes, by their names. */
void addWhole(const fs::path& file, Arrays& arrays)
{
    const auto name = file.stem().string();
    const auto ending = file.extension();
    if (ending == ".npy")
        arrays[name] = rowsOf(readNpy(readDataFile(file), file.string()));
    else if (ending == ".ndjson")
        arrays[name] = rowsOf(readStrokes(file));
    else if (ending == ".bin")
        arrays[name] = rowsOf(readRawDrawings(file));
    else
        for (const auto& [inner, array] : readNpz(file))
            arrays[inner] = rowsOf(array);
}

/** cat.npy beside cat.bin would be one class, of one of the two. */
void refuseNamesakes(const std::vector<fs::path>& files)
{
    std::map<std::string, fs::path> known;
    for (const auto& file : files)
        if (const auto [other, isNew] = known.emplace(file.stem().string(), file); !isNew)
            throw DataError("There are both " + other->second.filename().string() + " and " +
                            file.filename().string() + " in " + file.parent_path().string() +
                            ", which name the same images. Take one of them away.");
}

Arrays readArrays(const std::vector<fs::path>& files, const fs::path& place)
{
    refuseNamesakes(files);
    Arrays arrays;
    std::vector<fs::path> whole;
    for (const auto& file : files)
        if (auto rows = rowsIn(file))
            arrays[file.stem().string()] = std::move(*rows);
        else
            whole.push_back(file);
    refuseMuch(place, whole);
    for (const auto& file : whole) {
        addWhole(file, arrays);
        std::uintmax_t bytes = 0; // unpacked, and drawn
        for (const auto& [name, array] : arrays)
            bytes += array.bytesInMemory;
        if (bytes > static_cast<std::uintmax_t>(mostImageBytes))
            refuseMuch(place, bytes);
    }
    return arrays;
}

/** Arrays of images after each other; labels are the caller's. */
ImagePart partOf(const std::vector<std::pair<std::string, ArrayRows>>& arrays,
                 const fs::path& place)
{
    ImagePart part;
    std::vector<std::int64_t> shape; // of an image
    for (const auto& [name, array] : arrays) {
        const auto first = asImages(array.read({0}), place.string() + ", " + name);
        if (shape.empty())
            shape = first.sizes().slice(1).vec();
        if (first.sizes().slice(1) != torch::IntArrayRef(shape))
            throw DataError("The drawings of " + name + " in " + place.string() +
                            " have another size than the others.");
        part.count += array.count;
    }
    part.pixels = [=](const std::vector<std::int64_t>& rows) {
        const auto count = static_cast<std::int64_t>(rows.size());
        checkImageMemory(count, shape[0], shape[1], shape[2], place.string());
        auto pixels = torch::empty({count, shape[0], shape[1], shape[2]}, torch::kUInt8);
        std::int64_t from = 0;
        for (const auto& [name, array] : arrays) {
            std::vector<std::int64_t> inner, outer;
            for (std::int64_t i = 0; i < count; ++i)
                if (const auto row = rows[static_cast<std::size_t>(i)];
                    row >= from && row < from + array.count) {
                    inner.push_back(row - from);
                    outer.push_back(i);
                }
            if (!inner.empty())
                pixels.index_copy_(0, torch::tensor(outer, torch::kInt64),
                                   asImages(array.read(inner), name));
            from += array.count;
        }
        return pixels;
    };
    return part;
}

ImagePart labelled(const Arrays& arrays, const std::string& images, const std::string& labels,
                   const fs::path& place)
{
    auto part = partOf({{images, arrays.at(images)}}, place);
    if (const auto found = arrays.find(labels); found != arrays.end()) {
        std::vector<std::int64_t> all(static_cast<std::size_t>(found->second.count));
        std::iota(all.begin(), all.end(), 0);
        auto& about = part.about;
        about.labels = found->second.read(all).to(torch::kInt64).reshape({-1}).contiguous();
        if (about.labels.size(0) != part.count || about.labels.min().item<std::int64_t>() < 0 ||
            about.labels.max().item<std::int64_t>() > 999)
            throw DataError("Could not read " + place.string() + ": the labels " + labels +
                            " do not fit the images " + images + ".");
        for (std::int64_t i = 0; i <= about.labels.max().item<std::int64_t>(); ++i)
            about.classNames.push_back(std::to_string(i));
    }
    return part;
}

std::optional<ImageSource> findArrays(const std::vector<fs::path>& files, const fs::path& place)
{
    if (files.empty())
        return std::nullopt;
    ImageSource source;
    source.files = files;
    source.format = "arrays";
    const auto arrays = readArrays(files, place);
    if (arrays.count("x_train") > 0) {
        source.train = labelled(arrays, "x_train", "y_train", place);
        if (arrays.count("x_test") > 0)
            source.test = labelled(arrays, "x_test", "y_test", place);
        return source;
    }
    source.train = partOf({arrays.begin(), arrays.end()}, place);
    if (arrays.size() > 1) {
        std::vector<torch::Tensor> labels;
        for (const auto& [name, array] : arrays) {
            labels.push_back(torch::full({array.count}, static_cast<std::int64_t>(labels.size()),
                                         torch::kInt64));
            source.train.about.classNames.push_back(name);
        }
        source.train.about.labels = torch::cat(labels);
    }
    return source;
}

} // namespace

ImageSource findImages(const fs::path& place, const ImageShape& shape)
{
    std::error_code error;
    if (!fs::exists(place, error))
        throw DataError("There is no " + place.string() + ". Name a folder or file of images.");
    if (!fs::is_directory(place, error) && !fs::is_regular_file(place, error))
        throw DataError(place.string() +
                        " is a device or a pipe. Name a folder or file of images.");
    std::optional<ImageSource> found;
    if (!fs::is_directory(place, error)) {
        if (isArrayName(place))
            found = findArrays({place}, place);
        else if (place.filename().string().find("idx3-ubyte") != std::string::npos)
            found =
                ImageSource{"IDX",
                            partOf({asImages(readIdx(place), place.string()), {}, {}, {}, {}, {}}),
                            std::nullopt,
                            {place}};
    } else {
        found = findIdx(place);
        if (!found)
            found = findCifar(place);
        if (!found) {
            std::vector<fs::path> arrays;
            for (const auto& item : fs::directory_iterator(place, error)) {
                std::error_code broken;
                if (item.is_regular_file(broken) && isArrayName(item.path()))
                    arrays.push_back(item.path());
            }
            if (error)
                throw DataError("Could not list the folder " + place.string() + ": " +
                                error.message() + ".");
            std::sort(arrays.begin(), arrays.end());
            found = findArrays(arrays, place);
        }
        if (!found)
            found = findPictures(place, shape);
    }
    if (!found)
        throw DataError("There are no images in " + place.string() + " that can be read. " +
                        knownFormats + ".");
    if (found->train.count < 1)
        throw DataError(place.string() + " holds no images.");
    return std::move(*found);
}

} // namespace organum::training
