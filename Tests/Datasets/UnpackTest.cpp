// Archives that mean well and archives that do not.

#include "Training/Datasets/Unpack.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <archive.h>
#include <archive_entry.h>

#include <fstream>

using namespace organum;
using namespace organum::datasets;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

struct Packed
{
    std::string name;
    std::string content;
    int type = AE_IFREG;
    std::string link;     ///< symbolic
    std::string hardlink; ///< to an entry
};

void pack(const fs::path& file, const std::vector<Packed>& entries, bool zip = false)
{
    auto* out = archive_write_new();
    if (zip) {
        archive_write_set_format_zip(out);
    } else {
        archive_write_set_format_pax_restricted(out);
        archive_write_add_filter_gzip(out);
    }
    REQUIRE(archive_write_open_filename(out, file.c_str()) == ARCHIVE_OK);
    for (const auto& packed : entries) {
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, packed.name.c_str());
        archive_entry_set_filetype(entry, static_cast<unsigned>(packed.type));
        archive_entry_set_perm(entry, 0777);
        archive_entry_set_size(entry, static_cast<la_int64_t>(packed.content.size()));
        if (!packed.link.empty())
            archive_entry_set_symlink(entry, packed.link.c_str());
        if (!packed.hardlink.empty())
            archive_entry_set_hardlink(entry, packed.hardlink.c_str());
        REQUIRE(archive_write_header(out, entry) == ARCHIVE_OK);
        archive_write_data(out, packed.content.data(), packed.content.size());
        archive_entry_free(entry);
    }
    REQUIRE(archive_write_close(out) == ARCHIVE_OK);
    archive_write_free(out);
}

struct Bench
{
    test::TemporaryFolder folder;
    fs::path archive = folder / "set.tar.gz";
    fs::path place = folder / "place";
    UnpackLimits limits;

    Bench()
    {
        fs::create_directory(place);
        limits.mostBytes = 1 << 20;
        limits.mostEntries = 100;
    }
    std::vector<fs::path> open() const { return unpack(archive, place, limits); }
    void refuses(const std::vector<Packed>& entries, const std::string& words) const
    {
        INFO(words);
        pack(archive, entries);
        CHECK_THROWS_WITH(open(), Contains("set.tar.gz") && Contains(words));
    }
};

} // namespace

TEST_CASE("Files and folders are unpacked as plain files", "[unpack]")
{
    const Bench bench;
    for (const bool zip : {false, true}) {
        pack(bench.archive,
             {{"a", "", AE_IFDIR, {}, {}},
              {"a/one", "1", AE_IFREG, {}, {}},
              {"./b/c/two", "22", AE_IFREG, {}, {}}},
             zip);
        CHECK(bench.open() == std::vector<fs::path>{"a/one", "b/c/two"});
        CHECK(test::readWholeFile(bench.place / "a" / "one") == "1");
        CHECK(test::readWholeFile(bench.place / "b" / "c" / "two") == "22");
        const auto rights = fs::status(bench.place / "a" / "one").permissions();
        CHECK((rights & fs::perms::owner_exec) == fs::perms::none);
        fs::remove_all(bench.place);
        fs::create_directory(bench.place);
    }
}

TEST_CASE("Names that are no UTF-8 are read as Latin-1", "[unpack]")
{
    // A record of what was unpacked could not hold them, and the fetch ended in an exception.
    const Bench bench;
    const auto named = [&](int (*format)(::archive*), const std::string& name) {
        auto* out = archive_write_new();
        format(out);
        REQUIRE(archive_write_open_filename(out, bench.archive.c_str()) == ARCHIVE_OK);
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, 1);
        REQUIRE(archive_write_header(out, entry) >= ARCHIVE_WARN);
        archive_write_data(out, "1", 1);
        archive_entry_free(entry);
        REQUIRE(archive_write_close(out) == ARCHIVE_OK);
        archive_write_free(out);
        fs::remove_all(bench.place);
        fs::create_directory(bench.place);
    };
    for (const auto format : {archive_write_set_format_ustar, archive_write_set_format_gnutar,
                              archive_write_set_format_zip})
        for (const auto* name : {"caf\xe9/\x80uvre.mid", "caf\xc3\xa9/\xc2\x80uvre.mid"}) {
            INFO(name);
            named(format, name);
            const fs::path expected = "caf\xc3\xa9/\xc2\x80uvre.mid";
            CHECK(bench.open() == std::vector<fs::path>{expected});
            CHECK(test::readWholeFile(bench.place / expected) == "1");
        }
}

TEST_CASE("Names that lead out of the folder are refused", "[unpack]")
{
    const Bench bench;
    for (const auto* name :
         {"../x", "a/../../x", "a/..", "/tmp/organum-absolute", "a\\..\\x", "c:x", "a\nb"}) {
        INFO(name);
        bench.refuses({{name, "bad", AE_IFREG, {}, {}}}, "name");
    }
    CHECK_FALSE(fs::exists(bench.folder / "x"));
    CHECK_FALSE(fs::exists("/tmp/organum-absolute"));
    pack(bench.archive, {{"../x", "bad", AE_IFREG, {}, {}}}, true);
    CHECK_THROWS_WITH(bench.open(), Contains("name"));
    CHECK_FALSE(fs::exists(bench.folder / "x"));
}

TEST_CASE("Links and devices are refused", "[unpack]")
{
    const Bench bench;
    bench.refuses({{"s", "", AE_IFLNK, "/etc/passwd", {}}}, "link");
    bench.refuses({{"d", "", AE_IFLNK, "..", {}}, {"d/x", "bad", AE_IFREG, {}, {}}}, "link");
    fs::remove_all(bench.place / "a");
    bench.refuses({{"a", "1", AE_IFREG, {}, {}}, {"h", "", AE_IFREG, {}, "a"}}, "link");
    bench.refuses({{"f", "", AE_IFIFO, {}, {}}}, "neither a file nor a folder");
    CHECK_FALSE(fs::exists(bench.folder / "x"));
}

TEST_CASE("What unpacks to too much is stopped there", "[unpack]")
{
    const Bench bench;
    const std::string zeros(4 << 20, '\0');
    bench.refuses({{"bomb", zeros, AE_IFREG, {}, {}}}, "more than the 1048576 bytes");
    CHECK(fs::file_size(bench.archive) < 20000);
    CHECK(fs::file_size(bench.place / "bomb") <= (1 << 20));
    std::vector<Packed> many(101);
    for (std::size_t i = 0; i < many.size(); ++i)
        many[i].name = "n" + std::to_string(i);
    bench.refuses(many, "more than 100 entries");
}

TEST_CASE("A name that is there twice, no file at all, and no archive are refused", "[unpack]")
{
    const Bench bench;
    bench.refuses({{"twice", "1", AE_IFREG, {}, {}}, {"twice", "2", AE_IFREG, {}, {}}}, "twice");
    bench.refuses({{"empty", "", AE_IFDIR, {}, {}}}, "no file");
    pack(bench.archive, {{"cut", std::string(100000, 'x') + "y", AE_IFREG, {}, {}}});
    const auto bytes = test::readWholeFile(bench.archive);
    std::ofstream(bench.archive, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
    CHECK_THROWS_AS(bench.open(), UnpackError);
    std::ofstream(bench.archive) << "<html>not found</html>";
    CHECK_THROWS_AS(bench.open(), UnpackError);
    fs::remove(bench.archive);
    CHECK_THROWS_AS(bench.open(), UnpackError);
}
