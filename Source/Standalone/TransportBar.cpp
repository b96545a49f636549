#include "Standalone/TransportBar.h"

namespace organum::standalone
{

namespace
{

struct Metre
{
    int numerator;
    int denominator;
};

/** What the menu offers; a project may hold any other. */
constexpr Metre metres[] = {{2, 4}, {3, 4}, {4, 4}, {5, 4}, {6, 4}, {7, 4},
                            {2, 2}, {3, 8}, {6, 8}, {7, 8}, {9, 8}, {12, 8}};

juce::String textOf(int numerator, int denominator)
{
    return juce::String(numerator) + "/" + juce::String(denominator);
}

} // namespace

TransportBar::TransportBar(plugin::Processor& processorIn, Transport& transportIn)
    : processor(processorIn)
    , transport(transportIn)
{
    setTitle("Transport");
    editor::setUp(file, "File", "Projects, and MIDI files to play and go on from");
    file.onClick = [this] {
        if (onFile)
            onFile(file);
    };
    editor::setUp(play, "Play", "Plays the take from its start, or stops (Space)");
    play.onClick = [this] { processor.setAudition(!processor.isAuditioning()); };
    editor::setUp(loop, "Loop", "On: round and round; off: once, then it stops");
    loop.setToggleState(true, juce::dontSendNotification);
    loop.onClick = [this] {
        if (onLoop)
            onLoop();
    };
    setUpTempo();
    editor::setUp(tapButton, "Tap tempo", "Tap the beat a few times (T)");
    tapButton.onClick = [this] { tap(); };
    tapButton.setTriggeredOnMouseDown(true);
    setUpMetres();
    place.setTitle("Bar and beat");
    place.setFont(editor::fontOf(15.0f, true));
    place.setJustificationType(juce::Justification::centred);
    status.setTitle("Ports and sound");
    status.setFont(editor::fontOf(13.0f));
    status.setMinimumHorizontalScale(0.8f);
    editor::setUp(midi, "MIDI ports and clock", "Chooses MIDI ports, sends or follows a clock");
    midi.onClick = [this] {
        if (onMidi)
            onMidi();
    };
    editor::setUp(sound, "Sound", "Chooses the sound card and the instruments");
    sound.onClick = [this] {
        if (onSound)
            onSound();
    };
    for (juce::Component* child :
         {static_cast<juce::Component*>(&file), static_cast<juce::Component*>(&play),
          static_cast<juce::Component*>(&loop), static_cast<juce::Component*>(&tempo),
          static_cast<juce::Component*>(&tapButton), static_cast<juce::Component*>(&metre),
          static_cast<juce::Component*>(&place), static_cast<juce::Component*>(&status),
          static_cast<juce::Component*>(&midi), static_cast<juce::Component*>(&sound)})
        addAndMakeVisible(child);
}

void TransportBar::setUpTempo()
{
    tempo.setSliderStyle(juce::Slider::LinearBar);
    tempo.setVelocityBasedMode(true);
    tempo.setRange(Transport::slowest, Transport::fastest, 0.1);
    tempo.setSkewFactorFromMidPoint(110.0);
    tempo.setNumDecimalPlacesToDisplay(1);
    tempo.setDoubleClickReturnValue(true, 100.0);
    tempo.setTextValueSuffix(" bpm");
    editor::setUp(tempo, "Tempo", "Quarter notes a minute");
    tempo.setValue(transport.tempo(), juce::dontSendNotification);
    tempo.onValueChange = [this] { transport.setTempo(tempo.getValue()); };
}

void TransportBar::setUpMetres()
{
    editor::setUp(metre, "Metre", "Beats of a bar; what is composed next is in this metre");
    int id = 0;
    for (const auto& each : metres)
        metre.addItem(textOf(each.numerator, each.denominator), ++id);
    metre.onChange = [this] {
        if (const int chosen = metre.getSelectedId(); chosen > 0)
            transport.setMetre(metres[chosen - 1].numerator, metres[chosen - 1].denominator);
    };
}

void TransportBar::tap()
{
    if (const double told = taps.tap(juce::Time::getMillisecondCounterHiRes() / 1000.0); told > 0.0)
        tempo.setValue(told, juce::sendNotificationSync);
}

void TransportBar::refresh(bool follows, double followedTempo)
{
    const bool plays = processor.isAuditioning();
    play.setButtonText(plays ? "Stop" : "Play");
    tempo.setEnabled(!follows);
    tapButton.setEnabled(!follows);
    const double now = follows ? followedTempo : transport.tempo();
    if (!tempo.isMouseButtonDown() && std::abs(tempo.getValue() - now) > 0.05)
        tempo.setValue(now, juce::dontSendNotification);
    const auto text = textOf(transport.numerator(), transport.denominator());
    if (metre.getText() != text)
        metre.setText(text, juce::dontSendNotification);
    const double quarter = transport.quarter();
    const double bar = std::floor(quarter / transport.barLength() + 1.0e-9);
    const double beat = std::floor(
        (quarter - bar * transport.barLength()) * transport.denominator() / 4.0 + 1.0e-9);
    place.setText(juce::String(static_cast<int>(bar) + 1) + " . " +
                      juce::String(static_cast<int>(beat) + 1),
                  juce::dontSendNotification);
    editor::setRole(place, juce::Label::textColourId,
                    plays ? editor::colour::accent : editor::colour::dimText);
}

void TransportBar::setStatus(const juce::String& text, const juce::String& hint)
{
    if (text != status.getText())
        status.setText(text, juce::dontSendNotification);
    if (hint != status.getTooltip())
        status.setTooltip(hint);
}

void TransportBar::resized()
{
    auto area = getLocalBounds().reduced(editor::margin, 6);
    const auto left = [&area](juce::Component& part, int width, int after = editor::gap) {
        part.setBounds(area.removeFromLeft(width));
        area.removeFromLeft(after);
    };
    left(file, 56);
    left(play, 64);
    left(loop, 68);
    left(tempo, 92);
    left(tapButton, 48);
    left(metre, 76);
    left(place, 72, editor::margin);
    sound.setBounds(area.removeFromRight(80));
    area.removeFromRight(editor::gap);
    midi.setBounds(area.removeFromRight(72));
    area.removeFromRight(editor::gap);
    status.setBounds(area);
}

} // namespace organum::standalone
