#include "Interface/ModelBrowser.h"

#include "Plugin/ParameterBuilders.h"

namespace organum::editor
{

namespace
{

constexpr int row = 30;
constexpr int buttonHeight = 30;

} // namespace

ModelBrowser::ModelBrowser(plugin::Processor& processorIn, ModelWatch& watchIn)
    : Card("Models")
    , processor(processorIn)
    , watch(watchIn)
{
    setUp(list, "Installed models", "Return or a double-click uses the chosen one");
    list.setModel(this);
    list.setRowHeight(row);
    setRole(list, juce::ListBox::backgroundColourId, colour::background);
    setUp(useButton, "Use this model", "It composes from now on");
    setUp(folder, "Show folder", "Shows the model's file in the system's file manager");
    setUp(install, "Install a model", "Copies a .organum file into your folder of models");
    useButton.onClick = [this] { use(list.getSelectedRow()); };
    folder.onClick = [this] {
        const int at = list.getSelectedRow();
        const auto file = at >= 0 && at < getNumRows()
                              ? (*models)[static_cast<std::size_t>(at)].file
                              : processor.models().ownFolder();
        juce::File(juce::String::fromUTF8(file.string().c_str())).revealToUser();
    };
    setUp(remove, "Remove a model",
          "Takes the chosen model out of your folder of models; those that came with Organum stay");
    install.onClick = [this] { chooseFile(); };
    remove.onClick = [this] { askToRemove(list.getSelectedRow()); };
    setUpCaption(hint, "Drop a .organum file on the window to install it.");
    for (juce::Component* child :
         {static_cast<juce::Component*>(&list), static_cast<juce::Component*>(&details),
          static_cast<juce::Component*>(&useButton), static_cast<juce::Component*>(&folder),
          static_cast<juce::Component*>(&install), static_cast<juce::Component*>(&remove),
          static_cast<juce::Component*>(&hint)})
        addAndMakeVisible(child);
    showModels();
    if (const int current = processor.parameters().model->get(); current < getNumRows())
        list.selectRow(current);
    showDetails();
}

ModelBrowser::~ModelBrowser()
{
    list.setModel(nullptr);
}

int ModelBrowser::getNumRows()
{
    return models != nullptr ? static_cast<int>(models->size()) : 0;
}

juce::String ModelBrowser::getNameForRow(int rowNumber)
{
    if (rowNumber < 0 || rowNumber >= getNumRows())
        return {};
    const plugin::ModelEntry& model = (*models)[static_cast<std::size_t>(rowNumber)];
    const bool isUsed = rowNumber == processor.parameters().model->get();
    return juce::String::fromUTF8(model.title.c_str()) + (!model.problem.empty() ? " (damaged)"
                                                          : isUsed               ? " (in use)"
                                                                                 : "");
}

void ModelBrowser::paintListBoxItem(int rowNumber, juce::Graphics& g, int width, int height,
                                    bool isSelected)
{
    if (isSelected) {
        g.setColour(colour::raised);
        g.fillRect(0, 0, width, height);
    }
    g.setColour(rowNumber == processor.parameters().model->get() ? colour::accent : colour::text);
    g.setFont(fontOf(14.5f));
    g.drawText(getNameForRow(rowNumber), gap, 0, width - 2 * gap, height,
               juce::Justification::centredLeft, true);
}

void ModelBrowser::refresh()
{
    const auto now = processor.models().entries();
    if (now != models)
        showModels();
    // One that was just installed is in use from then on.
    if (const int place = processor.parameters().model->get(); place != used) {
        if (used >= 0 && place < getNumRows() && processor.missingModel().empty())
            list.selectRow(place);
        used = place;
        list.repaint();
    }
    if (const auto told = watch.told(); told && told->id == chosen)
        showFacts(told->facts);
    showHint();
}

void ModelBrowser::showHint()
{
    juce::String text = "Drop a .organum file on the window to install it.";
    if (watch.isInstalling())
        text = "Installing ...";
    else if (const int more = processor.models().leftOut(); more > 0)
        text = juce::String(more) + (more == 1 ? " more is" : " more are") +
               " installed: there is room for " + juce::String(plugin::mostModels) +
               ". Take others out of their folder.";
    hint.setText(text, juce::dontSendNotification);
    hint.setTooltip(text);
}

void ModelBrowser::showModels()
{
    models = processor.models().entries();
    list.updateContent();
    int at = -1;
    for (int i = 0; i < getNumRows(); ++i)
        if ((*models)[static_cast<std::size_t>(i)].id == chosen)
            at = i;
    if (at >= 0)
        list.selectRow(at);
    showDetails();
    list.repaint();
}

void ModelBrowser::showDetails()
{
    const int at = list.getSelectedRow();
    const bool any = at >= 0 && at < getNumRows();
    remove.setEnabled(own(at) != nullptr);
    useButton.setEnabled(any && (*models)[static_cast<std::size_t>(at)].problem.empty());
    if (!any) {
        details.show(getNumRows() == 0 ? "No model is installed. Drop a .organum file on the "
                                         "window, or press Install."
                                       : "Choose a model.");
        return;
    }
    const plugin::ModelEntry model = (*models)[static_cast<std::size_t>(at)];
    chosen = model.id;
    watch.ask(model);
}

void ModelBrowser::showFacts(const ModelWatch::Facts& facts)
{
    juce::String text;
    for (const auto& [name, value] : facts) {
        if (!name.empty())
            text << juce::String(name).toUpperCase() << "\n";
        text << juce::String::fromUTF8(value.c_str()) << "\n\n";
    }
    details.show(text.trim());
    details.moveCaretToTop(false);
}

void ModelBrowser::use(int rowNumber)
{
    if (rowNumber < 0 || rowNumber >= getNumRows() ||
        !(*models)[static_cast<std::size_t>(rowNumber)].problem.empty())
        return;
    processor.chooseModel(rowNumber);
    list.repaint();
    close();
}

void ModelBrowser::chooseFile()
{
    chooser = std::make_unique<juce::FileChooser>(
        "Install a model", juce::File::getSpecialLocation(juce::File::userHomeDirectory),
        "*.organum");
    chooser->launchAsync(juce::FileBrowserComponent::openMode |
                             juce::FileBrowserComponent::canSelectFiles,
                         [this](const juce::FileChooser& chosenFile) {
                             if (chosenFile.getResult().existsAsFile())
                                 watch.install(chosenFile.getResult());
                         });
}

const plugin::ModelEntry* ModelBrowser::own(int rowNumber) const
{
    if (models == nullptr || rowNumber < 0 || rowNumber >= static_cast<int>(models->size()))
        return nullptr;
    const plugin::ModelEntry& model = (*models)[static_cast<std::size_t>(rowNumber)];
    return model.file.parent_path() == processor.models().ownFolder() ? &model : nullptr;
}

void ModelBrowser::askToRemove(int rowNumber)
{
    const plugin::ModelEntry* model = own(rowNumber);
    if (model == nullptr)
        return;
    confirm("Remove " + juce::String::fromUTF8(model->title.c_str()) + "?",
            "Its file goes to the trash, or is deleted where there is none. Takes that it "
            "composed stay and play, but cannot be gone on from.",
            "Remove", [this, entry = *model] {
                const auto gone = plugin::removeModel(entry.file, processor.models().ownFolder());
                processor.generation().report(
                    gone.succeeded ? plugin::Phase::idle : plugin::Phase::failed, gone.message);
                const bool wasUsed = processor.model() && processor.model()->id == entry.id;
                processor.lookForModels();
                if (const auto left = processor.models().entries();
                    gone.succeeded && wasUsed && !left->empty())
                    processor.chooseModel(0); // nobody wants to be told that it is missing
                refresh();
            });
}

void ModelBrowser::place(juce::Rectangle<int> area)
{
    auto bottom = area.removeFromBottom(buttonHeight);
    useButton.setBounds(bottom.removeFromLeft(132));
    bottom.removeFromLeft(gap);
    folder.setBounds(bottom.removeFromLeft(108));
    bottom.removeFromLeft(gap);
    install.setBounds(bottom.removeFromLeft(92));
    bottom.removeFromLeft(gap);
    remove.setBounds(bottom.removeFromLeft(92));
    bottom.removeFromLeft(margin);
    hint.setBounds(bottom);
    area.removeFromBottom(gap);
    list.setBounds(area.removeFromLeft(std::min(250, area.getWidth() / 3)));
    area.removeFromLeft(gap);
    details.setBounds(area);
}

} // namespace organum::editor
