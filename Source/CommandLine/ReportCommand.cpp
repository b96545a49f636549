// `organum report`: pictures and texts that show what a model has learnt.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/Ranges.h"
#include "Training/Loop/Interrupt.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"
#include "Training/Training.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum report runs/mine -o runs/mine/report
  organum report bach-cello --data cello-suites -o report --bars 32
  organum report runs/chorales -o runs/chorales/report --seed 7
  organum report bach-chorales --data Jsb16thSeparated.json -o report

Of a model that writes note after note: scores at several epochs (run folders), the pitch
probabilities, the attention matrix, the loss curves, the notes' statistics beside the corpus, and
the longest span copied from it.
Of a MuseGAN: the six panels of the book, as pictures and MIDI files (generated; the nearest
training piece; chords, style, the top voice's melody, the bottom voice's groove changed), with the
share of each voice that changed; a strip of seven stages between two seeds; a piece of --bars bars;
the loss curves (run folders).
--json prints {"files": [...]}: the paths written.
)";

struct Options
{
    training::ReportOptions report;
    std::string model;
    bool json = false;
};

int run(Options& options)
{
    options.report.model = resolveTrained(options.model);
    training::ConsoleProgress progress(std::cerr, isTerminal(stderr));
    std::vector<std::filesystem::path> files;
    try {
        files = training::report(options.report, progress);
    } catch (const training::OptionError& error) {
        throw UsageError(error.what());
    } catch (const training::InterruptedError&) {
        throw Interrupted();
    }
    if (options.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& file : files)
            list.push_back(file.string());
        std::cout << jsonText({{"files", list}}) << '\n';
    } else {
        for (const auto& file : files)
            std::cout << file.string() << '\n';
    }
    return done;
}

} // namespace

void addReport(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("report", "Draws what a model has learnt");
    auto options = std::make_shared<Options>();
    auto& report = options->report;
    command->add_option("model", options->model, "A bundle, its name, or a run folder")->required();
    command->add_option("-o,--output", report.output, "Folder for the report")->required();
    command->add_option("--data", report.data,
                        "The corpus, a folder or a file of chorales; default: as the run says");
    addSeed(*command, report.seed, "Seed of the music shown");
    command->add_option("--bars", report.bars, "Bars of music shown")
        ->capture_default_str()
        ->check(inRange(1, 256, "bars"));
    command->add_flag("--json", options->json, "Print the list of files as JSON");
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
