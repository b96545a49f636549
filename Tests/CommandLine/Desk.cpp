#include "CommandLine/Desk.h"

#include "CommandLine/Program.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>
#include <sys/stat.h>

namespace organum::test
{
namespace fs = std::filesystem;

namespace
{

const fs::path tinyModel = fs::path(ORGANUM_TEST_MODELS) / "tiny.organum";
constexpr auto oldContent = "what stood here before";

void replaceSameLength(std::string& text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    REQUIRE(from.size() == to.size());
    text.replace(at, from.size(), to);
}

/** Another value in place of the last one of the last tensor. */
std::string withLastValue(std::string bytes, float value)
{
    std::memcpy(bytes.data() + bytes.size() - sizeof(value), &value, sizeof(value));
    return bytes;
}

} // namespace

void writeFile(const fs::path& file, const std::string& content)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

Desk::Desk()
{
    fs::copy_file(tinyModel, folder / "tiny.organum");
    const auto model = readWholeFile(tinyModel);
    auto newer = model;
    replaceSameLength(newer, "\"format_version\":\"1\"", "\"format_version\":\"9\"");
    writeFile(folder / "newer.organum", newer);
    writeFile(folder / "cut.organum", model.substr(0, model.size() / 2));
    writeFile(folder / "text.organum", "this is no bundle");
    writeFile(folder / "nan.organum",
              withLastValue(model, std::numeric_limits<float>::quiet_NaN()));
    writeFile(folder / "huge.organum", withLastValue(model, 3e38f));

    fs::create_directories(folder / "empty");
    writeFile(folder / "nomidi/readme.txt", "no music here");
    writeFile(folder / "allbad/one.mid", "not MIDI");
    writeFile(folder / "allbad/two.mid", "MThd");
    writeFile(folder / "file", "a regular file");
    writeFile(folder / "bad.mid", "not MIDI");
    writeFile(folder / "silent.mid",
              std::string("MThd\0\0\0\6\0\0\0\1\1\340MTrk\0\0\0\4\0\377\57\0", 26));
    fs::create_directories(folder / "piped");
    for (const auto* name : {"pipe.mid", "pipe.npy", "pipe.organumpreset", "piped/.lock"})
        REQUIRE(::mkfifo((folder / name).c_str(), 0600) == 0);
    writeFile(folder / "high.mid",
              std::string("MThd\0\0\0\6\0\0\0\1\1\340MTrk\0\0\0\15\0\220\177\100\203\140\200"
                          "\177\0\0\377\57\0",
                          35));
    writeFile(folder / "old.mid", oldContent);
    writeFile(folder / "run/config.json", oldContent);
    for (const auto* name : {"a/1.pgm", "a/2.pgm", "a/3.pgm", "b/1.pgm", "b/2.pgm", "b/3.pgm"})
        writeFile(folder / "pictures" / name, "P5\n8 8\n255\n" + std::string(64, name[2]));
    writeFile(folder / "taken/log.csv", oldContent);
    writeFile(folder / "half/config.json", "{\"model\": \"digit-vae\"}");
    const auto header = "{'descr': '|u1', 'shape': (" + std::string(60000, ' ') + "), }";
    writeFile(folder / "bad.npy", std::string("\x93NUMPY\1\0", 8) +
                                      static_cast<char>(header.size() & 255) +
                                      static_cast<char>(header.size() >> 8) + header);
}

std::map<std::string, std::string> Desk::content() const
{
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
        files[entry.path().string()] =
            entry.is_regular_file() ? readWholeFile(entry.path()) : "folder";
    return files;
}

void Desk::checkRefused(const std::vector<BadCall>& calls) const
{
    const auto before = content();
    for (const auto& bad : calls) {
        const auto outcome = run(bad.arguments, path(), bad.prefix);
        INFO(bad.what << "\n$ organum " << bad.arguments << "\nout: " << outcome.output
                      << "\nerr: " << outcome.errors);
        CHECK(outcome.exitCode == bad.exitCode);
        CHECK_FALSE(outcome.errors.empty());
        for (const auto* foreign : {"terminate called", "json.exception", "basic_", "CRITICAL"})
            CHECK(outcome.errors.find(foreign) == std::string::npos);
        for (const auto& word : bad.said)
            CHECK(outcome.errors.find(word) != std::string::npos);
        CHECK(std::count(outcome.errors.begin(), outcome.errors.end(), '\n') <= 12);
        const auto after = content();
        for (const auto& [file, bytes] : after) {
            INFO("file: " << file);
            CHECK(before.count(file) == 1);
            CHECK((before.count(file) == 0 || before.at(file) == bytes));
        }
        CHECK(after.size() == before.size());
    }
}

} // namespace organum::test
