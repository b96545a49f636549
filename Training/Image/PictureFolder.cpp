// Folders of picture files: classes or persons by folder, attributes and identities by table.

#include "Training/Data/DataError.h"
#include "Training/Image/Files/FileBytes.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/ImageSource.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

/** "s2" before "s10": runs of digits compare as numbers. */
bool naturalLess(const std::string& a, const std::string& b)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            auto endI = i, endJ = j;
            while (endI < a.size() && isDigit(a[endI]))
                ++endI;
            while (endJ < b.size() && isDigit(b[endJ]))
                ++endJ;
            auto numberI = a.substr(i, endI - i), numberJ = b.substr(j, endJ - j);
            numberI.erase(0, std::min(numberI.find_first_not_of('0'), numberI.size() - 1));
            numberJ.erase(0, std::min(numberJ.find_first_not_of('0'), numberJ.size() - 1));
            if (numberI != numberJ)
                return numberI.size() != numberJ.size() ? numberI.size() < numberJ.size()
                                                        : numberI < numberJ;
            i = endI;
            j = endJ;
        } else {
            if (a[i] != b[j])
                return a[i] < b[j];
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j;
}

std::vector<fs::path> sortedEntries(const fs::path& folder, bool folders)
{
    std::vector<fs::path> entries;
    std::error_code error;
    for (const auto& item : fs::directory_iterator(folder, error)) {
        std::error_code broken; // a link that leads to itself, or nowhere, is left out
        if (folders ? item.is_directory(broken)
                    : item.is_regular_file(broken) && isPictureName(item.path()))
            entries.push_back(item.path());
    }
    if (error)
        throw DataError("Could not list the folder " + folder.string() + ": " + error.message() +
                        ".");
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return naturalLess(a.filename().string(), b.filename().string());
    });
    return entries;
}

/** One file of a folder or its parent whose name begins so and ends in .csv or .txt. */
fs::path tableNamed(const fs::path& folder, const std::string& beginning)
{
    auto here = fs::absolute(folder).lexically_normal();
    if (here.filename().empty())
        here = here.parent_path();
    for (const auto& place : {here, here.parent_path()}) {
        std::vector<fs::path> found;
        std::error_code error; // a parent that may not be listed has no table for us
        for (const auto& item : fs::directory_iterator(place, error)) {
            const auto name = item.path().filename().string();
            const auto ending = item.path().extension();
            std::error_code broken;
            if (item.is_regular_file(broken) && name.rfind(beginning, 0) == 0 &&
                (ending == ".csv" || ending == ".txt"))
                found.push_back(item.path());
        }
        if (!found.empty())
            return *std::min_element(found.begin(), found.end());
    }
    return {};
}

/** Fields of a line: between commas, each perhaps in quotes, where there are commas; otherwise
    between blanks. */
std::vector<std::string> fieldsOf(std::string line)
{
    if (line.rfind("\xEF\xBB\xBF", 0) == 0) // the mark that some programs begin a text with
        line.erase(0, 3);
    std::vector<std::string> fields;
    if (line.find(',') == std::string::npos) {
        std::istringstream in(line);
        for (std::string field; in >> field;)
            fields.push_back(field);
        return fields;
    }
    std::string field;
    bool quoted = false;
    const auto finish = [&] {
        const auto first = field.find_first_not_of(" \t\r");
        const auto last = field.find_last_not_of(" \t\r");
        fields.push_back(first == std::string::npos ? "" : field.substr(first, last - first + 1));
        field.clear();
    };
    for (const auto c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            finish();
        else
            field += c;
    }
    finish();
    return fields;
}

/** CelebA's list_attr_celeba.csv or .txt: a line of names (the .txt has a count before it, the .csv
    a name for the first column), then lines "file, 1, -1, ...". */
