#include "Standalone/MidiPanel.h"

#include <algorithm>

namespace organum::standalone
{

namespace
{

using Kind = live::PortWish::Kind;

constexpr int row = 28;
constexpr int labelWidth = 72;

bool isSame(const live::PortWish& a, const live::PortWish& b)
{
    return a.kind == b.kind && (a.kind != Kind::other ||
                                live::lastingName(a.port.name) == live::lastingName(b.port.name));
}

juce::String textOf(const live::PortWish& wish)
{
    if (wish.kind == Kind::none)
        return "None";
    const auto name = juce::String::fromUTF8(wish.port.name.c_str());
    if (wish.kind == Kind::own)
        return "Virtual port \"" + name + "\"";
    return name + " (" + juce::String(live::nameOf(wish.port.system)) + ")";
}

} // namespace

MidiPanel::MidiPanel(MidiPorts& portsIn, editor::Theme& theme)
    : ports(portsIn)
{
    setLookAndFeel(&theme);
    output.label.setText("Output", juce::dontSendNotification);
    input.label.setText("Input", juce::dontSendNotification);
    for (auto* choice : {&output, &input}) {
        choice->label.setFont(editor::fontOf(13.5f));
        add(choice->label, choice->label.getText());
        add(choice->box, "MIDI " + choice->label.getText().toLowerCase());
        choice->box.onChange = [this] { apply(); };
    }
    sendClock.setTooltip("Start, stop, song position and 24 ticks a quarter note");
    followClock.setTooltip("Plays, stops and keeps time with what sends clock to the input");
    sendClock.setToggleState(ports.settings().sendClock, juce::dontSendNotification);
    followClock.setToggleState(ports.settings().followClock, juce::dontSendNotification);
    for (auto* toggle : {&sendClock, &followClock}) {
        add(*toggle, toggle->getButtonText());
        toggle->onClick = [this] { apply(); };
    }
    add(again, "Look for ports again");
    again.onClick = [this] { refresh(); };
    status.setFont(editor::fontOf(13.0f));
    editor::setRole(status, juce::Label::textColourId, editor::colour::dimText);
    status.setJustificationType(juce::Justification::topLeft);
    status.setMinimumHorizontalScale(1.0f);
    add(status, "State of the ports");
    refresh();
    startTimerHz(2);
    setSize(480, 3 * editor::margin + 5 * (row + editor::gap) + 60);
}

MidiPanel::~MidiPanel()
{
    setLookAndFeel(nullptr);
}

void MidiPanel::add(juce::Component& component, const juce::String& title)
{
    component.setTitle(title);
    component.setWantsKeyboardFocus(dynamic_cast<juce::Label*>(&component) == nullptr);
    addAndMakeVisible(component);
}

void MidiPanel::fill(Choice& choice, const std::vector<live::PortName>& names,
                     const live::PortWish& present)
{
    choice.wishes = {MidiSettings::usual().output, {}};
    for (const auto& name : names) {
        if (name.name.find("Organum") == 0)
            continue; // our own ports
        choice.wishes.push_back({Kind::other, name});
    }
    auto found = std::find_if(choice.wishes.begin(), choice.wishes.end(),
                              [&](const auto& wish) { return isSame(wish, present); });
    if (found == choice.wishes.end()) // chosen once, and not plugged in now
        found = choice.wishes.insert(choice.wishes.end(), present);
    choice.box.clear(juce::dontSendNotification);
    for (std::size_t i = 0; i < choice.wishes.size(); ++i)
        choice.box.addItem(textOf(choice.wishes[i]), static_cast<int>(i) + 1);
    choice.box.setSelectedItemIndex(static_cast<int>(found - choice.wishes.begin()),
                                    juce::dontSendNotification);
}

void MidiPanel::refresh()
{
    const auto systems = live::listPorts();
    fill(output, live::portsOf(systems, live::Direction::output), ports.settings().output);
    fill(input, live::portsOf(systems, live::Direction::input), ports.settings().input);
    timerCallback();
}

void MidiPanel::apply()
{
    const auto wishOf = [](const Choice& choice) {
        const int index = choice.box.getSelectedItemIndex();
        return index < 0 ? live::PortWish{} : choice.wishes[static_cast<std::size_t>(index)];
    };
    MidiSettings wanted;
    wanted.output = wishOf(output);
    wanted.input = wishOf(input);
    wanted.sendClock = sendClock.getToggleState();
    wanted.followClock = followClock.getToggleState();
    ports.choose(wanted);
    timerCallback();
}

void MidiPanel::timerCallback()
{
    const auto text = juce::String::fromUTF8(ports.description().c_str());
    if (text != status.getText())
        status.setText(text, juce::dontSendNotification);
}

void MidiPanel::paint(juce::Graphics& g)
{
    g.fillAll(editor::colour::panel);
}

void MidiPanel::resized()
{
    auto area = getLocalBounds().reduced(editor::margin);
    for (auto* choice : {&output, &input}) {
        auto line = area.removeFromTop(row);
        choice->label.setBounds(line.removeFromLeft(labelWidth));
        choice->box.setBounds(line);
        area.removeFromTop(editor::gap);
    }
    for (auto* toggle : {&sendClock, &followClock}) {
        toggle->setBounds(area.removeFromTop(row).withTrimmedLeft(labelWidth));
        area.removeFromTop(editor::gap);
    }
    again.setBounds(area.removeFromTop(row).withTrimmedLeft(labelWidth).withWidth(112));
    area.removeFromTop(editor::gap);
    status.setBounds(area);
}

} // namespace organum::standalone
