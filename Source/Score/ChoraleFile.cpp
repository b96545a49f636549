#include "Score/ChoraleFile.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <set>
#include <system_error>

namespace organum::score
{
namespace
{

using Json = nlohmann::json;

constexpr int voices = 4;
constexpr int highestPitch = 127;
constexpr std::uintmax_t mostBytes = 64ull << 20;
constexpr std::size_t mostPieces = 10000;
constexpr int mostStepsOfPiece = 100000;
constexpr std::size_t mostSteps = 2000000;

[[noreturn]] void fail(const std::string& file, const std::string& what)
{
    throw ChoraleFileError("Reading the chorales \"" + file + "\": " + what +
                           ". Use Jsb16thSeparated.json of the JSB Chorales data set, or a file of "
                           "its form.");
}

/** Takes the parser's events as they come, so that a hostile file cannot make it build anything
    large or deep. The depth says what is being read: 1 the object of splits, 2 pieces, 3 steps,
    4 the numbers of a step. */
class ChoraleEvents : public nlohmann::json_sax<Json>
{
public:
    explicit ChoraleEvents(std::string fileIn)
        : file(std::move(fileIn))
    {
    }

    bool start_object(std::size_t) override
    {
        if (depth != 0)
            fail(file, place() + " holds an object where " + wanted() + " must stand");
        ++depth;
        return true;
    }

    bool end_object() override
    {
        --depth;
        return true;
    }

    bool key(string_t& name) override
    {
        if (name == "train")
            pieces = &splits.train;
        else if (name == "valid")
            pieces = &splits.valid;
        else if (name == "test")
            pieces = &splits.test;
        else
            fail(file, "a key is not \"train\", \"valid\" or \"test\"");
        if (!seen.insert(name).second)
            fail(file, "the key \"" + name + "\" is given twice");
        split = name;
        return true;
    }

    bool start_array(std::size_t) override
    {
        if (depth == 0 || depth > 3)
            fail(file, place() + " holds a list where " + wanted() + " must stand");
        ++depth;
        if (depth == 3) {
            if (++pieceCount > mostPieces)
                fail(file, "it holds more than 10,000 pieces");
            pieces->emplace_back();
        } else if (depth == 4) {
            numbers = 0;
        }
        return true;
    }

    bool end_array() override
    {
        if (depth == 4) {
            if (numbers != voices)
                fail(file, place() + " has " + std::to_string(numbers) +
                               " numbers where four voices are needed");
            if (pieces->back().steps() > mostStepsOfPiece || ++stepCount > mostSteps)
                fail(file, place() + " is one step too many; a piece may have 100,000, the file "
                                     "2,000,000");
        } else if (depth == 3 && pieces->back().pitches.empty()) {
            fail(file, place() + " is empty");
        }
        --depth;
        return true;
    }

    bool number_integer(number_integer_t value) override
    {
        return add(value >= -1 && value <= highestPitch, static_cast<int>(value));
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        return add(value <= highestPitch, static_cast<int>(value));
    }
    bool number_float(number_float_t value, const string_t&) override
    {
        return add(value >= -1 && value <= highestPitch && value == std::floor(value),
                   value >= -1 && value <= highestPitch ? static_cast<int>(value) : 0);
    }
    bool null() override { return other(); }
    bool boolean(bool) override { return other(); }
    bool string(string_t&) override { return other(); }
    bool binary(binary_t&) override { return other(); }

    bool parse_error(std::size_t byte, const std::string&,
                     const nlohmann::detail::exception& error) override
    {
        // In our own words: the parser's quote bytes of the file, which may be no text at all.
        constexpr int numberTooLarge = 406;
        fail(file, error.id == numberTooLarge
                       ? "a number in it is too large, at byte " + std::to_string(byte)
                       : "it is not valid JSON from byte " + std::to_string(byte) + " on");
    }

    ChoraleSplits splits;

private:
    bool add(bool allowed, int pitch)
    {
        if (depth != 4)
            fail(file, place() + " holds a number where " + wanted() + " must stand");
        if (!allowed)
            fail(file, place() + " holds a number that is no MIDI pitch (0 to 127, whole) and not "
                                 "-1 for silence");
        if (++numbers > voices)
            fail(file, place() + " has more than four numbers where four voices are needed");
        pieces->back().pitches.push_back(pitch);
        return true;
    }

    bool other()
    {
        fail(file, place() + " holds something else where " + wanted() + " must stand");
    }

    std::string wanted() const
    {
        static const char* const things[] = {"an object of splits", "a list of pieces",
                                             "a list of steps", "a list of four numbers",
                                             "a number"};
        return things[depth];
    }

    /** Where the parser stands, counted from 1 as people do. */
    std::string place() const
    {
        if (depth < 2)
            return split.empty() ? "its beginning" : "\"" + split + "\"";
        auto text = "\"" + split + "\"";
        if (depth >= 3) {
            text = "piece " + std::to_string(pieces->size()) + " of " + text;
            // While a step is read, its numbers already stand at the end of the table.
            const auto complete = pieces->back().pitches.size() / voices;
            const bool whole = depth == 4 && numbers >= voices;
            if (depth == 4)
                text = "step " + std::to_string(complete + (whole ? 0 : 1)) + " in " + text;
        }
        return text;
    }

    std::string file, split;
    std::set<std::string> seen;
    std::vector<VoiceGrid>* pieces = nullptr;
    int depth = 0, numbers = 0;
    std::size_t pieceCount = 0, stepCount = 0;
};

} // namespace

const std::vector<VoiceGrid>& ChoraleSplits::split(const std::string& name) const
{
    if (name == "train")
        return train;
    if (name == "valid" || name == "validation")
        return valid;
    if (name == "test")
        return test;
    throw std::invalid_argument("There is no split '" + name + "'; choose train, valid or test.");
}

ChoraleSplits parseChorales(std::string_view text, const std::string& name, Joining joining)
{
    ChoraleEvents events(name);
    Json::sax_parse(text.begin(), text.end(), &events);
    auto splits = std::move(events.splits);
    if (splits.train.empty() && splits.valid.empty() && splits.test.empty())
        fail(name, "it holds no piece");
    for (auto* pieces : {&splits.train, &splits.valid, &splits.test})
        for (auto& piece : *pieces)
            markOnsets(piece, joining);
    return splits;
}

ChoraleSplits readChorales(const std::filesystem::path& file, Joining joining)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error)
        fail(file.string(), "it cannot be opened (" + error.message() + ")");
    if (size > mostBytes)
        fail(file.string(), "it is larger than 64 MiB");
    std::ifstream stream(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!stream.read(text.data(), static_cast<std::streamsize>(text.size())))
        fail(file.string(), "it cannot be read");
    return parseChorales(text, file.string(), joining);
}

} // namespace organum::score
