#pragma once

// The project that is open: its file, whether it has been changed, which were open before. JUCE's
// document asks the questions: where to, overwrite, save first.

#include "Plugin/Processor.h"
#include "Standalone/Transport.h"

#include <juce_gui_extra/juce_gui_extra.h>

namespace organum::standalone
{

/** Message thread. */
class Document : public juce::FileBasedDocument
{
public:
    Document(plugin::Processor& processorIn, Transport& transportIn,
             juce::PropertiesFile& settings);

    /** Compares the music with what was saved last, so that the questions are right; to be called
        before anything that could lose it. */
    void lookForChanges();
    /** All as it is now counts as saved. */
    void settle();
    /** An empty project without a file. */
    void startAnew();
    /** Goes on with the project of that file, which this program had open when it ended; what has
        been changed since then still counts as changed. When another program has written the file
        meanwhile, it is opened as it is now, or, if the music here was not saved, left alone: that
        music is untitled then, and the status says so. Nothing happens if it cannot be read. */
    void resume(const juce::File& file);
    /** Remembers what was opened or saved last, for resume(); to be called when music is kept. */
    void noteFile();
    /** Back to what the file holds, after the user chose not to save. */
    void dropChanges();
    bool loops() const { return looping; }
    void setLoops(bool on) { looping = on; }
    juce::RecentlyOpenedFilesList& recent() { return recentFiles; }
    /** Puts a file on top of the recent ones and remembers them. */
    void noteRecent(const juce::File& file);

    juce::String getDocumentTitle() override;
    juce::Result loadDocument(const juce::File& file) override;
    juce::Result saveDocument(const juce::File& file) override;
    juce::File getLastDocumentOpened() override;
    void setLastDocumentOpened(const juce::File& file) override;

private:
    std::string content();
    void know(const juce::File& file);
    juce::Result read(const juce::File& file, std::string& bytes) const;

    plugin::Processor& processor;
    Transport& transport;
    juce::PropertiesFile& settings;
    juce::RecentlyOpenedFilesList recentFiles;
    bool looping = true;
    std::string saved;    ///< content() when it was saved or opened
    juce::File knownFile; ///< which one that was
    juce::String fileSum; ///< of the file as it was then: others may have written it since
};

} // namespace organum::standalone
