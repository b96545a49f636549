#include "Interface/TakeBar.h"

#include "Interface/Parts.h"

namespace organum::editor
{

namespace
{

constexpr int buttonHeight = 32;

} // namespace

TakeBar::TakeBar(plugin::Processor& processorIn)
    : processor(processorIn)
    , exportBar(processorIn)
{
    addButton(generate, "Generate", "Composes a new take (G)", [this] { processor.generate(); });
    setRole(generate, juce::TextButton::buttonColourId, colour::accent);
    setRole(generate, juce::TextButton::textColourOffId, colour::onAccent);
    addButton(continueTake, "Continue", "Adds bars after the take (C)",
              [this] { processor.continueTake(); });
    addButton(answer, "Answer", "Composes what follows the phrase you played in (A)",
              [this] { processor.answer(); });
    addButton(vary, "Variations",
              "Composes " + juce::String(variations) +
                  " variations of the present settings: other "
                  "seeds, with voices other chords and melodies; what plays goes on (V)",
              [this] { processor.vary(variations); });
    addButton(autoApply, "Auto-apply",
              "A turn of a knob composes at once (four voices always do); off: back to the take "
              "and the knobs from before",
              [this] { processor.setAutoApply(autoApply.getToggleState()); });
    addButton(previous, "Previous take", "Back to the take before and its knobs ([)",
              [this] { processor.previousTake(); });
    addButton(next, "Next take", "Forward to the take after and its knobs (])",
              [this] { processor.nextTake(); });
    takeNumber.setFont(fontOf(13.5f));
    takeNumber.setJustificationType(juce::Justification::centred);
    takeNumber.setTitle("Take");
    addAndMakeVisible(takeNumber);
    addButton(audition, "Listen", "Plays the take while the host stands still (Space)",
              [this] { processor.setAudition(!processor.isAuditioning()); });
    addAndMakeVisible(exportBar);
}

void TakeBar::addButton(juce::Button& button, const juce::String& title, const juce::String& hint,
                        std::function<void()> action)
{
    button.setTitle(title);
    button.setTooltip(hint);
    button.setWantsKeyboardFocus(true);
    button.onClick = std::move(action);
    addAndMakeVisible(button);
}

void TakeBar::refresh()
{
    audition.setButtonText(processor.isAuditioning() ? "Stop" : "Listen");
    answer.setEnabled(processor.hasPlayedPhrase());
    autoApply.setToggleState(processor.isAutoApplying(), juce::dontSendNotification);
}

void TakeBar::showTakes(bool isBusy)
{
    const auto takes = processor.takes();
    const bool any = takes.playing() != nullptr;
    generate.setButtonText(isBusy ? "Composing ..." : "Generate");
    for (juce::Component* each :
         {static_cast<juce::Component*>(&continueTake), static_cast<juce::Component*>(&audition)})
        each->setEnabled(any);
    exportBar.showTake(takes.playing());
    previous.setEnabled(takes.current > 0);
    next.setEnabled(takes.current + 1 < static_cast<int>(takes.takes.size()));
    takeNumber.setText(any ? "Take " + juce::String(takes.current + 1) + " of " +
                                 juce::String(static_cast<int>(takes.takes.size()))
                           : juce::String("No take"),
                       juce::dontSendNotification);
}

void TakeBar::resized()
{
    auto area = getLocalBounds().reduced(margin, 0);
    area = area.withSizeKeepingCentre(area.getWidth(), buttonHeight);
    const bool isNarrow = area.getWidth() < 1100;
    const auto fromLeft = [&area, isNarrow](juce::Component& part, int width, int narrow) {
        part.setBounds(area.removeFromLeft(isNarrow ? narrow : width));
        area.removeFromLeft(gap);
    };
    fromLeft(generate, 120, 104);
    fromLeft(continueTake, 92, 78);
    fromLeft(answer, 84, 66);
    fromLeft(vary, 100, 90);
    fromLeft(autoApply, 74, 70);
    exportBar.setBounds(area.removeFromRight(ExportBar::width));
    area.removeFromRight(gap);
    audition.setBounds(area.removeFromRight(isNarrow ? 62 : 84));
    area.removeFromRight(gap);
    auto middle = area.withSizeKeepingCentre(std::min(area.getWidth(), 200), buttonHeight);
    previous.setBounds(middle.removeFromLeft(34));
    next.setBounds(middle.removeFromRight(34));
    takeNumber.setBounds(middle);
}

} // namespace organum::editor
