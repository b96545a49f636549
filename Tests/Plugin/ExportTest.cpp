// Takes as files: names, contents, drags, and what a drag does to what plays.

#include "EditorParts.h"
#include "Exported.h"
#include "Home.h"
#include "Interface/ExportBar.h"
#include "Plugin/DragFolder.h"
#include "Plugin/ExportSound.h"
#include "Score/Scale.h"

#include <algorithm>
#include <cstring>
#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;
namespace fs = std::filesystem;

namespace
{

std::vector<std::int16_t> samplesOf(const fs::path& wav)
{
    const std::string bytes = readWholeFile(wav);
    REQUIRE(bytes.size() > 44);
    CHECK(bytes.substr(0, 4) == "RIFF");
    CHECK(bytes.substr(8, 4) == "WAVE");
    std::vector<std::int16_t> samples((bytes.size() - 44) / 2);
    std::memcpy(samples.data(), bytes.data() + 44, samples.size() * 2);
    return samples;
}

int loudest(const std::vector<std::int16_t>& samples)
{
    int most = 0;
    for (const int sample : samples)
        most = std::max(most, std::abs(sample));
    return most;
}

struct Studio
{
    explicit Studio(const std::string& model = "plain")
        : bench({model})
        , processor(Shape::instrument)
        , host(processor)
    {
        setKnob(processor.parameters().bars, 4.0f);
    }

    const Home home;
    const Workbench bench;
    Processor processor;
    BlockRunner host;
};

} // namespace

TEST_CASE("an exported file is called after model, key, bars and seed")
{
    Studio studio;
    auto& values = studio.processor.parameters();
    setKnob(values.seed, 77.0f);
    *values.key = 6;
    *values.scale = 1;
    composeAndWait(studio.processor);
    const auto content = exportContentOf(studio.processor);
    REQUIRE(content);
    CHECK(exportName(*content) == "Model-plain_F-sharp-major_4-bars_seed-77");
    *values.scale = 0;
    composeAndWait(studio.processor);
    CHECK(exportName(*exportContentOf(studio.processor)) == "Model-plain_4-bars_seed-77");
    Processor empty(Shape::midiEffect);
    CHECK_FALSE(exportContentOf(empty));
    CHECK_FALSE(exportContentOf(studio.processor, 1));
}

TEST_CASE("a proposed name never is that of a file that is there")
{
    const TemporaryFolder folder;
    CHECK(freeName(folder.path(), "take", ".mid") == folder / "take.mid");
    std::ofstream(folder / "take.mid") << "x";
    std::ofstream(folder / "take-2.mid") << "x";
    CHECK(freeName(folder.path(), "take", ".mid") == folder / "take-3.mid");
    CHECK(freeName(folder.path(), "take", ".wav") == folder / "take.wav");
}

TEST_CASE("the host's tempo and metre, and the key, are in the MIDI file of either type")
{
    Studio studio;
    *studio.processor.parameters().key = 2;
    *studio.processor.parameters().scale = 1;
    studio.host.metre = {3, 4};
    studio.host.run(0.5);
    composeAndWait(studio.processor);
    for (const auto kind : {ExportKind::midi, ExportKind::midiOneTrack}) {
        const auto bytes = exportedMidi(studio.processor, kind);
        REQUIRE(bytes.size() > 14);
        CHECK(int{bytes[9]} == (kind == ExportKind::midi ? 1 : 0));
        const auto read = score::readMidi(bytes.data(), bytes.size(), "take");
        CHECK(read.warnings.empty());
        REQUIRE(read.score.tempos.size() == 1);
        CHECK(read.score.tempos[0].microsecondsPerQuarter == 500000); // 120 a minute
        REQUIRE(read.score.metres.size() == 1);
        CHECK(read.score.metres[0].numerator == 3);
        REQUIRE(read.score.keys.size() == 1);
        CHECK(read.score.keys[0].sharps == 2);
        CHECK(read.score.noteCount() == studio.processor.takes().playing()->notes.size());
    }
}

TEST_CASE("one voice alone is a file of its own, on its channel")
{
    Studio studio("choir");
    composeAndWait(studio.processor);
    const auto take = studio.processor.takes().playing();
    std::size_t sum = 0;
    for (int voice = 0; voice < 4; ++voice) {
        const auto content = exportContentOf(studio.processor, voice);
        REQUIRE(content);
        const auto score = scoreOf(*content, ExportKind::midi);
        REQUIRE(score.parts.size() == 1);
        CHECK(score.parts[0].name == take->voiceNames[static_cast<std::size_t>(voice)]);
        CHECK(score.parts[0].channel == voice);
        CHECK(exportName(*content).find(score.parts[0].name) != std::string::npos);
        sum += score.noteCount();
    }
    CHECK(sum == take->notes.size());
}

