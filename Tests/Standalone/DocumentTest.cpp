// Projects of the standalone: saved, opened, changed, damaged.

#include "Standalone/Document.h"
#include "Interface/Exporter.h"
#include "Plugin/Home.h"
#include "Plugin/Workbench.h"
#include "Standalone/KeptMusic.h"
#include "Standalone/Project.h"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

using namespace organum;
using namespace organum::test;
using standalone::Document;
using standalone::Transport;
namespace fs = std::filesystem;

namespace
{

juce::PropertiesFile::Options options()
{
    juce::PropertiesFile::Options made;
    made.millisecondsBeforeSaving = -1;
    return made;
}

struct Desk
{
    Home home;
    Workbench bench;
    plugin::Processor processor{plugin::Shape::instrument};
    Transport transport;
    juce::PropertiesFile settings{juce::File((home.folder / "standalone.settings").string()),
                                  options()};
    Document document{processor, transport, settings};

    juce::File file(const char* name) const { return juce::File((home.folder / name).string()); }
    bool changed()
    {
        document.lookForChanges();
        return document.hasChangedSinceSaved();
    }
};

} // namespace

TEST_CASE("a project that is saved and opened again has the same music, knobs and time")
{
    Desk desk;
    CHECK_FALSE(desk.changed());
    composeAndWait(desk.processor);
    desk.transport.setTempo(77.0);
    desk.transport.setMetre(3, 4);
    desk.document.setLoops(false);
    CHECK(desk.changed());
    const auto file = desk.file("one.organumproject");
    REQUIRE(desk.document.saveDocument(file).wasOk());
    CHECK_FALSE(desk.changed());
    const auto state = stateOf(desk.processor);

    setKnob(desk.processor.parameters().seed, 99.0f);
    CHECK(desk.changed());
    desk.document.startAnew();
    CHECK(desk.processor.takes().takes.empty());
    CHECK_FALSE(desk.changed());
    desk.transport.setTempo(150.0);
    desk.transport.setMetre(4, 4);
    desk.document.setLoops(true);
    REQUIRE(desk.document.loadFrom(file, false).wasOk());
    CHECK(stateOf(desk.processor) == state);
    CHECK(desk.transport.tempo() == 77.0);
    CHECK(desk.transport.numerator() == 3);
    CHECK_FALSE(desk.document.loops());
    CHECK_FALSE(desk.changed());
    CHECK(desk.document.getDocumentTitle() == "one");
    CHECK(desk.document.recent().getFile(0) == file);
}

TEST_CASE("a damaged project is named in one message, and what is open stays")
{
    Desk desk;
    composeAndWait(desk.processor);
    const auto file = desk.file("one.organumproject");
    REQUIRE(desk.document.saveDocument(file).wasOk());
    const auto state = stateOf(desk.processor);
    const std::string whole = readWholeFile(file.getFullPathName().toStdString());
    const auto refused = [&](const std::string& bytes, const char* words) {
        const auto bad = desk.file("bad.organumproject");
        std::ofstream(bad.getFullPathName().toStdString(), std::ios::binary) << bytes;
        const auto result = desk.document.loadFrom(bad, false);
        INFO(result.getErrorMessage());
        CHECK(result.failed());
        CHECK(result.getErrorMessage().contains("bad.organumproject"));
        CHECK(result.getErrorMessage().contains(words));
        CHECK(stateOf(desk.processor) == state);
        CHECK(desk.document.getFile() != bad);
    };
    refused(whole.substr(0, whole.size() / 2), "damaged");
    refused("hello", "no Organum project");
    refused({}, "no Organum project");
    const auto gone = desk.document.loadFrom(desk.file("gone.organumproject"), false);
    CHECK(gone.failed());
    CHECK(stateOf(desk.processor) == state);
}

TEST_CASE("a project that cannot be written says why, and the old one stays")
{
    Desk desk;
    composeAndWait(desk.processor);
    const auto result = desk.document.saveDocument(juce::File("/proc/one.organumproject"));
    CHECK(result.failed());
    CHECK(result.getErrorMessage().contains("/proc"));
    CHECK(desk.changed());
}

TEST_CASE("a project that was open at the end goes on, with what has changed since it was saved")
{
    Desk desk;
    composeAndWait(desk.processor);
    const auto file = desk.file("one.organumproject");
    REQUIRE(desk.document.saveDocument(file).wasOk());
    Document again(desk.processor, desk.transport, desk.settings);
    again.resume(file);
    CHECK(again.getFile() == file);
    CHECK_FALSE(again.hasChangedSinceSaved());
    setKnob(desk.processor.parameters().seed, 99.0f);
    Document changed(desk.processor, desk.transport, desk.settings);
    changed.resume(file);
    CHECK(changed.hasChangedSinceSaved());
    CHECK(changed.recent().getFile(0) == file);
    Document none(desk.processor, desk.transport, desk.settings);
    none.resume(desk.file("gone.organumproject"));
    CHECK(none.getFile() == juce::File());
}

