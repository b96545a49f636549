#include "Interface/ExportBar.h"

#include "Interface/Parts.h"

#include <iterator>

namespace organum::editor
{

namespace
{

using plugin::ExportKind;

constexpr int buttonWidth = 74;
constexpr int voiceWidth = 22;

} // namespace

ExportBar::ExportBar(plugin::Processor& processorIn)
    : processor(processorIn)
    , files(processorIn)
{
    setTitle("Export");
    setUp(button, "Export", "Saves the take as MIDI, notation or sound (Ctrl+E)");
    button.onClick = [this] { openMenu(); };
    addAndMakeVisible(button);
    whole.content = [this] { return files.fileToDrag(); };
    whole.ended = [this](bool outside) {
        if (outside)
            files.dropped();
    };
    addAndMakeVisible(whole);
    showTake(nullptr);
}

void ExportBar::showTake(const plugin::TakePointer& take)
{
    button.setEnabled(take != nullptr);
    whole.setEnabled(take != nullptr);
    const auto names =
        take != nullptr && take->hasVoices() ? take->voiceNames : std::vector<std::string>();
    if (names == shownVoices)
        return;
    shownVoices = names;
    voices.clear();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto name = juce::String::fromUTF8(names[i].c_str());
        auto handle = std::make_unique<DragSource>("Drag " + name, name.substring(0, 1));
        handle->setTooltip(name + " alone: drag from here into a track of the host");
        if (i < std::size(colour::voices))
            handle->setTint(colour::voices[i]);
        handle->content = [this, i] { return files.fileToDrag(static_cast<int>(i)); };
        handle->ended = whole.ended;
        addAndMakeVisible(*handle);
        voices.push_back(std::move(handle));
    }
    resized();
}

void ExportBar::resized()
{
    auto area = getLocalBounds();
    button.setBounds(area.removeFromLeft(buttonWidth));
    area.removeFromLeft(gap);
    for (auto voice = voices.rbegin(); voice != voices.rend(); ++voice) {
        (*voice)->setBounds(area.removeFromRight(voiceWidth));
        area.removeFromRight(gap / 4);
    }
    whole.setBounds(area);
}

// ---- the menu ----------------------------------------------------------------------------------

void ExportBar::addSaves(juce::PopupMenu& menu, bool hasTake)
{
    const auto add = [&](const juce::String& text, ExportKind kind) {
        menu.addItem(text, hasTake, false, [this, kind] { save(kind); });
    };
    add("MIDI file, a track for each voice...", ExportKind::midi);
    add("MIDI file, one track (type 0)...", ExportKind::midiOneTrack);
    add("Notation (MusicXML)...", ExportKind::musicXml);
    add("Sound (WAV)...", ExportKind::sound);
}

void ExportBar::openMenu()
{
    menu().showMenuAsync(juce::PopupMenu::Options().withTargetComponent(button));
}

juce::PopupMenu ExportBar::menu()
{
    const auto take = processor.takes().playing();
    const bool hasTake = take != nullptr;
    juce::PopupMenu menu;
    menu.addSectionHeader("Save the take as");
    addSaves(menu, hasTake);
    if (hasTake && take->hasVoices()) {
        juce::PopupMenu single;
        for (int voice = 0; voice < take->voices(); ++voice)
            single.addItem(
                juce::String::fromUTF8(take->voiceNames[static_cast<std::size_t>(voice)].c_str()) +
                    "...",
                [this, voice] { save(ExportKind::midi, voice); });
        menu.addSubMenu("MIDI file of one voice", single);
    }
    menu.addSeparator();
    menu.addItem("Copy the path of a MIDI file", hasTake, false, [this] { copyPath(); });
    menu.addItem("Show the file in its folder", hasTake, false, [this] {
        if (const auto file = files.fileOfTake(); file != juce::File())
            file.revealToUser();
    });
    menu.addSeparator();
    menu.addItem("Stand still after a drag", true, files.stopsAfterDrag(),
                 [this] { files.setStopsAfterDrag(!files.stopsAfterDrag()); });
    return menu;
}

void ExportBar::copyPath()
{
    const auto file = files.fileOfTake();
    if (file == juce::File())
        return;
    juce::SystemClipboard::copyTextToClipboard(file.getFullPathName());
    processor.generation().report(plugin::Phase::idle, "The clipboard holds the path of " +
                                                           file.getFileName().toStdString() + ".");
}

void ExportBar::save(ExportKind kind, std::optional<int> voice)
{
    const auto content = plugin::exportContentOf(processor, voice);
    if (!content)
        return;
    chooser = std::make_unique<juce::FileChooser>("Save the take", files.proposal(kind, *content),
                                                  "*" + juce::String(plugin::endingOf(kind)));
    const auto options = juce::FileBrowserComponent::saveMode |
                         juce::FileBrowserComponent::canSelectFiles |
                         juce::FileBrowserComponent::warnAboutOverwriting;
    chooser->launchAsync(options, [this, kind, content](const juce::FileChooser& chosen) {
        saveTo(kind, *content, chosen.getResult());
    });
}

void ExportBar::saveTo(ExportKind kind, const plugin::ExportContent& content, juce::File file)
{
    if (file == juce::File())
        return;
    if (file.getFileExtension().isEmpty()) {
        // Nobody was asked about a file of the longer name.
        file = juce::File(juce::String::fromUTF8(
            plugin::freeName(file.getParentDirectory().getFullPathName().toStdString(),
                             file.getFileName().toStdString(), plugin::endingOf(kind))
                .string()
                .c_str()));
    }
    files.save(kind, content, file);
}

} // namespace organum::editor
