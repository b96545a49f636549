#pragma once

// The installed models with what their bundles tell: data, licence, metrics, size and place.

#include "Interface/Card.h"
#include "Interface/ModelWatch.h"
#include "Interface/Question.h"
#include "Plugin/Processor.h"

namespace organum::editor
{

class ModelBrowser : public Card, private juce::ListBoxModel
{
public:
    ModelBrowser(plugin::Processor& processorIn, ModelWatch& watchIn);
    ~ModelBrowser() override;
    void refresh() override;
    juce::Point<int> preferredSize() const override { return {820, 500}; }

    /** Before a model is removed; at first a box over the window. */
    Confirm confirm = confirmOver(*this);

protected:
    void place(juce::Rectangle<int> area) override;

private:
    int getNumRows() override;
    void paintListBoxItem(int row, juce::Graphics& g, int width, int height,
                          bool isSelected) override;
    juce::String getNameForRow(int row) override;
    void selectedRowsChanged(int) override { showDetails(); }
    void listBoxItemDoubleClicked(int row, const juce::MouseEvent&) override { use(row); }
    void returnKeyPressed(int row) override { use(row); }
    void showModels();
    void showHint();
    void showDetails();
    void showFacts(const ModelWatch::Facts& facts);
    void use(int row);
    void chooseFile();
    /** The row's model, where the user put it there and may take it away. */
    const plugin::ModelEntry* own(int row) const;
    void askToRemove(int row);

    plugin::Processor& processor;
    ModelWatch& watch;
    std::shared_ptr<const plugin::ModelEntries> models;
    int used = -1;      ///< place of the model that composes, as last seen
    std::string chosen; ///< id of the model whose details are shown
    juce::ListBox list;
    ReadingText details{"Details", "What the model's file tells about it"};
    juce::TextButton useButton{"Use this model"};
    juce::TextButton folder{"Show folder"};
    juce::TextButton install{"Install..."};
    juce::TextButton remove{"Remove..."};
    juce::Label hint;
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace organum::editor
