#include "Interface/RollToolbar.h"

#include "Interface/NoteText.h"
#include "Interface/Parts.h"

namespace organum::editor
{

namespace
{

constexpr int controlHeight = 24;
constexpr double zoomStep = 1.5;

} // namespace

RollToolbar::RollToolbar(PianoRoll& rollIn)
    : roll(rollIn)
{
    setTitle("Piano roll tools");
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
    addAndMakeVisible(news);
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

void RollToolbar::refresh()
{
    const plugin::Take* take = roll.notes().take();
    unlock.setEnabled(take != nullptr && !plugin::editedPlaces(*take).empty());
    const double zoom = roll.shownView().zoom();
    zoomOut.setEnabled(zoom > 1.001);
    zoomFit.setEnabled(zoom > 1.001);
    zoomIn.setEnabled(take != nullptr && zoom < RollView::longestZoom - 0.001);
    juce::String text;
    if (take != nullptr && !roll.notes().selection().empty())
        text = selectionText(*take, roll.notes().selection());
    if (text != shownNews) {
        shownNews = text;
        news.setText(text, juce::dontSendNotification);
        news.setTooltip(text);
    }
}

void RollToolbar::paint(juce::Graphics& g)
{
    g.fillAll(colour::panel);
}

void RollToolbar::resized()
{
    auto area = getLocalBounds().reduced(margin, 0);
    area = area.withSizeKeepingCentre(area.getWidth(), controlHeight);
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
    news.setBounds(area);
}

} // namespace organum::editor
