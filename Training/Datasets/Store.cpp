#include "Training/Datasets/Store.h"

#include "Training/Datasets/Download.h"
#include "Training/Datasets/Record.h"
#include "Training/Datasets/Unpack.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace organum::datasets
{
namespace
{

namespace fs = std::filesystem;

constexpr auto unpacking = ".unpacking";

/** Where a set grows; hidden, and so no set. */
fs::path growing(const Dataset& dataset, const fs::path& store)
{
    return store / ("." + dataset.name + ".fetching");
}

fs::path below(const fs::path& folder, const std::string& name)
{
    return folder / fs::path(name);
}

/** What a file's bytes are, by the catalogue first and by the record next. */
CheckedFile checkFile(const fs::path& folder, const std::string& name,
                      const CataloguedFile* catalogued, const Record& record)
{
    CheckedFile checked;
    checked.name = name;
    const auto file = below(folder, name);
    std::error_code error;
    if (!fs::exists(file, error))
        return checked;
    checked.state = FileState::present;
    if (!fs::is_regular_file(file, error))
        return checked; // a folder that somebody put there by hand
    const auto known = record.files.find(name);
    const bool vouched = catalogued != nullptr && !catalogued->sha256.empty();
    if (!vouched && known == record.files.end())
        return checked;
    const auto expected =
        vouched ? RecordedFile{catalogued->bytes, catalogued->sha256} : known->second;
    const auto bytes = fs::file_size(file, error);
    if (!error && bytes != expected.bytes) {
        checked.state = FileState::wrong;
        checked.remark =
            std::to_string(bytes) + " bytes instead of " + std::to_string(expected.bytes);
    } else if (describeFile(file).sha256 != expected.sha256) {
        checked.state = FileState::wrong;
        checked.remark = "its sha256 is not " + expected.sha256;
    } else {
        checked.state = vouched ? FileState::verified : FileState::recorded;
    }
    return checked;
}

/** An archive leaves no file of its own name: what was in it is there, by the record or by hand. */
CheckedFile checkArchive(const fs::path& folder, const Dataset& dataset,
                         const CataloguedFile& archive)
{
    CheckedFile checked;
    checked.name = archive.name;
    std::error_code error;
    const bool isThere = dataset.trainOn.empty()
                             ? fs::directory_iterator(folder, error) != fs::directory_iterator()
                             : fs::exists(below(folder, dataset.trainOn), error);
    if (isThere) {
        checked.state = FileState::present;
        checked.remark = "unpacked by hand";
    }
    return checked;
}

/** Whether a record knows files of this name or below it. */
bool knows(const Record& record, const std::string& name)
{
    return std::any_of(record.files.begin(), record.files.end(), [&](const auto& file) {
        return file.first == name || file.first.compare(0, name.size() + 1, name + "/") == 0;
    });
}

void makeFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw std::runtime_error("Could not make the folder " + folder.string() + ": " +
                                 error.message() + ". Choose another with --to.");
}

void moveTo(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    fs::rename(from, to, error);
    if (error)
        throw std::runtime_error("Could not move " + from.string() + " to " + to.string() + ": " +
                                 error.message() + ".");
}

std::string addressOf(const CataloguedFile& file, const FetchOptions& options)
{
    if (options.mirror.empty())
        return file.address;
    return options.mirror + (options.mirror.back() == '/' ? "" : "/") + file.name;
}

void enoughRoom(const CataloguedFile& file, const fs::path& folder)
{
    std::error_code error;
    const auto room = fs::space(folder, error);
    if (!error && room.available < file.bytes)
        throw std::runtime_error("There is no room for " + file.name + " (" +
                                 std::to_string(file.bytes) + " bytes) in " + folder.string() +
                                 "; free some space or choose another folder with --to.");
}

/** Fetches one file into the growing folder and checks it there. */
void fetchFile(const Dataset& dataset, const CataloguedFile& file, const fs::path& folder,
               const FetchOptions& options, Record& record, training::Progress& progress)
{
    const auto target = below(folder, file.name);
    makeFolder(target.parent_path());
    enoughRoom(file, folder);
    DownloadRequest request;
    request.address = addressOf(file, options);
    request.part = target;
    request.part += ".part";
    request.bytes = file.bytes;
    request.mostBytes = file.bytes > 0 ? file.bytes : dataset.mostBytes;
    request.willBeVerified = !file.sha256.empty();
    request.attempts = options.attempts;
    request.pauseMilliseconds = options.pauseMilliseconds;
    progress.message("Fetching " + request.address);
    download(request, progress);

    const auto got = describeFile(request.part);
    if (!file.sha256.empty() && got.sha256 != file.sha256) {
        std::error_code ignored;
        fs::remove(request.part, ignored);
        throw std::runtime_error("What came from " + request.address + " is not " + file.name +
                                 ": its sha256 is " + got.sha256 + " and should be " + file.sha256 +
                                 ". It was thrown away.");
    }
    if (file.sha256.empty())
        progress.message("Nobody vouches for " + file.name + " (" + std::to_string(got.bytes) +
                         " bytes, sha256 " + got.sha256 +
                         "): its checksum is not in the catalogue. Compare it with its makers'.");
    moveTo(request.part, target);
    record.files[file.name] = got;
}

/** Puts what is in an archive of the growing folder in its place; the archive goes. */
void unpackFile(const Dataset& dataset, const CataloguedFile& file, const fs::path& folder,
                Record& record, training::Progress& progress)
{
    const auto archive = below(folder, file.name);
    const auto place = folder / unpacking;
    std::error_code error;
    fs::remove_all(place, error);
    makeFolder(place);
    progress.message("Unpacking " + file.name);
    std::vector<fs::path> files;
    try {
        UnpackLimits limits;
        limits.mostBytes = dataset.mostUnpackedBytes;
        files = unpack(archive, place, limits);
    } catch (...) {
        fs::remove_all(place, error);
        fs::remove(archive, error);
        throw;
    }
    for (const auto& entry : fs::directory_iterator(place)) {
        const auto name = entry.path().filename().string();
        if (knows(record, name) || name == recordName)
            throw std::runtime_error("The archive " + file.name + " holds " + name +
                                     ", which is in the way of another file.");
        fs::remove_all(folder / name, error); // of a try that was broken off here
    }
    for (const auto& path : files)
        record.files[path.generic_string()] = describeFile(place / path);
    for (const auto& entry : fs::directory_iterator(place))
        moveTo(entry.path(), folder / entry.path().filename());
    fs::remove_all(place, error);
    fs::remove(archive, error);
    record.files.erase(file.name);
    record.unpacked.insert(file.name);
}

/** Moves a set that is whole into a place where something is already. */
void addTo(const fs::path& folder, const fs::path& from, const Record& added)
{
    auto record = readRecord(folder);
    for (const auto& [name, entry] : added.files) {
        const auto target = below(folder, name);
        std::error_code error;
        if (fs::exists(target, error))
            throw std::runtime_error("The file " + target.string() +
                                     " is in the way; move it away and fetch again.");
    }
    for (const auto& [name, entry] : added.files) {
        makeFolder(below(folder, name).parent_path());
        moveTo(below(from, name), below(folder, name));
        record.files[name] = entry;
    }
    record.unpacked.insert(added.unpacked.begin(), added.unpacked.end());
    writeRecord(folder, record);
    std::error_code error;
    fs::remove_all(from, error);
}

/** Fetches what is not there and moves it into the set's folder. */
void fetchMissing(const Dataset& dataset, const Check& before, const FetchOptions& options,
                  training::Progress& progress)
{
    const auto isMissing = [&](const CataloguedFile& file) {
        return std::any_of(before.files.begin(), before.files.end(), [&](const auto& checked) {
            return checked.name == file.name && checked.state == FileState::missing;
        });
    };
    const auto from = growing(dataset, options.store);
    makeFolder(from);
    auto record = readRecord(from);
    for (const auto& file : dataset.files) {
        if (!isMissing(file))
            continue;
        std::error_code error;
        if (record.unpacked.count(file.name) > 0 ||
            (record.files.count(file.name) > 0 && fs::exists(below(from, file.name), error)))
            continue; // of an earlier try
        fetchFile(dataset, file, from, options, record, progress);
        if (file.unpack)
            unpackFile(dataset, file, from, record, progress);
        writeRecord(from, record); // the next try goes on after this file
    }
    std::error_code error;
    if (fs::exists(before.folder, error))
        addTo(before.folder, from, record);
    else
        moveTo(from, before.folder);
}

} // namespace

