// `organum list`: what can be trained.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/TrainableText.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum list
  organum list cifar-cnn
  organum list --json

--json prints {"trainable": [...]}; an entry has name, title, book_section, data,
size, example, recipes (name to sentence) and settings (name to meaning, for `organum train --set`).
)";

void printJson(const std::vector<training::ListedModel>& models)
{
    nlohmann::json list = nlohmann::json::array();
    for (const auto& model : models) {
        auto recipes = nlohmann::json::object();
        for (const auto& [name, meaning] : model.recipes)
            recipes[name] = meaning;
        auto settings = nlohmann::json::object();
        for (const auto& setting : model.settings)
            settings[setting.name] = setting.meaning;
        list.push_back({{"name", model.name},
                        {"title", model.title},
                        {"book_section", model.bookSection},
                        {"data", model.dataNeeded},
                        {"size", model.size},
                        {"example", model.example},
                        {"recipes", recipes},
                        {"settings", settings}});
    }
    std::cout << jsonText({{"trainable", list}}) << '\n';
}

/** All, or the one of that name. */
std::vector<training::ListedModel> chosen(const std::string& name)
{
    const auto all = training::list();
    if (name.empty())
        return all;
    for (const auto& model : all)
        if (model.name == name)
            return {model};
    throw UsageError("\"" + name + "\" cannot be trained; `organum list` says what can.");
}

} // namespace

void addList(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("list", "Lists what can be trained");
    auto asJson = std::make_shared<bool>(false);
    auto name = std::make_shared<std::string>();
    command->add_option("model", *name, "This one alone");
    command->add_flag("--json", *asJson, "Print JSON instead of text (keys below)");
    command->footer(examples);
    command->callback([asJson, name, &invocation] {
        const auto models = chosen(*name);
        if (*asJson)
            printJson(models);
        else
            for (const auto& model : models)
                std::cout << trainableText(model);
        invocation.exitCode = done;
    });
}

} // namespace organum::commandline
