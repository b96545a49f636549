#pragma once

// Saves takes in the background, makes the files for drags, and keeps what the musician likes: the
// folder used last, and whether Organum falls silent once its notes are in a track.

#include "Plugin/Export.h"
#include "Plugin/ExportSound.h"
#include "Plugin/Processor.h"

#include <juce_data_structures/juce_data_structures.h>

#include <atomic>
#include <memory>
#include <mutex>

namespace organum::editor
{

/** Where music is looked for and written at first: the home, where it has no folder of music. */
juce::File musicFolder();

/** Message thread, except where it says otherwise. */
class Exporter
{
public:
    explicit Exporter(plugin::Processor& processorIn);
    /** Lets what is being written come to its end; gives up sound that takes longer than seconds.
     */
    ~Exporter();

    /** Writes in the background; the processor's status then says what was saved, or why not. */
    void save(plugin::ExportKind kind, plugin::ExportContent content, const juce::File& file);
    /** Waits for all of it; false when the time is over before. */
    bool waitUntilSaved(int milliseconds);

    /** A new MIDI file of the take for a drag, or of one voice; none when there is no take, or when
        it cannot be written, which the status says. */
    juce::File fileToDrag(std::optional<int> voice = {});
    /** A MIDI file with the present take as it would be written now: the one saved or dragged last,
        or a new one. */
    juce::File fileOfTake();
    /** A drop elsewhere: the same notes would now sound twice, so Organum ends its own and stands
        still, unless the musician wants otherwise. */
    void dropped();

    /** Where files go and what the next is called. */
    juce::File proposal(plugin::ExportKind kind, const plugin::ExportContent& content) const;

    bool stopsAfterDrag() const;
    void setStopsAfterDrag(bool on);
    /** The standalone's: it drags to others, whose time is not its own. */
    void setHasHost(bool on) { hasHost = on; }
    /** Sound files are made by this instead of by the preview synth. */
    void setSound(plugin::MakeSound makeSound) { sound = std::move(makeSound); }

private:
    void remember(plugin::ExportKind kind, const plugin::ExportContent& content,
                  const juce::File& file);
    void fail(const std::exception& error);

    plugin::Processor& processor;
    plugin::MakeSound sound;
    bool hasHost = true;
    juce::PropertiesFile settings;
    juce::File folder; ///< chosen last

    std::mutex lastMutex;                             // the two below
    juce::File lastFile;                              ///< MIDI
    std::optional<plugin::ExportContent> lastContent; ///< what is in it

    std::atomic<bool> givesUp{false};
    juce::ThreadPool writer{1};
};

} // namespace organum::editor