fs::path defaultStore()
{
    const auto* data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && fs::path(data).is_absolute())
        return fs::path(data) / "organum" / "data";
    const auto* home = std::getenv("HOME");
    if (home == nullptr || *home == '\0')
        throw std::runtime_error("There is no home folder to keep data in; name a folder with "
                                 "--to.");
    return fs::path(home) / ".local" / "share" / "organum" / "data";
}

std::vector<Dataset> setsIn(const fs::path& store)
{
    std::vector<Dataset> sets;
    std::error_code error;
    for (const auto& set : catalogue())
        if (fs::exists(store / set.name, error))
            sets.push_back(set);
    std::vector<std::string> others;
    for (const auto& entry : fs::directory_iterator(store, error)) {
        const auto name = entry.path().filename().string();
        const auto isListed = std::any_of(sets.begin(), sets.end(),
                                          [&](const auto& set) { return set.name == name; });
        if (!isListed && isDrawings(name) && findDataset(name).name == name)
            others.push_back(name);
    }
    std::sort(others.begin(), others.end());
    for (const auto& name : others)
        sets.push_back(findDataset(name));
    return sets;
}

Check check(const Dataset& dataset, const fs::path& store, training::Progress& progress)
{
    Check result;
    result.folder = store / dataset.name;
    const auto record = readRecord(result.folder);
    std::vector<std::string> catalogued;
    for (const auto& file : dataset.files) {
        catalogued.push_back(file.name);
        if (record.unpacked.count(file.name) > 0)
            continue; // its content is checked below
        result.files.push_back(file.unpack ? checkArchive(result.folder, dataset, file)
                                           : checkFile(result.folder, file.name, &file, record));
    }
    std::size_t done = 0;
    for (const auto& [name, entry] : record.files) {
        progress.advance("Checking", static_cast<double>(++done),
                         static_cast<double>(record.files.size()), "files", "");
        if (std::find(catalogued.begin(), catalogued.end(), name) == catalogued.end())
            result.files.push_back(checkFile(result.folder, name, nullptr, record));
    }
    result.isWhole = std::all_of(result.files.begin(), result.files.end(), [](const auto& file) {
        return file.state != FileState::missing && file.state != FileState::wrong;
    });
    return result;
}

