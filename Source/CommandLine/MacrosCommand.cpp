// `organum macros`: finds a model's macro knobs.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/Ranges.h"
#include "Training/Loop/Progress.h"
#include "Training/Training.h"

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
  organum macros runs/chorales -o chorales.organum
  organum generate --model chorales.organum --bars 8 --macro density=1 -o dense.mid

`organum train musegan` does this at its end; the command does it again for a bundle that exists,
and leaves its weights as they are. Looked for are directions in the model's noise for
  density     notes a bar               spacing     semitones between the outer voices
  register    mean pitch                dissonance  pairs of voices that dissonate (%)
  motion      mean step of a change
by a regression over --pieces pieces of 8 bars. A direction is kept when, on other seeds, the mean
of --checks pieces of 16 bars rises from -1 to -0.5, 0, 0.5 and 1, each time by three standard
errors and more, and scale consistency, empty bars and parallels at the ends stay as they should.
1 means 1.5 standard deviations of the pieces, if the model goes so far.

--json prints one object: seed, found_from, checked_on and tried, a list of
  name, statistic (see `organum metrics`), kept, vectors (that it moves), length (of the direction)
  deviation                           of the statistic over pieces
  means, standard_errors              at -1, -0.5, 0, 0.5 and 1
  least_rise_over_error               the smallest of the four steps, in standard errors
  soundness                           at -1, 0 and 1
)";

struct Options
{
    training::MacroOptions macros;
    std::string model;
    bool json = false;
};

void printTable(const nlohmann::json& found)
{
    std::cout << std::left << std::setw(12) << "macro" << std::right;
    for (const auto* place : {"-1", "-0.5", "0", "0.5", "1"})
        std::cout << std::setw(10) << place;
    std::cout << '\n' << std::fixed << std::setprecision(2);
    for (const auto& macro : found.at("tried")) {
        std::cout << std::left << std::setw(12) << macro.at("name").get<std::string>()
                  << std::right;
        for (const auto& mean : macro.at("means"))
            std::cout << std::setw(10) << (mean.is_number() ? mean.get<double>() : 0.0);
        std::cout << (macro.at("kept").get<bool>() ? "" : "   not kept") << '\n';
    }
}

/** Before minutes of work, not after them. */
void checkOutput(const std::filesystem::path& file)
{
    std::error_code error;
    if (file.extension() != ".organum")
        throw UsageError("-o " + file.string() +
                         ": models are found by their ending; write a name that ends in .organum.");
    if (std::filesystem::is_directory(file, error))
        throw Failure("cannot write " + file.string() + ": it is a folder. Name a file with -o.");
    const auto folder = std::filesystem::absolute(file).parent_path();
    if (!std::filesystem::is_directory(folder, error))
        throw Failure("cannot write " + file.string() + ": there is no folder " + folder.string() +
                      ". Make it, or choose another place with -o.");
}

int run(Options& options)
{
    checkOutput(options.macros.output);
    options.macros.model = resolveTrained(options.model);
    std::error_code error;
    if (std::filesystem::is_directory(options.macros.model, error))
        options.macros.model /= "model.organum";
    training::ConsoleProgress progress(std::cerr, isTerminal(stderr));
    const auto found = nlohmann::json::parse(training::findMacros(options.macros, progress));
    if (options.json)
        std::cout << jsonText(found) << '\n';
    else
        printTable(found);
    const auto& tried = found.at("tried");
    if (std::none_of(tried.begin(), tried.end(),
                     [](const auto& macro) { return macro.at("kept").template get<bool>(); }))
        throw Failure("no direction passed its check, so " + options.macros.output.string() +
                      " was not written. Try more --pieces and --checks.");
    return done;
}

} // namespace

void addMacros(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("macros", "Finds the macro knobs of a model of voices");
    auto options = std::make_shared<Options>();
    auto& macros = options->macros;
    command->add_option("model", options->model, "A bundle, its name, or a run folder")->required();
    command->add_option("-o,--output", macros.output, "The bundle to write; may be the same")
        ->required();
    addSeed(*command, macros.seed, "Seed of the pieces composed");
    command->add_option("--pieces", macros.pieces, "Pieces composed to find directions")
        ->capture_default_str()
        ->check(inRange(2, 100000, "pieces"));
    command->add_option("--checks", macros.checks, "Pieces composed at each place to check them")
        ->capture_default_str()
        ->check(inRange(2, 100000, "pieces"));
    command->add_flag("--json", options->json, "Print JSON instead of a table (keys below)");
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