// The music of the last time got the name of the project's file, whatever had been written there
// since, and the next save wrote over it without a question.
TEST_CASE("a project that another program has written meanwhile is opened as it is now")
{
    Desk desk;
    composeAndWait(desk.processor);
    const auto file = desk.file("shared.organumproject");
    REQUIRE(desk.document.saveAs(file, false, false, false) == juce::FileBasedDocument::savedOk);
    const auto before = stateOf(desk.processor);

    // Elsewhere somebody works on, while it is still open here.
    composeAndWait(desk.processor);
    const auto later = stateOf(desk.processor);
    Document elsewhere(desk.processor, desk.transport, desk.settings);
    REQUIRE(elsewhere.saveAs(file, false, false, false) == juce::FileBasedDocument::savedOk);
    REQUIRE_FALSE(later == before);
    desk.processor.setStateInformation(before.getData(), static_cast<int>(before.getSize()));
    desk.document.noteFile();

    Document next(desk.processor, desk.transport, desk.settings);
    desk.processor.setStateInformation(before.getData(), static_cast<int>(before.getSize()));
    next.resume(file);
    CHECK(next.getFile() == file);
    CHECK(stateOf(desk.processor) == later);

    // With music that was not saved, neither is lost.
    desk.settings.setValue("projectChanged", true);
    Document another(desk.processor, desk.transport, desk.settings);
    desk.processor.setStateInformation(before.getData(), static_cast<int>(before.getSize()));
    another.resume(file);
    CHECK(another.getFile() == juce::File());
    CHECK(stateOf(desk.processor) == before);
    CHECK(another.hasChangedSinceSaved());
    CHECK(desk.processor.status().message.find("shared.organumproject") != std::string::npos);
}

TEST_CASE("what was not saved on purpose does not come back under the project's name")
{
    Desk desk;
    composeAndWait(desk.processor);
    const auto file = desk.file("tune.organumproject");
    REQUIRE(desk.document.saveAs(file, false, false, false) == juce::FileBasedDocument::savedOk);
    const auto saved = stateOf(desk.processor);
    composeAndWait(desk.processor);
    REQUIRE(desk.changed());
    desk.document.dropChanges();
    CHECK(stateOf(desk.processor) == saved);
    CHECK_FALSE(desk.changed());
}

TEST_CASE("of two programs in one home the first keeps its music, and the second knows")
{
    Desk desk;
    composeAndWait(desk.processor);
    const standalone::KeptMusic first;
    REQUIRE(first.isOurs());
    const pid_t other = fork(); // a lock is a process's, so it takes another one
    if (other == 0)
        _exit(standalone::KeptMusic().isOurs() ? 1 : 0);
    int status = -1;
    REQUIRE(waitpid(other, &status, 0) == other);
    CHECK(status == 0);
    CHECK(first.keep(desk.processor).empty());
    plugin::Processor again(plugin::Shape::instrument);
    first.restore(again);
    CHECK(stateOf(again) == stateOf(desk.processor));
}

TEST_CASE("kept music that cannot be read is put aside, and one is told where")
{
    Desk desk;
    composeAndWait(desk.processor);
    const standalone::KeptMusic kept;
    REQUIRE(kept.keep(desk.processor).empty());
    const auto file = standalone::KeptMusic::file();
    juce::MemoryBlock bytes;
    REQUIRE(file.loadFileAsData(bytes));
    static_cast<char*>(bytes.getData())[8] = 99; // of a later release
    REQUIRE(file.replaceWithData(bytes.getData(), bytes.getSize()));
    for (int time = 0; time < 2; ++time) {
        plugin::Processor again(plugin::Shape::instrument);
        kept.restore(again);
        CHECK(again.status().phase == plugin::Phase::failed);
        CHECK(again.status().message.find(".bad") != std::string::npos);
    }
    const auto aside =
        file.getParentDirectory().findChildFiles(juce::File::findFiles, false, "*.bad");
    REQUIRE(aside.size() == 2); // none over the other
    CHECK(file.getSiblingFile("standalone.bad").existsAsFile());
    juce::MemoryBlock put;
    REQUIRE(aside[0].loadFileAsData(put));
    CHECK(put == bytes);
}

TEST_CASE("a project file that another program has written is replaced at the second asking only")
{
    Desk desk;
    composeAndWait(desk.processor);
    const auto file = desk.file("both.organumproject");
    REQUIRE(desk.document.saveAs(file, false, false, false) == juce::FileBasedDocument::savedOk);
    REQUIRE(file.appendText(" "));
    juce::MemoryBlock theirs, now;
    REQUIRE(file.loadFileAsData(theirs));
    composeAndWait(desk.processor);
    const auto refused = desk.document.saveDocument(file);
    CHECK(refused.getErrorMessage().contains("both.organumproject"));
    CHECK(refused.getErrorMessage().contains("Save again"));
    REQUIRE(file.loadFileAsData(now));
    CHECK(now == theirs);
    CHECK(desk.document.saveDocument(file).wasOk());
    REQUIRE(file.loadFileAsData(now));
    CHECK_FALSE(now == theirs);
}

// The first project was to be saved beside the folder of music, not in it.
TEST_CASE("a project that was never saved is to be saved where music lies")
{
    Desk desk;
    CHECK(desk.document.getLastDocumentOpened().getParentDirectory() == editor::musicFolder());
    const juce::File other = desk.file("other.organumproject");
    other.create();
    desk.document.setLastDocumentOpened(other);
    CHECK(desk.document.getLastDocumentOpened() == other);
}
