#include "Plugin/ModelList.h"
#include "Plugin/Fingerprint.h"
#include "Plugin/TakeModel.h"

#include "EngineBench.h"

#include <catch2/catch.hpp>

#include <set>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

/** What the list says of a bundle with that metadata. */
ModelEntry entryOf(const std::string& kind, const std::string& config,
                   const std::string& vocabulary = "{}")
{
    const Workbench bench(std::vector<std::string>{});
    bundle::Bundle model;
    model.metadata.kind = kind;
    model.metadata.name = "The model";
    model.metadata.config = config;
    model.metadata.vocabulary = vocabulary;
    bundle::writeBundle(bench.folder / "0.organum", model);
    return ModelList().entries()->front();
}

const std::vector<std::string> choir = {"Soprano", "Alto", "Tenor", "Bass"};

} // namespace

TEST_CASE("the list knows which models have voices, and their names")
{
    CHECK_FALSE(entryOf("attention-lstm", R"({"voices":["a","b","c","d"]})").hasVoices());
    CHECK(entryOf("musegan", "{}").voices == choir);
    CHECK(entryOf("musegan-conditional", "{}").voices == choir);
    const std::vector<std::string> strings = {"Violin", "Second violin", "Viola", "Cello"};
    CHECK(entryOf("musegan", R"({"voices":[{"name":"violin","lowest":55,"highest":100},
        {"name":"second violin","lowest":55,"highest":100},
        {"name":"viola","lowest":48,"highest":90},{"name":"cello","lowest":36,"highest":80}]})")
              .voices == strings);
    CHECK(entryOf("musegan", "{}", R"({"voices":["violin","second violin","viola","cello"]})")
              .voices == strings);
}

TEST_CASE("the list knows a model's macros, eight at most")
{
    const auto entry = entryOf(
        "musegan", R"({"macros":[{"name":"Density","meaning":"More notes"},{"name":"Register"}]})");
    REQUIRE(entry.macros.size() == 2);
    CHECK(entry.macros[0].name == "Density");
    CHECK(entry.macros[0].meaning == "More notes");
    CHECK(entry.macros[1].meaning.empty());
    CHECK(entryOf("musegan", R"({"macros":["1","2","3","4","5","6","7","8","9"]})").macros.size() ==
          8);
}

TEST_CASE("odd descriptions of voices do no harm")
{
    for (const char* config : {R"({"voices":7,"macros":{"a":1}})", R"({"voices":[1,2,3]})",
                               R"({"voices":[null,[],{},""],"macros":[null,[[]],{}]})"}) {
        const auto entry = entryOf("musegan", config);
        INFO(config);
        CHECK(entry.problem.empty());
        CHECK(entry.voices.size() == 4);
        for (const std::string& name : entry.voices)
            CHECK_FALSE(name.empty());
    }
}

TEST_CASE("a list asks the environment once, as the engine's opening changes it for a moment")
{
    const Workbench bench({"first"});
    ModelList list;
    REQUIRE(list.entries()->front().id == "first");
    const auto own = list.ownFolder();
    {
        const Workbench elsewhere({"second"});
        list.refresh();
        CHECK(list.entries()->front().id == "first");
        CHECK(list.ownFolder() == own);
        CHECK(ModelList().entries()->front().id == "second");
    }
}

TEST_CASE("no more models are listed than can be chosen, and how many are left out is told")
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < mostModels + 2; ++i)
        names.push_back("m" + std::to_string(100 + i));
    const Workbench bench(names);
    Workbench::hideSharedModels();
    ModelList list;
    REQUIRE(list.entries()->size() == mostModels);
    CHECK(list.entries()->back().id == "m131");
    CHECK(list.leftOut() == 2);
    std::filesystem::remove(bench.folder / "m100.organum");
    CHECK(list.refreshIfChanged());
    CHECK(list.entries()->back().id == "m132");
    CHECK(list.leftOut() == 1);
}

namespace
{

/** Bundles of one name, told apart by what their metadata says else. */
void writeNamesakes(const Workbench& bench, const std::vector<std::string>& files)
{
    for (const std::string& file : files) {
        bundle::Bundle model;
        model.metadata.kind = "attention-lstm";
        model.metadata.name = "Cello";
        model.metadata.vocabulary = "{\"of\":\"" + file + "\"}";
        bundle::writeBundle(bench.folder / (file + ".organum"), model);
    }
}

} // namespace

// Two models of one name could not be told apart in the menu, and takes went on with the first.
TEST_CASE("models of one name are told apart, and a take finds the one that wrote it")
{
    const Workbench bench(std::vector<std::string>{});
    Workbench::hideSharedModels();
    writeNamesakes(bench, {"a", "b"});
    const auto both = ModelList().entries();
    REQUIRE(both->size() == 2);
    CHECK((*both)[0].title == "Cello");
    CHECK((*both)[1].title == "Cello (b)");

    bundle::Bundle odd;
    odd.metadata.kind = "attention-lstm";
    odd.metadata.name = "Cello (b)"; // what the second is called
    bundle::writeBundle(bench.folder / "0.organum", odd);
    std::set<std::string> titles;
    const auto three = ModelList().entries();
    for (const ModelEntry& each : *three)
        CHECK(titles.insert(each.title).second);
    std::filesystem::remove(bench.folder / "0.organum");

    Take take;
    take.model = "Cello";
    CHECK(modelOf(take, *both) == 0);
    take.modelHash = fingerprintOf((*both)[1].file); // it was the only one then
    CHECK(modelOf(take, *both) == 1);
    take.modelHash = 1; // trained anew since
    CHECK(modelOf(take, *both) == 0);
    take.model = "Cello (b)";
    CHECK(modelOf(take, *both) == 1);

    std::filesystem::remove(bench.folder / "a.organum");
    const auto one = ModelList().entries();
    CHECK((*one)[0].title == "Cello");
    CHECK(modelOf(take, *one) == 0);
    take.model = "Violin";
    CHECK_FALSE(modelOf(take, *one));
    take.model.clear();
    CHECK_FALSE(modelOf(take, *one));
}
