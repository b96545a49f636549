#include "Interface/TakeStrip.h"

#include "Interface/Parts.h"

namespace organum::editor
{

namespace
{

constexpr int captionHeight = 28;
constexpr int controlHeight = 28;

enum MenuItem
{
    rename = 1,
    star,
    markA,
    markB,
    remove,
    removeUnstarred
};

} // namespace

std::unique_ptr<juce::AccessibilityHandler> TakeStrip::List::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler>(*this, juce::AccessibilityRole::list);
}

TakeStrip::TakeStrip(plugin::Processor& processorIn)
    : processor(processorIn)
{
    setTitle("Takes");
    setUpCaption(caption, "Takes");
    addAndMakeVisible(caption);
    view.setTitle("List of takes");
    view.setViewedComponent(&list, false);
    view.setScrollBarsShown(true, false);
    view.setScrollBarThickness(8);
    view.setWantsKeyboardFocus(false);
    addAndMakeVisible(view);

    setUp(toggle, "A or B", "From take A to take B and back (X)");
    toggle.onClick = [this] { processor.toggleMarked(); };
    addAndMakeVisible(toggle);
    setUpCaption(morphCaption, "Morph");
    addAndMakeVisible(morphCaption);
    morph.setSliderStyle(juce::Slider::LinearHorizontal);
    morph.setTextBoxStyle(juce::Slider::NoTextBox, false, 0, 0);
    morph.setRange(0.0, 1.0, 0.01);
    morph.setDoubleClickReturnValue(true, 0.5);
    setUp(morph, "Morph from A to B", {});
    morph.onValueChange = [this] { processor.morph(morph.getValue()); };
    addAndMakeVisible(morph);
    setUp(
        open, "Open MIDI file",
        "Makes a take of a MIDI file, to be gone on from; files can be dropped here, too (Ctrl+O)");
    open.onClick = [this] { openMidi(); };
    addAndMakeVisible(open);
    refresh();
}

// ---- showing -----------------------------------------------------------------------------------

void TakeStrip::refresh()
{
    auto now = processor.takes();
    if (everShown && now == shown)
        return;
    const bool hasNew = now.given != shown.given && now.takes.size() > shown.takes.size();
    const bool marksMoved = now.marks != shown.marks || now.takes != shown.takes;
    const int before = shown.current;
    shown = std::move(now);
    while (thumbs.size() < shown.takes.size())
        addThumb();
    thumbs.resize(shown.takes.size());
    for (std::size_t i = 0; i < thumbs.size(); ++i) {
        const auto place = static_cast<int>(i);
        thumbs[i]->show({shown.takes[i], place + 1, place == shown.current, place == shown.marks[0],
                         place == shown.marks[1]});
    }
    placeThumbs();
    if (hasNew && everShown)
        view.setViewPosition(0, list.getHeight());
    else if (shown.current != before)
        goTo(shown.current);
    toggle.setEnabled(shown.marks[0] >= 0 && shown.marks[1] >= 0);
    if (marksMoved || !everShown)
        showMorph();
    everShown = true;
    repaint();
}

void TakeStrip::showMorph()
{
    using Way = plugin::Processor::Morphing::Way;
    const auto morphing = processor.morphing();
    morph.setEnabled(morphing.way != Way::none);
    juce::String hint = juce::String::fromUTF8(morphing.problem.c_str());
    if (morphing.way == Way::knobs)
        hint = "Composes what lies between A and B: left A, right B";
    else if (morphing.way == Way::bars)
        hint = "Lays bars of A and of B together, as no knob leads from one to the other: left A, "
               "right B";
    morph.setTooltip(hint);
}

void TakeStrip::goTo(int place)
{
    const int top = place * TakeThumb::height;
    const int seen = view.getViewPositionY();
    if (top < seen || top + TakeThumb::height > seen + view.getHeight())
        view.setViewPosition(0, top - view.getHeight() / 3);
}

