// Readers of image sets: every format, and every way in which a file can be wrong.

#include "Training/Image/ImageData.h"
#include "Training/Data/DataError.h"
#include "Training/Image/Files/Arrays.h"
#include "Training/Image/Files/FileBytes.h"
#include "Training/Image/Files/PictureFile.h"
#include "Training/Image/Files/Strokes.h"
#include "Training/Image/FrechetDistance.h"
#include "Training/Image/ImageLoader.h"
#include "Training/Image/ImageSource.h"
#include "Training/Loop/Progress.h"

#include "ImageFiles.h"
#include "Support/Paths.h"

#include <archive.h>
#include <archive_entry.h>

#include <ctime>
#include <set>

#include "Support/CatchAfterTorch.h"

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

ImageData read(const fs::path& place, const ImageRequest& request = {})
{
    Progress silent;
    return readImageData(place, request, silent);
}

int pixel(const ImageSet& set, std::int64_t i, std::int64_t c, std::int64_t y, std::int64_t x)
{
    return set.pixels[i][c][y][x].item<int>();
}

void writeGzip(const fs::path& file, const std::string& bytes)
{
    auto* writer = archive_write_new();
    archive_write_add_filter_gzip(writer);
    archive_write_set_format_raw(writer);
    REQUIRE(archive_write_open_filename(writer, file.c_str()) == ARCHIVE_OK);
    auto* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
    archive_write_free(writer);
}

void writeZip(const fs::path& file, const std::vector<std::pair<std::string, std::string>>& files)
{
    auto* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    REQUIRE(archive_write_open_filename(writer, file.c_str()) == ARCHIVE_OK);
    for (const auto& [name, bytes] : files) {
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, bytes.data(), bytes.size());
        archive_entry_free(entry);
    }
    archive_write_free(writer);
}

} // namespace

TEST_CASE("Digits come from IDX files, also compressed, with the set's own test images", "[images]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder.path(), 40);
    const auto images = folder / "train-images-idx3-ubyte";
    const auto bytes = test::readWholeFile(images);
    fs::remove(images);
    writeGzip(folder / "train-images-idx3-ubyte.gz", bytes);

    const auto data = read(folder.path());
    CHECK(data.train.count() == 36);
    CHECK(data.validation.count() == 4);
    CHECK(data.test.count() == 40);
    CHECK(data.test.labels[13].item<int>() == 3);
    CHECK(data.test.className(3) == "3");
    CHECK(pixel(data.test, 13, 0, 10, 4 + 6 + (1 + 7) % 3 + 10 / 4) == 255 - 30 * (8 % 4));
    CHECK_THAT(data.share, Contains("36 train, 4 validation, 40 test"));
    CHECK(data.files.size() == 4);
}

TEST_CASE("Damaged IDX files are refused by name and place", "[images]")
{
    test::TemporaryFolder folder;
    const auto file = folder / "x-idx3-ubyte";
    const auto refused = [&](const std::string& bytes, const std::string& reason) {
        test::writeBytes(file, bytes);
        CHECK_THROWS_WITH(readIdx(file), Contains(file.string()) && Contains(reason));
    };
    refused("", "does not begin");
    refused("hello", "does not begin");
    refused(std::string("\0\0\x0d\x01", 4) + test::bigEndian(1), "byte 2");
    refused(std::string("\0\0\x08\x09", 4), "9 dimensions");
    refused(std::string("\0\0\x08\x03", 4) + test::bigEndian(1), "within its header, at byte 8");
    refused(test::idx({2, 28, 28}, std::string(1000, 'x')), "claims more data");
    refused(test::idx({1, 2, 2}, "abcde"), "5 bytes instead of 4");
    // A header that claims 2^96 bytes takes no memory.
    refused(test::idx({0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu}, "abc"), "claims more data");

    writeGzip(folder / "y.gz", test::idx({100, 28, 28}, std::string(78400, 'q')));
    auto cut = test::readWholeFile(folder / "y.gz");
    cut.resize(cut.size() / 2);
    test::writeBytes(folder / "y.gz", cut);
    CHECK_THROWS_WITH(readIdx(folder / "y.gz"), Contains("y.gz") && Contains("truncated"));
    // Another checksum than that of its content: the pixels may be any.
    writeGzip(folder / "y.gz", test::idx({100, 28, 28}, std::string(78400, 'q')));
    auto wrong = test::readWholeFile(folder / "y.gz");
    wrong[wrong.size() - 8] = static_cast<char>(wrong[wrong.size() - 8] ^ 1);
    test::writeBytes(folder / "y.gz", wrong);
    CHECK_THROWS_WITH(readIdx(folder / "y.gz"), Contains("y.gz") && Contains("data check"));
    CHECK_THROWS_WITH(readDataFile(folder / "none"), Contains("no such file"));
    test::writeBytes(file, std::string(100, 'x'));
    CHECK_THROWS_WITH(readDataFile(file, 99), Contains("larger than 99"));
}

