#include "Interface/HelpCards.h"

namespace organum::editor
{

namespace
{

constexpr int row = 28;
constexpr int noticeHeight = 84; ///< of three lines

} // namespace

// ---- routing -----------------------------------------------------------------------------------

RoutingCard::RoutingCard(plugin::Shape shapeIn, Home homeIn, const juce::String& missing)
    : Card("How to route the notes")
    , shape(shapeIn)
    , home(homeIn)
{
    notice.show(missing);
    setRole(notice, juce::TextEditor::textColourId, colour::warning);
    notice.applyColourToAllText(colour::warning, true);
    addChildComponent(notice);
    notice.setVisible(missing.isNotEmpty());
    setUpCaption(caption, "In");
    setUp(host, "Host", "The program that Organum shall play in");
    host.addItemList(routingHosts(), 1);
    const juce::PluginHostType type;
    const int found = home == Home::standalone ? -1 : hostNamed(type.getHostDescription());
    host.setSelectedItemIndex(found < 0 ? 0 : found, juce::dontSendNotification);
    host.onChange = [this] { show(); };
    addAndMakeVisible(caption);
    addAndMakeVisible(host);
    addAndMakeVisible(steps);
    show();
}

void RoutingCard::show()
{
    juce::String text;
    int number = 0;
    for (const juce::String& step : routingSteps(host.getText(), shape, home))
        text << ++number << ".  " << step << "\n";
    text << "\nThe lamp at the top right lights up with every note that leaves Organum. "
         << (shape == plugin::Shape::midiEffect
                 ? "If it lights and nothing sounds, the notes do not reach an instrument."
                 : "If it lights and only the quiet preview sounds, the notes do not reach an "
                   "instrument.");
    if (home != Home::standalone)
        text << "\nAnywhere: Drag MIDI brings the take into a track as notes.";
    steps.show(text);
}

void RoutingCard::place(juce::Rectangle<int> area)
{
    if (notice.isVisible())
        notice.setBounds(area.removeFromTop(noticeHeight));
    auto line = area.removeFromTop(row);
    caption.setBounds(line.removeFromLeft(28));
    host.setBounds(line.removeFromLeft(220));
    area.removeFromTop(gap);
    steps.setBounds(area);
}

// ---- keys --------------------------------------------------------------------------------------

KeysCard::KeysCard(Home home)
    : Card("Keys")
{
    const juce::String files = home == Home::standalone
                                   ? "Ctrl+N, Ctrl+O, Ctrl+S\tNew project, open one, save it\n"
                                     "Ctrl+Shift+S, Ctrl+E\tSave the project as, export\n"
                                     "T\tTap the tempo\n"
                                   : "Ctrl+O, Ctrl+E\tOpen a MIDI file, export\n";
    keys.show("G\tGenerate: compose a new take\n"
              "C\tContinue the take\n"
              "A\tAnswer what was played in\n"
              "V\tEight variations\n"
              "R\tThrow the dice\n"
              "[ and ]\tThe take before, the take after\n"
              "X\tFrom the take marked A to B, and back\n"
              "H\tTo the chords\n"
              "Space\tListen, or stop\n"
              "P\tPanic: end every note\n"
              "Ctrl+Z, Ctrl+Y\tUndo, redo\n" +
              files +
              ". and ,\tIn the roll: the next note, the one before\n"
              "Arrows, Insert, Delete, U\tMove, write, erase, unlock notes\n"
              "Arrows, S, N, A, B, Delete\tIn the takes: go to one, star, name, mark, delete it\n"
              "Tab, Shift+Tab\tTo the next control, or the one before\n"
              "Arrows, Page Up, Page Down\tTurn the knob that has the focus\n"
              "Home, End\tTo the ends of its range\n"
              "L\tLearn a controller or key for the control that has the focus\n"
              "Shift+L\tForget what it has learned\n"
              "K\tShow or hide the knobs\n"
              "M\tModels\n"
              "F1 or ?\tThese keys\n"
              "Escape\tClose a card, or end learning\n\n"
              "With the mouse: drag a knob, with Shift finely; double-click for its default; turn "
              "the wheel; right-click for MIDI learn.");
    addAndMakeVisible(keys);
}

void KeysCard::place(juce::Rectangle<int> area)
{
    keys.setBounds(area);
}

// ---- learned controllers -----------------------------------------------------------------------

MappingsCard::MappingsCard(plugin::Processor& processorIn)
    : Card("MIDI learn")
    , processor(processorIn)
{
    explanation.show(
        juce::String(
            "Right-click a control, or press L while it has the focus, and choose Learn. ") +
        (processor.hearsControllers()
             ? "Then move a controller or press a key."
             : "Then press a key. Controllers belong to the host in VST3: use its own mapping for "
               "them, every control of Organum is a parameter there."));
    setUp(list, "Learned", "Controllers and keys, and what they move");
    list.setModel(this);
    list.setRowHeight(row);
    setRole(list, juce::ListBox::backgroundColourId, colour::background);
    setUp(forget, "Forget", "The chosen controller or key moves nothing any more (Delete)");
    setUp(forgetAll, "Forget all", "No controller or key moves anything any more");
    forget.onClick = [this] { deleteKeyPressed(list.getSelectedRow()); };
    forgetAll.onClick = [this] {
        processor.forgetAllLearned();
        refresh();
    };
    for (juce::Component* child :
         {static_cast<juce::Component*>(&explanation), static_cast<juce::Component*>(&list),
          static_cast<juce::Component*>(&forget), static_cast<juce::Component*>(&forgetAll)})
        addAndMakeVisible(child);
    mappings = processor.midiLearn().mappings();
    shownRevision = processor.midiLearn().revision();
    list.updateContent();
    showButtons();
}

void MappingsCard::refresh()
{
    if (const auto now = processor.midiLearn().revision(); now != shownRevision) {
        shownRevision = now;
        mappings = processor.midiLearn().mappings();
        list.updateContent();
        list.repaint();
        showButtons();
    }
}

void MappingsCard::showButtons()
{
    forget.setEnabled(list.getSelectedRow() >= 0);
    forgetAll.setEnabled(!mappings.empty());
}

juce::String MappingsCard::getNameForRow(int row)
{
    if (row < 0 || row >= getNumRows())
        return {};
    const plugin::MidiMapping& mapping = mappings[static_cast<std::size_t>(row)];
    const juce::String source(mapping.source.name());
    return source.substring(0, 1).toUpperCase() + source.substring(1) + " moves " +
           processor.getParameters()[mapping.parameter]->getName(64);
}

void MappingsCard::paintListBoxItem(int rowNumber, juce::Graphics& g, int width, int height,
                                    bool isSelected)
{
    if (isSelected) {
        g.setColour(colour::raised);
        g.fillRect(0, 0, width, height);
    }
    g.setColour(colour::text);
    g.setFont(fontOf(14.5f));
    g.drawText(getNameForRow(rowNumber), gap, 0, width - 2 * gap, height,
               juce::Justification::centredLeft, true);
}

void MappingsCard::deleteKeyPressed(int row)
{
    if (row >= 0 && row < getNumRows())
        processor.forgetLearned(mappings[static_cast<std::size_t>(row)].parameter);
    refresh();
}

void MappingsCard::place(juce::Rectangle<int> area)
{
    explanation.setBounds(area.removeFromTop(76));
    area.removeFromTop(gap);
    auto bottom = area.removeFromBottom(row);
    forget.setBounds(bottom.removeFromLeft(84));
    bottom.removeFromLeft(gap);
    forgetAll.setBounds(bottom.removeFromLeft(96));
    area.removeFromBottom(gap);
    list.setBounds(area);
}

} // namespace organum::editor
