// Folders of picture files: classes, persons, tables, and what is wrong with a picture.

#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/ImageData.h"
#include "Training/Image/ImageSource.h"
#include "Training/Loop/Progress.h"

#include "ImageFiles.h"
#include "Support/Paths.h"

#include <set>

#include "Support/CatchAfterTorch.h"

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

ImageData read(const fs::path& place, const ImageRequest& request)
{
    Progress silent;
    return readImageData(place, request, silent);
}

} // namespace

TEST_CASE("Folders of pictures are classes, whatever the pictures' format and size", "[images]")
{
    test::TemporaryFolder folder;
    test::writePng(folder / "set/train/cat/1.png", 32, 32, 3, test::flatColour(32, 1, 0));
    test::writeJpeg(folder / "set/train/cat/2.jpg", 16, 16, test::flatColour(16, 1, 0));
    test::writeBytes(folder / "set/train/dog/1.pgm",
                     "P5\n# a comment\n4 2\n# another\n255\nabcdefgh");
    test::writePng(folder / "set/test/dog/1.png", 32, 32, 3, test::flatColour(32, 2, 0));
    const auto source = findImages(folder / "set", {3, 8, 8});
    CHECK(source.train.count == 3);
    CHECK(source.train.about.classNames == std::vector<std::string>{"cat", "dog"});
    const auto pixels = source.train.pixels({0, 1, 2});
    CHECK(pixels.sizes() == std::vector<std::int64_t>{3, 3, 8, 8});
    // A grey picture becomes three equal planes; sizes are resampled, not cut.
    CHECK(torch::equal(pixels[2][0], pixels[2][1]));
    CHECK(std::abs(pixels[0][0][1][3].item<int>() - pixels[1][0][1][3].item<int>()) < 60);
    REQUIRE(source.test);
    CHECK(source.test->about.labels[0].item<int>() == 1);

    const auto grey = readPicture(folder / "set/train/dog/1.pgm");
    CHECK(grey.sizes() == std::vector<std::int64_t>{1, 2, 4});
    CHECK(grey[0][1][3].item<int>() == 'h');
}

TEST_CASE("Damaged pictures are refused by name", "[images]")
{
    test::TemporaryFolder folder;
    const auto refused = [&](const std::string& name, const std::string& bytes) {
        test::writeBytes(folder / name, bytes);
        CHECK_THROWS_WITH(readPicture(folder / name), Contains(name));
    };
    refused("a.png", "");
    refused("a.png", "no picture");
    test::writePng(folder / "b.png", 32, 32, 3, test::flatColour(32, 1, 0));
    const auto png = test::readWholeFile(folder / "b.png");
    refused("c.png", png.substr(0, png.size() / 2));
    refused("d.pgm", "P5\n60000 60000\n255\nabc");
    refused("e.pgm", "P5\n4 4\n255\nabc");
    auto sides = png; // IHDR's width
    sides.replace(16, 4, std::string(4, '\0'));
    test::writeBytes(folder / "f.png", sides);
    CHECK_THROWS_WITH(readPicture(folder / "f.png"), Contains("0 x 32 pixels"));
    sides.replace(16, 4, "\x7f\xff\xff\xff");
    test::writeBytes(folder / "f.png", sides);
    CHECK_THROWS_WITH(readPicture(folder / "f.png"), Contains("2147483647 x 32 pixels"));
}

TEST_CASE("CelebA's tables give attributes and persons", "[images]")
{
    test::TemporaryFolder folder;
    for (int i = 1; i <= 3; ++i)
        test::writePng(folder / ("celeba/img/00000" + std::to_string(i) + ".png"), 8, 8, 3,
                       test::flatColour(8, i, 0));
    const auto table = folder / "celeba/list_attr_celeba.csv";
    test::writeBytes(table, "image_id,Male,Smiling\n000001.png,1,-1\n000003.png,-1,1\n"
                            "000002.png,-1,-1\n000009.png,1,1\n");
    test::writeBytes(folder / "celeba/identity_CelebA.txt",
                     "000001.png 20\n000002.png 7\n000003.png 20\n");
    const auto source = findImages(folder / "celeba", {});
    CHECK(source.train.about.attributeNames == std::vector<std::string>{"Male", "Smiling"});
    CHECK(source.train.about.attributes[2][1].item<int>() == 1);
    CHECK(source.train.about.attributes[1][0].item<int>() == -1);
    CHECK(source.train.about.labels[0].item<int>() == source.train.about.labels[2].item<int>());

    // The text form: a count, the names alone, blanks.
    fs::remove(table);
    test::writeBytes(folder / "celeba/list_attr_celeba.txt",
                     "3\nMale Smiling\n000001.png  1 -1\n000002.png -1 -1\n000003.png -1  1\n");
    CHECK(findImages(folder / "celeba", {}).train.about.attributes[2][1].item<int>() == 1);

    fs::remove(folder / "celeba/list_attr_celeba.txt");
    test::writeBytes(table, "image_id,Male,Smiling\n000001.png,1\n");
    CHECK_THROWS_WITH(findImages(folder / "celeba", {}),
                      Contains("list_attr_celeba.csv") && Contains("line 2 has 2 fields"));
    test::writeBytes(table, "image_id,Male\n000001.png,1\n");
    CHECK_THROWS_WITH(findImages(folder / "celeba", {}),
                      Contains("no line for the picture 000002"));
    test::writeBytes(table, "image_id,Male\n000001.png,maybe\n");
    CHECK_THROWS_WITH(findImages(folder / "celeba", {}), Contains("maybe"));
}