TEST_CASE("Labels that do not fit their images are refused", "[images]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder.path(), 20);
    test::writeBytes(folder / "train-labels-idx1-ubyte", test::idx({3}, "\1\2\3"));
    CHECK_THROWS_WITH(read(folder.path()), Contains("3 labels for 20 images"));
    test::writeBytes(folder / "train-labels-idx1-ubyte", test::idx({20}, std::string(20, '\x0b')));
    CHECK_THROWS_WITH(read(folder.path()), Contains("label above 9"));
}

TEST_CASE("Sheets of digits and of CIFAR-10 have an image a row", "[images]")
{
    test::TemporaryFolder folder;
    std::string rows, labels;
    for (int i = 0; i < 20; ++i) {
        rows += test::bar(i % 10, 0);
        labels += static_cast<char>(i % 10);
    }
    test::writePng(folder / "mnist/mnist_batch_0.png", 784, 20, 1, rows);
    test::writeBytes(folder / "mnist/train-labels-idx1-ubyte", test::idx({20}, labels));
    const auto digits = findImages(folder / "mnist", {});
    REQUIRE(digits.train.count == 20);
    CHECK(digits.train.pixels({3})[0][0][5][4 + 6 + 5 / 4].item<int>() == 255);

    std::string colours(1024 * 3 * 2, '\0');
    colours[1024 * 3 + 3 * (12 * 32 + 13) + 1] = 94; // image 1, row 12, column 13, green
    test::writePng(folder / "cifar/cifar10_batch_0.png", 1024, 2, 3, colours);
    test::writeBytes(folder / "cifar/DERIVED_labels.txt", "6\n9\n");
    const auto cifar = findImages(folder / "cifar", {});
    REQUIRE(cifar.train.count == 2);
    CHECK(cifar.train.pixels({1})[0][1][12][13].item<int>() == 94);
    CHECK(cifar.train.about.className(cifar.train.about.labels[0].item<int>()) == "frog");
    test::writeBytes(folder / "cifar/DERIVED_labels.txt", "6\n");
    CHECK_THROWS_WITH(findImages(folder / "cifar", {}), Contains("1 labels for 2 images"));
}

TEST_CASE("CIFAR-10's binary batches are read in planes, with the names of the classes", "[images]")
{
    test::TemporaryFolder folder;
    std::string record(1 + 3072, '\0');
    record[0] = 7;
    record[1 + 1024 + 12 * 32 + 13] = 94; // green
    test::writeBytes(folder / "data_batch_1.bin", record + record);
    test::writeBytes(folder / "test_batch.bin", record);
    const auto source = findImages(folder.path(), {});
    CHECK(source.train.count == 2);
    CHECK(source.train.about.className(7) == "horse");
    CHECK(source.train.pixels({1})[0][1][12][13].item<int>() == 94);
    REQUIRE(source.test);
    CHECK(source.test->count == 1);

    test::writeBytes(folder / "data_batch_1.bin", record + "x");
    CHECK_THROWS_WITH(findImages(folder.path(), {}),
                      Contains("data_batch_1.bin") && Contains("no whole number of records"));
    record[0] = 10;
    test::writeBytes(folder / "data_batch_1.bin", record);
    CHECK_THROWS_WITH(findImages(folder.path(), {}), Contains("record 0 has the label 10"));
}

