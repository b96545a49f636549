// `organum doctor`: looks for what makes Organum slow, silent or invisible, and says what helps.

#include "CommandLine/Command.h"
#include "CommandLine/Health.h"
#include "CommandLine/Json.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum doctor
  organum doctor --json

Leaves with exit code 1 when something is missing that generating needs; warnings alone give 0.
--json prints {"checks": [...]}; a check has
  name    blas, engine, models, soundfont, plugins, display, midi
  state   ok, warning or failure
  finding what was found
  advice  what to do; "" when all is well
)";

const char* nameOf(Health health)
{
    switch (health) {
    case Health::ok:
        return "ok";
    case Health::warning:
        return "warning";
    case Health::failure:
        break;
    }
    return "failure";
}

void printJson(const std::vector<HealthCheck>& checks)
{
    nlohmann::json list = nlohmann::json::array();
    for (const auto& check : checks)
        list.push_back({{"name", check.name},
                        {"state", nameOf(check.health)},
                        {"finding", check.finding},
                        {"advice", check.advice}});
    std::cout << jsonText({{"checks", list}}) << '\n';
}

void printText(const std::vector<HealthCheck>& checks)
{
    for (const auto& check : checks) {
        std::cout << '[' << nameOf(check.health) << "] " << check.name << ": " << check.finding
                  << '\n';
        if (!check.advice.empty())
            std::cout << "    -> " << check.advice << '\n';
    }
}

} // namespace

void addDoctor(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("doctor", "Checks this machine and this installation");
    auto asJson = std::make_shared<bool>(false);
    command->add_flag("--json", *asJson, "Print JSON instead of text (keys below)");
    command->footer(examples);
    command->callback([asJson, &invocation] {
        const auto checks = examineHealth();
        if (*asJson)
            printJson(checks);
        else
            printText(checks);
        invocation.exitCode = done;
        for (const auto& check : checks)
            if (check.health == Health::failure)
                invocation.exitCode = failed;
    });
}

} // namespace organum::commandline
