#include "Bundle/Header.h"
#include "BundleFixture.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::bundle;
using namespace organum::test;

TEST_CASE("A written bundle reads back with every tensor and every text unchanged")
{
    TemporaryFolder folder;
    const auto written = smallBundle();
    writeBundle(folder / "a.organum", written);
    const auto read = readBundle(folder / "a.organum");

    CHECK(read.metadata.formatVersion == 1);
    CHECK(read.metadata.kind == written.metadata.kind);
    CHECK(read.metadata.name == written.metadata.name);
    CHECK(read.metadata.config == written.metadata.config);
    CHECK(read.metadata.vocabulary == written.metadata.vocabulary);
    CHECK(read.metadata.provenance == written.metadata.provenance);
    REQUIRE(read.tensors.size() == written.tensors.size());
    for (const auto& [name, tensor] : written.tensors) {
        INFO(name);
        CHECK(read.tensors.at(name).type == tensor.type);
        CHECK(read.tensors.at(name).shape == tensor.shape);
        CHECK(read.tensors.at(name).bytes == tensor.bytes);
    }
}

TEST_CASE("A list of bundles can be shown from the metadata alone")
{
    TemporaryFolder folder;
    writeBundle(folder / "a.organum", smallBundle());
    CHECK(readMetadata(folder / "a.organum").name == smallBundle().metadata.name);
}

TEST_CASE("The same bundle is the same file, byte by byte")
{
    TemporaryFolder folder;
    writeBundle(folder / "a.organum", smallBundle());
    writeBundle(folder / "b.organum", smallBundle());
    CHECK(fileBytes(folder / "a.organum") == fileBytes(folder / "b.organum"));
}

TEST_CASE("Every tensor begins at a multiple of its value's size, for memory mapping")
{
    TemporaryFolder folder;
    writeBundle(folder / "a.organum", smallBundle());
    const auto bytes = fileBytes(folder / "a.organum");
    const auto length =
        static_cast<unsigned char>(bytes[0]) + 256u * static_cast<unsigned char>(bytes[1]);
    CHECK(length % 8 == 0);
    const auto header = parseHeader(std::string_view(bytes).substr(8, length),
                                    bytes.size() - 8 - length, "a.organum");
    for (const auto& entry : header.tensors)
        CHECK(entry.begin % bytesPerValue(entry.type) == 0);
}

TEST_CASE("A bundle that cannot be written leaves the old one and no rubbish behind")
{
    TemporaryFolder folder;
    const auto file = folder / "a.organum";
    writeBundle(file, smallBundle());
    const auto before = fileBytes(file);

    auto bad = smallBundle();
    SECTION("because a weight is not a number")
    {
        bad.tensors["weight"] = tensorOf<std::uint32_t>(DataType::float32, {1}, {0x7fc00000u});
        CHECK_THROWS_WITH(writeBundle(file, bad),
                          Catch::Contains("weight") && Catch::Contains("not a number"));
    }
    SECTION("because a weight ran away while training")
    {
        bad.tensors["weight"] = tensorOf<float>(DataType::float32, {1}, {1e7f});
        CHECK_THROWS_WITH(writeBundle(file, bad),
                          Catch::Contains("a million") && Catch::Contains("learning rate"));
    }
    SECTION("because a tensor's bytes do not fit its shape")
    {
        bad.tensors["weight"].shape = {7};
        CHECK_THROWS_WITH(writeBundle(file, bad), Catch::Contains("28"));
    }
    SECTION("because its configuration is no JSON")
    {
        bad.metadata.config = "units: 4";
        CHECK_THROWS_AS(writeBundle(file, bad), BundleError);
    }
    SECTION("because a name is not UTF-8")
    {
        bad.metadata.name = "\xff\xfe";
        CHECK_THROWS_WITH(writeBundle(file, bad), Catch::Contains("UTF-8"));
    }
    SECTION("because the shape is negative")
    {
        bad.tensors["weight"].shape = {-2, -3};
        CHECK_THROWS_AS(writeBundle(file, bad), BundleError);
    }
    CHECK(fileBytes(file) == before);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("Writing below a regular file or over a folder is refused with the path")
{
    TemporaryFolder folder;
    writeBytes(folder / "file", "x");
    CHECK_THROWS_WITH(writeBundle(folder / "file/a.organum", smallBundle()),
                      Catch::Contains("a.organum"));
    std::filesystem::create_directories(folder / "folder/inner");
    CHECK_THROWS_WITH(writeBundle(folder / "folder", smallBundle()), Catch::Contains("folder"));
    CHECK(std::filesystem::exists(folder / "folder/inner"));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 2);
}