TEST_CASE("notation is written straight even where MIDI files are as played")
{
    Studio studio;
    composeAndWait(studio.processor);
    const auto content = [&] { return *exportContentOf(studio.processor); };
    const auto straight = scoreOf(content(), ExportKind::musicXml);
    setKnob(studio.processor.parameters().playing.swing, 67.0f);
    setKnob(studio.processor.parameters().playing.timing, 80.0f);
    *studio.processor.parameters().playing.saveAsPlayed = true;
    CHECK(scoreOf(content(), ExportKind::musicXml) == straight);
    CHECK_FALSE(scoreOf(content(), ExportKind::midi) == straight);
    const auto file = studio.home.folder / "take.musicxml";
    writeExport(content(), ExportKind::musicXml, file);
    CHECK(readWholeFile(file).find("<score-partwise") != std::string::npos);
}

TEST_CASE("notation shows the chords that the take was composed over")
{
    Studio studio;
    auto& processor = studio.processor;
    const auto file = studio.home.folder / "take.musicxml";
    const auto written = [&] {
        writeExport(*exportContentOf(processor), ExportKind::musicXml, file);
        return readWholeFile(file);
    };
    composeAndWait(processor);
    CHECK(written().find("<harmony>") == std::string::npos);
    processor.parameters().harmony.set({"| C | F#m7b5 |", 0.5f});
    CHECK(written().find("<harmony>") == std::string::npos); // this take knew nothing of them
    composeAndWait(processor);
    CHECK(written().find("<root-step>F</root-step><root-alter>1</root-alter>") !=
          std::string::npos);
    processor.parameters().harmony.set({"| C |", 0.0f}); // typed, but not obeyed
    composeAndWait(processor);
    CHECK(written().find("<harmony>") == std::string::npos);
}

TEST_CASE("the sound file holds the take once, as loud as it is heard, and dies away")
{
    Studio studio;
    composeAndWait(studio.processor);
    const auto content = *exportContentOf(studio.processor);
    const auto file = studio.home.folder / "take.wav";
    writeSound(content, file, {});
    const auto samples = samplesOf(file);
    CHECK(samples.size() == 2u * 48000u * (8 + 2)); // four bars of 2 s, two more to die away
    studio.host.run(16.0);
    const float heard = studio.host.loudest * 32767.0f;
    CHECK(heard > 500.0f);
    CHECK(loudest(samples) == Approx(heard).epsilon(0.05));
    CHECK(loudest({samples.end() - 2000, samples.end()}) < 60);
    // The same again, to the bit.
    const auto bytes = readWholeFile(file);
    writeSound(content, file, {});
    CHECK(readWholeFile(file) == bytes);
}

TEST_CASE("muted voices are not in the sound, and rendering can be given up")
{
    Studio studio("choir");
    composeAndWait(studio.processor);
    const auto file = studio.home.folder / "take.wav";
    for (const auto& voice : studio.processor.parameters().voices.voices)
        *voice.mute = true;
    writeSound(*exportContentOf(studio.processor), file, {});
    CHECK(loudest(samplesOf(file)) == 0);
    const auto before = readWholeFile(file);
    writeSound(*exportContentOf(studio.processor, 2), studio.home.folder / "tenor.wav", {});
    CHECK(loudest(samplesOf(studio.home.folder / "tenor.wav")) > 100);
    CHECK_THROWS(writeSound(*exportContentOf(studio.processor), file, {}, [] { return false; }));
    CHECK(readWholeFile(file) == before);
}

TEST_CASE("every drag makes a file of its own, with the same name")
{
    Studio studio("choir");
    composeAndWait(studio.processor);
    editor::Exporter exporter(studio.processor);
    const auto first = exporter.fileToDrag();
    const auto second = exporter.fileToDrag();
    const auto alto = exporter.fileToDrag(1);
    CHECK(first.existsAsFile());
    CHECK(second.existsAsFile());
    CHECK(first != second);
    CHECK(first.getFileName() == second.getFileName());
    CHECK(first.loadFileAsString() == second.loadFileAsString());
    CHECK(alto.getFileName().contains("Alto"));
    CHECK(score::readMidiFile(alto.getFullPathName().toStdString()).score.parts.size() == 1);
    CHECK(exporter.fileOfTake() == second);
    CHECK(exporter.fileOfTake() != alto); // which holds the alto alone
    CHECK(exporter.fileOfTake() == exporter.fileOfTake());
}

TEST_CASE("the file of the take is MIDI, and as the take would be written now")
{
    Studio studio;
    composeAndWait(studio.processor);
    editor::Exporter exporter(studio.processor);
    const juce::File folder(juce::String(studio.home.folder.path().string()));
    const auto content = [&] { return *exportContentOf(studio.processor); };
    const auto save = [&](ExportKind kind, const juce::String& name) {
        exporter.save(kind, content(), folder.getChildFile(name));
        REQUIRE(exporter.waitUntilSaved(5000));
    };
    save(ExportKind::midi, "take.mid");
    CHECK(exporter.fileOfTake() == folder.getChildFile("take.mid"));
    save(ExportKind::musicXml, "take.musicxml");
    CHECK(exporter.fileOfTake() == folder.getChildFile("take.mid"));
    auto& playing = studio.processor.parameters().playing;
    setKnob(playing.swing, 67.0f);
    CHECK(exporter.fileOfTake() == folder.getChildFile("take.mid")); // it is straight either way
    *playing.saveAsPlayed = true;
    const auto swung = exporter.fileOfTake();
    CHECK(swung != folder.getChildFile("take.mid"));
    CHECK(exporter.fileOfTake() == swung);
    setKnob(playing.swing, 60.0f);
    CHECK(exporter.fileOfTake() != swung);
    const auto before = exporter.fileOfTake();
    setKnob(studio.processor.parameters().channel, 5.0f);
    CHECK(exporter.fileOfTake() != before);
}

