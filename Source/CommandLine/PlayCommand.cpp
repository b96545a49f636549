// `organum play`: a MIDI file, or new music from a model, through a MIDI port as it sounds.

#include "CommandLine/Command.h"
#include "CommandLine/Composing.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/PlayPorts.h"
#include "CommandLine/Ranges.h"
#include "CommandLine/TakeScore.h"
#include "Live/Performance.h"
#include "Score/MidiFile.h"
#include "Training/Loop/Interrupt.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr auto examples = R"(Examples:
  organum play --list                              which ports there are
  organum play new.mid --port 1                    to the first of them
  organum play new.mid --port fluidsynth --tempo 72 --loop
  organum play new.mid                             opens a port "Organum" to connect to
  organum play new.mid --virtual Cello --wait 10   ten seconds for connecting it
  organum play --model bach-cello --bars 16 --seed 7 --port 1
  organum play new.mid --port 1 --clock            a drum machine keeps time with it
  organum play new.mid --port 1 --sync             starts, stops and keeps time with a DAW whose
                                                   MIDI clock is connected to the port "clock"

With --sync it plays until Ctrl-C, whenever the clock runs. Ctrl-C ends every sounding note. A port
that goes away (a cable, a device, the JACK server) is waited for.
--list --json prints {"outputs": [{"number", "system", "name"}, ...], "inputs": [...],
"problems": [why a MIDI system does not answer, ...]}.
)";

struct Options
{
    fs::path file;
    GenerateOptions music; ///< tempo too: of the file's beginning or of the new music
    PortOptions ports;
    bool list = false;
    bool json = false;
    bool loop = false;
    bool clock = false;
    double wait = 0.0; ///< seconds
};

struct Music
{
    score::Score score;
    std::string what; ///< for the user
};

Music composed(const Options& options, const CLI::App& command,
               const std::function<void()>& stopIfAsked)
{
    const auto& wanted = options.music;
    const auto bundle = resolveModel(wanted.model);
    if (!wanted.metre.empty())
        metreFromText(wanted.metre);                  // before the model takes time to load
    const auto progression = progressionFrom(wanted); // before the model takes time to load
    Composer composer(bundle);
    const auto model = ModelDescription::fromJson(composer.description());
    checkModelHas(command, model);
    const auto primer = readPrimer(wanted, model);
    for (const auto& warning : primer.warnings)
        std::cerr << "warning: " << warning << '\n';
    const auto takes =
        composeTakes(composer, wanted, primer, model, progression, false, stopIfAsked);
    if (!takes.front().notice.empty())
        std::cerr << "note: " << takes.front().notice << '\n';
    const auto title = model.title.empty() ? wanted.model : model.title;
    return {scoreFrom(takes.front(), primer, wanted, title, model),
            std::to_string(wanted.bars) + " bars by " + title + ", seed " +
                std::to_string(wanted.seed)};
}

Music readFile(const Options& options)
{
    auto read = score::readMidiFile(options.file);
    for (const auto& warning : read.warnings)
        std::cerr << "warning: " << warning << '\n';
    return {std::move(read.score), options.file.string()};
}

void checkOptions(const Options& options)
{
    const bool hasFile = !options.file.empty();
    const bool hasModel = !options.music.model.empty();
    if (!hasFile && !hasModel)
        throw UsageError("there is nothing to play: name a MIDI file, or a model with --model; or "
                         "see the ports with --list.");
    if (hasFile && hasModel)
        throw UsageError("--model: play either the file " + options.file.string() +
                         " or new music of a model, not both; or go on from the file with "
                         "--primer.");
}

void checkHasNotes(const Options& options, const Music& music)
{
    if (music.score.noteCount() == 0)
        throw Failure(music.what + (options.file.empty()
                                        ? ": no notes were composed. Try another --seed."
                                        : " holds no notes, so there is nothing to play. "
                                          "Choose another MIDI file."));
}

live::PerformanceOptions performanceOptions(const Options& options, const score::Score& score)
{
    live::PerformanceOptions made;
    made.loop = options.loop;
    made.sendClock = options.clock;
    if (options.music.tempo > 0.0)
        made.tempoFactor = options.music.tempo / live::TempoMap(score.tempos).beatsPerMinuteAt(0.0);
    return made;
}

std::string lengthText(double seconds)
{
    std::ostringstream text;
    const auto whole = std::lround(seconds);
    text << whole / 60 << ':' << std::setw(2) << std::setfill('0') << whole % 60;
    return text.str();
}

/** Tells the user whenever ports come or go. */
class StatusTeller
{
public:
    explicit StatusTeller(const live::Connection& connectionIn)
        : connection(connectionIn)
        , told(connection.status().text)
    {
    }

