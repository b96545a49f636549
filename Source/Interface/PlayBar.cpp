#include "Interface/PlayBar.h"

namespace organum::editor
{

namespace
{

constexpr int captionHeight = 16;
constexpr int controlHeight = 26;

juce::ComboBox& filled(juce::ComboBox& menu, const juce::StringArray& choices)
{
    menu.addItemList(choices, 1);
    return menu;
}

} // namespace

PlayBar::PlayBar(plugin::Processor& processorIn)
    : processor(processorIn)
    , modeAttachment(*processor.parameters().playing.modeChoice,
                     filled(mode, processor.parameters().playing.modeChoice->choices))
    , gridAttachment(*processor.parameters().playing.grid,
                     filled(grid, processor.parameters().playing.grid->choices))
    , stepAttachment(*processor.parameters().playing.swingStep,
                     filled(swingStep, processor.parameters().playing.swingStep->choices))
    , callBars(*processor.parameters().playing.callBars, " bars",
               "So many bars are listened to, and as many are answered")
    , tempo(*processor.parameters().playing.freeTempo, {},
            "Quarter notes a minute while running free")
    , swing(*processor.parameters().playing.swing, " %",
            "How late every second note comes: 0 is straight, 67 are triplets, 100 is dotted")
    , timing(*processor.parameters().playing.timing, " %",
             "Small inaccuracies in time, the same in every round: 100 is up to a 64th note")
    , velocity(*processor.parameters().playing.velocity, " %",
               "Small differences in loudness, the same in every round")
    , freeAttachment(*processor.parameters().playing.runFree, runFree)
    , asPlayedAttachment(*processor.parameters().playing.saveAsPlayed, asPlayed)
{
    setUp(mode, "Mode", "How the take is played");
    setUp(grid, "Trigger grid", "Where a key lets the take begin");
    setUp(swingStep, "Swing step", "Which notes swing");
    setUp(runFree, runFree.getButtonText(), "Plays by its own tempo, whatever the host does");
    setUp(asPlayed, asPlayed.getButtonText(),
          "Saved and dragged MIDI files have swing and inaccuracies, too; off: as it is written");
    setUp(panic, "Panic", "Ends every note that sounds (P)");
    panic.onClick = [this] { processor.panic(); };
    add("Mode", mode, 156);
    gridCell = cells.size();
    add("Begins on", grid, 84);
    callCell = cells.size();
    add("Call, answer", callBars, 84);
    add({}, runFree, 88);
    tempoCell = cells.size();
    add("Tempo", tempo, 60);
    add("Swing", swing, 60);
    add("of", swingStep, 98);
    add("Timing", timing, 60);
    add("Velocity", velocity, 60);
    add({}, asPlayed, 130);
    news.setTitle("Late bars");
    setUpCaption(news, {}, juce::Justification::centredRight);
    news.setAccessible(true);
    addAndMakeVisible(news);
    addAndMakeVisible(panic);
    refresh();
}

PlayBar::Cell& PlayBar::add(const juce::String& caption, juce::Component& control, int width)
{
    Cell cell;
    cell.control = &control;
    cell.width = width;
    if (caption.isNotEmpty()) {
        cell.caption = std::make_unique<juce::Label>();
        setUpCaption(*cell.caption, caption);
        addAndMakeVisible(*cell.caption);
    }
    addAndMakeVisible(control);
    cells.push_back(std::move(cell));
    return cells.back();
}

void PlayBar::show(Cell& cell, bool visible)
{
    cell.control->setVisible(visible);
    cell.caption->setVisible(visible);
}

void PlayBar::refresh()
{
    const auto& playing = processor.parameters().playing;
    const auto chosen = playing.mode(1).mode;
    const bool isDialogue = chosen == player::Mode::callAndResponse;
    show(cells[gridCell], !isDialogue);
    show(cells[callCell], isDialogue);
    cells[gridCell].control->setEnabled(player::isTriggered(chosen));
    cells[tempoCell].control->setEnabled(playing.runFree->get());
    juce::String text;
    const auto late = static_cast<int>(processor.lateBars());
    if (processor.isListening())
        text = "Listening ...";
    else if (late > 0)
        text = juce::String(late) + (late == 1 ? " late bar" : " late bars");
    news.setText(text, juce::dontSendNotification);
    news.setVisible(text.isNotEmpty()); // a screen reader would find something without a name
    news.setTooltip(late > 0 ? "Bars that were not composed in time: what was there repeated"
                             : "No bar was late");
    setRole(news, juce::Label::textColourId,
            processor.isListening() ? colour::accent : colour::warning);
}

void PlayBar::resized()
{
    auto area = getLocalBounds().reduced(margin, 0);
    area = area.withSizeKeepingCentre(area.getWidth(), captionHeight + controlHeight);
    panic.setBounds(area.removeFromRight(60).removeFromBottom(controlHeight));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Cell& cell = cells[i];
        auto bounds = area.withWidth(cell.width);
        if (i != gridCell) { // its place is the next cell's, too
            area.removeFromLeft(cell.width + (i + 1 < cells.size() ? gap : 0));
        }
        const auto top = bounds.removeFromTop(captionHeight);
        if (cell.caption != nullptr)
            cell.caption->setBounds(top);
        cell.control->setBounds(bounds);
    }
    news.setBounds(getLocalBounds()
                       .reduced(margin, 0)
                       .removeFromRight(110)
                       .withTop(area.getY())
                       .withHeight(captionHeight));
}

} // namespace organum::editor
