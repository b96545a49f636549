#include "Interface/ChordLane.h"

#include "Interface/Parts.h"
#include "Plugin/HarmonyReading.h"

#include <algorithm>

namespace organum::editor
{

namespace
{

constexpr int lineHeight = 30;
constexpr int rowHeight = 24;
constexpr int controlHeight = 24;

juce::String utf8(const std::string& text)
{
    return juce::CharPointer_UTF8(text.c_str());
}

juce::String strengthText(double value)
{
    if (value <= 0.0)
        return "off";
    return value >= 1.0 ? juce::String("strict")
                        : "soft " + juce::String(juce::roundToInt(100.0 * value)) + " %";
}

} // namespace

ChordLane::ChordLane(plugin::Processor& processorIn, PianoRoll& rollIn)
    : processor(processorIn)
    , roll(rollIn)
    , row(rollIn)
{
    setTitle("Chord lane");
    setUp(menuButton, "Chords menu", "Hear chords in the music, show numerals, clear");
    menuButton.onClick = [this] {
        menu().showMenuAsync(juce::PopupMenu::Options().withTargetComponent(menuButton));
    };
    addAndMakeVisible(menuButton);

    setUp(line, "Chords",
          "Bars between |, a bar is divided evenly, a dot holds a chord: | C | Am F | G7 . . C |. "
          "Numerals count from the key. Return takes it, Escape leaves it as it was");
    line.setFont(fontOf(14.0f));
    line.setMultiLine(false);
    line.setIndents(8, 4);
    line.setTextToShowWhenEmpty("Chords for new music, like  | C | Am F | G7 |  or  I vi IV V",
                                colour::dimText);
    line.onReturnKey = [this] { typed(); };
    line.onFocusLost = [this] { typed(); };
    line.onEscapeKey = [this] {
        setLine(shown.chords);
        say({});
        roll.grabKeyboardFocus();
    };
    addAndMakeVisible(line);

    setUp(strength, "Chord strength",
          "How strictly new music keeps to the chords: off, softly, or chord tones alone");
    strength.setSliderStyle(juce::Slider::LinearHorizontal);
    strength.setRange(0.0, 1.0, 0.01);
    strength.setDoubleClickReturnValue(true, static_cast<double>(plugin::Harmony{}.strength));
    strength.textFromValueFunction = strengthText;
    strength.valueFromTextFunction = [](const juce::String& text) {
        if (text.startsWithIgnoreCase("off"))
            return 0.0;
        return text.startsWithIgnoreCase("strict")
                   ? 1.0
                   : text.retainCharacters("0123456789.").getDoubleValue() / 100.0;
    };
    strength.setTextBoxStyle(juce::Slider::TextBoxRight, false, 68, controlHeight);
    strength.setValue(static_cast<double>(plugin::Harmony{}.strength), juce::dontSendNotification);
    strength.onValueChange = [this] {
        auto wanted = processor.harmony();
        wanted.strength = static_cast<float>(strength.getValue());
        processor.setHarmony(wanted);
    };
    addAndMakeVisible(strength);

    conformity.setTitle("Conformity");
    conformity.setFont(fontOf(13.0f));
    conformity.setJustificationType(juce::Justification::centredRight);
    setRole(conformity, juce::Label::textColourId, colour::dimText);
    addChildComponent(conformity); // shown while it has something to say
    row.onBar = [this](int bar, const juce::String& text) { useBar(bar, text); };
    addChildComponent(row);
}

int ChordLane::preferredHeight() const
{
    return lineHeight + (progression.isEmpty() ? 0 : rowHeight);
}

// ---- acting ------------------------------------------------------------------------------------

void ChordLane::edit()
{
    line.grabKeyboardFocus();
    line.selectAll();
}

void ChordLane::setLine(const std::string& chords)
{
    given = utf8(chords);
    line.setText(given, false);
}

void ChordLane::typed()
{
    // What only stood there is not typed: other chords may have come meanwhile.
    if (line.getText() == given)
        setLine(shown.chords);
    else
        use(line.getText().trim().toStdString());
}

void ChordLane::use(const std::string& chords)
{
    auto wanted = processor.harmony();
    wanted.chords = chords;
    const auto problem = processor.setHarmony(wanted);
    say(problem);
    if (!problem.empty())
        return;
    refresh();
    setLine(chords);
}

void ChordLane::useBar(int bar, const juce::String& text)
{
    using score::ChordProgression;
    if (progression.isEmpty())
        return;
    if (bar >= static_cast<int>(ChordProgression::mostBars)) {
        say("Chords can be typed for the first " + std::to_string(ChordProgression::mostBars) +
            " bars; from there on they repeat.");
        return;
    }
    // What repeats the progression is written out, so that it stays as it is.
    const auto take = processor.takes().playing();
    auto bars = static_cast<int>(progression.bars());
    if (bar >= bars)
        bars = std::max(bar + 1, take != nullptr ? take->bars : 0);
    bars = std::min(bars, static_cast<int>(ChordProgression::mostBars));
    // Bars with numerals stay so: they follow the key.
    const auto elsewhere = ChordProgression::parse(shown.chords, {(key.tonic + 1) % 12, key.minor});
    // One bar: what would end it is as good as a blank.
    auto typedChords = juce::StringArray::fromTokens(text.replaceCharacters("|:", "  "), false);
    typedChords.removeEmptyStrings();
    juce::String whole;
    for (int each = 0; each < bars; ++each) {
        const auto place = static_cast<std::size_t>(each) % progression.bars();
        const bool isRelative = progression.barText(place) != elsewhere.barText(place);
        juce::String content = utf8(progression.barText(place, isRelative ? &key : nullptr));
        if (each == bar)
            content =
                typedChords.isEmpty() ? juce::String("N.C.") : typedChords.joinIntoString(" ");
        whole << "| " << content << " ";
    }
    use((whole + "|").toStdString());
}

void ChordLane::say(const std::string& problem)
{
    const bool wrong = !problem.empty();
    setRole(line, juce::TextEditor::outlineColourId, wrong ? colour::warning : colour::line);
    setRole(line, juce::TextEditor::focusedOutlineColourId,
            wrong ? colour::warning : colour::accent);
    line.repaint();
    if (wrong)
        processor.generation().report(plugin::Phase::failed, problem);
}

void ChordLane::hearChords(plugin::Processor::HeardIn where)
{
    const auto heard = processor.chordsHeard(where);
    if (heard.empty())
        say("There are no notes to hear chords in.");
    else
        use(heard);
}

void ChordLane::clear()
{
    use({});
}

juce::PopupMenu ChordLane::menu()
{
    using HeardIn = plugin::Processor::HeardIn;
    const juce::Component::SafePointer<ChordLane> safe(this);
    const auto act = [safe](auto action) {
        return [safe, action] {
            if (safe != nullptr)
                action(*safe);
        };
    };
    juce::PopupMenu made;
    made.addItem("Type chords", act([](ChordLane& lane) { lane.edit(); }));
    made.addSeparator();
    made.addItem("Take the chords of this take", processor.takes().playing() != nullptr, false,
                 act([](ChordLane& lane) { lane.hearChords(HeardIn::take); }));
    made.addItem("Take the chords of what was played", processor.hasPlayedPhrase(), false,
                 act([](ChordLane& lane) { lane.hearChords(HeardIn::played); }));
    made.addSeparator();
    made.addItem("Show numerals", !progression.isEmpty(), row.showsNumerals(),
                 act([](ChordLane& lane) { lane.setNumerals(!lane.showsNumerals()); }));
    made.addItem("Clear chords", shown.any(), false, act([](ChordLane& lane) { lane.clear(); }));
    return made;
}

// ---- showing -----------------------------------------------------------------------------------

void ChordLane::refresh()
{
    const auto& view = roll.shownView();
    const juce::Rectangle<float> seen(static_cast<float>(view.first()),
                                      static_cast<float>(view.shown()), view.area().getWidth(),
                                      static_cast<float>(view.bars()));
    if (seen != shownView) {
        shownView = seen;
        row.repaint();
    }
    const auto settings = processor.parameters().settings();
    const auto keyNow = plugin::chordKeyOf(settings);
    const bool sameKey = keyNow.tonic == key.tonic && keyNow.minor == key.minor;
    const auto revision = processor.revision();
    if (everShown && revision == shownRevision && settings.harmony == shown && sameKey)
        return;
    const int before = preferredHeight();
    everShown = true;
    shownRevision = revision;
    key = keyNow;
    if (!(settings.harmony == shown)) {
        shown = settings.harmony;
        if (!line.hasKeyboardFocus(true))
            setLine(shown.chords);
        say({});
    }
    if (!strength.isMouseButtonDown())
        strength.setValue(static_cast<double>(shown.strength), juce::dontSendNotification);
    try {
        progression = plugin::progressionOf(settings);
    } catch (const std::invalid_argument& error) {
        progression = {};
        say(error.what());
    }
    row.setVisible(!progression.isEmpty());
    row.show(progression, key);
    showConformity();
    if (preferredHeight() != before && onHeightChange)
        onHeightChange();
}

void ChordLane::showConformity()
{
    const auto take = processor.takes().playing();
    const auto percent = take == nullptr ? std::nullopt : plugin::conformityOf(*take, progression);
    juce::String text;
    if (percent)
        text = juce::String(*percent, 1) + " % in chords";
    conformity.setText(text, juce::dontSendNotification);
    conformity.setVisible(text.isNotEmpty());
    conformity.setTooltip(
        percent ? "How much of the time notes of this take sound on tones of their chord" : "");
}

void ChordLane::resized()
{
    auto area = getLocalBounds();
    auto top = area.removeFromTop(lineHeight).reduced(margin, (lineHeight - controlHeight) / 2);
    menuButton.setBounds(top.removeFromLeft(72));
    top.removeFromLeft(gap);
    conformity.setBounds(top.removeFromRight(116));
    strength.setBounds(top.removeFromRight(190));
    top.removeFromRight(gap);
    line.setBounds(top);
    row.setBounds(area);
}

void ChordLane::paint(juce::Graphics& g)
{
    g.fillAll(colour::panel);
}

} // namespace organum::editor