TEST_CASE("a drag that cannot be written says so, and one without a take is none")
{
    Studio studio;
    composeAndWait(studio.processor);
    editor::Exporter exporter(studio.processor);
    std::ofstream(studio.home.folder / "drags") << "no folder";
    CHECK(exporter.fileToDrag() == juce::File());
    CHECK(studio.processor.status().phase == Phase::failed);
    CHECK(studio.processor.status().message.find("drags") != std::string::npos);
    Processor empty(Shape::instrument);
    CHECK(editor::Exporter(empty).fileToDrag() == juce::File());
    CHECK(empty.status().phase == Phase::idle);
}

TEST_CASE("dragged files stay for days, and go later")
{
    const Home home;
    const auto young = makeDragPlace();
    const auto old = makeDragPlace();
    std::ofstream(old / "take.mid") << "x";
    std::ofstream(dragFolder() / "somebody-elses") << "x";
    const auto now = fs::file_time_type::clock::now();
    fs::last_write_time(old, now - dragLifetime - std::chrono::hours(1));
    fs::last_write_time(young, now - dragLifetime + std::chrono::hours(1));
    fs::last_write_time(dragFolder() / "somebody-elses", now - 3 * dragLifetime);
    cleanDragFolder();
    CHECK(fs::exists(young));
    CHECK_FALSE(fs::exists(old));
    CHECK(fs::exists(dragFolder() / "somebody-elses"));
}

TEST_CASE("a drag of the take that plays leaves it playing; dropped, its notes end and stay silent")
{
    // The host that runs these blocks fails the test when a key sounds twice or is ended twice.
    Studio studio;
    composeAndWait(studio.processor);
    editor::Exporter exporter(studio.processor);
    studio.host.run(5.0);
    const int before = studio.host.noteOns;
    REQUIRE(exporter.fileToDrag().existsAsFile());
    studio.host.run(16.0);
    CHECK(studio.host.noteOns > before + 8);
    CHECK(studio.host.sounding() > 0);
    exporter.dropped();
    studio.host.block();
    CHECK(studio.host.sounding() == 0);
    const int heard = studio.host.noteOns;
    studio.host.run(16.0);
    CHECK(studio.host.noteOns == heard);
    CHECK(studio.processor.status().message.find("Play with host") != std::string::npos);
    *studio.processor.parameters().follow = true;
    studio.host.run(16.0);
    CHECK(studio.host.noteOns > heard);
    // Who wants both can have both, and the wish is remembered.
    exporter.setStopsAfterDrag(false);
    exporter.dropped();
    CHECK(studio.processor.parameters().follow->get());
    REQUIRE(exporter.waitUntilSaved(5000));
    CHECK_FALSE(editor::Exporter(studio.processor).stopsAfterDrag());
}

TEST_CASE("the menu of files offers every kind, and one of each voice")
{
    Studio studio("choir");
    editor::ExportBar bar(studio.processor);
    bar.setSize(editor::ExportBar::width, 32);
    const auto textsOf = [&bar] {
        std::vector<juce::String> texts;
        const auto menu = bar.menu();
        for (juce::PopupMenu::MenuItemIterator each(menu, true); each.next();)
            if (each.getItem().isEnabled && each.getItem().text.isNotEmpty())
                texts.push_back(each.getItem().text);
        return texts;
    };
    const auto offers = [&](const juce::String& words) {
        const auto texts = textsOf();
        return std::any_of(texts.begin(), texts.end(),
                           [&](const auto& text) { return text.contains(words); });
    };
    CHECK_FALSE(offers("MIDI file"));
    composeAndWait(studio.processor);
    bar.showTake(studio.processor.takes().playing());
    for (const auto* words : {"a track for each voice", "type 0", "MusicXML", "WAV", "Tenor...",
                              "Copy the path", "in its folder", "Stand still"})
        CHECK(offers(words));
    for (const auto* title : {"Drag MIDI", "Drag Soprano", "Drag Alto", "Drag Tenor", "Drag Bass"})
        CHECK(control<editor::DragSource>(bar, title).isEnabled());
    checkLayout(bar);
    bar.showTake(nullptr);
    CHECK_FALSE(control<editor::DragSource>(bar, "Drag MIDI").isEnabled());
}

TEST_CASE(
    "a home without a folder of music is proposed itself, so that the first file can be written")
{
    const Home home;
    CHECK(editor::musicFolder() == juce::File(home.folder.path().string()));
    std::filesystem::create_directories(home.folder / "Music");
    CHECK(editor::musicFolder().getFileName() == "Music");
}