TEST_CASE("Tables may come from a spreadsheet, and folders with a slash at their end", "[images]")
{
    test::TemporaryFolder folder;
    for (int i = 1; i <= 12; ++i)
        test::writePng(folder / ("set/img/my face " + std::to_string(i) + ".png"), 8, 8, 3,
                       test::flatColour(8, i % 10, 0));
    std::string table = "\xEF\xBB\xBFimage_id,\"Male\",Smiling\r\n", persons;
    for (int i = 1; i <= 12; ++i) {
        table += "\"my face " + std::to_string(i) + ".png\", 1 ,-1\r\n";
        persons += "my face " + std::to_string(i) + ".png," + std::to_string(i % 4) + "\n";
    }
    test::writeBytes(folder / "set/list_attr.csv", table);
    test::writeBytes(folder / "set/identity.txt", persons);
    const auto source = findImages(folder / "set/img", {});
    CHECK(source.train.about.attributeNames == std::vector<std::string>{"Male", "Smiling"});
    CHECK(source.train.about.attributes[11][0].item<int>() == 1);
    ImageRequest request;
    request.holdOutWholeClasses = true;
    const auto plain = read(folder / "set/img", request);
    const auto slash = read(fs::path((folder / "set/img").string() + "/"), request);
    CHECK(plain.wholeClasses);
    CHECK(slash.splitJson == plain.splitJson);
    CHECK(slash.share == plain.share);
}

TEST_CASE("All sides of a folder of grey and coloured pictures have the same shape", "[images]")
{
    test::TemporaryFolder folder;
    for (int i = 0; i < 20; ++i)
        if (i % 2 == 0)
            test::writePng(folder / ("set/" + std::to_string(i) + ".png"), 8, 8, 1,
                           std::string(64, 'x'));
        else
            test::writePng(folder / ("set/" + std::to_string(i) + ".png"), 9, 7, 3,
                           std::string(189, 'x'));
    for (std::uint64_t seed = 1; seed < 6; ++seed) {
        ImageRequest request;
        request.seed = seed;
        const auto data = read(folder / "set", request);
        for (const auto* side : {&data.train, &data.validation, &data.test})
            CHECK(side->pixels.sizes().slice(1) == std::vector<std::int64_t>{1, 8, 8});
    }
}

TEST_CASE("Links that lead nowhere are left out", "[images]")
{
    test::TemporaryFolder folder;
    test::writePng(folder / "set/1.png", 8, 8, 1, std::string(64, 'x'));
    fs::create_symlink("loop.png", folder / "set/loop.png");
    fs::create_symlink("loop", folder / "set/loop");
    fs::create_symlink("none", folder / "set/gone.npy");
    CHECK(findImages(folder / "set", {}).train.count == 1);
}

TEST_CASE("One folder of faces holds single pictures out", "[images]")
{
    test::TemporaryFolder folder;
    for (int i = 0; i < 20; ++i)
        test::writePng(folder / ("set/all/" + std::to_string(i) + ".png"), 8, 8, 1,
                       std::string(64, static_cast<char>(i)));
    ImageRequest request;
    request.holdOutWholeClasses = true;
    const auto data = read(folder / "set", request);
    CHECK(data.test.count() == 2);
    CHECK_FALSE(data.wholeClasses);
}

TEST_CASE("Persons are held out whole, and the same ones for the same seed", "[images]")
{
    test::TemporaryFolder folder;
    for (int person = 1; person <= 12; ++person)
        for (int i = 1; i <= 4; ++i)
            test::writePng(
                folder / ("faces/s" + std::to_string(person) + "/" + std::to_string(i) + ".png"), 4,
                4, 1, std::string(16, static_cast<char>(person)));
    ImageRequest request;
    request.holdOutWholeClasses = true;
    const auto data = read(folder / "faces", request);
    const auto persons = [](const ImageSet& set) {
        std::set<int> all;
        for (std::int64_t i = 0; i < set.count(); ++i)
            all.insert(set.pixels[i][0][0][0].item<int>());
        return all;
    };
    const auto train = persons(data.train), test = persons(data.test),
               validation = persons(data.validation);
    CHECK(train.size() + test.size() + validation.size() == 12);
    CHECK(test.size() >= 1);
    CHECK(validation.size() >= 1);
    CHECK(data.test.count() == 4 * static_cast<std::int64_t>(test.size()));
    CHECK(torch::equal(data.test.pixels, read(folder / "faces", request).test.pixels));
    bool differs = false;
    for (request.seed = 2; request.seed < 8; ++request.seed)
        differs = differs || persons(read(folder / "faces", request).test) != test;
    CHECK(differs);
    // Folders count as people do: s2 comes before s10.
    CHECK(data.train.classNames[1] == "s2");
}

TEST_CASE("Too few persons to hold any out are named, with what to do", "[images]")
{
    test::TemporaryFolder folder;
    const auto photographs = [&](const std::string& person, int count) {
        for (int i = 1; i <= count; ++i)
            test::writePng(folder / ("faces/" + person + "/" + std::to_string(i) + ".png"), 4, 4, 1,
                           std::string(16, 'x'));
    };
    photographs("ann", 18);
    photographs("ben", 1);
    photographs("cat", 1);
    ImageRequest request;
    request.holdOutWholeClasses = true;
    CHECK_THROWS_WITH(read(folder / "faces", request),
                      Contains("too few classes (persons) in " + (folder / "faces").string()) &&
                          Contains("Add images of others") && Contains("into one folder"));
}
