// What the plugin does when things break around it: it says what is wrong, plays on, and works
// again as soon as it can.

#include "Exported.h"
#include "Home.h"
#include "Interface/Exporter.h"
#include "Score/AtomicFile.h"
#include "Workbench.h"

#include <dlfcn.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;
namespace fs = std::filesystem;

namespace
{

/** Sets the fake engine free that has stuck, as if it had come to itself. */
void unstick()
{
    auto* library = dlopen(ORGANUM_FAKE_ENGINE, RTLD_NOW | RTLD_NOLOAD);
    REQUIRE(library != nullptr);
    reinterpret_cast<void (*)()>(dlsym(library, "fake_engine_unstick"))();
    dlclose(library);
}

/** Places in the sorted list of models of a bench with plain and another one. */
constexpr int other = 1;

bool isSilent(Processor& processor)
{
    return eventually([&] { return processor.status().phase == Phase::silent; });
}

/** A processor that plays a take of "plain". */
struct Playing
{
    explicit Playing(const std::string& otherModel)
        : bench({"plain", otherModel})
    {
        processor.generation().setPatience(std::chrono::milliseconds(100));
        setKnob(processor.parameters().bars, 4.0f);
        composeAndWait(processor);
    }
    /** Plays a loop and returns how many notes began in it. */
    int loop()
    {
        const int before = host.noteOns;
        host.run(16.0);
        return host.noteOns - before;
    }

    Workbench bench;
    Processor processor{Shape::instrument};
    BlockRunner host{processor};
};

} // namespace

TEST_CASE("an engine that gets stuck is reported, the music plays on, and composing goes on later")
{
    for (const std::string model : {"sticks", "stickyfile"}) {
        Playing playing(model);
        Processor& processor = playing.processor;
        const int notes = playing.loop();
        REQUIRE(notes > 8);
        const auto take = processor.takes().playing();

        *processor.parameters().model = other;
        processor.generate();
        REQUIRE(isSilent(processor));
        CHECK(processor.status().busy());
        CHECK(processor.status().message.find("not answering") != std::string::npos);
        CHECK(playing.loop() >= notes - 1); // a last one may fall into the next block
        CHECK(processor.takes().playing() == take);

        unstick();
        REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
        REQUIRE(eventually([&] { return processor.status().phase == Phase::idle; }));
    }
}

// Said of work that nobody sees, "not answering" stood there for ever after it was done.
TEST_CASE("an engine that answers again is silent no more, whatever it was asked for")
{
    const Workbench bench({"sticks"});
    GenerationSession session({[](const Wish&, const TakePointer&) {}, {}, {}, {}});
    session.setPatience(std::chrono::milliseconds(100));
    Wish wish;
    wish.model = bench.folder / "sticks.organum";
    wish.modelName = "sticks";
    wish.stretch = StretchPlace{};
    session.request(wish);
    REQUIRE(eventually([&] { return session.status().phase == Phase::silent; }));
    unstick();
    REQUIRE(session.waitUntilIdle(5000));
    CHECK(session.status().phase == Phase::idle);
}

// It read on for ever, as far as one could see.
TEST_CASE("work that is given up while its model is read is no work any more")
{
    const Workbench bench({"stickyfile"});
    GenerationSession session({[](const Wish&, const TakePointer&) {}, {}, {}, {}});
    Wish wish;
    wish.model = bench.folder / "stickyfile.organum";
    wish.modelName = "stickyfile";
    session.request(wish);
    REQUIRE(eventually([&] { return session.status().phase == Phase::reading; }));
    session.cancel();
    unstick();
    REQUIRE(session.waitUntilIdle(5000));
    CHECK(session.status().phase == Phase::idle);
    CHECK(session.status().message.empty());
}

TEST_CASE("a take that comes clears what failed meanwhile, and its notice is told")
{
    Playing playing("slow-notice");
    Processor& processor = playing.processor;
    *processor.parameters().model = other;
    for (const Phase meanwhile : {Phase::failed, Phase::idle}) {
        const std::size_t before = processor.takes().takes.size();
        *processor.parameters().seed = static_cast<int>(before) + 5;
        processor.generate();
        REQUIRE(eventually([&] { return processor.status().phase == Phase::composing; }));
        processor.generation().report(meanwhile, "Something else.");
        REQUIRE(eventually([&] { return processor.takes().takes.size() == before + 1; }));
        REQUIRE(processor.generation().waitUntilIdle(2000));
        CHECK(processor.status().phase == Phase::idle);
        CHECK(processor.status().message != "Something else.");
    }
}

