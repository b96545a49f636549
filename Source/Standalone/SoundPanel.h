#pragma once

// The dialog that chooses the sound card and the instruments: Organum's own quiet sound, or a
// SoundFont. Choices hold at once and are remembered.

#include "Interface/Theme.h"
#include "Standalone/FontSound.h"
#include "Standalone/SoundEngine.h"

#include <juce_audio_utils/juce_audio_utils.h>

#include <vector>

namespace organum::standalone
{

class SoundPanel : public juce::Component, private juce::Timer
{
public:
    SoundPanel(SoundEngine& engineIn, editor::Theme& theme);
    ~SoundPanel() override;
    void paint(juce::Graphics& g) override;
    void resized() override;

private:
    void fillFonts();
    void chooseFont();
    void timerCallback() override;

    SoundEngine& engine;
    juce::Label instrumentsLabel, state, cardState;
    juce::ComboBox instruments;
    std::vector<juce::File> fonts; ///< by place in the menu
    std::unique_ptr<juce::AudioDeviceSelectorComponent> card;
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace organum::standalone
