#include "Interface/RollToolbar.h"

#include "Interface/Parts.h"

namespace organum::editor
{

namespace
{

constexpr int controlHeight = 24;
constexpr int legendWidth = 236;
constexpr int leastNewsWidth = 120;
constexpr double zoomStep = 1.5;

} // namespace

RollToolbar::RollToolbar(PianoRoll& rollIn)
    : roll(rollIn)
{
    setTitle("Piano roll tools");
    setUpCaption(viewCaption, "View");
    addAndMakeVisible(viewCaption);
    setUp(viewMenu, "View",
          "What the roll shows: the notes, or how the network came to choose them");
    viewMenu.addItemList({"Notes", "Probabilities", "Attention", "Surprise", "Uncertainty"}, 1);
    viewMenu.setSelectedId(1, juce::dontSendNotification);
    viewMenu.onChange = [this] {
        roll.setMode(chosenMode());
        repaint(legendArea);
    };
    addAndMakeVisible(viewMenu);
    setUp(voiceMenu, "Voice of the probabilities", "Whose pitches are shown");
    voiceMenu.onChange = [this] {
        roll.setShownVoice(voiceMenu.getSelectedId() - 1);
        repaint(legendArea);
    };
    addChildComponent(voiceMenu);
    setUpButton(selectTool, "Select tool", "Click, frame and drag notes; double click: new or none",
                [this] { chooseTool(RollTool::select); });
    setUpButton(drawTool, "Draw tool", "A click on an empty place writes a note",
                [this] { chooseTool(RollTool::draw); });
    selectTool.setConnectedEdges(juce::Button::ConnectedOnRight);
    drawTool.setConnectedEdges(juce::Button::ConnectedOnLeft);
    selectTool.setToggleState(true, juce::dontSendNotification);

    setUp(gridMenu, "Snap", "The grid that moved notes and their ends snap to (Alt: not now)");
    for (std::size_t i = 0; i < noteGrids.size(); ++i)
        gridMenu.addItem(noteGrids[i].name, static_cast<int>(i) + 1);
    gridMenu.setSelectedId(static_cast<int>(sixteenthGrid) + 1, juce::dontSendNotification);
    gridMenu.onChange = [this] {
        roll.notes().setGrid(static_cast<std::size_t>(gridMenu.getSelectedId() - 1));
    };
    addAndMakeVisible(gridMenu);

    setUpButton(unlock, "Unlock edited notes",
                "Lets the selected notes, or all edited ones, be composed anew (U)",
                [this] { roll.notes().unlock(); });
    setUpButton(zoomOut, "Zoom out", "Shows more bars",
                [this] { roll.setZoom(roll.shownView().zoom() / zoomStep); });
    setUpButton(zoomIn, "Zoom in", "Shows fewer bars, larger (Ctrl and wheel)",
                [this] { roll.setZoom(roll.shownView().zoom() * zoomStep); });
    setUpButton(zoomFit, "Zoom to fit", "Shows all bars", [this] { roll.setZoom(1.0); });
    zoomOut.setConnectedEdges(juce::Button::ConnectedOnRight);
    zoomIn.setConnectedEdges(juce::Button::ConnectedOnLeft | juce::Button::ConnectedOnRight);
    zoomFit.setConnectedEdges(juce::Button::ConnectedOnLeft);

    news.setTitle("Selected notes");
    setRole(news, juce::Label::textColourId, colour::dimText);
    news.setFont(fontOf(12.5f));
    news.setJustificationType(juce::Justification::centredRight);
    news.setMinimumHorizontalScale(0.8f);
    addChildComponent(news); // without text a screen reader would find a thing without a name
}

void RollToolbar::setUpButton(juce::TextButton& button, const juce::String& title,
                              const juce::String& hint, std::function<void()> action)
{
    setUp(button, title, hint);
    button.onClick = std::move(action);
    addAndMakeVisible(button);
}

void RollToolbar::chooseTool(RollTool tool)
{
    roll.gestures().setTool(tool);
    selectTool.setToggleState(tool == RollTool::select, juce::dontSendNotification);
    drawTool.setToggleState(tool == RollTool::draw, juce::dontSendNotification);
}

RollMode RollToolbar::chosenMode() const
{
    return static_cast<RollMode>(viewMenu.getSelectedId() - 1);
}

void RollToolbar::showVoices()
{
    const plugin::Take* take = roll.notes().take();
    const auto names = take != nullptr ? take->voiceNames : std::vector<std::string>();
    if (names != shownVoices) {
        shownVoices = names;
        voiceMenu.clear(juce::dontSendNotification);
        for (std::size_t i = 0; i < names.size(); ++i)
            voiceMenu.addItem(names[i], static_cast<int>(i) + 1);
        voiceMenu.setSelectedId(1, juce::dontSendNotification);
        roll.setShownVoice(0);
        // Networks of voices have no attention.
        viewMenu.setItemEnabled(static_cast<int>(RollMode::attention) + 1, names.empty());
        if (!names.empty() && chosenMode() == RollMode::attention)
            viewMenu.setSelectedId(1, juce::sendNotificationSync);
    }
    const bool isWanted = !names.empty() && chosenMode() == RollMode::chances;
    if (isWanted != voiceMenu.isVisible()) {
        voiceMenu.setVisible(isWanted);
        resized();
        repaint(); // the legend has moved
    }
}

void RollToolbar::refresh(const juce::String& explanationNews)
{
    showVoices();
    if (roll.shownOverlay().hasLegend() != wantsLegend) {
        wantsLegend = !wantsLegend;
        resized();
        repaint();
    }
    const plugin::Take* take = roll.notes().take();
    unlock.setEnabled(take != nullptr && !plugin::editedPlaces(*take).empty());
    const double zoom = roll.shownView().zoom();
    zoomOut.setEnabled(zoom > 1.001);
    zoomFit.setEnabled(zoom > 1.001);
    zoomIn.setEnabled(take != nullptr && zoom < RollView::longestZoom - 0.001);
    juce::String text = roll.hoverText();
    if (text.isEmpty())
        text = explanationNews;
    if (text.isEmpty() && chosenMode() == RollMode::attention)
        text = "Point at a note: arcs lead to what it listened to";
    if (text.isEmpty() && take != nullptr && !roll.notes().selection().empty())
        text = roll.selectionNews();
    if (text != shownNews) {
        shownNews = text;
        news.setText(text, juce::dontSendNotification);
        news.setVisible(text.isNotEmpty());
        news.setTooltip(text);
    }
}

void RollToolbar::paint(juce::Graphics& g)
{
    g.fillAll(colour::panel);
    if (!legendArea.isEmpty() && roll.shownOverlay().hasLegend())
        roll.shownOverlay().paintLegend(g, legendArea.toFloat());
}

void RollToolbar::resized()
{
    auto area = getLocalBounds().reduced(margin, 0);
    area = area.withSizeKeepingCentre(area.getWidth(), controlHeight);
    viewCaption.setBounds(area.removeFromLeft(36));
    viewMenu.setBounds(area.removeFromLeft(124));
    area.removeFromLeft(gap);
    if (voiceMenu.isVisible()) {
        voiceMenu.setBounds(area.removeFromLeft(100));
        area.removeFromLeft(gap);
    }
    selectTool.setBounds(area.removeFromLeft(58));
    drawTool.setBounds(area.removeFromLeft(52));
    area.removeFromLeft(gap);
    gridMenu.setBounds(area.removeFromLeft(112));
    area.removeFromLeft(gap);
    unlock.setBounds(area.removeFromLeft(64));
    area.removeFromLeft(gap);
    zoomOut.setBounds(area.removeFromLeft(28));
    zoomIn.setBounds(area.removeFromLeft(28));
    zoomFit.setBounds(area.removeFromLeft(36));
    area.removeFromLeft(gap);
    legendArea = {};
    if (wantsLegend && area.getWidth() > legendWidth + leastNewsWidth) {
        legendArea = area.removeFromLeft(legendWidth);
        area.removeFromLeft(gap);
    }
    news.setBounds(area);
}

} // namespace organum::editor