TEST_CASE("a wish made while the engine is stuck is fulfilled once it answers")
{
    Playing playing("sticks");
    Processor& processor = playing.processor;
    *processor.parameters().model = other;
    processor.generate();
    REQUIRE(isSilent(processor));
    *processor.parameters().model = 0;
    *processor.parameters().seed = 77;
    processor.generate();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(processor.takes().takes.size() == 1);
    unstick();
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
    CHECK(processor.takes().playing()->seed == 77);
}

TEST_CASE("an instance can go while the engine is stuck, and others come and use it afterwards")
{
    for (const std::string model : {"sticks", "stickyfile"}) {
        const Workbench bench({"plain", model});
        {
            Processor processor(Shape::midiEffect);
            processor.generation().setPatience(std::chrono::milliseconds(100));
            *processor.parameters().model = other;
            processor.generate();
            REQUIRE(isSilent(processor));
        }
        unstick();
        Processor next(Shape::midiEffect);
        composeAndWait(next);
        CHECK(next.takes().playing()->notes.size() > 8);
    }
}

TEST_CASE("an instance can go at any moment of its request")
{
    const Workbench bench({"plain", "slow"});
    for (int milliseconds = 0; milliseconds < 60; milliseconds += 4) {
        Processor processor(Shape::instrument);
        *processor.parameters().model = milliseconds % 8 == 0 ? 0 : other;
        processor.generate();
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
    Processor last(Shape::instrument);
    composeAndWait(last);
}

TEST_CASE("an engine that throws across its interface is survived")
{
    Playing playing("throws");
    Processor& processor = playing.processor;
    *processor.parameters().model = other;
    processor.generate();
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    CHECK(processor.status().message.find("crossed the interface") != std::string::npos);
    CHECK(playing.loop() > 8);
    *processor.parameters().model = 0;
    composeAndWait(processor);
}

TEST_CASE("without an engine, or with a broken one, what the project holds plays and is exported")
{
    juce::MemoryBlock project;
    {
        Playing playing("plain2");
        project = stateOf(playing.processor);
    }
    for (const std::string engine : {"missing", "broken", "foreign"}) {
        const Workbench bench;
        const auto file = bench.folder / "engine.so";
        if (engine != "missing")
            std::ofstream(file) << (engine == "broken" ? "\x7f"
                                                         "ELF"
                                                       : "#!/bin/sh");
        setVariable("ORGANUM_ENGINE", file.string());
        Processor processor(Shape::midiEffect);
        BlockRunner host(processor);
        processor.setStateInformation(project.getData(), static_cast<int>(project.getSize()));
        processor.generate();
        REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
        INFO(processor.status().message);
        CHECK(processor.status().message.find("engine.so") != std::string::npos);
        host.run(16.0);
        CHECK(host.noteOns > 8);
        CHECK(exportedMidi(processor).size() > 100);
        CHECK(stateOf(processor) == project);
    }
}

TEST_CASE("an engine whose file goes while it is in use is used on, by new instances too")
{
    const Workbench bench;
    const auto engine = bench.folder / "leaving.so";
    fs::copy_file(ORGANUM_FAKE_ENGINE, engine);
    setVariable("ORGANUM_ENGINE", engine.string());
    Processor processor(Shape::instrument);
    composeAndWait(processor);
    fs::remove(engine);
    composeAndWait(processor);
    Processor next(Shape::instrument);
    composeAndWait(next);
}

TEST_CASE("a model that is removed, damaged or put back while in use never stops the music")
{
    Playing playing("second");
    Processor& processor = playing.processor;
    const int notes = playing.loop();
    // Bundles are read by the engine; what the plugin itself reads are their headers.
    const auto file = playing.bench.folder / "plain.organum";
    const auto kept = readWholeFile(file);
    fs::remove(file);
    processor.models().refresh();
    CHECK(playing.loop() >= notes - 1); // a last one may fall into the next block
    std::ofstream(file) << "no bundle";
    processor.models().refresh();
    processor.generate();
    CHECK(playing.loop() >= notes - 1); // a last one may fall into the next block
    CHECK(eventually([&] { return processor.status().phase == Phase::failed; }));
    std::ofstream(file, std::ios::binary) << kept;
    processor.models().refresh();
    composeAndWait(processor);
}

TEST_CASE(
    "a full or unwritable disk is named when the take is saved, and nothing half-written stays")
{
    Playing playing("second");
    Processor& processor = playing.processor;
    const Home home;
    editor::Exporter exporter(processor);
    const auto save = [&](ExportKind kind, const fs::path& file) {
        processor.generation().report(Phase::idle, {});
        exporter.save(kind, *exportContentOf(processor), juce::File(file.string()));
        REQUIRE(exporter.waitUntilSaved(20000));
    };
    const auto failsAt = [&](ExportKind kind, const fs::path& file, const std::string& reason) {
        save(kind, file);
        CHECK(processor.status().phase == Phase::failed);
        INFO(processor.status().message);
        CHECK(processor.status().message.find(file.filename().string()) != std::string::npos);
        CHECK(processor.status().message.find(reason) != std::string::npos);
    };
    const auto file = playing.bench.folder / "file";
    std::ofstream(file) << "a file where a folder would have to be";
    for (const auto kind :
         {ExportKind::midi, ExportKind::midiOneTrack, ExportKind::musicXml, ExportKind::sound}) {
        failsAt(kind, "/dev/full", "free some space");
        failsAt(kind, file / "new.mid", "file");
        failsAt(kind, "/proc/new.mid", "/proc");
    }
    CHECK(fs::is_character_file("/dev/full"));

    // The disk becomes full in the middle of writing: the old file stays, no part of a new one.
    std::signal(SIGXFSZ, SIG_IGN);
    for (const auto kind : {ExportKind::midi, ExportKind::sound}) {
        const auto old = playing.bench.folder / "old";
        save(kind, old);
        REQUIRE(processor.status().message == "Saved old.");
        const auto before = readWholeFile(old);
        rlimit unlimited{};
        getrlimit(RLIMIT_FSIZE, &unlimited);
        rlimit small = unlimited;
        small.rlim_cur = 64;
        setrlimit(RLIMIT_FSIZE, &small);
        failsAt(kind, old, "old");
        setrlimit(RLIMIT_FSIZE, &unlimited);
        CHECK(readWholeFile(old) == before);
    }
    std::signal(SIGXFSZ, SIG_DFL);
    for (const auto& entry : fs::directory_iterator(playing.bench.folder.path()))
        CHECK(entry.path().filename().string().find(".part-") == std::string::npos);
    CHECK(playing.loop() > 8);
}

TEST_CASE("blocks longer than promised are played in full, without new memory")
{
    Playing playing("second");
    Processor& processor = playing.processor;
    processor.prepareToPlay(48000.0, 64); // prepared anew, without a release before
    constexpr int length = 8192;
    juce::AudioBuffer<float> audio(2, length);
    int noteOns = 0;
    for (int i = 0; i < 3; ++i) {
        juce::AudioPlayHead::PositionInfo info;
        info.setIsPlaying(true);
        info.setBpm(120.0);
        info.setPpqPosition(i * length / 24000.0);
        info.setTimeSignature(juce::AudioPlayHead::TimeSignature{4, 4});
        playing.host.head.position = info;
        support::RealtimeGuard guard;
        processor.processBlock(audio, playing.host.midi);
        const auto counts = guard.stop();
        INFO("on the audio thread: " << counts.toString());
        CHECK(counts.total() == 0);
        for (const auto message : playing.host.midi) {
            CHECK(message.samplePosition < length);
            noteOns += message.getMessage().isNoteOn() ? 1 : 0;
        }
        playing.host.midi.clear();
    }
    CHECK(noteOns >= 2);
    CHECK(audio.getMagnitude(0, length) > 0.0f);
}
