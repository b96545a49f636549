#pragma once

// The installed models with what their bundles tell: data, licence, metrics, size and place. Files
// are read and copied by a thread of its own, so the window never waits for a disk.

#include "Interface/Card.h"
#include "Plugin/ModelInstaller.h"
#include "Plugin/Processor.h"

#include <atomic>
#include <mutex>

namespace organum::editor
{

/** Looks for models that came, went or changed, and installs those that are brought. */
class ModelWatch : private juce::Thread
{
public:
    explicit ModelWatch(plugin::Processor& processorIn);
    ~ModelWatch() override;

    /** Installs a bundle soon; what came of it is told by news(). Message thread. */
    void install(const juce::File& bundle);
    /** What came of the last installation, once. Message thread. */
    std::optional<plugin::Installed> news();
    bool isInstalling() const { return installing; }

private:
    void run() override;

    plugin::Processor& processor;
    std::mutex mutex;
    std::vector<std::filesystem::path> waiting;
    std::optional<plugin::Installed> result;
    std::atomic<bool> installing{false};
};

class ModelBrowser : public Card, private juce::ListBoxModel
{
public:
    ModelBrowser(plugin::Processor& processorIn, ModelWatch& watchIn);
    ~ModelBrowser() override;
    void refresh() override;
    juce::Point<int> preferredSize() const override { return {820, 500}; }

protected:
    void place(juce::Rectangle<int> area) override;

private:
    using Facts = std::vector<std::pair<std::string, std::string>>;

    int getNumRows() override;
    void paintListBoxItem(int row, juce::Graphics& g, int width, int height,
                          bool isSelected) override;
    juce::String getNameForRow(int row) override;
    void selectedRowsChanged(int) override { showDetails(); }
    void listBoxItemDoubleClicked(int row, const juce::MouseEvent&) override { use(row); }
    void returnKeyPressed(int row) override { use(row); }
    void showModels();
    void showDetails();
    void showFacts(const Facts& facts);
    void use(int row);
    void chooseFile();

    plugin::Processor& processor;
    ModelWatch& watch;
    std::shared_ptr<const plugin::ModelEntries> models;
    std::string chosen; ///< id of the model whose details are shown
    juce::ListBox list;
    ReadingText details{"Details", "What the model's file tells about it"};
    juce::TextButton useButton{"Use this model"};
    juce::TextButton folder{"Show folder"};
    juce::TextButton install{"Install..."};
    juce::Label hint;
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace organum::editor
