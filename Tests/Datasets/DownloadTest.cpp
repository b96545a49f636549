// Fetching one file: whole, cut off and gone on with, changed meanwhile, and from servers that lie.

#include "Training/Datasets/Download.h"
#include "Datasets/LocalServer.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace organum;
using namespace organum::datasets;
using Catch::Matchers::Contains;

namespace
{

using Reason = DownloadError::Reason;

std::string numbers(int count, int first = 0)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::to_string(first + i) + ' ';
    return text;
}

/** Keeps what is said. */
struct Told : training::Progress
{
    std::string text;
    void message(const std::string& sentence) override { text += sentence + "\n"; }
};

struct Bench
{
    test::LocalServer server;
    test::TemporaryFolder folder;
    Told told;
    DownloadRequest request;

    Bench()
    {
        request.address = server.address("/file");
        request.part = folder / "file.part";
        request.mostBytes = 1 << 20;
        request.attempts = 3;
        request.pauseMilliseconds = 0;
    }
    std::uint64_t fetch() { return download(request, told); }
    std::string got() const { return test::readWholeFile(request.part); }
    bool hasNote() const { return std::filesystem::exists(folder / "file.part.json"); }
    /** Checks that it is refused for this reason, with these words. */
    void refuses(Reason reason, const std::string& words)
    {
        try {
            fetch();
            FAIL("nothing was refused");
        } catch (const DownloadError& error) {
            CHECK_THAT(error.what(), Contains(words));
            CHECK_THAT(error.what(), Contains(request.address));
            CHECK(static_cast<int>(error.reason) == static_cast<int>(reason));
        }
    }
};

} // namespace

TEST_CASE("A file is fetched whole, and its note is gone then", "[download]")
{
    Bench bench;
    const auto body = numbers(5000);
    bench.server.serve("/file", {body});
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
    CHECK_FALSE(bench.hasNote());
    CHECK(bench.server.asked().size() == 1);
}

TEST_CASE("A connection that is cut is gone on with where it ended", "[download]")
{
    Bench bench;
    const auto body = numbers(5000);
    test::Served served{body};
    served.tag = "\"v1\"";
    served.cuts = {7000, 300, -1};
    bench.server.serve("/file", served);
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
    const auto asked = bench.server.asked();
    REQUIRE(asked.size() == 3);
    CHECK(asked[0].headers.count("range") == 0);
    CHECK(asked[1].headers.at("range") == "bytes=7000-");
    CHECK(asked[1].headers.at("if-range") == "\"v1\"");
    CHECK(asked[2].headers.at("range") == "bytes=7300-");
}

TEST_CASE("What a fetch kept is gone on with by the next one", "[download]")
{
    Bench bench;
    const auto body = numbers(5000);
    test::Served served{body};
    served.tag = "\"v1\"";
    served.cuts = {7000, -1};
    bench.server.serve("/file", served);
    bench.request.attempts = 1;
    bench.refuses(Reason::cut, "7000 bytes are kept");
    CHECK(bench.got() == body.substr(0, 7000));
    CHECK(bench.hasNote());
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
    CHECK(bench.server.asked()[1].headers.at("range") == "bytes=7000-");
}

TEST_CASE("A file that changed meanwhile is fetched anew", "[download]")
{
    Bench bench;
    test::Served served{numbers(5000)};
    served.tag = "\"v1\"";
    served.cuts = {7000};
    bench.server.serve("/file", served);
    bench.request.attempts = 1;
    bench.refuses(Reason::cut, "kept");
    const auto body = numbers(5000, 9);
    served = {body};
    served.tag = "\"v2\"";
    bench.server.serve("/file", served);
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
    CHECK_THAT(bench.told.text, Contains("has changed since its first bytes came"));
}

TEST_CASE("A server that sends a part of a changed file, though asked not to, is not believed",
          "[download]")
{
    // Its end was appended to the beginning of the earlier version when both had the same length.
    Bench bench;
    test::Served served{numbers(5000)};
    served.tag = "\"v1\"";
    served.cuts = {7000};
    bench.server.serve("/file", served);
    bench.request.attempts = 1;
    bench.refuses(Reason::cut, "kept");
    auto body = numbers(5000);
    std::replace(body.begin(), body.end(), '7', '3');
    served = {body};
    served.tag = "\"v2\"";
    served.conditions = false;
    bench.server.serve("/file", served);
    bench.request.attempts = 2;
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
}

TEST_CASE("What was kept of one address is no beginning of another's file", "[download]")
{
    Bench bench;
    test::Served served{numbers(5000)};
    served.tag = "\"v1\""; // the other address has the same mark, and bytes of its own
    served.cuts = {7000};
    bench.server.serve("/file", served);
    bench.request.attempts = 1;
    bench.request.willBeVerified = GENERATE(false, true);
    bench.refuses(Reason::cut, "7000 bytes are kept");
    const auto first = bench.request.address;

    bench.request.address = bench.server.address("/mirror");
    bench.refuses(Reason::refused, "404"); // and what is kept stays for the first address
    CHECK(bench.got().size() == 7000);

    const auto body = numbers(5000, 9);
    served = {body};
    served.tag = "\"v1\"";
    bench.server.serve("/mirror", served);
    bench.told.text.clear();
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
    CHECK(bench.server.asked().back().headers.count("range") == 0);
    CHECK_THAT(bench.told.text,
               Contains("The 7000 bytes that are kept came from " + first + "; beginning anew."));
}

