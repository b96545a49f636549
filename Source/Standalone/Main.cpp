// The standalone program: the same processor as in the plugins, with ports and a window of its own.

#include "Standalone/Document.h"
#include "Standalone/KeptMusic.h"
#include "Standalone/MidiPorts.h"
#include "Standalone/QuitSignals.h"
#include "Standalone/SoundEngine.h"
#include "Standalone/Window.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace organum::standalone
{

namespace
{

#if JUCE_WINDOWS
constexpr int hangUp = SIGBREAK;
#else
constexpr int hangUp = SIGHUP;
#endif

constexpr auto projectKey = "project";
constexpr auto tempoKey = "tempo";
constexpr auto numeratorKey = "beats";
constexpr auto denominatorKey = "beatValue";
constexpr auto loopKey = "loop";

juce::PropertiesFile::Options settingsOptions()
{
    juce::PropertiesFile::Options options;
    options.millisecondsBeforeSaving = -1; // with save() alone
    return options;
}

/** All that runs while the program runs. Members are destroyed from the last to the first. */
struct Session
{
    explicit Session(bool keepsSettings)
        : sound(processor, midiPorts, keepsSettings ? &settings : nullptr)
    {
    }
    juce::PropertiesFile settings{KeptMusic::file().getSiblingFile("standalone.settings"),
                                  settingsOptions()};
    plugin::Processor processor{plugin::Shape::instrument};
    MidiPorts midiPorts;
    SoundEngine sound;
    Document document{processor, sound.transport(), settings};
    KeptMusic kept;
};

/** All as it was when the program ended, the open project included. */
void resume(Session& session)
{
    const auto& settings = session.settings;
    session.kept.restore(session.processor);
    auto& transport = session.sound.transport();
    transport.setTempo(settings.getDoubleValue(tempoKey, transport.tempo()));
    transport.setMetre(settings.getIntValue(numeratorKey, 4),
                       settings.getIntValue(denominatorKey, 4));
    session.document.setLoops(settings.getBoolValue(loopKey, true));
    if (const juce::File project(settings.getValue(projectKey)); project.existsAsFile())
        session.document.resume(project);
}

/** Empty, or why it cannot be kept. */
std::string keep(Session& session)
{
    if (!session.kept.isOurs())
        return {};
    auto& settings = session.settings;
    const auto& transport = session.sound.transport();
    settings.setValue(tempoKey, transport.tempo());
    settings.setValue(numeratorKey, transport.numerator());
    settings.setValue(denominatorKey, transport.denominator());
    settings.setValue(loopKey, session.document.loops());
    settings.setValue(projectKey, session.document.getFile().getFullPathName());
    session.document.noteFile();
    settings.save(); // where the music can be kept, this can
    return session.kept.keep(session.processor);
}

class Application : public juce::JUCEApplication, private juce::Timer
{
public:
    const juce::String getApplicationName() override { return "Organum"; }
    const juce::String getApplicationVersion() override { return ORGANUM_VERSION; }
    bool moreThanOneInstanceAllowed() override { return true; }

    void initialise(const juce::String& commandLine) override
    {
        // In JUCE's question before a project is left, which calls it a document.
        juce::LocalisedStrings::setCurrentMappings(
            new juce::LocalisedStrings("\"Closing document...\" = \"Save the project?\"\n", false));
        session = std::make_unique<Session>(true);
        session->processor.welcomeUser();
        resume(*session);
        session->sound.start(true);
        window = std::make_unique<Window>(std::make_unique<Content>(
            session->processor, session->sound, session->midiPorts, session->document));
        if (!KeptMusic::file().existsAsFile())
            session->document.settle(); // what it opens with is nobody's work
        if (const auto name = commandLine.unquoted(); name.isNotEmpty())
            window->content().open(juce::File::getCurrentWorkingDirectory().getChildFile(name));
        startTimer(signalPause);
    }

    void shutdown() override
    {
        stopTimer();
        juce::ModalComponentManager::deleteInstance(); // questions that nobody has answered
        window.reset();
        if (session != nullptr && !isKept)
            if (const std::string problem = keep(*session); !problem.empty()) {
                std::cerr << problem << std::endl;
                setApplicationReturnValue(1);
            }
        session.reset();
    }

    /** Without a project the first program keeps its music for the next start, so nothing is asked.
     */
    void systemRequestedQuit() override
    {
        if (window == nullptr)
            quit();
        else if (session->kept.isOurs() && session->document.getFile() == juce::File())
            keepAndQuit();
        else
            window->content().makeSafe([this] {
                session->document.dropChanges();
                keepAndQuit();
            });
    }

private:
    /** Whoever sends a signal waits for no question. */
    void timerCallback() override
    {
        if (QuitSignals::seen() != 0) {
            quit();
            return;
        }
        // A lost display or a crash costs little music.
        const std::uint32_t now = session->processor.revision();
        if (++looks % looksPerKeeping == 0 && now != keptRevision) {
            keptRevision = now;
            keep(*session);
        }
    }

    /** Asks while there is still a window, when the disk is full or the home cannot be written. */
    void keepAndQuit()
    {
        const std::string problem = keep(*session);
        isKept = problem.empty();
        if (isKept) {
            quit();
            return;
        }
        const auto options = juce::MessageBoxOptions()
                                 .withIconType(juce::MessageBoxIconType::WarningIcon)
                                 .withTitle("The music cannot be kept")
                                 .withMessage(juce::String::fromUTF8(problem.c_str()))
                                 .withButton("Try again") // the one of Return
                                 .withButton("Quit and lose it")
                                 .withButton("Cancel") // the one of Escape
                                 .withAssociatedComponent(window.get());
        juce::AlertWindow::showAsync(options, [this](int button) {
            if (button == 1)
                keepAndQuit();
            else if (button == 2)
                quit();
        });
    }

    std::unique_ptr<Session> session;
    std::unique_ptr<Window> window;
    static constexpr int signalPause = 100; ///< milliseconds
    static constexpr int looksPerKeeping = 300;
    const QuitSignals signals{SIGTERM, hangUp}; // SIGINT is JUCE's
    int looks = 0;
    std::uint32_t keptRevision = 0;
    bool isKept = false; ///< all of it, by who asked to quit
};

juce::JUCEApplicationBase* createApplication()
{
    return new Application;
}

/** Composes once and plays for that long, without window or sound card: for machines without a
    display, and for tests. */
int playWithoutWindow(double seconds)
{
    const QuitSignals signals{SIGINT, SIGTERM, hangUp};
    const juce::ScopedJuceInitialiser_GUI juceIsUp;
    Session session(false);
    std::cout << session.midiPorts.description() << std::endl;
    session.sound.start(false);
    session.processor.generate();
    session.processor.generation().waitUntilIdle(60000);
    const auto take = session.processor.takes().playing();
    if (take == nullptr) {
        std::cerr << session.processor.status().message << std::endl;
        return 1;
    }
    std::cout << "Playing " << take->bars << " bars, " << take->notes.size() << " notes by "
              << take->model << ", seed " << take->seed << std::endl;
    // Led by a clock, the music waits for it.
    session.processor.setAudition(!session.midiPorts.followsClock());
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (QuitSignals::seen() == 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    session.processor.setAudition(false);
    std::this_thread::sleep_for(std::chrono::milliseconds(50)); // the note-offs go out
    if (QuitSignals::seen() == 0)
        return 0;
    std::cout << "Stopped; every note has ended." << std::endl;
    return 128 + QuitSignals::seen();
}

/** Why no window can be opened; empty when one can. JUCE takes a screen for granted. */
std::string missingDisplay()
{
#if JUCE_LINUX || JUCE_BSD
    const char* display = std::getenv("DISPLAY");
    if (display == nullptr || *display == 0)
        return "DISPLAY is not set";
    juce::DynamicLibrary x11("libX11.so.6"); // as JUCE finds it, later
    using Open = void* (*) (const char*);
    using Close = int (*)(void*);
    const auto open = reinterpret_cast<Open>(x11.getFunction("XOpenDisplay"));
    const auto close = reinterpret_cast<Close>(x11.getFunction("XCloseDisplay"));
    if (open == nullptr || close == nullptr)
        return "libX11 is not installed";
    void* const screen = open(display);
    if (screen == nullptr)
        return "the one that DISPLAY names, " + std::string(display) + ", cannot be opened";
    close(screen);
#endif
    return {};
}

} // namespace

} // namespace organum::standalone

int main(int argumentCount, char** arguments)
{
    namespace standalone = organum::standalone;
    const std::string first = argumentCount > 1 ? arguments[1] : "";
    if (first == "--help" || first == "-h") {
        std::cout << "Organum composes music with neural networks and plays it to a MIDI port.\n\n"
                     "  Organum                      opens the window\n"
                     "  Organum FILE                 opens a project or a MIDI file\n"
                     "  Organum --no-window SECONDS  composes and plays without a window\n"
                     "  Organum --version\n";
        return 0;
    }
    if (first == "--version") {
        std::cout << "Organum " ORGANUM_VERSION << std::endl;
        return 0;
    }
    if (first == "--no-window") {
        const double seconds = argumentCount > 2 ? std::atof(arguments[2]) : 0.0;
        if (!(seconds > 0.0 && seconds <= 86400.0)) {
            std::cerr << "--no-window needs a number of seconds from 0 to 86400, for example: "
                         "Organum --no-window 30\n";
            return 2;
        }
        return standalone::playWithoutWindow(seconds);
    }
    if (!first.empty() && first[0] == '-') {
        std::cerr << "Organum does not know the option " << first << "; see Organum --help\n";
        return 2;
    }
    if (const std::string problem = standalone::missingDisplay(); !problem.empty()) {
        std::cerr
            << "Organum needs a display for its window, and " << problem
            << ". Start it from a desktop, or play without a window: Organum --no-window 30\n";
        return 1;
    }
    juce::JUCEApplicationBase::createInstance = &standalone::createApplication;
    return juce::JUCEApplicationBase::main(argumentCount, const_cast<const char**>(arguments));
}