TEST_CASE("NumPy arrays are read alone and from archives", "[images]")
{
    test::TemporaryFolder folder;
    const auto two = test::bar(1, 0) + test::bar(2, 0);
    test::writeBytes(folder / "drawings/cat.npy", test::npy("|u1", "2, 784", two));
    test::writeBytes(folder / "drawings/dog.npy", test::npy("|u1", "1, 784", test::bar(3, 0)));
    const auto drawings = findImages(folder / "drawings", {});
    CHECK(drawings.train.count == 3);
    CHECK(drawings.train.about.classNames == std::vector<std::string>{"cat", "dog"});
    CHECK(drawings.train.about.labels[2].item<int>() == 1);

    const auto labels = std::string("\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    writeZip(folder / "set.npz", {{"x_train.npy", test::npy("|u1", "2, 28, 28", two)},
                                  {"y_train.npy", test::npy("<i8", "2,", labels)},
                                  {"x_test.npy", test::npy("|u1", "1, 28, 28", test::bar(1, 1))}});
    const auto archive = findImages(folder / "set.npz", {});
    CHECK(archive.train.about.labels[0].item<int>() == 1);
    REQUIRE(archive.test);
    CHECK(archive.test->count == 1);

    // The limit is that of the whole archive, and named as such.
    CHECK_THROWS_WITH(readZip(
                          folder / "set.npz", [](const auto&, const auto&) {}, 1700),
                      Contains("larger than 1700 bytes"));

    const auto refused = [](const std::string& bytes, const std::string& reason) {
        CHECK_THROWS_WITH(readNpy(bytes, "a.npy"), Contains("a.npy") && Contains(reason));
    };
    refused("abc", "does not begin");
    refused(test::npy("|O", "2,", "ab"), "Python objects");
    refused(test::npy("<f4", "1,", "abcd"), "type <f4");
    refused(test::npy("|u1", "2, 784", "abc"), "more data");
    refused(test::npy("|u1", "2,", "abc"), "3 bytes instead of 2");
    refused(test::npy("|u1", "999999999999999", "abc"), "too large");
    refused(test::npy("|u1", "2,", "ab").substr(0, 40), "within its header");
}

