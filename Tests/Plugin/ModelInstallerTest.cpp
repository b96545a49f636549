#include "Plugin/ModelInstaller.h"

#include "EngineBench.h"
#include "Plugin/ModelDetails.h"
#include "Plugin/ModelList.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace fs = std::filesystem;

namespace
{

std::size_t filesIn(const fs::path& folder)
{
    std::error_code error;
    std::size_t count = 0;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        ++count;
    return count;
}

void writeModel(const fs::path& file, const std::string& title, const std::string& told = "{}")
{
    fs::create_directories(file.parent_path());
    bundle::Bundle model;
    model.metadata.kind = "attention-lstm";
    model.metadata.name = title;
    model.metadata.provenance = told;
    bundle::writeBundle(file, model);
}

} // namespace

TEST_CASE("a model that somebody brings is installed and found at once")
{
    const Workbench bench(std::vector<std::string>{});
    writeModel(bench.folder / "brought/fugues.organum", "Fugues");
    ModelList list;
    CHECK(list.refreshIfChanged());
    const auto before = list.entries()->size();
    const auto done = installModel(bench.folder / "brought/fugues.organum", userModelFolder());
    CHECK(done.id == "fugues");
    CHECK(done.message == "Installed Fugues.");
    CHECK(list.refreshIfChanged());
    CHECK_FALSE(list.refreshIfChanged());
    CHECK(list.entries()->size() == before + 1);
    CHECK(filesIn(userModelFolder()) == 1);
}

TEST_CASE("a model of a name that is taken gets a number, the same file is not kept twice")
{
    const Workbench bench(std::vector<std::string>{});
    const fs::path folder = userModelFolder();
    writeModel(bench.folder / "a/tunes.organum", "Tunes");
    writeModel(bench.folder / "b/tunes.organum", "Other tunes");
    CHECK(installModel(bench.folder / "a/tunes.organum", folder).id == "tunes");
    const auto other = installModel(bench.folder / "b/tunes.organum", folder);
    CHECK(other.id == "tunes-2");
    CHECK(other.message == "Installed Other tunes as tunes-2, since there is another tunes.");
    const auto again = installModel(bench.folder / "b/tunes.organum", folder);
    CHECK(again.id == "tunes-2");
    CHECK(again.message == "Other tunes is already installed.");
    CHECK(filesIn(folder) == 2);
}

TEST_CASE("damaged, hostile and foreign files are refused with one sentence and leave nothing")
{
    const Workbench bench(std::vector<std::string>{});
    const fs::path folder = userModelFolder();
    const fs::path good = bench.folder / "good.organum";
    writeModel(good, "Good");
    std::ifstream in(good, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const auto refuses = [&](const std::string& name, const std::string& content) {
        const fs::path file = bench.folder / name;
        std::ofstream(file, std::ios::binary) << content;
        const auto outcome = installModel(file, folder);
        INFO(name << ": " << outcome.message);
        CHECK_FALSE(outcome.succeeded());
        CHECK(outcome.message.find(name) != std::string::npos);
        CHECK(outcome.message.find('\n') == std::string::npos);
        CHECK(filesIn(folder) == 0);
    };
    refuses("short.organum", bytes.substr(0, bytes.size() / 2));
    refuses("empty.organum", "");
    refuses("huge.organum", std::string(8, '\xff') + bytes);
    refuses("noise.organum", std::string(5000, 'x'));
    refuses("tune.mid", bytes);
    CHECK_FALSE(installModel(bench.folder / "gone.organum", folder).succeeded());
    CHECK_FALSE(installModel(bench.folder.path(), folder).succeeded());
}

TEST_CASE("the name of a brought file cannot lead out of the folder")
{
    const Workbench bench(std::vector<std::string>{});
    const fs::path file = bench.folder / "..a b$(x);\xc3\xa4.organum";
    writeModel(file, "Odd");
    const auto outcome = installModel(file, userModelFolder());
    REQUIRE(outcome.succeeded());
    CHECK(outcome.id.find_first_of("/ $();") == std::string::npos);
    CHECK(outcome.id.front() != '.');
    CHECK(fs::exists(userModelFolder() / (outcome.id + ".organum")));
}

TEST_CASE("an installation can be given up between slices and leaves nothing")
{
    const Workbench bench(std::vector<std::string>{});
    const fs::path file = bench.folder / "large.organum";
    writeModel(file, "Large");
    fs::resize_file(file, 5 * 1024 * 1024);
    int asked = 0;
    const auto outcome = installModel(file, userModelFolder(), [&asked] { return ++asked < 3; });
    CHECK_FALSE(outcome.succeeded());
    CHECK(asked == 3);
    CHECK(outcome.message.find("large.organum was not installed") != std::string::npos);
    CHECK(filesIn(userModelFolder()) == 0);
}

TEST_CASE("a folder that cannot be written is named")
{
    const Workbench bench(std::vector<std::string>{});
    writeModel(bench.folder / "m.organum", "M");
    std::ofstream(bench.folder / "wall") << "a file where a folder should be";
    const auto outcome = installModel(bench.folder / "m.organum", bench.folder / "wall/models");
    CHECK_FALSE(outcome.succeeded());
    CHECK(outcome.message.find("wall") != std::string::npos);
}

TEST_CASE("a model's details tell data, licence, metrics, size and file")
{
    const Workbench bench(std::vector<std::string>{});
    writeModel(bench.folder / "d.organum", "D",
               R"({"data":{"name":"Suites","licence":"public domain"},"epoch":17,"seed":1,
                   "metrics":{"validation":{"pitch":0.8563797,"sum":1.03}}})");
    const auto facts = detailsOf(ModelList().entries()->front());
    const auto fact = [&](const std::string& name) {
        for (const auto& [each, value] : facts)
            if (each == name)
                return value;
        return std::string("missing");
    };
    CHECK(fact("Trained on") == "Suites");
    CHECK(fact("Licence") == "public domain");
    CHECK(fact("Metrics") == "validation pitch 0.8564, validation sum 1.0300");
    CHECK(fact("Training") == "best after 17 epochs, seed 1");
    CHECK(fact("Size") != "missing");
    CHECK(fact("File").find("d.organum") != std::string::npos);
    writeModel(bench.folder / "d.organum", "D", R"({"data":[["nonsense"]],"metrics":7,"seed":{}})");
    CHECK(detailsOf(ModelList().entries()->front()).size() >= 3);
}

TEST_CASE("only what lies in the user's folder of models is removed")
{
    const Workbench bench(std::vector<std::string>{});
    const fs::path folder = userModelFolder();
    const fs::path elsewhere = bench.folder / "shared/tunes.organum";
    writeModel(elsewhere, "Tunes");
    writeModel(folder / "tunes.organum", "Tunes");
    std::ofstream(folder / "notes.txt") << "mine";
    for (const fs::path& other :
         {elsewhere, folder / "notes.txt", folder / "gone.organum", folder / "../tunes.organum"}) {
        const auto outcome = removeModel(other, folder);
        CHECK_FALSE(outcome.succeeded);
        CHECK(outcome.message.find("was not removed") != std::string::npos);
    }
    CHECK(fs::exists(elsewhere));
    CHECK(fs::exists(folder / "notes.txt"));
    const auto gone = removeModel(folder / "tunes.organum", folder);
    CHECK(gone.succeeded);
    CHECK_FALSE(fs::exists(folder / "tunes.organum"));
}