    /** True when all ports are there again. */
    bool tell()
    {
        const auto status = connection.status();
        if (status.text == told)
            return false;
        told = status.text;
        std::cerr << told << std::endl;
        return status.complete;
    }

private:
    const live::Connection& connection;
    std::string told;
};

/** False when it was interrupted. */
bool perform(const Options& options, const score::Score& score, live::Connection& connection,
             const training::Interrupt& interrupt)
{
    const auto sleep = [](double seconds) {
        std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    };
    StatusTeller teller(connection);
    live::Sender sender(connection);
    const double start = live::nowSeconds() + options.wait;
    while (!interrupt.requested() && live::nowSeconds() < start) {
        teller.tell();
        sleep(0.02);
    }
    live::Performance performance(score, sender, performanceOptions(options, score));
    bool wasRunning = false;
    bool goesOn = true;
    while (goesOn && !interrupt.requested()) {
        if (teller.tell())
            performance.tellPlaceAgain();
        if (!options.ports.followsClock) {
            goesOn = performance.advance(live::nowSeconds());
            sleep(0.02);
            continue;
        }
        performance.follow(live::nowSeconds(), connection.inbox());
        if (performance.isRunning() != wasRunning) {
            wasRunning = performance.isRunning();
            std::cout << (wasRunning ? "The clock runs" : "The clock stands still") << std::endl;
        }
        sleep(0.005);
    }
    if (!interrupt.requested())
        return true;
    sender.silence([&] {
        if (options.clock)
            connection.send(live::shortMessage(0.0, live::clockStop));
    });
    return false;
}

int run(const Options& options, const CLI::App& command)
{
    if (options.list) {
        printPorts(options.json);
        return done;
    }
    checkOptions(options);
    const training::Interrupt interrupt;
    const auto stopIfAsked = [&interrupt] {
        if (interrupt.requested())
            throw Interrupted();
    };
    auto music = options.file.empty() ? Music{} : readFile(options);
    // Before composing, which takes longer.
    if (!options.file.empty())
        checkHasNotes(options, music);
    const auto wish = wishFrom(options.ports);
    if (options.file.empty())
        music = composed(options, command, stopIfAsked);
    if (music.score.noteCount() == 0)
        throw Failure(music.what + (options.file.empty()
                                        ? ": no notes were composed. Try another --seed."
                                        : " holds no notes, so there is nothing to play. "
                                          "Choose another MIDI file."));

    live::Connection connection;
    if (!connection.open(wish))
        throw Failure(connection.status().text + ". See the ports with `organum play --list`.");
    const auto perf = performanceOptions(options, music.score);
    std::cout << "Playing " << music.what << ", " << music.score.noteCount() << " notes, "
              << lengthText(live::TempoMap(music.score.tempos, perf.tempoFactor)
                                .secondsAt(live::loopLength(music.score)))
              << "\n"
              << connection.status().text << '\n'
              << (options.ports.followsClock ? "Waiting for MIDI clock to start; " : "")
              << "Ctrl-C ends it" << std::endl;
    if (perform(options, music.score, connection, interrupt))
        return done;
    std::cerr << "organum play: interrupted; every sounding note was ended." << std::endl;
    return interrupted;
}

} // namespace

void addPlay(CLI::App& program, Invocation& invocation)
{
    auto* command =
        program.add_subcommand("play", "Plays a MIDI file or new music through a MIDI port");
    auto options = std::make_shared<Options>();
    auto* model = addComposingOptions(*command, options->music);
    for (auto* option : command->get_options())
        if (option != model && option->get_name() != "--tempo" && option->get_name() != "--help" &&
            option->get_name() != "-h")
            option->needs(model);
    command->add_option("file", options->file, "The MIDI file");
    auto* list = command->add_flag("--list", options->list, "Show the ports and end");
    command->add_flag("--json", options->json, "With --list: as JSON (keys below)")->needs(list);
    auto* port = command->add_option("--port", options->ports.port,
                                     "Port to play to: a name, a part of it, or its number");
    command
        ->add_option("--virtual", options->ports.own,
                     "Open a port of this name that others can connect to (default: Organum)")
        ->excludes(port);
    command->add_option("--wait", options->wait, "Seconds before it begins")
        ->check(inRange(0.0, 3600.0, "seconds"));
    command->add_flag("--loop", options->loop, "Again and again, until Ctrl-C");
    auto* clock = command->add_flag("--clock", options->clock, "Send MIDI clock, start and stop");
    auto* sync = command->add_flag("--sync", options->ports.followsClock,
                                   "Follow the MIDI clock that comes in");
    sync->excludes(clock)->excludes(command->get_option("--tempo"));
    command
        ->add_option("--sync-from", options->ports.input,
                     "Port the clock comes from (default: one of our own, named clock)")
        ->needs(sync);
    command->footer(examples);
    command->callback(
        [options, command, &invocation] { invocation.exitCode = run(*options, *command); });
}

} // namespace organum::commandline
