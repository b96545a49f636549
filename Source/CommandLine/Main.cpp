// The `organum` program: reads the command line and turns every failure into one clear sentence.

#include "CommandLine/Command.h"
#include "CommandLine/Ranges.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include <unistd.h>

namespace
{

using namespace organum::commandline;

constexpr auto exitCodesText = R"(Exit codes:
  0    done
  1    a file, a disk or a model stood in the way; the message says which
  2    wrong usage: an unknown option, or a value out of its range
  130  interrupted; training has saved a checkpoint to go on from, playing has ended its notes,
       generating, rendering and reporting have written nothing

Examples:
  organum generate --model bach-cello --bars 16 --seed 7 -o new.mid
  organum render new.mid -o new
  organum play new.mid --port 1
  organum train attention-lstm --data midi-folder --run runs/mine
  organum COMMAND --help    shows a command's options and more examples
)";

std::string commandLineText(int argc, char** argv)
{
    std::string text = "organum";
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool plain =
            !word.empty() && word.find_first_of(" \t'\"\\$`*?&|;<>()") == std::string::npos;
        text += plain ? " " + word : " '" + word + "'";
    }
    return text;
}

/** The command that was chosen, for messages: "organum generate". */
std::string chosenName(const CLI::App& program)
{
    const auto chosen = program.get_subcommands();
    return chosen.empty() ? program.get_name()
                          : program.get_name() + " " + chosen.front()->get_name();
}

void printError(const CLI::App& program, const std::string& message)
{
    std::cout.flush();
    std::cerr << chosenName(program) << ": " << message;
    if (message.empty() || message.back() != '\n')
        std::cerr << '\n';
}

/** LibTorch's errors go on with the place in its source and the functions that led there. */
std::string withoutTrace(const std::string& message)
{
    const auto trace = message.find("\nException raised from ");
    if (trace == std::string::npos)
        return message;
    const auto first = message.substr(0, std::min(trace, message.find('\n')));
    return "LibTorch could not compute this: " + first +
           "\nThe data or a setting does not fit the network.";
}

/** CLI11 only says that a command is missing, also when there is one that it does not know. */
std::string usageMessage(const CLI::App& program, const CLI::ParseError& error, int argc,
                         char** argv)
{
    if (!program.get_subcommands().empty() || argc < 2 || argv[1][0] == '-')
        return error.what();
    std::string message = std::string("there is no command '") + argv[1] + "'; choose one of:";
    for (const auto* command : program.get_subcommands([](const CLI::App*) { return true; }))
        message += " " + command->get_name();
    return message + ".";
}

/** Holds for every option that takes a value. */
void refuseEmptyTexts(CLI::App& program)
{
    for (auto* command : program.get_subcommands([](CLI::App*) { return true; }))
        for (auto* option : command->get_options())
            if (option->get_items_expected_min() > 0)
                option->check(notEmpty());
}

int run(CLI::App& program, int argc, char** argv, const Invocation& invocation)
{
    try {
        program.parse(argc, argv);
        std::cout.flush();
        if (!std::cout) {
            printError(program, "could not write the answer to standard output; "
                                "is the disk full or the pipe closed?");
            return failed;
        }
        return invocation.exitCode;
    } catch (const CLI::Success& help) {
        program.exit(help);
        return done;
    } catch (const CLI::ParseError& error) {
        printError(program, usageMessage(program, error, argc, argv) + "\nSee `" +
                                chosenName(program) + " --help`.");
        return badUsage;
    } catch (const UsageError& error) {
        printError(program,
                   std::string(error.what()) + "\nSee `" + chosenName(program) + " --help`.");
        return badUsage;
    } catch (const Interrupted& error) {
        printError(program, error.what());
        return interrupted;
    } catch (const std::bad_alloc&) {
        printError(program, "there was not enough memory; close other programs or ask for less.");
        return failed;
    } catch (const std::exception& error) {
        printError(program, withoutTrace(error.what()));
        return failed;
    }
}

} // namespace

bool organum::commandline::isTerminal(std::FILE* stream)
{
    return ::isatty(::fileno(stream)) != 0;
}

int main(int argc, char** argv)
{
#ifdef SIGXFSZ
    // A file-size limit then comes back as an error of the write, which has a message.
    std::signal(SIGXFSZ, SIG_IGN);
#endif
    CLI::App program("Organum composes MIDI with neural networks, and trains them.", "organum");
    program.footer(exitCodesText);
    program.require_subcommand(1);
    program.set_version_flag("--version", std::string("organum ") + ORGANUM_VERSION);

    Invocation invocation;
    invocation.commandLine = commandLineText(argc, argv);
    addGenerate(program, invocation);
    addRender(program, invocation);
    addPlay(program, invocation);
    addModels(program, invocation);
    addTrain(program, invocation);
    addEvaluate(program, invocation);
    addMetrics(program, invocation);
    addReport(program, invocation);
    addSample(program, invocation);
    addMacros(program, invocation);
    addData(program, invocation);
    addList(program, invocation);
    addDoctor(program, invocation);
    refuseEmptyTexts(program);
    return run(program, argc, argv, invocation);
}
