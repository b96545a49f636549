#include "Training/Datasets/Record.h"

#include "Score/AtomicFile.h"
#include "Training/Data/Sha256.h"
#include "Training/Datasets/Store.h"
#include "Training/Datasets/Unpack.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>

namespace organum::datasets
{

namespace fs = std::filesystem;

RecordedFile describeFile(const fs::path& file)
{
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    if (error)
        throw std::runtime_error("Could not read " + file.string() + ": " + error.message() + ".");
    return {bytes, training::sha256OfFile(file)};
}

Record readRecord(const fs::path& folder)
{
    const auto file = folder / recordName;
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return {};
    std::ifstream in(file);
    const auto json = nlohmann::json::parse(in, nullptr, false);
    Record record;
    try {
        for (const auto& [name, entry] : json.at("files").items()) {
            if (!isSafeName(name))
                throw std::invalid_argument("a name in it leads out of the folder");
            record.files[name] = {entry.at("bytes").get<std::uint64_t>(),
                                  entry.at("sha256").get<std::string>()};
        }
        json.at("unpacked").get_to(record.unpacked);
    } catch (const std::exception&) {
        throw std::runtime_error("The record " + file.string() +
                                 " is damaged. Delete it to check by the catalogue alone, or move "
                                 "the folder away and fetch the set again.");
    }
    return record;
}

void writeRecord(const fs::path& folder, const Record& record)
{
    nlohmann::json json;
    json["files"] = nlohmann::json::object();
    for (const auto& [name, entry] : record.files)
        json["files"][name] = {{"bytes", entry.bytes}, {"sha256", entry.sha256}};
    json["unpacked"] = record.unpacked;
    const auto text = json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    score::writeFileAtomically(folder / recordName, text.data(), text.size(),
                               "the record of the data");
}

} // namespace organum::datasets