TEST_CASE("A beginning that is said to be of no version is not gone on with", "[download]")
{
    Bench bench;
    const auto body = numbers(5000);
    test::Served served{body};
    served.cuts = {7000};
    bench.server.serve("/file", served);
    bench.fetch();
    CHECK(bench.got() == body);
    CHECK(bench.server.asked()[1].headers.count("range") == 0);

    // A checksum would find a mixture out, so there it is gone on with.
    bench.server.serve("/file", served);
    bench.request.willBeVerified = true;
    bench.request.part = bench.folder / "verified.part";
    bench.fetch();
    CHECK(bench.got() == body);
    CHECK(bench.server.asked()[3].headers.at("range") == "bytes=7000-");
}

TEST_CASE("A server without ranges sends all again", "[download]")
{
    Bench bench;
    const auto body = numbers(5000);
    test::Served served{body};
    served.tag = "\"v1\"";
    served.ranges = false;
    served.cuts = {7000};
    bench.server.serve("/file", served);
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
}

TEST_CASE("Chunks are a length too", "[download]")
{
    Bench bench;
    const auto body = numbers(5000);
    test::Served served{body};
    served.chunked = true;
    bench.server.serve("/file", served);
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);
    served.cuts = {5000, 5000, 5000};
    bench.server.serve("/file", served);
    bench.request.part = bench.folder / "cut.part";
    bench.refuses(Reason::cut, "kept");
}

TEST_CASE("A redirection is followed, but not in circles and not to another protocol", "[download]")
{
    Bench bench;
    const auto body = numbers(100);
    test::Served away;
    away.status = 302;
    away.body = "elsewhere";
    away.location = bench.server.address("/there");
    bench.server.serve("/file", away);
    bench.server.serve("/there", {body});
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);

    away.location = bench.server.address("/file");
    bench.server.serve("/file", away);
    bench.refuses(Reason::refused, "from address to address");
    const auto secret = bench.folder / "secret";
    std::ofstream(secret) << "a local file";
    away.location = "file://" + secret.string();
    bench.server.serve("/file", away);
    bench.refuses(Reason::refused, "no address of http or https");
    CHECK_THAT(bench.got(), !Contains("a local file"));
}

TEST_CASE("What is no file of the server is refused and not kept", "[download]")
{
    Bench bench;
    bench.refuses(Reason::refused, "404 (not found)");
    CHECK(bench.got().empty());
    CHECK(bench.server.asked().size() == 1); // no second try
    test::Served broken{"sorry"};
    broken.status = 503;
    bench.server.serve("/file", broken);
    bench.refuses(Reason::refused, "503");
    CHECK(bench.server.asked().size() == 4);
    CHECK(bench.got().empty());
    bench.request.address = "http://127.0.0.1:1/file";
    bench.refuses(Reason::unreachable, "online");
    bench.request.address = "file:///etc/passwd";
    bench.refuses(Reason::refused, "no address of http or https");
}

TEST_CASE("A body that is longer than stated is stopped", "[download]")
{
    Bench bench;
    test::Served served{numbers(1000)};
    served.endless = true;
    bench.server.serve("/file", served);
    bench.request.bytes = 100000;
    bench.refuses(Reason::wrongSize, "does not end");
    CHECK(std::filesystem::file_size(bench.request.part) <= 100000);
    bench.request.bytes = 0;
    bench.request.willBeVerified = true;
    bench.refuses(Reason::wrongSize, "1048576");
    CHECK(std::filesystem::file_size(bench.request.part) <= (1 << 20));

    served.endless = false;
    bench.server.serve("/file", served);
    bench.request.bytes = 17;
    bench.refuses(Reason::wrongSize, "should be 17");
    bench.request.bytes = 0;
    bench.request.mostBytes = 17;
    bench.refuses(Reason::wrongSize, "may have");
}

TEST_CASE("An end that cannot be told from a cut is trusted by checksum alone", "[download]")
{
    Bench bench;
    const auto body = numbers(100);
    test::Served served{body};
    served.length = false;
    bench.server.serve("/file", served);
    bench.refuses(Reason::refused, "how long");
    bench.request.willBeVerified = true;
    CHECK(bench.fetch() == body.size());
    bench.request.bytes = body.size() + 1;
    bench.request.part = bench.folder / "short.part";
    bench.refuses(Reason::cut, "of " + std::to_string(body.size() + 1));
}

TEST_CASE("A damaged note, a link and a missing folder harm nothing", "[download]")
{
    Bench bench;
    const auto body = numbers(100);
    bench.server.serve("/file", {body});
    std::ofstream(bench.request.part) << "something else";
    std::ofstream(bench.folder / "file.part.json") << "{\"address\": 3";
    CHECK(bench.fetch() == body.size());
    CHECK(bench.got() == body);

    const auto precious = bench.folder / "precious";
    std::ofstream(precious) << "mine";
    bench.request.part = bench.folder / "link.part";
    std::filesystem::create_symlink(precious, bench.request.part);
    CHECK_THROWS_AS(bench.fetch(), DownloadError);
    CHECK(test::readWholeFile(precious) == "mine");
    bench.request.part = bench.folder / "nowhere" / "file.part";
    CHECK_THROWS_WITH(bench.fetch(), Contains("nowhere") && Contains("--to"));
}
