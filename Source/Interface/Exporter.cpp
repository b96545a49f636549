#include "Interface/Exporter.h"

#include "Plugin/DragFolder.h"
#include "Plugin/ParameterBuilders.h"

namespace organum::editor
{

namespace
{

constexpr int longestGoodbye = 4000; ///< milliseconds that closing a window may wait for a file
constexpr auto stopKey = "stopsAfterDrag";
constexpr auto folderKey = "folder";

juce::File settingsFile()
{
    return juce::File::getSpecialLocation(juce::File::userApplicationDataDirectory)
        .getChildFile("organum")
        .getChildFile("export.settings");
}

juce::PropertiesFile::Options settingsOptions()
{
    juce::PropertiesFile::Options options;
    options.millisecondsBeforeSaving = -1; // with save() alone
    return options;
}

std::filesystem::path pathOf(const juce::File& file)
{
    return file.getFullPathName().toStdString();
}

juce::File fileOf(const std::filesystem::path& path)
{
    return juce::File(juce::String::fromUTF8(path.string().c_str()));
}

} // namespace

juce::File musicFolder()
{
    const auto music = juce::File::getSpecialLocation(juce::File::userMusicDirectory);
    return music.isDirectory() ? music
                               : juce::File::getSpecialLocation(juce::File::userHomeDirectory);
}

Exporter::Exporter(plugin::Processor& processorIn)
    : processor(processorIn)
    , settings(settingsFile(), settingsOptions())
    , folder(settings.getValue(folderKey))
{
}

Exporter::~Exporter()
{
    if (!waitUntilSaved(longestGoodbye))
        givesUp = true;
    writer.removeAllJobs(false, -1);
}

void Exporter::save(plugin::ExportKind kind, plugin::ExportContent content, const juce::File& file)
{
    folder = file.getParentDirectory();
    settings.setValue(folderKey, folder.getFullPathName());
    writer.addJob([this, kind, content, file, makeSound = sound] {
        settings.save(); // a home that cannot be written to forgets the folder
        try {
            if (kind == plugin::ExportKind::sound)
                plugin::writeSound(content, pathOf(file), makeSound,
                                   [this] { return !givesUp.load(); });
            else
                plugin::writeExport(content, kind, pathOf(file));
        } catch (const std::exception& error) {
            fail(error);
            return;
        }
        remember(kind, content, file);
        processor.generation().report(plugin::Phase::idle,
                                      "Saved " + file.getFileName().toStdString() + ".");
    });
    if (kind == plugin::ExportKind::sound)
        processor.generation().report(plugin::Phase::idle, "Rendering the sound ...");
}

bool Exporter::waitUntilSaved(int milliseconds)
{
    const auto until =
        juce::Time::getMillisecondCounter() + static_cast<juce::uint32>(milliseconds);
    while (writer.getNumJobs() > 0) {
        if (juce::Time::getMillisecondCounter() >= until)
            return false;
        juce::Thread::sleep(2);
    }
    return true;
}

void Exporter::fail(const std::exception& error)
{
    processor.generation().report(plugin::Phase::failed, error.what());
}

void Exporter::remember(plugin::ExportKind kind, const plugin::ExportContent& content,
                        const juce::File& file)
{
    const bool isMidi =
        kind == plugin::ExportKind::midi || kind == plugin::ExportKind::midiOneTrack;
    const std::lock_guard<std::mutex> lock(lastMutex);
    if (isMidi && !content.voice) {
        lastFile = file;
        lastContent = content;
    } else if (lastFile == file) {
        lastContent.reset(); // written over
    }
}

// ---- drags -------------------------------------------------------------------------------------

juce::File Exporter::fileToDrag(std::optional<int> voice)
{
    const auto content = plugin::exportContentOf(processor, voice);
    if (!content)
        return {};
    writer.addJob([] { plugin::cleanDragFolder(); });
    try {
        const auto file = plugin::makeDragPlace() / (plugin::exportName(*content) +
                                                     plugin::endingOf(plugin::ExportKind::midi));
        plugin::writeExport(*content, plugin::ExportKind::midi, file);
        remember(plugin::ExportKind::midi, *content, fileOf(file));
        return fileOf(file);
    } catch (const std::exception& error) {
        fail(error);
        return {};
    }
}

juce::File Exporter::fileOfTake()
{
    if (const auto now = plugin::exportContentOf(processor)) {
        const std::lock_guard<std::mutex> lock(lastMutex);
        if (lastContent && plugin::givesSameMidi(*lastContent, *now) && lastFile.existsAsFile())
            return lastFile;
    }
    return fileToDrag();
}

void Exporter::dropped()
{
    if (!hasHost || !stopsAfterDrag())
        return;
    auto& values = processor.parameters();
    processor.setAudition(false);
    for (auto* running : {values.follow, values.playing.runFree})
        if (running->get())
            plugin::setAsGesture(*running, 0.0f);
    processor.generation().report(
        plugin::Phase::idle, "The notes were dragged away, so Organum stands still; switch Play "
                             "with host on to hear it again.");
}

bool Exporter::stopsAfterDrag() const
{
    return settings.getBoolValue(stopKey, true);
}

void Exporter::setStopsAfterDrag(bool on)
{
    settings.setValue(stopKey, on);
    writer.addJob([this] { settings.save(); });
}

juce::File Exporter::proposal(plugin::ExportKind kind, const plugin::ExportContent& content) const
{
    const auto place = folder.isDirectory() ? folder : musicFolder();
    return fileOf(
        plugin::freeName(pathOf(place), plugin::exportName(content), plugin::endingOf(kind)));
}

} // namespace organum::editor
