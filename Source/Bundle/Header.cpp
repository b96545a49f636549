#include "Bundle/Header.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace organum::bundle
{

namespace
{

using Json = nlohmann::json;

constexpr int maximumDepth = 32;

[[noreturn]] void fail(const std::string& file, const std::string& what)
{
    throw BundleError(BundleError::Reason::damaged, "Reading the model bundle \"" + file +
                                                        "\": " + what +
                                                        ". Get the file again, or train and "
                                                        "save the model anew.");
}

/** Parses one JSON object; refuses deep nesting and keys given twice, which the parser alone would
    let through. */
Json parseObject(std::string_view text)
{
    std::vector<std::set<std::string>> keys;
    const auto check = [&keys](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth > maximumDepth)
            throw std::invalid_argument("it is nested more than " + std::to_string(maximumDepth) +
                                        " levels deep");
        if (event == Json::parse_event_t::object_start)
            keys.emplace_back();
        else if (event == Json::parse_event_t::object_end)
            keys.pop_back();
        else if (event == Json::parse_event_t::key &&
                 !keys.back().insert(parsed.get_ref<const std::string&>()).second)
            throw std::invalid_argument("the key \"" + parsed.get<std::string>() +
                                        "\" is given twice");
        return true;
    };
    Json json;
    try {
        json = Json::parse(text.begin(), text.end(), check);
    } catch (const Json::parse_error& error) {
        // In our own words: the parser's quote bytes of the file, which may be no text at all.
        throw std::invalid_argument("it is not valid JSON from byte " + std::to_string(error.byte) +
                                    " on");
    } catch (const Json::exception&) {
        throw std::invalid_argument("it is not valid JSON: a number in it is too large");
    }
    if (!json.is_object())
        throw std::invalid_argument("it is not a JSON object");
    return json;
}

std::string metadataText(const Json& metadata, const char* key, const std::string& file,
                         bool structured)
{
    const auto found = metadata.find(key);
    if (found == metadata.end() || !found->is_string())
        fail(file, std::string("its metadata lacks the text \"") + key + "\"");
    const auto& text = found->get_ref<const std::string&>();
    if (structured) {
        try {
            checkJsonObject(text);
        } catch (const std::invalid_argument& error) {
            fail(file, std::string("its metadata \"") + key + "\" cannot be read: " + error.what());
        }
    }
    return text;
}

int parseVersion(const std::string& text, const std::string& file)
{
    const bool digits =
        !text.empty() && text.size() <= 6 &&
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || std::stoi(text) < 1)
        fail(file, "its format version \"" + text.substr(0, 20) + "\" is not a positive number");
    return std::stoi(text);
}

Metadata parseMetadata(const Json& header, const std::string& file)
{
    const auto found = header.find("__metadata__");
    if (found == header.end() || !found->is_object())
        fail(file, "it is a safetensors file without metadata, not an Organum bundle");
    const auto format = found->find("format");
    if (format == found->end() || *format != "organum")
        fail(file, "it is a safetensors file of another program, not an Organum bundle");

    Metadata metadata;
    metadata.formatVersion =
        parseVersion(metadataText(*found, "format_version", file, false), file);
    if (metadata.formatVersion > supportedFormatVersion)
        throw BundleError(BundleError::Reason::newerVersion,
                          "Reading the model bundle \"" + file + "\": its format version " +
                              std::to_string(metadata.formatVersion) +
                              " is newer than the version " +
                              std::to_string(supportedFormatVersion) +
                              " that this Organum reads. Update Organum to use it.");
    metadata.kind = metadataText(*found, "kind", file, false);
    metadata.name = metadataText(*found, "name", file, false);
    metadata.config = metadataText(*found, "config", file, true);
    metadata.vocabulary = metadataText(*found, "vocabulary", file, true);
    metadata.provenance = metadataText(*found, "provenance", file, true);
    return metadata;
}

std::uint64_t offsetOf(const Json& value, const std::string& where, const std::string& file)
{
    if (!value.is_number_unsigned())
        fail(file, where + " has a data offset that is not a whole number");
    return value.get<std::uint64_t>();
}

TensorEntry parseTensor(const std::string& name, const Json& json, const std::string& file)
{
    const auto where = "the tensor \"" + name.substr(0, 80) + "\"";
    if (!json.is_object() || !json.contains("dtype") || !json.contains("shape") ||
        !json.contains("data_offsets"))
        fail(file, where + " lacks dtype, shape or data_offsets");

    TensorEntry entry;
    entry.name = name;
    const auto& type = json["dtype"];
    if (!type.is_string())
        fail(file, where + " has a dtype that is not a text");
    try {
        entry.type = dataTypeFromName(type.get<std::string>());
    } catch (const std::invalid_argument& error) {
        fail(file, where + " has " + error.what());
    }

    const auto& shape = json["shape"];
    if (!shape.is_array())
        fail(file, where + " has a shape that is not a list");
    if (shape.size() > maximumRank)
        fail(file, where + " has " + std::to_string(shape.size()) + " dimensions, more than " +
                       std::to_string(maximumRank));
    for (const auto& dimension : shape) {
        if (!dimension.is_number_unsigned() ||
            dimension.get<std::uint64_t>() >
                static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            fail(file, where + " has a dimension that is not a whole number of 0 or more");
        entry.shape.push_back(dimension.get<std::int64_t>());
    }

    const auto& offsets = json["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2)
        fail(file, where + " needs two data offsets");
    entry.begin = offsetOf(offsets[0], where, file);
    entry.end = offsetOf(offsets[1], where, file);
    if (entry.begin > entry.end)
        fail(file, where + " ends before it begins");

    std::uint64_t expected = 0;
    try {
        expected = byteSize(entry.type, entry.shape);
    } catch (const std::overflow_error&) {
        fail(file, where + " has a shape too large to exist");
    }
    if (expected != entry.end - entry.begin)
        fail(file, where + " has " + std::to_string(entry.end - entry.begin) +
                       " bytes of data, but its shape needs " + std::to_string(expected));
    return entry;
}

void checkLayout(const std::vector<TensorEntry>& tensors, std::uint64_t dataBytes,
                 const std::string& file)
{
    std::uint64_t filled = 0;
    for (const auto& entry : tensors) {
        const auto where = "the tensor \"" + entry.name.substr(0, 80) + "\"";
        if (entry.end > dataBytes)
            fail(file, where + " reaches past the end of the file, which is cut short");
        if (entry.begin < filled)
            fail(file, where + " overlaps the tensor before it");
        if (entry.begin > filled)
            fail(file, "there is a hole of " + std::to_string(entry.begin - filled) +
                           " bytes before " + where);
        filled = entry.end;
    }
    if (filled != dataBytes)
        fail(file, "there are " + std::to_string(dataBytes - filled) +
                       " bytes after the last tensor that belong to none");
}

} // namespace

void checkJsonObject(const std::string& text)
{
    parseObject(text);
}

Header parseHeader(std::string_view text, std::uint64_t dataBytes, const std::string& file)
{
    Json json;
    try {
        json = parseObject(text);
    } catch (const std::invalid_argument& error) {
        fail(file, std::string("its header cannot be read: ") + error.what());
    }
    Header header;
    // First of all, so that a newer file is called newer and not damaged.
    header.metadata = parseMetadata(json, file);
    for (const auto& [name, value] : json.items())
        if (name != "__metadata__")
            header.tensors.push_back(parseTensor(name, value, file));
    std::sort(header.tensors.begin(), header.tensors.end(), [](const auto& a, const auto& b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    checkLayout(header.tensors, dataBytes, file);
    return header;
}

} // namespace organum::bundle
