#include "Interface/TakeStrip.h"

#include "Interface/Exporter.h"
#include "Interface/Parts.h"

#include <algorithm>

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
    setUp(open, "Open MIDI file",
          "Makes a take of a MIDI file, to be gone on from; files can be dropped here, too");
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
    matchThumbs();
    for (std::size_t i = 0; i < thumbs.size(); ++i) {
        const auto place = static_cast<int>(i);
        thumbs[i]->show({shown.takes[i], place + 1, place == shown.current, place == shown.marks[0],
                         place == shown.marks[1]});
    }
    placeThumbs();
    if (hasNew && everShown)
        showNew();
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

/** The last take, or as much of what is new as leaves the one that plays in sight. */
void TakeStrip::showNew()
{
    const int end = list.getHeight() - view.getHeight();
    view.setViewPosition(0, std::min(end, std::max(0, shown.current) * TakeThumb::height));
}

void TakeStrip::goTo(int place)
{
    const int top = place * TakeThumb::height;
    const int seen = view.getViewPositionY();
    if (top < seen || top + TakeThumb::height > seen + view.getHeight())
        view.setViewPosition(0, top - view.getHeight() / 3);
}

void TakeStrip::matchThumbs()
{
    std::size_t focused = thumbs.size();
    for (std::size_t i = 0; i < thumbs.size(); ++i)
        if (thumbs[i]->hasKeyboardFocus(true))
            focused = i;
    const TakeThumb* focus = focused < thumbs.size() ? thumbs[focused].get() : nullptr;
    std::vector<std::unique_ptr<TakeThumb>> matched;
    for (const std::uint64_t number : shown.numbers) {
        const auto old = std::find(numbers.begin(), numbers.end(), number);
        auto kept = old != numbers.end()
                        ? std::move(thumbs[static_cast<std::size_t>(old - numbers.begin())])
                        : nullptr;
        if (kept == nullptr) {
            kept = thumbOf(number);
            list.addAndMakeVisible(*kept, static_cast<int>(matched.size()));
        }
        matched.push_back(std::move(kept));
    }
    const bool losesFocus = std::none_of(matched.begin(), matched.end(),
                                         [focus](const auto& each) { return each.get() == focus; });
    thumbs = std::move(matched);
    numbers = shown.numbers;
    // Keys go on with the take that stands where the last one was.
    if (focus != nullptr && losesFocus && !thumbs.empty()) {
        placeThumbs();
        thumbs[std::min(focused, thumbs.size() - 1)]->grabKeyboardFocus();
    }
}

void TakeStrip::withTake(std::uint64_t number, const std::function<void(std::size_t)>& action)
{
    // The list may have moved on since it was shown.
    const auto now = processor.takes();
    const auto found = std::find(now.numbers.begin(), now.numbers.end(), number);
    if (found != now.numbers.end())
        action(static_cast<std::size_t>(found - now.numbers.begin()));
}

std::unique_ptr<TakeThumb> TakeStrip::thumbOf(std::uint64_t number)
{
    auto thumb = std::make_unique<TakeThumb>();
    auto* made = thumb.get();
    thumb->onSelect = [this, number] {
        withTake(number, [this](std::size_t place) { processor.selectTake(place); });
    };
    thumb->onMenu = [this, made] { showMenu(*made); };
    thumb->onDelete = [this, number] {
        withTake(number, [this](std::size_t place) {
            if (!processor.deleteTake(place))
                processor.generation().report(plugin::Phase::idle, "The only take stays.");
        });
    };
    thumb->onStar = [this, number](bool on) {
        withTake(number, [this, on](std::size_t place) { processor.starTake(place, on); });
    };
    thumb->onMark = [this, number](std::size_t which) {
        withTake(number, [this, which](std::size_t place) { processor.markTake(place, which); });
    };
    thumb->onRename = [this, number](const juce::String& name) {
        withTake(number, [this, &name](std::size_t place) {
            processor.renameTake(place, name.toStdString());
        });
    };
    thumb->onStep = [this, made](int by) { step(*made, by); };
    return thumb;
}

void TakeStrip::step(const TakeThumb& from, int by)
{
    const auto count = static_cast<int>(thumbs.size());
    for (int i = 0; i < count; ++i)
        if (thumbs[static_cast<std::size_t>(i)].get() == &from && i + by >= 0 && i + by < count) {
            thumbs[static_cast<std::size_t>(i + by)]->grabKeyboardFocus();
            return;
        }
}

void TakeStrip::showMenu(TakeThumb& thumb)
{
    const auto& content = thumb.shown();
    juce::PopupMenu menu;
    menu.addItem(rename, "Name... (N)");
    menu.addItem(star, "Star (S)", true, content.take->starred);
    menu.addItem(markA, "Mark A (A)", true, content.isA);
    menu.addItem(markB, "Mark B (B)", true, content.isB);
    menu.addSeparator();
    menu.addItem(remove, "Delete (Del)", shown.takes.size() > 1);
    menu.addItem(removeUnstarred, "Delete all without a star");
    menu.showMenuAsync(juce::PopupMenu::Options().withTargetComponent(thumb),
                       [this, strip = juce::Component::SafePointer<TakeStrip>(this),
                        safe = juce::Component::SafePointer<TakeThumb>(&thumb)](int item) {
                           if (strip != nullptr && safe != nullptr)
                               choose(item, *safe);
                       });
}

void TakeStrip::choose(int item, TakeThumb& thumb)
{
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
}

void TakeStrip::openMidi()
{
    chooser = std::make_unique<juce::FileChooser>("Open a MIDI file", musicFolder(),
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