void readAttributes(const fs::path& table, const std::vector<fs::path>& files, ImageSet& about)
{
    const auto refuse = [&](std::size_t line, const std::string& reason) {
        throw DataError("Could not read " + table.string() + ": line " + std::to_string(line) +
                        " " + reason + ".");
    };
    std::istringstream in(readDataFile(table, std::size_t{1} << 28));
    std::map<std::string, std::size_t> rowOf;
    for (std::size_t i = 0; i < files.size(); ++i)
        rowOf[files[i].filename().string()] = i;
    std::vector<bool> seen(files.size(), false);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        auto fields = fieldsOf(line);
        if (fields.empty() || (number == 1 && fields.size() == 1))
            continue;
        if (about.attributeNames.empty()) {
            if (fields[0] == "image_id" || fields[0] == "filename" || fields[0].empty())
                fields.erase(fields.begin());
            if (fields.empty() || fields.size() > 1000)
                refuse(number, "does not name the attributes");
            about.attributeNames = fields;
            about.attributes = torch::zeros(
                {static_cast<std::int64_t>(files.size()), static_cast<std::int64_t>(fields.size())},
                torch::kInt8);
            continue;
        }
        if (fields.size() != about.attributeNames.size() + 1)
            refuse(number, "has " + std::to_string(fields.size()) + " fields instead of " +
                               std::to_string(about.attributeNames.size() + 1));
        const auto row = rowOf.find(fields[0]);
        if (row == rowOf.end())
            continue;
        seen[row->second] = true;
        auto* values =
            about.attributes.data_ptr<std::int8_t>() + row->second * about.attributeNames.size();
        for (std::size_t i = 1; i < fields.size(); ++i) {
            if (fields[i] != "1" && fields[i] != "-1" && fields[i] != "0")
                refuse(number, "says \"" + fields[i] + "\" where 1 or -1 should be");
            values[i - 1] = fields[i] == "1" ? 1 : -1;
        }
    }
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!seen[i])
            throw DataError("The table " + table.string() + " has no line for the picture " +
                            files[i].filename().string() + ".");
}

/** CelebA's identity_CelebA.txt: lines "file person". Persons become the labels. */
void readIdentities(const fs::path& table, const std::vector<fs::path>& files, ImageSet& about)
{
    std::istringstream in(readDataFile(table, std::size_t{1} << 28));
    std::map<std::string, std::string> personOf;
    for (std::string line; std::getline(in, line);)
        if (const auto fields = fieldsOf(line); fields.size() == 2)
            personOf[fields[0]] = fields[1];
    std::map<std::string, std::int64_t> number;
    std::vector<std::int64_t> labels;
    for (const auto& file : files) {
        const auto person = personOf.find(file.filename().string());
        if (person == personOf.end())
            throw DataError("The table " + table.string() + " has no line for the picture " +
                            file.filename().string() + ".");
        const auto added = number.emplace(person->second, about.classNames.size());
        if (added.second)
            about.classNames.push_back(person->second);
        labels.push_back(added.first->second);
    }
    about.labels = torch::tensor(labels, torch::kInt64);
}

/** What the first picture has, for what the caller leaves open; the others are made so. */
ImageShape wholeShape(const fs::path& first, ImageShape shape)
{
    if (shape.channels > 0 && shape.height > 0 && shape.width > 0)
        return shape;
    const auto picture = readPicture(first);
    return {shape.channels > 0 ? shape.channels : picture.size(0),
            shape.height > 0 ? shape.height : picture.size(1),
            shape.width > 0 ? shape.width : picture.size(2)};
}

ImagePart partOf(std::vector<fs::path> files, ImageSet about, const ImageShape& shape,
                 const fs::path& folder)
{
    ImagePart part;
    part.count = static_cast<std::int64_t>(files.size());
    for (const auto& file : files)
        about.names.push_back(fs::relative(file, folder).generic_string());
    part.about = std::move(about);
    part.pixels = [files = std::move(files), shape](const std::vector<std::int64_t>& rows) {
        checkImageMemory(static_cast<std::int64_t>(rows.size()), shape.channels, shape.height,
                         shape.width, files.front().parent_path().string());
        auto pixels = torch::empty(
            {static_cast<std::int64_t>(rows.size()), shape.channels, shape.height, shape.width},
            torch::kUInt8);
        for (std::size_t i = 0; i < rows.size(); ++i)
            pixels[static_cast<std::int64_t>(i)].copy_(
                readPicture(files.at(static_cast<std::size_t>(rows[i])), shape));
        return pixels;
    };
    return part;
}