Check fetch(const Dataset& dataset, const FetchOptions& options, training::Progress& progress)
{
    if (!dataset.byHand.empty())
        throw std::runtime_error("The set " + dataset.name + " cannot be fetched by a program.\n" +
                                 byHandText(dataset, options.store));
    const auto before = check(dataset, options.store, progress);
    for (const auto& file : before.files)
        if (file.state == FileState::wrong)
            throw std::runtime_error(below(before.folder, file.name).string() + " is there, but " +
                                     file.remark + ". Move it away and fetch again.");
    if (before.isWhole)
        return before;
    if (!canFetch())
        throw std::runtime_error("Nothing can be fetched over the network, as this Organum was "
                                 "built without libcurl. Install libcurl4-openssl-dev and build "
                                 "it again, or get the files otherwise.\n" +
                                 byHandText(dataset, options.store));
    if (dataset.researchOnly)
        progress.message("For research only: " + dataset.licence + ". See " + dataset.page);
    try {
        fetchMissing(dataset, before, options, progress);
    } catch (const std::exception& problem) {
        throw std::runtime_error(std::string(problem.what()) + "\n" +
                                 byHandText(dataset, options.store));
    }
    return check(dataset, options.store, progress);
}

std::string byHandText(const Dataset& dataset, const fs::path& store)
{
    const auto folder = store / dataset.name;
    std::string text = dataset.byHand.empty() ? "By hand:" : dataset.byHand + " Then:";
    for (const auto& file : dataset.files)
        text += file.unpack ? "\n  unpack " + file.address + " into " + folder.string()
                            : "\n  put " + (file.address.empty() ? file.name : file.address) +
                                  " at " + below(folder, file.name).string();
    return text + "\nMore: " + dataset.page;
}

} // namespace organum::datasets
