#include "Standalone/Document.h"

#include "Interface/Exporter.h"
#include "Plugin/Fingerprint.h"
#include "Score/AtomicFile.h"
#include "Standalone/Project.h"

namespace organum::standalone
{

namespace
{

constexpr auto recentKey = "recentFiles";
constexpr auto lastKey = "lastFile";
constexpr auto sumKey = "projectSum";
constexpr auto changedKey = "projectChanged";
constexpr int mostRecent = 10;

juce::String sumOf(const juce::File& file)
{
    const auto sum = plugin::fingerprintOf(file.getFullPathName().toStdString());
    return juce::String::toHexString(static_cast<juce::int64>(sum));
}

} // namespace

Document::Document(plugin::Processor& processorIn, Transport& transportIn,
                   juce::PropertiesFile& settingsIn)
    : FileBasedDocument(Project::ending, "*" + juce::String(Project::ending), "Open a project",
                        "Save the project")
    , processor(processorIn)
    , transport(transportIn)
    , settings(settingsIn)
{
    recentFiles.setMaxNumberOfItems(mostRecent);
    recentFiles.restoreFromString(settings.getValue(recentKey));
    saved = content();
}

std::string Document::content()
{
    juce::MemoryBlock state;
    processor.getStateInformation(state);
    Project project;
    project.state.assign(static_cast<const char*>(state.getData()), state.getSize());
    project.tempo = transport.tempo();
    project.numerator = transport.numerator();
    project.denominator = transport.denominator();
    project.loops = looping;
    return encode(project);
}

void Document::lookForChanges()
{
    setChangedFlag(content() != saved);
}

void Document::settle()
{
    saved = content();
    setChangedFlag(false);
}

void Document::startAnew()
{
    juce::MemoryBlock empty;
    plugin::Processor(plugin::Shape::instrument).getStateInformation(empty);
    processor.setAudition(false);
    processor.setStateInformation(empty.getData(), static_cast<int>(empty.getSize()));
    setFile({});
    settle();
}

juce::Result Document::read(const juce::File& file, std::string& bytes) const
{
    juce::FileInputStream stream(file);
    if (stream.failedToOpen())
        return juce::Result::fail("\"" + file.getFileName() +
                                  "\" cannot be opened: " + stream.getStatus().getErrorMessage());
    if (stream.getTotalLength() > static_cast<juce::int64>(Project::largestFile))
        return juce::Result::fail("\"" + file.getFileName() + "\" is no Organum project.");
    bytes.resize(static_cast<std::size_t>(stream.getTotalLength()));
    const int got = stream.read(bytes.data(), static_cast<int>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max(0, got)));
    return juce::Result::ok();
}

juce::Result Document::loadDocument(const juce::File& file)
{
    std::string bytes;
    if (const auto result = read(file, bytes); result.failed())
        return result;
    try {
        const Project project = decodeProject(bytes);
        processor.setAudition(false);
        processor.setStateInformation(project.state.data(), static_cast<int>(project.state.size()));
        transport.setTempo(project.tempo);
        transport.setMetre(project.numerator, project.denominator);
        looping = project.loops;
    } catch (const ProjectError& error) {
        return juce::Result::fail("\"" + file.getFileName() + "\" " +
                                  juce::String::fromUTF8(error.what()) + ".");
    }
    saved = content();
    know(file);
    noteRecent(file);
    return juce::Result::ok();
}

juce::Result Document::saveDocument(const juce::File& file)
{
    if (file == knownFile && file.existsAsFile() && fileSum != sumOf(file)) {
        fileSum = sumOf(file); // who saves again means it
        return juce::Result::fail("\"" + file.getFileName() +
                                  "\" was written by another program since it was opened here. "
                                  "Save again to replace it, or save under another name.");
    }
    const std::string bytes = content();
    try {
        score::writeFileAtomically(file.getFullPathName().toStdString(), bytes.data(), bytes.size(),
                                   "the project");
    } catch (const score::FileWriteError& error) {
        return juce::Result::fail(juce::String::fromUTF8(error.what()));
    }
    saved = bytes;
    know(file);
    noteRecent(file);
    return juce::Result::ok();
}

void Document::resume(const juce::File& file)
{
    std::string bytes;
    if (read(file, bytes).failed())
        return;
    try {
        decodeProject(bytes);
    } catch (const ProjectError&) {
        return;
    }
    const juce::String known = settings.getValue(sumKey);
    if (known.isEmpty() || known == sumOf(file)) {
        setFile(file);
        saved = bytes;
        know(file);
        lookForChanges();
    } else if (!settings.getBoolValue(changedKey, true)) {
        loadFrom(file, false);
    } else {
        saved.clear();
        lookForChanges();
        processor.generation().report(
            plugin::Phase::failed,
            "\"" + file.getFileName().toStdString() +
                "\" was written by another program since. It is as it was written; the music that "
                "was not saved here is open without a name.");
    }
}

void Document::know(const juce::File& file)
{
    knownFile = file;
    fileSum = sumOf(file);
}

void Document::noteFile()
{
    lookForChanges();
    settings.setValue(sumKey, getFile() == juce::File() ? juce::String() : fileSum);
    settings.setValue(changedKey, hasChangedSinceSaved());
}

void Document::dropChanges()
{
    lookForChanges();
    if (hasChangedSinceSaved() && getFile().existsAsFile())
        loadFrom(getFile(), false);
}

void Document::noteRecent(const juce::File& file)
{
    recentFiles.addFile(file);
    settings.setValue(recentKey, recentFiles.toString());
    settings.setValue(lastKey, file.getFullPathName());
    settings.saveIfNeeded();
}

juce::String Document::getDocumentTitle()
{
    return getFile() == juce::File() ? juce::String("Untitled")
                                     : getFile().getFileNameWithoutExtension();
}

juce::File Document::getLastDocumentOpened()
{
    const juce::File last(settings.getValue(lastKey));
    // Who asks wants a file, and begins beside it.
    return last.existsAsFile()
               ? last
               : editor::musicFolder().getChildFile(juce::String("Untitled") + Project::ending);
}

void Document::setLastDocumentOpened(const juce::File& file)
{
    noteRecent(file);
}

} // namespace organum::standalone
