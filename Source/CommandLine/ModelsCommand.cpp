// `organum models`: the bundles that --model finds by name.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/ModelLibrary.h"
#include "Score/Elements.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum models
  organum models --json
  ORGANUM_MODELS=~/my-models organum models

--json prints {"models": [...], "folders": [...]}; a model has
  name     what --model takes
  file     the bundle's path
  title    what the plugin shows
  kind     which network it holds
  voices   only of a model with voices: a list of name, lowest and highest pitch
  macros   only of a model that has some: a list of name, meaning and means at -1, -0.5, 0, 0.5, 1
  provenance  data, split, seed, metrics as its trainer wrote them
  problem  only when the bundle cannot be read: why
)";

nlohmann::json parsedOrText(const std::string& text)
{
    auto value = nlohmann::json::parse(text, nullptr, false);
    return value.is_discarded() ? nlohmann::json(text) : value;
}

/** "voices" or "macros" as a bundle lists them, or nothing. */
nlohmann::json listOf(const FoundModel& model, const char* key)
{
    const auto config = nlohmann::json::parse(model.metadata.config, nullptr, false);
    return config.is_object() ? config.value(key, nlohmann::json::array())
                              : nlohmann::json::array();
}

/** Text of a file as a terminal may see it: no control characters, and not without end. */
std::string printable(const std::string& text)
{
    constexpr std::size_t longest = 80;
    std::string clean = text.substr(0, longest);
    std::replace_if(
        clean.begin(), clean.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    return text.size() > longest ? clean + "..." : clean;
}

/** A pitch of a bundle's list of voices, or -1. */
int pitchOf(const nlohmann::json& voice, const char* key)
{
    const auto found = voice.find(key);
    return found != voice.end() && found->is_number_integer() ? found->get<int>() : -1;
}

std::string macroText(const nlohmann::json& macros)
{
    std::string text;
    for (const auto& macro : macros)
        if (macro.is_object() && macro.contains("name") && macro["name"].is_string())
            text += (text.empty() ? "" : ", ") + printable(macro["name"].get<std::string>());
    return text;
}

std::string voiceText(const nlohmann::json& voices)
{
    std::string text;
    for (const auto& voice : voices) {
        if (!voice.is_object() || !voice.contains("name") || !voice["name"].is_string())
            continue;
        text += (text.empty() ? "" : ", ") + printable(voice["name"].get<std::string>());
        const auto lowest = pitchOf(voice, "lowest");
        const auto highest = pitchOf(voice, "highest");
        if (lowest >= 0 && lowest <= highest && highest <= 127)
            text +=
                " " + score::readablePitchName(lowest) + " to " + score::readablePitchName(highest);
    }
    return text;
}

void printJson(const std::vector<FoundModel>& models)
{
    nlohmann::json list = nlohmann::json::array();
    for (const auto& model : models) {
        nlohmann::json entry{{"name", model.name}, {"file", model.file.string()}};
        if (model.problem.empty()) {
            entry["title"] = model.metadata.name;
            entry["kind"] = model.metadata.kind;
            for (const auto* key : {"voices", "macros"})
                if (const auto values = listOf(model, key); !values.empty())
                    entry[key] = values;
            entry["provenance"] = parsedOrText(model.metadata.provenance);
        } else {
            entry["problem"] = model.problem;
        }
        list.push_back(entry);
    }
    nlohmann::json folders = nlohmann::json::array();
    for (const auto& folder : modelFolders())
        folders.push_back(folder.string());
    std::cout << jsonText({{"models", list}, {"folders", folders}}) << '\n';
}

void printTable(const std::vector<FoundModel>& models)
{
    if (models.empty()) {
        std::cout << "No models found. Searched:\n";
        for (const auto& folder : modelFolders())
            std::cout << "  " << folder.string() << '\n';
        std::cout << "Train one with `organum train`, or put a .organum file into one of these.\n";
        return;
    }
    for (const auto& model : models) {
        std::cout << std::left << std::setw(20) << model.name << ' ';
        if (model.problem.empty())
            std::cout << printable(model.metadata.name) << " (" << model.metadata.kind << ")";
        else
            std::cout << "cannot be read: " << model.problem;
        std::cout << '\n' << std::string(21, ' ') << model.file.string() << '\n';
        if (const auto voices = voiceText(listOf(model, "voices")); !voices.empty())
            std::cout << std::string(21, ' ') << "voices: " << voices << '\n';
        if (const auto macros = macroText(listOf(model, "macros")); !macros.empty())
            std::cout << std::string(21, ' ') << "macros: " << macros << '\n';
    }
}

} // namespace

void addModels(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("models", "Lists the models found on this machine");
    auto asJson = std::make_shared<bool>(false);
    command->add_flag("--json", *asJson, "Print JSON instead of a table (keys below)");
    command->footer(examples);
    command->callback([asJson, &invocation] {
        const auto models = findModels();
        if (*asJson)
            printJson(models);
        else
            printTable(models);
        invocation.exitCode = done;
    });
}

} // namespace organum::commandline
