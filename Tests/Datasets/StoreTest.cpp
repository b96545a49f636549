// Whole sets: fetched, checked, gone on with, and never half there.

#include "Training/Datasets/Store.h"
#include "Datasets/LocalServer.h"
#include "Support/Paths.h"
#include "Training/Data/Sha256.h"

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

/** Keeps what a user is told. */
struct Told : training::Progress
{
    std::string text;
    void message(const std::string& line) override { text += line + "\n"; }
};

struct Bench
{
    test::LocalServer server;
    test::TemporaryFolder folder;
    fs::path store = folder / "data";
    Told told;
    Dataset set;

    Bench()
    {
        set.name = "tunes";
        set.licence = "free";
        set.page = "http://example.org/tunes";
        set.files.resize(2);
        set.files[0].name = "known.txt";
        set.files[1].name = "sub/unknown.txt";
        for (auto& file : set.files)
            file.address = server.address("/" + file.name);
        const std::string known = "one two three";
        set.files[0].bytes = known.size();
        set.files[0].sha256 = training::sha256(known.data(), known.size());
        serve("known.txt", known);
        serve("sub/unknown.txt", "four five");
    }
    void serve(const std::string& name, const std::string& body)
    {
        server.serve("/" + name, {body});
    }
    Check fetched()
    {
        FetchOptions options;
        options.store = store;
        options.attempts = 1;
        options.pauseMilliseconds = 0;
        return fetch(set, options, told);
    }
    Check checked() { return check(set, store, told); }
    FileState stateOf(const std::string& name)
    {
        for (const auto& file : checked().files)
            if (file.name == name)
                return file.state;
        FAIL("no " << name);
        return FileState::missing;
    }
    fs::path place() const { return store / "tunes"; }
};

std::string packed(const fs::path& file, const std::vector<std::string>& names)
{
    auto* out = archive_write_new();
    archive_write_set_format_pax_restricted(out);
    archive_write_add_filter_gzip(out);
    REQUIRE(archive_write_open_filename(out, file.c_str()) == ARCHIVE_OK);
    for (const auto& name : names) {
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(name.size()));
        REQUIRE(archive_write_header(out, entry) == ARCHIVE_OK);
        archive_write_data(out, name.data(), name.size());
        archive_entry_free(entry);
    }
    REQUIRE(archive_write_close(out) == ARCHIVE_OK);
    archive_write_free(out);
    return test::readWholeFile(file);
}

} // namespace

TEST_CASE("A set is fetched whole, and says of each file who vouches for it", "[store]")
{
    Bench bench;
    CHECK_FALSE(bench.checked().isWhole);
    const auto result = bench.fetched();
    CHECK(result.isWhole);
    CHECK(result.folder == bench.place());
    CHECK(bench.stateOf("known.txt") == FileState::verified);
    CHECK(bench.stateOf("sub/unknown.txt") == FileState::recorded);
    CHECK_THAT(bench.told.text, Contains("Nobody vouches for sub/unknown.txt"));
    CHECK_THAT(bench.told.text, !Contains("Nobody vouches for known.txt"));
    CHECK(test::readWholeFile(bench.place() / "sub" / "unknown.txt") == "four five");
    CHECK(std::distance(fs::directory_iterator(bench.store), fs::directory_iterator()) == 1);

    // Again: nothing is asked for.
    const auto asked = bench.server.asked().size();
    CHECK(bench.fetched().isWhole);
    CHECK(bench.server.asked().size() == asked);
}

TEST_CASE("Until all of a set has come its folder is not there; the next fetch goes on", "[store]")
{
    Bench bench;
    test::Served cut{"four five six seven"};
    cut.tag = "\"v1\"";
    cut.cuts = {5, -1};
    bench.server.serve("/sub/unknown.txt", cut);
    CHECK_THROWS_WITH(bench.fetched(), Contains("5 bytes are kept") && Contains("By hand:") &&
                                           Contains((bench.place() / "known.txt").string()));
    CHECK_FALSE(fs::exists(bench.place()));
    CHECK(bench.fetched().isWhole);
    const auto asked = bench.server.asked();
    REQUIRE(asked.size() == 3); // known.txt once
    CHECK(asked[2].headers.at("range") == "bytes=5-");
}

TEST_CASE("Bytes with another checksum are thrown away", "[store]")
{
    Bench bench;
    bench.serve("known.txt", "one two THREE");
    CHECK_THROWS_WITH(bench.fetched(), Contains("sha256") && Contains(bench.set.files[0].sha256));
    CHECK_FALSE(fs::exists(bench.place()));
    for (const auto& entry : fs::recursive_directory_iterator(bench.store))
        CHECK_FALSE(entry.is_regular_file());
    bench.serve("known.txt", "one two three");
    CHECK(bench.fetched().isWhole);
}

TEST_CASE("A file that was changed, cut or lost is found by check", "[store]")
{
    Bench bench;
    bench.fetched();
    std::ofstream(bench.place() / "known.txt") << "one two THREE";
    CHECK(bench.stateOf("known.txt") == FileState::wrong);
    std::ofstream(bench.place() / "sub" / "unknown.txt") << "four";
    CHECK(bench.stateOf("sub/unknown.txt") == FileState::wrong);
    CHECK_FALSE(bench.checked().isWhole);
    CHECK_THROWS_WITH(bench.fetched(), Contains("Move it away"));
    CHECK(test::readWholeFile(bench.place() / "known.txt") == "one two THREE");

    fs::remove(bench.place() / "known.txt");
    fs::remove(bench.place() / "sub" / "unknown.txt");
    CHECK(bench.stateOf("known.txt") == FileState::missing);
    CHECK(bench.fetched().isWhole);
    CHECK(bench.stateOf("sub/unknown.txt") == FileState::recorded);
}

