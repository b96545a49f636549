#pragma once

// Where notes leave Organum: a menu of files to save, and handles to drag the take, or one of its
// voices, into a track.

#include "Interface/DragSource.h"
#include "Interface/Exporter.h"
#include "Interface/Theme.h"

#include <memory>
#include <vector>

namespace organum::editor
{

class ExportBar : public juce::Component
{
public:
    explicit ExportBar(plugin::Processor& processorIn);
    void resized() override;

    /** Shows what can be had of this take; null: nothing. */
    void showTake(const plugin::TakePointer& take);
    void openMenu();
    /** The menu's content, and what its items do. */
    juce::PopupMenu menu();
    /** Asks for a file and writes the take to it, or one voice of it. */
    void save(plugin::ExportKind kind, std::optional<int> voice = {});
    Exporter& exporter() { return files; }

    static constexpr int width = 256;

private:
    void addSaves(juce::PopupMenu& menu, bool hasTake);
    void saveTo(plugin::ExportKind kind, const plugin::ExportContent& content, juce::File file);
    void copyPath();

    plugin::Processor& processor;
    Exporter files;
    juce::TextButton button{"Export..."};
    DragSource whole{"Drag MIDI", "Drag MIDI"};
    std::vector<std::unique_ptr<DragSource>> voices;
    std::vector<std::string> shownVoices;
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace organum::editor
