#include "CommandLine/PlayPorts.h"

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"

#include <iostream>

namespace organum::commandline
{
namespace
{

constexpr auto usualName = "Organum";

void requireAnswer(const std::vector<live::SystemPorts>& systems)
{
    if (!live::anyAnswers(systems))
        throw Failure("no MIDI system answers on this machine, so there is nothing to play to. It "
                      "was tried:\n" +
                      live::problemsOf(systems) +
                      "\nWithout any, `organum render` makes a sound file.");
}

std::vector<live::SystemPorts> answeringSystems()
{
    auto systems = live::listPorts();
    requireAnswer(systems);
    return systems;
}

nlohmann::json jsonOf(const std::vector<live::PortName>& ports)
{
    auto list = nlohmann::json::array();
    for (std::size_t i = 0; i < ports.size(); ++i)
        list.push_back({{"number", i + 1},
                        {"system", live::nameOf(ports[i].system)},
                        {"name", ports[i].name}});
    return list;
}

void print(const std::string& title, const std::vector<live::PortName>& ports)
{
    std::cout << title << '\n';
    if (ports.empty())
        std::cout << "  none now\n";
    for (std::size_t i = 0; i < ports.size(); ++i)
        std::cout << "  " << i + 1 << "  " << ports[i].name << "  ("
                  << live::nameOf(ports[i].system) << ")\n";
}

} // namespace

void printPorts(bool json)
{
    // A program that reads JSON gets it even where no system answers.
    const auto systems = json ? live::listPorts() : answeringSystems();
    const auto outputs = live::portsOf(systems, live::Direction::output);
    const auto inputs = live::portsOf(systems, live::Direction::input);
    if (json) {
        auto problems = nlohmann::json::array();
        for (const auto& system : systems)
            if (!system.problem.empty())
                problems.push_back(system.problem);
        std::cout << jsonText({{"outputs", jsonOf(outputs)},
                               {"inputs", jsonOf(inputs)},
                               {"problems", problems}})
                  << '\n';
        requireAnswer(systems);
        return;
    }
    print("Outputs, for --port:", outputs);
    print("Inputs, for --sync-from:", inputs);
    if (const auto problems = live::problemsOf(systems); !problems.empty())
        std::cout << "Not answering:\n" << problems << '\n';
}

live::ConnectionWish wishFrom(const PortOptions& options)
{
    using Kind = live::PortWish::Kind;
    const auto systems = answeringSystems();
    live::ConnectionWish wish;
    try {
        wish.output.kind = options.port.empty() ? Kind::own : Kind::other;
        if (options.port.empty())
            wish.output.port.name = options.own.empty() ? usualName : options.own;
        else
            wish.output.port = findPort(systems, live::Direction::output, options.port);
        if (options.followsClock) {
            wish.input.kind = options.input.empty() ? Kind::own : Kind::other;
            if (options.input.empty())
                wish.input.port.name = "clock";
            else
                wish.input.port = findPort(systems, live::Direction::input, options.input);
        }
    } catch (const live::PortError& error) {
        throw Failure(error.what());
    }
    return wish;
}

} // namespace organum::commandline
