// One row a way in which a file can be wrong: each has its own sentence, names the file and says
// what to do.

#include "Bundle/Header.h"
#include "BundleFixture.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::bundle;
using namespace organum::test;

namespace
{

const std::string goodMetadata =
    R"("__metadata__":{"format":"organum","format_version":"1","kind":"k","name":"n",)"
    R"("config":"{}","vocabulary":"{}","provenance":"{}"})";

std::string tensor(const std::string& name, const std::string& shape, const std::string& offsets,
                   const std::string& type = "F32")
{
    return "\"" + name + R"(":{"dtype":")" + type + R"(","shape":)" + shape +
           R"(,"data_offsets":)" + offsets + "}";
}

std::string withTensors(const std::string& tensors, const std::string& data)
{
    return rawFile("{" + goodMetadata + "," + tensors + "}", data);
}

std::string withMetadata(const std::string& metadata)
{
    return rawFile("{\"__metadata__\":" + metadata + "}", "");
}

std::string nested(int levels)
{
    return std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
}

std::string floats(std::size_t count)
{
    return std::string(4 * count, '\0');
}

struct Row
{
    const char* what;
    std::string bytes;
    const char* expected;
    BundleError::Reason reason = BundleError::Reason::damaged;
};

std::vector<Row> rows()
{
    const std::string eightBytes = "\xff\xff\xff\xff\xff\xff\xff\x7f";
    const std::string infinite("\x00\x00\x80\x7f", 4);
    const std::string notANumber("\x01\x00\xc0\xff", 4);
    const std::string halfInfinite("\x00\x7c", 2);
    const std::string largestFloat("\xff\xff\x7f\x7f", 4);
    const std::string belowMinusAMillion("\x01\x24\x74\xc9", 4);
    return {
        {"empty file", "", "too few"},
        {"seven bytes", "1234567", "too few"},
        {"header longer than allowed", eightBytes + "{}", "no model bundle"},
        {"header longer than the file", rawFile("{}      ", "").substr(0, 12), "cut short within"},
        {"header that is text of another kind", rawFile("hello", ""), "not valid JSON"},
        {"header that is no text at all", rawFile("{\"a\":\"\xff\xfe\"}", ""), "from byte 7 on"},
        {"header with a number beyond all", rawFile("{\"a\":1e999}", ""), "number in it"},
        {"header that is a list", rawFile("[]", ""), "not a JSON object"},
        {"header with rubbish after it", rawFile("{} x", ""), "not valid JSON"},
        {"header nested without end", rawFile(nested(100000), ""), "levels deep"},
        {"a key given twice",
         withTensors(tensor("w", "[1]", "[0,4]") + "," + tensor("w", "[1]", "[0,4]"), floats(1)),
         "given twice"},
        {"no metadata", rawFile("{" + tensor("w", "[1]", "[0,4]") + "}", floats(1)),
         "without metadata"},
        {"another program's file", withMetadata(R"({"format":"pt"})"), "another program"},
        {"no version", withMetadata(R"({"format":"organum"})"), "format_version"},
        {"version that is no number",
         withMetadata(R"({"format":"organum","format_version":"one"})"), "not a positive number"},
        {"newer version", withMetadata(R"({"format":"organum","format_version":"2"})"),
         "Update Organum", BundleError::Reason::newerVersion},
        {"no kind", withMetadata(R"({"format":"organum","format_version":"1"})"), "\"kind\""},
        {"configuration that is no JSON",
         withMetadata(
             R"({"format":"organum","format_version":"1","kind":"k","name":"n","config":"{"})"),
         "\"config\" cannot be read"},
        {"tensor that is a number", withTensors(R"("w":1)", ""), "lacks dtype"},
        {"unknown value type", withTensors(tensor("w", "[1]", "[0,8]", "F64"), floats(2)),
         "value type \"F64\""},
        {"shape that is no list", withTensors(tensor("w", "4", "[0,4]"), floats(1)), "not a list"},
        {"negative dimension", withTensors(tensor("w", "[-1]", "[0,4]"), floats(1)), "dimension"},
        {"fractional dimension", withTensors(tensor("w", "[1.5]", "[0,4]"), floats(1)),
         "dimension"},
        {"nine dimensions", withTensors(tensor("w", "[1,1,1,1,1,1,1,1,1]", "[0,4]"), floats(1)),
         "9 dimensions"},
        {"shape whose product wraps to the right size",
         withTensors(tensor("w", "[4294967296,4294967296,2]", "[0,0]"), ""), "too large to exist"},
        {"wrong shape", withTensors(tensor("w", "[3]", "[0,8]"), floats(2)), "its shape needs 12"},
        {"offsets turned round", withTensors(tensor("w", "[1]", "[4,0]"), floats(1)),
         "ends before it begins"},
        {"offset below zero", withTensors(tensor("w", "[1]", "[-4,0]"), floats(1)),
         "not a whole number"},
        {"three offsets", withTensors(tensor("w", "[1]", "[0,4,8]"), floats(2)),
         "two data offsets"},
        {"tensor past the end", withTensors(tensor("w", "[3]", "[0,12]"), floats(2)),
         "past the end"},
        {"overlapping tensors",
         withTensors(tensor("a", "[2]", "[0,8]") + "," + tensor("b", "[2]", "[4,12]"), floats(3)),
         "overlaps"},
        {"hole between tensors",
         withTensors(tensor("a", "[1]", "[0,4]") + "," + tensor("b", "[1]", "[8,12]"), floats(3)),
         "hole of 4 bytes"},
        {"bytes after the last tensor", withTensors(tensor("a", "[1]", "[0,4]"), floats(2)),
         "4 bytes after the last tensor"},
        {"infinite weight", withTensors(tensor("a", "[1]", "[0,4]"), infinite), "not a number"},
        {"weight that is not a number",
         withTensors(tensor("a", "[2]", "[0,8]"), floats(1) + notANumber), "not a number"},
        {"infinite half-precision weight",
         withTensors(tensor("a", "[1]", "[0,2]", "F16"), halfInfinite), "not a number"},
        {"weight of 3e38, which would compose noise",
         withTensors(tensor("a", "[1]", "[0,4]"), largestFloat), "beyond a million"},
        {"weight a little below minus a million",
         withTensors(tensor("a", "[2]", "[0,8]"), floats(1) + belowMinusAMillion),
         "beyond a million"},
    };
}

} // namespace

TEST_CASE("Each way a bundle can be wrong gets a message of its own and changes nothing")
{
    TemporaryFolder folder;
    const auto file = folder / "suspect.organum";
    for (const auto& row : rows()) {
        INFO(row.what);
        writeBytes(file, row.bytes);
        try {
            readBundle(file);
            FAIL_CHECK("it was accepted");
        } catch (const BundleError& error) {
            CHECK(error.reason == row.reason);
            CHECK_THAT(error.what(), Catch::Contains(row.expected));
            CHECK_THAT(error.what(), Catch::Contains("suspect.organum"));
            CHECK_THAT(error.what(), !Catch::Contains("json.exception"));
        }
        CHECK(fileBytes(file) == row.bytes);
    }
}

TEST_CASE("Weights of a million either way and the largest half-precision ones are read")
{
    TemporaryFolder folder;
    const auto file = folder / "edge.organum";
    const std::string aMillion("\x00\x24\x74\x49\x00\x24\x74\xc9", 8);
    writeBytes(file, withTensors(tensor("w", "[2]", "[0,8]"), aMillion));
    CHECK(readBundle(file).tensors.at("w").bytes.size() == 8);
    writeBytes(file, withTensors(tensor("w", "[1]", "[0,2]", "F16"), "\xff\xfb"));
    CHECK(readBundle(file).tensors.at("w").bytes.size() == 2);
}

TEST_CASE("A bundle cut off anywhere is refused")
{
    TemporaryFolder folder;
    writeBundle(folder / "whole.organum", smallBundle());
    const auto bytes = fileBytes(folder / "whole.organum");
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        INFO(size << " of " << bytes.size() << " bytes");
        CHECK_THROWS_AS(
            parseBundle(reinterpret_cast<const std::byte*>(bytes.data()), size, "cut.organum"),
            BundleError);
    }
}

TEST_CASE("A missing file, a folder and a device are refused as unreadable")
{
    TemporaryFolder folder;
    for (const auto& path :
         {folder / "missing.organum", folder.path, std::filesystem::path("/dev/zero")}) {
        INFO(path);
        try {
            readBundle(path);
            FAIL_CHECK("it was accepted");
        } catch (const BundleError& error) {
            CHECK(error.reason == BundleError::Reason::unreadable);
        }
        CHECK_THROWS_AS(readMetadata(path), BundleError);
    }
}

TEST_CASE("A file that claims to be far larger than allowed takes no memory")
{
    TemporaryFolder folder;
    const auto file = folder / "sparse.organum";
    writeBytes(file, "x");
    std::filesystem::resize_file(file, maximumFileBytes + 1);
    CHECK_THROWS_WITH(readBundle(file), Catch::Contains("1 GiB"));
}