/** Pictures in the folder's folders, which are classes named by `names`. */
std::optional<ImagePart> classes(const fs::path& folder, const std::vector<std::string>& names,
                                 const ImageShape& shape, std::vector<fs::path>& all)
{
    std::vector<fs::path> files;
    std::vector<std::int64_t> labels;
    for (std::size_t label = 0; label < names.size(); ++label) {
        std::error_code error;
        if (!fs::is_directory(folder / names[label], error))
            continue;
        for (const auto& file : sortedEntries(folder / names[label], false)) {
            files.push_back(file);
            labels.push_back(static_cast<std::int64_t>(label));
        }
    }
    if (files.empty())
        return std::nullopt;
    all.insert(all.end(), files.begin(), files.end());
    ImageSet about;
    about.labels = torch::tensor(labels, torch::kInt64);
    about.classNames = names;
    return partOf(std::move(files), std::move(about), shape, folder);
}

std::vector<std::string> folderNames(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const auto& inner : sortedEntries(folder, true))
        if (!sortedEntries(inner, false).empty())
            names.push_back(inner.filename().string());
    return names;
}

ImagePart flat(const fs::path& folder, std::vector<fs::path> files, const ImageShape& shape,
               std::vector<fs::path>& all)
{
    all.insert(all.end(), files.begin(), files.end());
    ImageSet about;
    if (const auto table = tableNamed(folder, "list_attr"); !table.empty()) {
        readAttributes(table, files, about);
        all.push_back(table);
    }
    if (const auto table = tableNamed(folder, "identity"); !table.empty()) {
        readIdentities(table, files, about);
        all.push_back(table);
    }
    return partOf(std::move(files), std::move(about), shape, folder);
}

/** In the folder, or in its folders, or in theirs. */
fs::path firstPicture(const fs::path& folder, int depth = 2)
{
    if (const auto files = sortedEntries(folder, false); !files.empty())
        return files.front();
    if (depth > 0)
        for (const auto& inner : sortedEntries(folder, true))
            if (const auto file = firstPicture(inner, depth - 1); !file.empty())
                return file;
    return {};
}

} // namespace

std::optional<ImageSource> findPictures(const fs::path& folder, const ImageShape& asked)
{
    const auto first = firstPicture(folder);
    if (first.empty())
        return std::nullopt;
    // What the model leaves open is decided once, so that all sides have the same shape.
    const auto shape = wholeShape(first, asked);
    ImageSource source;
    source.format = "pictures";
    std::error_code error;
    if (auto files = sortedEntries(folder, false); !files.empty()) {
        source.train = flat(folder, std::move(files), shape, source.files);
        return source;
    }
    const auto train = folder / "train", test = folder / "test";
    if (fs::is_directory(train, error)) {
        const auto names = folderNames(train);
        auto part = classes(train, names, shape, source.files);
        if (!part)
            return std::nullopt;
        source.train = std::move(*part);
        if (fs::is_directory(test, error))
            source.test = classes(test, names, shape, source.files);
        return source;
    }
    const auto names = folderNames(folder);
    if (names.size() == 1 && !tableNamed(folder / names[0], "list_attr").empty()) {
        source.train =
            flat(folder / names[0], sortedEntries(folder / names[0], false), shape, source.files);
        return source;
    }
    auto part = classes(folder, names, shape, source.files);
    if (!part)
        return std::nullopt;
    source.train = std::move(*part);
    return source;
}

} // namespace organum::training
