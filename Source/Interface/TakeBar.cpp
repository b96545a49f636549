#include "Interface/TakeBar.h"

#include "Interface/Parts.h"
#include "Score/AtomicFile.h"
#include "Score/MidiFile.h"

namespace organum::editor
{

namespace
{

constexpr int buttonHeight = 32;

} // namespace

TakeBar::TakeBar(plugin::Processor& processorIn)
    : processor(processorIn)
{
    addButton(generate, "Generate", "Composes a new take (G)", [this] { processor.generate(); });
    setRole(generate, juce::TextButton::buttonColourId, colour::accent);
    setRole(generate, juce::TextButton::textColourOffId, colour::onAccent);
    addButton(continueTake, "Continue", "Adds bars after the take (C)",
              [this] { processor.continueTake(); });
    addButton(answer, "Answer", "Composes what follows the phrase you played in (A)",
              [this] { processor.answer(); });
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
    addButton(save, "Save MIDI", "Writes the take to a MIDI file, one track a voice (Ctrl+S)",
              [this] { saveMidi(); });
    drag.content = [this] { return draggedFile(); };
    addAndMakeVisible(drag);
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
}

void TakeBar::showTakes(bool isBusy)
{
    const auto takes = processor.takes();
    const bool any = takes.playing() != nullptr;
    generate.setButtonText(isBusy ? "Composing ..." : "Generate");
    for (juce::Component* each :
         {static_cast<juce::Component*>(&continueTake), static_cast<juce::Component*>(&save),
          static_cast<juce::Component*>(&drag), static_cast<juce::Component*>(&audition)})
        each->setEnabled(any);
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
    generate.setBounds(area.removeFromLeft(120));
    area.removeFromLeft(gap);
    continueTake.setBounds(area.removeFromLeft(92));
    area.removeFromLeft(gap);
    answer.setBounds(area.removeFromLeft(84));
    drag.setBounds(area.removeFromRight(112));
    area.removeFromRight(gap);
    save.setBounds(area.removeFromRight(112));
    area.removeFromRight(gap);
    audition.setBounds(area.removeFromRight(84));
    auto middle = area.withSizeKeepingCentre(200, buttonHeight);
    previous.setBounds(middle.removeFromLeft(34));
    next.setBounds(middle.removeFromRight(34));
    takeNumber.setBounds(middle);
}

void TakeBar::saveMidi()
{
    if (processor.takes().playing() == nullptr)
        return;
    chooser = std::make_unique<juce::FileChooser>(
        "Save the take as a MIDI file",
        juce::File::getSpecialLocation(juce::File::userMusicDirectory).getChildFile("Organum.mid"),
        "*.mid");
    const auto options = juce::FileBrowserComponent::saveMode |
                         juce::FileBrowserComponent::canSelectFiles |
                         juce::FileBrowserComponent::warnAboutOverwriting;
    chooser->launchAsync(options, [this](const juce::FileChooser& chosen) {
        const juce::File file = chosen.getResult();
        if (file == juce::File())
            return;
        if (writeMidi(file))
            processor.generation().report(plugin::Phase::idle,
                                          "Saved " + file.getFileName().toStdString() + ".");
    });
}

bool TakeBar::writeMidi(const juce::File& file)
{
    try {
        const auto bytes = processor.midiFile();
        score::writeFileAtomically(file.getFullPathName().toStdString(), bytes.data(), bytes.size(),
                                   "the MIDI file");
        return true;
    } catch (const std::exception& error) {
        processor.generation().report(plugin::Phase::failed, error.what());
        return false;
    }
}

juce::File TakeBar::draggedFile()
{
    const auto folder =
        juce::File::getSpecialLocation(juce::File::tempDirectory).getChildFile("Organum");
    folder.createDirectory(); // if it cannot be made, writing says why
    const juce::File file = folder.getNonexistentChildFile("Organum", ".mid", false);
    return processor.takes().playing() != nullptr && writeMidi(file) ? file : juce::File();
}

} // namespace organum::editor