TEST_CASE("Files put there by hand are kept, and only the others fetched", "[store]")
{
    Bench bench;
    fs::create_directories(bench.place() / "sub");
    std::ofstream(bench.place() / "sub" / "unknown.txt") << "mine";
    CHECK(bench.stateOf("sub/unknown.txt") == FileState::present);
    CHECK(bench.fetched().isWhole);
    CHECK(bench.server.asked().size() == 1);
    CHECK(test::readWholeFile(bench.place() / "sub" / "unknown.txt") == "mine");
    CHECK(bench.stateOf("known.txt") == FileState::verified);
}

TEST_CASE("An archive leaves what was in it, each file recorded", "[store]")
{
    Bench bench;
    bench.set.files.resize(1);
    bench.set.files[0] = {"set.tar.gz", bench.server.address("/set.tar.gz"), 0, {}, true};
    bench.serve("set.tar.gz", packed(bench.folder / "a.tar.gz", {"in/a", "in/b"}));
    const auto result = bench.fetched();
    CHECK(result.isWhole);
    REQUIRE(result.files.size() == 2);
    CHECK(test::readWholeFile(bench.place() / "in" / "a") == "in/a");
    CHECK_FALSE(fs::exists(bench.place() / "set.tar.gz"));
    std::ofstream(bench.place() / "in" / "b") << "in/B";
    CHECK(bench.stateOf("in/b") == FileState::wrong);

    // One that leads out of the folder, or takes the record's place, leaves nothing.
    fs::remove_all(bench.store);
    for (const auto* name : {"../out", recordName}) {
        bench.serve("set.tar.gz", packed(bench.folder / "b.tar.gz", {"in/a", name}));
        CHECK_THROWS_AS(bench.fetched(), std::runtime_error);
        CHECK_FALSE(fs::exists(bench.place()));
        CHECK_FALSE(fs::exists(bench.store / "out"));
    }
    bench.serve("set.tar.gz", packed(bench.folder / "a.tar.gz", {"in/a", "in/b"}));
    CHECK(bench.fetched().isWhole);
}

TEST_CASE("A set that cannot be fetched says what to put where", "[store]")
{
    Bench bench;
    for (auto& file : bench.set.files)
        file.address = "http://127.0.0.1:1/" + file.name;
    CHECK_THROWS_WITH(bench.fetched(), Contains("online") &&
                                           Contains("put http://127.0.0.1:1/known.txt at " +
                                                    (bench.place() / "known.txt").string()) &&
                                           Contains(bench.set.page));
    bench.set.byHand = "Ask its makers.";
    CHECK_THROWS_WITH(bench.fetched(), Contains("Ask its makers."));
    std::ofstream(bench.folder / "file") << "in the way";
    bench.set.byHand.clear();
    bench.store = bench.folder / "file";
    CHECK_THROWS_WITH(bench.fetched(), Contains("Could not make the folder"));
}

TEST_CASE("A record that is damaged, or leads elsewhere, is not followed", "[store]")
{
    Bench bench;
    bench.fetched();
    for (const auto* text :
         {"", "[]", "{\"files\": 3}",
          "{\"files\": {\"../../x\": {\"bytes\": 1, \"sha256\": \"\"}}, \"unpacked\": []}"}) {
        std::ofstream(bench.place() / recordName) << text;
        CHECK_THROWS_WITH(bench.checked(), Contains(recordName) && Contains("damaged"));
    }
}

TEST_CASE("The catalogue's addresses, checksums and sizes are what they look like", "[store]")
{
    for (const auto& set : catalogue()) {
        INFO(set.name);
        CHECK(findDataset(set.name).title == set.title);
        CHECK_FALSE(set.licence.empty());
        CHECK_FALSE(set.purpose.empty());
        REQUIRE_FALSE(set.files.empty());
        for (const auto& file : set.files) {
            INFO(file.name);
            CHECK(file.sha256.empty() == (file.bytes == 0));
            CHECK((file.sha256.empty() || file.sha256.size() == 64));
            CHECK(file.bytes <= set.mostBytes);
            CHECK(file.address.empty() == !set.byHand.empty());
            if (!file.address.empty())
                CHECK(file.address.compare(0, 4, "http") == 0);
            CHECK(file.address.find(' ') == std::string::npos);
        }
    }
    CHECK_THAT(findDataset("quickdraw-ice_cream").files[0].address, Contains("ice%20cream.npy"));
    CHECK_THAT(findDataset("quickdraw-ice cream").name, Contains("ice_cream"));
    CHECK_THROWS_WITH(findDataset("quickdraw-../x"), Contains("no data set"));
    CHECK_THROWS_WITH(findDataset("mnsit"), Contains("mnist"));
}

TEST_CASE("The checksums of the catalogue are those of the files we hold", "[store]")
{
    const auto held = [](const std::string& folder, const std::string& name) {
        const auto set = findDataset(name);
        if (const auto real = test::realData(folder))
            for (const auto& file : set.files)
                if (!file.sha256.empty()) {
                    INFO(file.name);
                    CHECK(fs::file_size(*real / file.name) == file.bytes);
                    CHECK(training::sha256OfFile(*real / file.name) == file.sha256);
                }
    };
    held("mnist", "mnist");
    held("bach_cello_suites", "bach-cello-suites");
    held("jsb_chorales", "bach-chorales");
}
