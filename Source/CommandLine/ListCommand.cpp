// `organum list`: what can be trained.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "Training/Training.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum list
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

void printText(const std::vector<training::ListedModel>& models)
{
    for (const auto& model : models) {
        std::cout << model.name << "\n  " << model.title << " (" << model.bookSection
                  << ")\n  data: "
                  << (model.dataNeeded.empty() ? "built in, leave --data out" : model.dataNeeded)
                  << '\n';
        if (!model.size.empty())
            std::cout << "  size: " << model.size << '\n';
        if (!model.example.empty())
            std::cout << "  e.g.: " << model.example << '\n';
        for (const auto& [name, meaning] : model.recipes)
            std::cout << "  --recipe " << name << ": " << meaning << '\n';
        for (const auto& setting : model.settings)
            std::cout << "  --set " << setting.name << "=...: " << setting.meaning << '\n';
    }
}

} // namespace

void addList(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("list", "Lists what can be trained");
    auto asJson = std::make_shared<bool>(false);
    command->add_flag("--json", *asJson, "Print JSON instead of text (keys below)");
    command->footer(examples);
    command->callback([asJson, &invocation] {
        const auto models = training::list();
        if (*asJson)
            printJson(models);
        else
            printText(models);
        invocation.exitCode = done;
    });
}

} // namespace organum::commandline
