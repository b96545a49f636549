#include "Support/Paths.h"
#include "Training/Data/MusicFolder.h"
#include "Training/Data/NearDuplicates.h"
#include "Training/Data/Sha256.h"
#include "Training/Data/Split.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/MusicData.h"
#include "Tunes.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sys/stat.h>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

std::vector<Piece> tunes(int count)
{
    std::vector<Piece> pieces;
    for (int i = 1; i <= count; ++i)
        pieces.push_back(
            test::piece("tune " + std::to_string(i), test::tune(static_cast<std::uint64_t>(i))));
    return pieces;
}

} // namespace

TEST_CASE("A folder of MIDI files becomes pieces with their place in the bar", "[data]")
{
    test::TemporaryFolder folder;
    test::writeTunes(folder.path() / "sub", 2);
    score::writeMidiFile(folder / "Another.MID", test::tune(3));
    std::ofstream(folder / "notes.txt") << "no music";
    std::ofstream(folder / "broken.mid") << "this is no MIDI file";
    score::writeMidiFile(folder / "silent.mid", score::Score{});

    Progress silent;
    const auto music = readMusicFolder(folder.path(), {}, silent);
    REQUIRE(music.pieces.size() == 3);
    CHECK(music.pieces[0].name == "Another");
    CHECK(music.pieces[1].name == "sub/tune-01");
    CHECK(music.pieces[0].elements.size() + 1 == music.pieces[0].bars.size());
    CHECK(music.pieces[0].bars.front().numerator == 3);
    CHECK(music.pieces[0].sha256.size() == 64);
    REQUIRE(music.rejected.size() == 2);
    CHECK(music.rejected[0].file.filename() == "broken.mid");
    CHECK_THAT(music.rejected[1].reason, Contains("no notes"));
}

TEST_CASE("Data that cannot be trained on are refused with reasons", "[data]")
{
    test::TemporaryFolder folder;
    Progress silent;
    CHECK_THROWS_WITH(readMusicFolder(folder / "missing", {}, silent),
                      Contains("missing") && Contains("does not exist"));
    CHECK_THROWS_WITH(readMusicFolder(folder.path(), {}, silent), Contains("no MIDI file"));
    std::ofstream(folder / "one.mid") << "nonsense";
    std::ofstream(folder / "two.mid") << "";
    CHECK_THROWS_WITH(readMusicFolder(folder.path(), {}, silent),
                      Contains("None of the 2") && Contains("one.mid: ") && Contains("two.mid: "));
    CHECK_THROWS_WITH(drawSplit(tunes(2), {{0}, {1}}, 1), Contains("at least 3"));
}

