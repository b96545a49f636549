#include "Interface/PianoRoll.h"

#include "Interface/NoteText.h"
#include "Interface/RollAccess.h"
#include "Interface/RollKeys.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace organum::editor
{

namespace
{

constexpr int keyWidth = 44;
constexpr int headerHeight = 20;
constexpr int scrollBarHeight = 10;
constexpr std::size_t mostChoices = 6; ///< in the menu
constexpr double wheelZoom = 1.6;      ///< a full turn of the wheel's step

juce::String chanceText(const RollOverlay::Choice& choice)
{
    return pitchText(choice.pitch) + ", " + percentText(choice.chance);
}

juce::String explanationText(const plugin::Explanation& explanation, std::size_t note)
{
    if (explanation.surprise[note] < 0.0f)
        return "Not chosen by the network";
    return "Surprise " + juce::String(explanation.surprise[note], 1) + " bits, uncertainty " +
           juce::String(explanation.uncertainty[note], 1) + " bits";
}

} // namespace

PianoRoll::PianoRoll()
{
    setTitle("Piano roll");
    setOpaque(true);
    setWantsKeyboardFocus(true);
    // No tooltip: it would cover the music under the mouse.
    setDescription(
        "Double click: new note or none. Drag: move; at its end: longer; with Ctrl: louder. "
        "Ctrl and wheel: zoom. Edited notes stay when music is composed anew.");
    ruler.onToggle = [this](int bar) {
        if (onBarToggle)
            onBarToggle(bar);
    };
    hand.onChange = [this] { handChanged(); };
    strip.colourOf = [this](std::size_t note) { return colourOf(note); };
    scrollBar.setAutoHide(false);
    scrollBar.setTitle("Bars in sight");
    scrollBar.addListener(this);
    addAndMakeVisible(ruler);
    addAndMakeVisible(strip);
    addChildComponent(scrollBar);
    describe();
    showRuler();
}

void PianoRoll::setTake(plugin::TakePointer takeIn, const juce::String& messageIn)
{
    if (messageIn != message) {
        message = messageIn;
        repaint();
    }
    hand.setTake(std::move(takeIn)); // which calls handChanged() if it is another one
}

void PianoRoll::handChanged()
{
    if (!hand.isInGesture()) { // rows must not move under the mouse
        view.setTake(hand.take());
        viewChanged();
    }
    findUnisons();
    describe();
    announceSelection(*this);
    strip.repaint();
    repaint();
}

void PianoRoll::describe()
{
    const plugin::Take* take = hand.take();
    juce::String text("No take yet");
    if (take != nullptr) {
        text =
            juce::String(take->bars) + " bars, " +
            juce::String(static_cast<int>(take->notes.size())) + " notes" +
            (take->hasVoices() ? ", " + juce::String(take->voices()) + " voices" : juce::String());
        if (const auto edited = plugin::editedPlaces(*take).size(); edited > 0)
            text << ", " << static_cast<int>(edited) << " edited";
        text << ". " << selectionNews()
             << ". Full stop and comma choose notes, arrow keys move them.";
    }
    setDescription(text);
}

void PianoRoll::showRuler()
{
    const plugin::Take* take = hand.take();
    ruler.show(view.bars(), locks.bars, take != nullptr && take->hasVoices());
    ruler.showSpan(view.first() / view.barQuarters(), view.shown() / view.barQuarters());
}

void PianoRoll::setVoices(std::uint32_t mutedIn, const plugin::Locks& locksIn)
{
    if (mutedIn == muted && locksIn == locks)
        return;
    muted = mutedIn;
    locks = locksIn;
    showRuler();
    repaint();
}

void PianoRoll::setPlayhead(double quarter)
{
    if (quarter == playhead || (quarter < 0.0 && playhead < 0.0))
        return;
    playhead = quarter;
    repaint(); // all of it: sounding notes light up along their whole length
}

// ---- how it came about -------------------------------------------------------------------------

void PianoRoll::setMode(RollMode mode)
{
    if (mode == overlay.currentMode())
        return;
    overlay.setMode(mode);
    hover({}, {});
    strip.repaint();
    repaint();
}

void PianoRoll::setShownVoice(int voice)
{
    if (voice == overlay.currentVoice())
        return;
    overlay.setVoice(voice);
    repaint();
}

void PianoRoll::setExplanation(plugin::ExplanationPointer explanation)
{
    if (explanation == overlay.shown())
        return;
    overlay.setExplanation(std::move(explanation));
    describe();
    strip.repaint();
    repaint();
}

juce::String PianoRoll::selectionNews() const
{
    if (hand.take() == nullptr)
        return {};
    const plugin::Selection& selection = hand.selection();
    const juce::String text = selectionText(*hand.take(), selection);
    return isExplained() && selection.size() == 1
               ? explanationText(*overlay.shown(), selection.front()) + ". " + text
               : text;
}

void PianoRoll::choose(const RollOverlay::Choice& choice)
{
    if (isExplained() && onChoice)
        onChoice(choice);
}

void PianoRoll::hover(std::optional<std::size_t> note, const juce::String& text)
{
    if (note == hoveredNote && text == hovered)
        return;
    hoveredNote = note;
    hovered = text;
    if (overlay.currentMode() == RollMode::attention)
        repaint();
}

void PianoRoll::addChoices(juce::PopupMenu& menu)
{
    if (!isExplained() || hand.selection().empty())
        return;
    const auto& note = hand.take()->notes[hand.selection().front()];
    const auto choices = overlay.choicesAt(note.onset, mostChoices);
    if (choices.empty())
        return;
    menu.addSeparator();
    for (const auto& choice : choices)
        menu.addItem("Compose on with " + chanceText(choice), !choice.isChosen, choice.isChosen,
                     [this, choice] { choose(choice); });
}

// ---- place and zoom ----------------------------------------------------------------------------

void PianoRoll::resized()
{
    auto area = getLocalBounds().withTrimmedLeft(keyWidth).withTrimmedRight(margin);
    ruler.setBounds(area.removeFromTop(headerHeight));
    scrollBar.setBounds(area.removeFromBottom(scrollBar.isVisible() ? scrollBarHeight : 0));
    strip.setBounds(area.removeFromBottom(VelocityStrip::preferredHeight));
    view.setArea(area.toFloat());
}

void PianoRoll::viewChanged()
{
    const bool isZoomed = view.zoom() > 1.001;
    if (isZoomed != scrollBar.isVisible()) {
        scrollBar.setVisible(isZoomed);
        resized();
    }
    scrollBar.setRangeLimits(0.0, view.length(), juce::dontSendNotification);
    scrollBar.setCurrentRange(view.first(), view.shown(), juce::dontSendNotification);
    showRuler();
    strip.repaint();
    repaint();
    if (onViewChange)
        onViewChange();
}

void PianoRoll::setZoom(double factor)
{
    double about = view.first() + 0.5 * view.shown();
    if (hand.take() != nullptr && !hand.selection().empty())
        about = RollView::quartersOf(hand.take()->notes[hand.selection().front()].onset);
    view.reveal(about);
    view.setZoom(factor, about);
    viewChanged();
}

void PianoRoll::scrollBarMoved(juce::ScrollBar*, double start)
{
    view.scrollTo(start);
    viewChanged();
}

void PianoRoll::mouseWheelMove(const juce::MouseEvent& event, const juce::MouseWheelDetails& wheel)
{
    const double turned = static_cast<double>(wheel.deltaY);
    if (event.mods.isCommandDown()) {
        const double quarter = RollView::quartersOf(view.tickAt(event.position.x));
        view.setZoom(view.zoom() * std::pow(wheelZoom, 4.0 * turned), quarter);
    } else {
        const double way = std::abs(wheel.deltaX) > std::abs(wheel.deltaY)
                               ? static_cast<double>(wheel.deltaX)
                               : turned;
        view.scrollTo(view.first() - way * view.shown());
    }
    viewChanged();
}

// ---- mouse and keys ----------------------------------------------------------------------------

void PianoRoll::mouseMove(const juce::MouseEvent& event)
{
    setMouseCursor(mouse.cursorAt(event.position, event.mods));
    const auto note = mouse.noteAt(event.position);
    juce::String text;
    if (isExplained()) {
        if (note && overlay.currentMode() != RollMode::chances)
            text = explanationText(*overlay.shown(), *note);
        else if (const auto choice = overlay.choiceAt(event.position))
            text = chanceText(*choice) +
                   (note || choice->isChosen ? juce::String() : ": click to compose on from it");
        if (!note && !text.isEmpty())
            setMouseCursor(juce::MouseCursor::PointingHandCursor);
    }
    hover(note, text);
}

void PianoRoll::mouseExit(const juce::MouseEvent&)
{
    hover({}, {});
}

void PianoRoll::mouseDown(const juce::MouseEvent& event)
{
    if (!event.mods.isPopupMenu()) {
        mouse.press(event);
        return;
    }
    if (const auto note = mouse.noteAt(event.position); note && !hand.isSelected(*note))
        hand.select({*note});
    showMenu();
}

void PianoRoll::mouseDrag(const juce::MouseEvent& event)
{
    mouse.drag(event);
}

void PianoRoll::mouseUp(const juce::MouseEvent& event)
{
    const bool isClick = mouse.isFraming() && event.getDistanceFromDragStart() < 4;
    mouse.release();
    if (isClick && isExplained())
        if (const auto choice = overlay.choiceAt(event.position); choice && !choice->isChosen)
            choose(*choice);
    repaint();
}

void PianoRoll::mouseDoubleClick(const juce::MouseEvent& event)
{
    if (!isExplained() || !overlay.choiceAt(event.position)) // there a click has a meaning already
        mouse.doubleClick(event);
}

bool PianoRoll::keyPressed(const juce::KeyPress& key)
{
    if (key == juce::KeyPress(juce::KeyPress::F10Key, juce::ModifierKeys::shiftModifier, 0)) {
        showMenu();
        return true;
    }
    if (!useKey(hand, key))
        return false;
    if (hand.take() != nullptr && !hand.selection().empty()) {
        view.reveal(RollView::quartersOf(hand.take()->notes[hand.selection().front()].onset));
        viewChanged();
    }
    return true;
}

void PianoRoll::showMenu()
{
    if (hand.take() == nullptr)
        return;
    const bool any = !hand.selection().empty();
    juce::PopupMenu menu;
    menu.addSectionHeader(selectionText(*hand.take(), hand.selection()));
    menu.addItem("Select all (Ctrl+A)", [this] { hand.selectAll(); });
    menu.addItem("Delete (Del)", any, false, [this] { hand.erase(); });
    menu.addItem("Octave up (Shift+Up)", any, false, [this] { hand.move(0, 12); });
    menu.addItem("Octave down (Shift+Down)", any, false, [this] { hand.move(0, -12); });
    menu.addItem(any ? "Let these be composed anew (U)"
                     : "Let all edited notes be composed anew (U)",
                 !plugin::editedPlaces(*hand.take()).empty(), false, [this] { hand.unlock(); });
    addChoices(menu);
    menu.showMenuAsync(juce::PopupMenu::Options().withTargetComponent(this).withMousePosition());
}

std::unique_ptr<juce::AccessibilityHandler> PianoRoll::createAccessibilityHandler()
{
    return makeRollAccess(*this, hand, [this] { showMenu(); });
}

// ---- unisons -----------------------------------------------------------------------------------

void PianoRoll::findUnisons()
{
    const plugin::Take* take = hand.take();
    covers.assign(take != nullptr ? take->notes.size() : 0, 0);
    std::vector<std::size_t> byPitch(covers.size());
    for (std::size_t i = 0; i < byPitch.size(); ++i)
        byPitch[i] = i;
    const auto noteOf = [take](std::size_t i) -> const plugin::TakeNote& { return take->notes[i]; };
    std::sort(byPitch.begin(), byPitch.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(noteOf(a).pitch, noteOf(a).onset) <
               std::tie(noteOf(b).pitch, noteOf(b).onset);
    });
    for (std::size_t i = 0; i < byPitch.size(); ++i) {
        const plugin::TakeNote& first = noteOf(byPitch[i]);
        for (std::size_t k = i + 1; k < byPitch.size(); ++k) {
            const plugin::TakeNote& second = noteOf(byPitch[k]);
            if (second.pitch != first.pitch || second.onset >= first.onset + first.duration)
                break;
            if (second.voice != first.voice)
                covers[second.voice < first.voice ? byPitch[k] : byPitch[i]] = 1;
        }
    }
}

} // namespace organum::editor