TEST_CASE("A NumPy header that was made to do harm is refused", "[images]")
{
    const auto withHeader = [](const std::string& header, int version = 1) {
        std::string bytes = "\x93NUMPY";
        bytes += {static_cast<char>(version), 0, static_cast<char>(header.size() & 255),
                  static_cast<char>(header.size() >> 8 & 255)};
        if (version > 1)
            bytes += {static_cast<char>(header.size() >> 16), 0};
        return bytes + header;
    };
    const auto refused = [](const std::string& bytes, const std::string& reason) {
        CHECK_THROWS_WITH(readNpy(bytes, "a.npy"), Contains("a.npy") && Contains(reason));
    };
    // A long run of anything, which a matcher that recurses would follow down its stack.
    for (const char run : {'x', ' ', '0', '(', '{', '\''})
        for (const std::size_t length : {4000u, 60000u}) {
            const std::string many(length, run);
            refused(withHeader("{'descr': '" + many + "', 'shape': (1,), }"), "a.npy");
            refused(withHeader("{'descr': '|u1', 'shape': (" + many + "), }"), "a.npy");
            refused(withHeader(many), "header");
            refused(withHeader(many, 2), "header");
        }
    refused(test::npy("|u1", "-1, 784", ""), "negative");
    refused(test::npy("|u1", "0, 784", ""), "empty");
    refused(test::npy("|u1", "0, 4000000000, 4000000000", ""), "empty");
    refused(test::npy("|u1", "99999999999999999999999", ""), "too large");
    refused(test::npy("|u1", "1, 1, 1, 1, 1, 1, 1, 1, 1", "a"), "8 dimensions");
    refused(test::npy("|u1", "", "a"), "no shape");
    refused(test::npy("|u1", "1; 2", "a"), "no shape");
    refused(withHeader("{'descr': [('a', '|u1')], 'shape': (1,), }"), "records");
    refused(withHeader("{'descr': '|u1', 'fortran_order': True, 'shape': (1,), }"), "row by row");
    refused(withHeader("{'descr': '|u1', 'shape': (1,), "), "dictionary");
    refused(withHeader("{'descr': '|u1"), "within a text");
    refused(withHeader("{'descr': '|u1'}"), "no shape");
    refused(withHeader("{'shape': (1,)}"), "no element type");
    // Quotes of the other kind, no blanks, version 2: still an array.
    CHECK(
        readNpy(withHeader("{\"descr\":\"|u1\",\"fortran_order\":False,\"shape\":(3,)}", 2) + "abc",
                "a.npy")
            .size(0) == 3);
}

TEST_CASE("Sets without any image or label are refused", "[images]")
{
    test::TemporaryFolder folder;
    writeZip(folder / "set.npz", {{"x_train.npy", test::npy("|u1", "1, 28, 28", test::bar(1, 0))},
                                  {"y_train.npy", test::npy("|u1", "1,", "\1")},
                                  {"x_test.npy", test::npy("|u1", "0, 28, 28", "")},
                                  {"y_test.npy", test::npy("|u1", "0,", "")}});
    CHECK_THROWS_WITH(findImages(folder / "set.npz", {}),
                      Contains("set.npz, x_test.npy") && Contains("empty"));
    test::writeBytes(folder / "x-idx3-ubyte", test::idx({0, 28, 28}, ""));
    CHECK_THROWS_WITH(findImages(folder / "x-idx3-ubyte", {}), Contains("empty"));
}

TEST_CASE("A share of a large array is read, not the array", "[images]")
{
    // A folder of bitmaps of all categories, 40 GB, was read whole before images=N was looked at.
    test::TemporaryFolder folder;
    constexpr std::int64_t drawings = 12'000'000; // 9 GB; the disk holds what is written alone
    const auto header = test::npy("|u1", std::to_string(drawings) + ", 784", "");
    for (const auto* name : {"cat", "dog"}) {
        const auto file = folder / "drawings" / (std::string(name) + ".npy");
        test::writeBytes(file, header + test::bar(name[0] - 'a', 0));
        fs::resize_file(file, header.size() + drawings * 784);
    }
    const auto source = findImages(folder / "drawings", {});
    CHECK(source.train.count == 2 * drawings);
    const auto some = source.train.pixels({0, drawings - 1, drawings});
    CHECK(some.sizes().vec() == std::vector<std::int64_t>{3, 1, 28, 28});
    CHECK(some[0][0][3][8].item<int>() == 255); // the bar of a cat
    CHECK(some[1].sum().item<int>() == 0);
    CHECK(some[2][0][3][10].item<int>() == 255);

    std::vector<std::int64_t> many(6'000'000);
    CHECK_THROWS_WITH(source.train.pixels(many), Contains("4.4 GiB") && Contains("at most 4 GiB") &&
                                                     Contains("--set images=N"));
}