void TakeStrip::addThumb()
{
    const std::size_t place = thumbs.size();
    auto thumb = std::make_unique<TakeThumb>();
    thumb->onSelect = [this, place] { processor.selectTake(place); };
    thumb->onMenu = [this, place] { showMenu(place); };
    thumb->onDelete = [this, place] {
        if (!processor.deleteTake(place))
            processor.generation().report(plugin::Phase::idle, "The only take stays.");
    };
    thumb->onStar = [this, place](bool on) { processor.starTake(place, on); };
    thumb->onMark = [this, place](std::size_t which) { processor.markTake(place, which); };
    thumb->onRename = [this, place](const juce::String& name) {
        processor.renameTake(place, name.toStdString());
    };
    thumb->onStep = [this, place](int step) {
        const auto next = static_cast<std::size_t>(static_cast<int>(place) + step);
        if (next < thumbs.size())
            thumbs[next]->grabKeyboardFocus();
    };
    list.addAndMakeVisible(*thumb);
    thumbs.push_back(std::move(thumb));
}

void TakeStrip::showMenu(std::size_t place)
{
    if (place >= shown.takes.size())
        return;
    const auto at = static_cast<int>(place);
    juce::PopupMenu menu;
    menu.addItem(rename, "Name... (N)");
    menu.addItem(star, "Star (S)", true, shown.takes[place]->starred);
    menu.addItem(markA, "Mark A (A)", true, shown.marks[0] == at);
    menu.addItem(markB, "Mark B (B)", true, shown.marks[1] == at);
    menu.addSeparator();
    menu.addItem(remove, "Delete (Del)", shown.takes.size() > 1);
    menu.addItem(removeUnstarred, "Delete all without a star");
    menu.showMenuAsync(
        juce::PopupMenu::Options().withTargetComponent(thumbs[place].get()),
        [this, place, safe = juce::Component::SafePointer<TakeStrip>(this)](int item) {
            if (safe == nullptr || place >= thumbs.size())
                return;
            TakeThumb& thumb = *thumbs[place];
            if (item == rename)
                thumb.editName();
            else if (item == star)
                thumb.onStar(!thumb.shown().take->starred);
            else if (item == markA || item == markB)
                thumb.onMark(item == markA ? 0 : 1);
            else if (item == remove)
                thumb.onDelete();
            else if (item == removeUnstarred)
                processor.deleteUnstarred();
        });
}

void TakeStrip::openMidi()
{
    chooser = std::make_unique<juce::FileChooser>(
        "Open a MIDI file", juce::File::getSpecialLocation(juce::File::userMusicDirectory),
        "*.mid;*.midi;*.smf");
    chooser->launchAsync(juce::FileBrowserComponent::openMode |
                             juce::FileBrowserComponent::canSelectFiles,
                         [this](const juce::FileChooser& chosen) {
                             if (const juce::File file = chosen.getResult(); file != juce::File())
                                 processor.openMidi(file.getFullPathName().toStdString());
                         });
}

void TakeStrip::paint(juce::Graphics& g)
{
    g.fillAll(colour::panel);
    if (shown.takes.empty()) {
        g.setColour(colour::dimText);
        g.setFont(fontOf(12.5f));
        g.drawFittedText("Takes appear here.", view.getBounds().reduced(8),
                         juce::Justification::centred, 3);
    }
}

void TakeStrip::placeThumbs()
{
    const auto count = static_cast<int>(thumbs.size());
    const bool scrolls = count * TakeThumb::height > view.getHeight();
    const int inside = view.getWidth() - (scrolls ? view.getScrollBarThickness() + 2 : 0);
    list.setSize(inside, count * TakeThumb::height);
    for (int i = 0; i < count; ++i)
        thumbs[static_cast<std::size_t>(i)]->setBounds(0, i * TakeThumb::height, inside,
                                                       TakeThumb::height - 4);
}

void TakeStrip::resized()
{
    auto area = getLocalBounds().reduced(8, 4);
    caption.setBounds(area.removeFromTop(captionHeight));
    open.setBounds(area.removeFromBottom(controlHeight));
    area.removeFromBottom(4);
    auto line = area.removeFromBottom(controlHeight);
    toggle.setBounds(line.removeFromLeft(56));
    line.removeFromLeft(4);
    morphCaption.setBounds(line.removeFromTop(11).translated(4, 0));
    morph.setBounds(line);
    area.removeFromBottom(6);
    view.setBounds(area);
    placeThumbs();
}

} // namespace organum::editor
