// `organum data`: which data sets there are, what of them lies here, and fetching them.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/Ranges.h"
#include "Training/Datasets/Catalogue.h"
#include "Training/Datasets/Store.h"
#include "Training/Loop/Progress.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum data list
  organum data fetch bach-chorales
  organum data fetch mnist --to my-data
  organum data fetch quickdraw-ice_cream
  organum data check                        every set that lies here
  organum data check mnist

A fetch that was cut off goes on from where it was; a set is in its folder when all of it has come
and been checked. What the catalogue has no checksum of is "unverified": you are told, and check
then holds the files against what was fetched. --from takes the files from an address of your own;
what was kept of a file from another address is then fetched anew.
Without a network, `organum data fetch` says what to put where by hand.

--json prints
  list   {"sets": [{"name", "title", "for", "licence", "research_only", "page", "verified",
         "by_hand", "files": [{"name", "address", "bytes", "sha256"}]}]}
  check, fetch  {"sets": [{"name", "folder", "whole", "files": [{"name", "state", "remark"}]}]};
         a state is verified, recorded (as it was fetched), present, wrong or missing
)";

struct Options
{
    std::string action;
    std::vector<std::string> names;
    std::filesystem::path store;
    std::string from;
    bool json = false;
};

using namespace datasets;

const char* stateText(FileState state)
{
    switch (state) {
    case FileState::verified:
        return "verified";
    case FileState::recorded:
        return "recorded";
    case FileState::present:
        return "present";
    case FileState::wrong:
        return "wrong";
    case FileState::missing:
        return "missing";
    }
    return "missing";
}

nlohmann::json listedJson(const Dataset& set)
{
    auto files = nlohmann::json::array();
    for (const auto& file : set.files) {
        nlohmann::json entry = {{"name", file.name}, {"address", file.address}};
        entry["bytes"] = file.bytes > 0 ? nlohmann::json(file.bytes) : nlohmann::json();
        entry["sha256"] = !file.sha256.empty() ? nlohmann::json(file.sha256) : nlohmann::json();
        files.push_back(std::move(entry));
    }
    return {{"name", set.name},
            {"title", set.title},
            {"for", set.purpose},
            {"licence", set.licence},
            {"research_only", set.researchOnly},
            {"page", set.page},
            {"verified", isVerifiable(set)},
            {"by_hand", !set.byHand.empty()},
            {"files", files}};
}

int list(const Options& options)
{
    std::vector<Dataset> sets;
    for (const auto& name : options.names)
        sets.push_back(findDataset(name));
    if (sets.empty())
        sets = catalogue();
    if (options.json) {
        auto all = nlohmann::json::array();
        for (const auto& set : sets)
            all.push_back(listedJson(set));
        std::cout << jsonText({{"sets", all}}) << '\n';
        return done;
    }
    for (const auto& set : sets) {
        std::size_t known = 0;
        for (const auto& file : set.files)
            known += file.sha256.empty() ? 0 : 1;
        std::cout << set.name << "\n  " << set.title << "\n  for: " << set.purpose
                  << "\n  licence: " << set.licence
                  << (set.researchOnly ? "\n  for research only" : "") << "\n  page: " << set.page
                  << "\n  files: " << set.files.size() << ", checksums known: " << known
                  << (known < set.files.size() ? " (the others are unverified)" : "")
                  << (set.byHand.empty() ? "" : "\n  to be fetched by hand") << '\n';
    }
    return done;
}

nlohmann::json checkedJson(const Dataset& set, const Check& checked)
{
    auto files = nlohmann::json::array();
    for (const auto& file : checked.files)
        files.push_back(
            {{"name", file.name}, {"state", stateText(file.state)}, {"remark", file.remark}});
    return {{"name", set.name},
            {"folder", checked.folder.string()},
            {"whole", checked.isWhole},
            {"files", files}};
}

void printChecked(const Dataset& set, const Check& checked)
{
    std::map<FileState, std::size_t> counts;
    for (const auto& file : checked.files)
        ++counts[file.state];
    std::cout << set.name << ": " << (checked.isWhole ? "whole" : "not whole") << " in "
              << checked.folder.string() << " (";
    bool first = true;
    for (const auto& [state, count] : counts) {
        std::cout << (first ? "" : ", ") << count << ' ' << stateText(state);
        first = false;
    }
    std::cout << ")\n";
    for (const auto& file : checked.files)
        if (file.state == FileState::wrong || file.state == FileState::missing)
            std::cout << "  " << stateText(file.state) << ": " << file.name
                      << (file.remark.empty() ? "" : " (" + file.remark + ")") << '\n';
    if (counts.count(FileState::recorded) > 0 || counts.count(FileState::present) > 0)
        std::cout << "  unverified: nobody vouches for files that are \"recorded\" (unchanged "
                     "since they were fetched) or \"present\"\n";
}

/** The sets that were named, or those of which something lies here. */
std::vector<Dataset> setsToCheck(const Options& options)
{
    std::vector<Dataset> sets;
    for (const auto& name : options.names)
        sets.push_back(findDataset(name));
    if (!sets.empty())
        return sets;
    sets = setsIn(options.store);
    if (sets.empty())
        std::cerr << "There is no set in " << options.store.string()
                  << "; `organum data list` names those that can be fetched.\n";
    return sets;
}

int checkOrFetch(const Options& options)
{
    training::ConsoleProgress progress(std::cerr, isTerminal(stderr));
    const bool fetching = options.action == "fetch";
    if (fetching && options.names.empty())
        throw UsageError("name the set to fetch; `organum data list` has them all.");
    auto all = nlohmann::json::array();
    bool isWhole = true;
    for (const auto& set : setsToCheck(options)) {
        FetchOptions fetchOptions;
        fetchOptions.store = options.store;
        fetchOptions.mirror = options.from;
        const auto checked =
            fetching ? fetch(set, fetchOptions, progress) : check(set, options.store, progress);
        isWhole = isWhole && checked.isWhole;
        if (options.json)
            all.push_back(checkedJson(set, checked));
        else
            printChecked(set, checked);
        if (fetching && !options.json)
            std::cout
                << "  learn from it with --data "
                << (set.trainOn.empty() ? checked.folder : checked.folder / set.trainOn).string()
                << '\n';
    }
    if (options.json)
        std::cout << jsonText({{"sets", all}}) << '\n';
    return isWhole ? done : failed;
}

int run(Options& options)
{
    if (options.action == "list")
        return list(options);
    if (options.store.empty())
        options.store = defaultStore();
    options.store = std::filesystem::absolute(options.store).lexically_normal();
    return checkOrFetch(options);
}

} // namespace

void addData(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("data", "Lists, checks and fetches data sets");
    auto options = std::make_shared<Options>();
    command->add_option("action", options->action, "list, check or fetch")
        ->required()
        ->check(CLI::IsMember({"list", "check", "fetch"}));
    command->add_option("set", options->names, "Names of sets (see `organum data list`)");
    command->add_option("--to", options->store,
                        "Folder of all sets; default: organum/data in $XDG_DATA_HOME, or in "
                        "~/.local/share");
    command->add_option("--from", options->from,
                        "fetch: an address (http or https) that has the files by their names");
    command->add_flag("--json", options->json, "Print JSON instead of text (keys below)");
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