TEST_CASE("What can only be read whole is refused by its size before it is read", "[images]")
{
    test::TemporaryFolder folder;
    fs::create_directories(folder / "strokes");
    for (const auto* name : {"cat", "cow", "dog"}) {
        const auto file = folder / "strokes" / (std::string(name) + ".ndjson");
        test::writeBytes(file, "{\"drawing\":[[[0,9],[1,2]]]}\n");
        fs::resize_file(file, std::size_t{3} << 29);
    }
    CHECK_THROWS_WITH(findImages(folder / "strokes", {}),
                      Contains("take 4.5 GiB") && Contains("at most 4 GiB") && Contains(".npy"));
    const auto file = folder / "strokes" / "cat.ndjson";
    fs::resize_file(file, std::size_t{3} << 30);
    CHECK_THROWS_WITH(findImages(file, {}),
                      Contains("larger than 2147483648 bytes") && Contains("Divide it"));
}

TEST_CASE("Whole classes are held out of a million images in no time", "[images]")
{
    // Each class that was taken looked through all images again: sets of many persons took minutes.
    test::TemporaryFolder folder;
    constexpr int images = 999'000, persons = 999;
    std::string labels;
    for (int i = 0; i < images; ++i)
        labels += {static_cast<char>(i % persons & 255), static_cast<char>(i % persons >> 8), 0, 0};
    writeZip(folder / "faces.npz",
             {{"x_train.npy",
               test::npy("|u1", std::to_string(images) + ", 1, 1", std::string(images, '\0'))},
              {"y_train.npy", test::npy("<i4", std::to_string(images) + ",", labels)}});
    ImageRequest request;
    request.holdOutWholeClasses = true;
    const auto start = std::clock();
    const auto data = read(folder / "faces.npz", request);
    CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < 15.0);
    CHECK(data.wholeClasses);
    CHECK(data.test.count() == 100'000); // whole persons of 1000, the first to reach a tenth
    CHECK(data.validation.count() == 5000);
    CHECK(data.train.count() == images - 105'000);
}

TEST_CASE("Drawings come as raw bytes or as strokes", "[images]")
{
    test::TemporaryFolder folder;
    test::writeBytes(folder / "cats.bin", test::bar(1, 0) + test::bar(2, 0));
    CHECK(findImages(folder / "cats.bin", {}).train.count == 2);
    test::writeBytes(folder / "cats.bin", "abc");
    CHECK_THROWS_WITH(readRawDrawings(folder / "cats.bin"), Contains("no whole number"));

    // One horizontal stroke across the paper: ink on the middle row, none at the corners.
    test::writeBytes(folder / "line.ndjson",
                     "{\"word\":\"line\",\"drawing\":[[[0,255],[100,100]]]}\n\n"
                     "{\"drawing\":[[[10],[10]]]}\n");
    const auto strokes = readStrokes(folder / "line.ndjson");
    REQUIRE(strokes.size(0) == 2);
    CHECK(strokes[0][0][13][14].item<int>() > 150);
    CHECK(strokes[0][0][14][14].item<int>() > 150);
    CHECK(strokes[0][0][14][5].item<int>() > 150);
    CHECK(strokes[0][0][0][0].item<int>() == 0);
    CHECK(strokes[0][0][5][14].item<int>() == 0);
    CHECK(readStrokes(folder / "line.ndjson", 1).size(0) == 1);
    const auto refused = [&](const std::string& line, const std::string& reason) {
        test::writeBytes(folder / "bad.ndjson", "{\"drawing\":[[[0,9],[1,2]]]}\n" + line);
        CHECK_THROWS_WITH(readStrokes(folder / "bad.ndjson"),
                          Contains("bad.ndjson") && Contains("line 2") && Contains(reason));
    };
    refused("nonsense", "it is no JSON");
    refused("[1,2]", "no list of strokes");
    refused("{\"drawing\":[7]}", "no list of strokes");
    refused("{\"drawing\":[]}", "no strokes");
    refused("{\"drawing\":[[[1,2],[3]]]}", "as many x as y");
    refused("{\"drawing\":[[[1e300],[3]]]}", "outside the paper");
}

TEST_CASE("Labels that are all the same tell nothing apart", "[images]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder.path(), 20, 1);
    ImageRequest request;
    request.needsLabels = true;
    CHECK_THROWS_WITH(read(folder.path(), request),
                      Contains(folder.path().string()) && Contains("all of one class"));
    request.needsLabels = false; // an autoencoder asks for no labels
    CHECK(read(folder.path(), request).train.count() > 0);
}

TEST_CASE("Test images must be of the classes that are learnt", "[images]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder.path(), 20, 5);
    ImageRequest request;
    request.onlyClass = 7;
    CHECK_THROWS_WITH(read(folder.path(), request), Contains("no image of class 7"));
    request.onlyClass = -1;
    request.needsLabels = true;
    CHECK(read(folder.path(), request).test.count() == 20);
    test::writeBytes(folder / "train-labels-idx1-ubyte", test::idx({21}, std::string(21, '\1')));
    CHECK_THROWS_WITH(read(folder.path(), request), Contains("21 labels for 20 images"));
    test::writeDigits(folder.path(), 20, 5);
    fs::remove(folder / "t10k-labels-idx1-ubyte");
    CHECK_THROWS_WITH(read(folder.path(), request), Contains("test images") && Contains("label"));
    writeZip(folder / "set.npz",
             {{"x_train.npy", test::npy("|u1", "2, 28, 28", test::bar(1, 0) + test::bar(2, 0))},
              {"y_train.npy", test::npy("|u1", "2,", std::string("\0\1", 2))},
              {"x_test.npy", test::npy("|u1", "1, 28, 28", test::bar(1, 1))},
              {"y_test.npy", test::npy("|u1", "1,", "\3")}});
    CHECK_THROWS_WITH(read(folder / "set.npz", request), Contains("of 4 classes"));
}

TEST_CASE("A share of the data has equally many images of each class", "[images]")
{
    test::TemporaryFolder folder;
    for (int i = 0; i < 40; ++i)
        test::writePng(folder / ("set/horse/" + std::to_string(i) + ".png"), 2, 2, 1, "abcd");
    for (int i = 0; i < 10; ++i)
        test::writePng(folder / ("set/cat/" + std::to_string(i) + ".png"), 2, 2, 1, "efgh");
    const auto counts = [](const ImageData& data) {
        std::vector<std::int64_t> count(2, 0);
        for (const auto* set : {&data.train, &data.validation, &data.test})
            for (std::int64_t i = 0; i < set->count(); ++i)
                ++count[static_cast<std::size_t>(set->labels[i].item<std::int64_t>())];
        return count;
    };
    ImageRequest request;
    request.balanced = true;
    CHECK(counts(read(folder / "set", request)) == std::vector<std::int64_t>{10, 10});
    request.balanced = false;
    request.images = 6;
    CHECK(counts(read(folder / "set", request)) == std::vector<std::int64_t>{3, 3});
    request.images = 0;
    request.onlyClass = 1;
    CHECK(counts(read(folder / "set", request)) == std::vector<std::int64_t>{0, 40});
    request.onlyClass = 2;
    CHECK_THROWS_WITH(read(folder / "set", request), Contains("no class 2"));
}

// One of the two was learnt from, and nobody said which.
TEST_CASE("Two files of one class's name are refused, with both names", "[images]")
{
    test::TemporaryFolder folder;
    test::writeBytes(folder / "drawings/cat.npy", test::npy("|u1", "1, 784", test::bar(3, 0)));
    test::writeBytes(folder / "drawings/cat.bin", "anything");
    CHECK_THROWS_WITH(read(folder / "drawings"), Contains("cat.npy") && Contains("cat.bin"));
}

TEST_CASE("What is no image set is told what would be one", "[images]")
{
    test::TemporaryFolder folder;
    CHECK_THROWS_WITH(read(folder / "none"), Contains("There is no"));
    CHECK_THROWS_WITH(read(folder.path()), Contains("Known are"));
    test::writePng(folder / "flat/1.png", 2, 2, 1, "abcd");
    ImageRequest request;
    request.needsLabels = true;
    CHECK_THROWS_WITH(read(folder / "flat", request), Contains("no labels"));
    CHECK_THROWS_WITH(checkImageMemory(1LL << 40, 3, 128, 128, "that"),
                      Contains("that") && Contains("images=N"));
}

TEST_CASE("Batches are the whole set once, in an order that seed and epoch decide", "[images]")
{
    ImageSet set;
    set.pixels = torch::arange(11, torch::kUInt8).view({11, 1, 1, 1});
    ImageLoader loader(set, 5, 3, torch::kCPU);
    // The eleventh image joins the second batch: alone it would have no variance.
    REQUIRE(loader.stepsPerEpoch() == 2);
    const auto order = [&](ImageLoader& from, std::int64_t epoch) {
        std::vector<int> all;
        for (std::int64_t step = 0; step < from.stepsPerEpoch(); ++step) {
            const auto batch = (from.batch(epoch, step).pixels * 255.0).round().flatten();
            for (std::int64_t i = 0; i < batch.size(0); ++i)
                all.push_back(batch[i].item<int>());
        }
        return all;
    };
    const auto first = order(loader, 0), second = order(loader, 1);
    CHECK(std::set<int>(first.begin(), first.end()).size() == 11);
    CHECK(first != second);
    ImageLoader again(set, 5, 3, torch::kCPU);
    CHECK(order(again, 1) == second);
    CHECK(torch::equal(loader.draw(4, 1).pixels, again.draw(4, 1).pixels));
    CHECK_FALSE(torch::equal(loader.draw(4, 1).pixels, loader.draw(5, 1).pixels));
    CHECK(scaledPixels(torch::tensor({0, 255}, torch::kUInt8), ImageScale::signedUnit)[0]
              .item<float>() == -1.0f);
    CHECK_THROWS_AS(ImageLoader(ImageSet{}, 5, 3, torch::kCPU), std::invalid_argument);
}

TEST_CASE("The Frechet distance is that of two normal distributions", "[images]")
{
    torch::manual_seed(1);
    const auto a = torch::randn({20000, 2}, torch::kFloat64);
    CHECK(frechetDistance(a, a) == Approx(0.0).margin(1e-6));
    // N(0, 1) to N(3, 4) in one dimension of two: 3^2 + (2 - 1)^2.
    auto b = torch::randn({20000, 2}, torch::kFloat64);
    b.select(1, 0).mul_(2.0).add_(3.0);
    CHECK(frechetDistance(a, b) == Approx(10.0).epsilon(0.03));
    CHECK(frechetDistance(b, a) == Approx(frechetDistance(a, b)));
    CHECK_THROWS_AS(frechetDistance(a, torch::rand({1, 2})), std::invalid_argument);
}

TEST_CASE("The staged sets are what their descriptions say", "[images]")
{
    if (const auto mnist = test::realData("mnist")) {
        const auto source = findImages(*mnist, {});
        CHECK(source.train.count == 60000);
        REQUIRE(source.test);
        CHECK(source.test->count == 10000);
        CHECK(source.train.about.labels[0].item<int>() == 5);
    }
    if (const auto cifar = test::realData("cifar10")) {
        const auto source = findImages(*cifar / "lossless_png", {});
        CHECK(source.train.count == 4000);
        CHECK(source.train.pixels({54})[0][1][12][13].item<int>() == 94);
    }
    if (const auto drawings = test::realData("quickdraw"))
        CHECK(findImages(*drawings, {}).train.count == 3000);
    if (const auto faces = test::realData("orl_faces")) {
        const auto source = findImages(*faces, {});
        CHECK(source.train.count == 400);
        CHECK(source.train.about.classNames.size() == 40);
    }
}