TEST_CASE("Checksums are SHA-256", "[data]")
{
    CHECK(sha256("", 0) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc", 3) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::string million(1000000, 'a');
    CHECK(sha256(million.data(), million.size()) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("The same tune in another key is a near-duplicate, another tune is not", "[data]")
{
    auto pieces = tunes(3);
    pieces.push_back(test::piece("tune 1 in D", test::tune(1, 40, 2)));
    const auto groups = nearDuplicateGroups(pieces);
    REQUIRE(groups.size() == 3);
    CHECK(groups[0] == std::vector<std::size_t>{0, 3});
    CHECK(fingerprints(pieces[0].elements) == fingerprints(pieces[3].elements));
}

TEST_CASE("A split takes whole pieces, keeps duplicates together and repeats itself", "[data]")
{
    auto pieces = tunes(30);
    for (int i = 1; i <= 10; ++i)
        pieces.push_back(test::piece("copy " + std::to_string(i),
                                     test::tune(static_cast<std::uint64_t>(i), 40, 3)));
    const auto groups = nearDuplicateGroups(pieces);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto split = drawSplit(pieces, groups, seed);
        CHECK_NOTHROW(checkSplit(split, pieces));
        CHECK_FALSE(split.test.empty());
        CHECK(split.train.size() + split.validation.size() + split.test.size() == pieces.size());
        CHECK(split.train.size() >= 24);
        CHECK(straddling(split, pieces, groups).empty());
        CHECK(drawSplit(pieces, groups, seed).toJson() == split.toJson());
    }
    CHECK(drawSplit(pieces, groups, 1).toJson() != drawSplit(pieces, groups, 2).toJson());
    const auto smallest = drawSplit(tunes(3), {{0}, {1}, {2}}, 5);
    CHECK_NOTHROW(checkSplit(smallest, tunes(3)));
}

TEST_CASE("A split file is read back, and a wrong one is refused", "[data]")
{
    const Split split{{"a", "b"}, {"c"}, {"d"}};
    CHECK(splitFromJson(split.toJson(), "text").toJson() == split.toJson());
    CHECK_THROWS_WITH(splitFromJson(R"({"train":["a"],"validation":["a"],"test":[]})", "s.json"),
                      Contains("s.json") && Contains("twice"));
    CHECK_THROWS_WITH(splitFromJson("{}", "s.json"), Contains("validation"));
    CHECK_THROWS_WITH(readSplitFile("nowhere.json"),
                      Contains("nowhere.json") && Contains("No such file"));
    CHECK_THROWS_WITH(checkSplit(split, tunes(2)), Contains("a, b, c, d"));
    CHECK_THROWS_WITH(split.part("exam"), Contains("exam"));
}

TEST_CASE("A split that cannot be read is explained in our own words", "[data]")
{
    const auto refuses = [](const std::string& text, const std::string& reason) {
        CHECK_THROWS_WITH(splitFromJson(text, "s.json"),
                          Contains("s.json") && Contains(reason) && !Contains("json.exception"));
    };
    refuses("", "it is empty");
    refuses("{\n\"train\": [\n", "line 3");
    refuses("{\"train\": [\"\xe9tude\"]}", "line 1");
    refuses("{\"train\": \"all\"}", "its \"train\" is missing or of the wrong kind");
    refuses("{\"train\": [1]}", "its \"train\" is missing or of the wrong kind");
    refuses("[]", "its \"train\" is missing");
    refuses("{\"train\": 1e999}", "too large");

    test::TemporaryFolder folder;
    CHECK_THROWS_WITH(readSplitFile(folder.path()), Contains("is a folder"));
    CHECK_THROWS_WITH(readSplitFile("/dev/null"), Contains("is empty"));
    REQUIRE(::mkfifo((folder / "pipe.json").c_str(), 0600) == 0);
    CHECK_THROWS_WITH(readSplitFile(folder / "pipe.json"), Contains("it is a pipe"));
    CHECK_THROWS_WITH(readSplitFile("/dev/zero"), Contains("larger than"));
}

TEST_CASE("A file whose name is no UTF-8 is left out with that reason", "[data]")
{
    test::TemporaryFolder folder;
    test::writeTunes(folder.path(), 2);
    score::writeMidiFile(folder / "\xe9tude.mid", test::tune(3));
    Progress silent;
    const auto music = readMusicFolder(folder.path(), {}, silent);
    CHECK(music.pieces.size() == 2);
    REQUIRE(music.rejected.size() == 1);
    CHECK_THAT(music.rejected[0].reason, Contains("not UTF-8"));
    std::filesystem::rename(folder.path(), folder.path().string() + "\xe9");
    CHECK_THROWS_WITH(readMusicFolder(folder.path().string() + "\xe9", {}, silent),
                      Contains("not UTF-8"));
    std::filesystem::rename(folder.path().string() + "\xe9", folder.path());
}

TEST_CASE("The vocabulary knows the training pieces in every key and nothing else", "[data]")
{
    auto pieces = tunes(4);
    auto& stranger = pieces[3].elements[5];
    stranger.pitches = {40, 47, 51};
    stranger.duration = score::Quarters(7, 4);
    const MusicData data(pieces, {{"tune 1", "tune 2"}, {"tune 3"}, {"tune 4"}});
    const auto& vocabulary = data.vocabulary();
    for (const auto i : data.part("train"))
        for (const auto shift : data.shifts(i))
            for (const auto& token : data.encode(i, shift)) {
                REQUIRE(token.pitch > engine::Vocabulary::unknown);
                REQUIRE(token.duration > engine::Vocabulary::unknown);
            }
    CHECK(data.shifts(0).size() == 12);
    const auto tokens = data.encode(data.part("test").front());
    CHECK(tokens[5] == engine::Token{engine::Vocabulary::unknown, engine::Vocabulary::unknown});
    CHECK(vocabulary.pitchId({40, 47, 51}) == engine::Vocabulary::unknown);
    CHECK(data.commonMetre().numerator == 3);
}

TEST_CASE("What one training piece alone has is sometimes shown as unknown", "[data]")
{
    auto pieces = tunes(3);
    for (auto& element : pieces[0].elements)
        element.pitches.push_back(element.pitches.front() + 7);
    const MusicData data(pieces, {{"tune 1", "tune 2"}, {"tune 3"}, {}});
    const auto shown = [&](std::size_t which, double chance, std::uint64_t turn) {
        const auto tokens = data.encodeForTraining(which, 0, chance, 1, turn);
        return std::count_if(tokens.begin(), tokens.end(),
                             [](const auto& t) { return t.pitch == engine::Vocabulary::unknown; });
    };
    CHECK(shown(0, 0.0, 1) == 0);
    CHECK(shown(0, 1.0, 1) == static_cast<long>(pieces[0].elements.size()));
    CHECK(shown(0, 0.5, 1) == shown(0, 0.5, 1));
    std::set<long> counts;
    for (std::uint64_t turn = 0; turn < 10; ++turn)
        counts.insert(shown(0, 0.5, turn));
    CHECK(counts.size() > 3);
    // Single notes stand in both pieces only if tune 2 were not the only one left with them.
    CHECK(shown(1, 1.0, 1) == static_cast<long>(pieces[1].elements.size()));
}
