#include "Interface/SoloPanel.h"

#include "Plugin/ParameterBuilders.h"

#include <random>

namespace organum::editor
{

SoloPanel::ChannelAndRange::ChannelAndRange(plugin::Parameters& parameters)
    : channel(*parameters.channel, "Channel", "The MIDI channel on which the take plays")
    , lowest(*parameters.lowest, {}, "No note of new music is lower: C4 is middle C")
    , highest(*parameters.highest, {}, "No note of new music is higher")
{
    setUpCaption(rangeLabel, "Range", juce::Justification::centredRight);
    // What cannot be read leaves the end where it was.
    const auto reads = [](NumberBox& box, int open) {
        box.valueFromTextFunction = [&box, open](const juce::String& text) {
            const auto pitch = plugin::Parameters::pitchFromText(text, open);
            return pitch ? static_cast<double>(*pitch) : box.getValue();
        };
    };
    reads(lowest, 0);
    reads(highest, plugin::Settings::largestPitch);
    for (juce::Component* child :
         {static_cast<juce::Component*>(&channel), static_cast<juce::Component*>(&rangeLabel),
          static_cast<juce::Component*>(&lowest), static_cast<juce::Component*>(&highest)})
        addAndMakeVisible(child);
}

void SoloPanel::ChannelAndRange::resized()
{
    auto area = getLocalBounds();
    channel.setBounds(area.removeFromLeft(64));
    const int box = std::min(64, (area.getWidth() - 44 - 2 * gap) / 2);
    highest.setBounds(area.removeFromRight(box));
    area.removeFromRight(gap);
    lowest.setBounds(area.removeFromRight(box));
    area.removeFromRight(gap);
    rangeLabel.setBounds(area);
}

SoloPanel::SoloPanel(plugin::Processor& processorIn)
    : processor(processorIn)
    , bars(*processor.parameters().bars, "Bars", "How many bars Generate writes or Continue adds")
    , seed(*processor.parameters().seed, "Seed", "The same seed and settings give the same music")
    , dice("Dice", "Another seed by chance (R)")
    , pitchTemperature(*processor.parameters().pitchTemperature, "Pitch temp.",
                       "Below 1: more predictable notes; above 1: more surprising ones")
    , durationTemperature(*processor.parameters().durationTemperature, "Duration temp.",
                          "Below 1: more predictable rhythm; above 1: more surprising")
    , topP(*processor.parameters().topP, "Top-p",
           "Leaves out the least likely choices: 1 keeps all, 0.9 cuts the last tenth")
    , scale(processor.parameters())
    , channelAndRange(processor.parameters())
    , switches(processor.parameters(), !processor.isMidiEffect())
{
    for (juce::Component* child :
         {static_cast<juce::Component*>(&bars), static_cast<juce::Component*>(&seed),
          static_cast<juce::Component*>(&dice), static_cast<juce::Component*>(&pitchTemperature),
          static_cast<juce::Component*>(&durationTemperature), static_cast<juce::Component*>(&topP),
          static_cast<juce::Component*>(&scale), static_cast<juce::Component*>(&switches)})
        addAndMakeVisible(child);
    dice.onClick = [this] { throwDice(); };
    setUpCaption(channelLabel, "Channel");
    scale.setThirdLine(&channelLabel, &channelAndRange);
}

void SoloPanel::throwDice()
{
    std::random_device chance;
    plugin::setAsGesture(*processor.parameters().seed,
                         static_cast<float>(chance() % (plugin::Parameters::largestSeed + 1u)));
}

void SoloPanel::resized()
{
    auto area = getLocalBounds().reduced(margin, 12);
    constexpr int knobWidth = 92;
    bars.setBounds(area.removeFromLeft(knobWidth));
    seed.setBounds(area.removeFromLeft(knobWidth));
    dice.setBounds(area.removeFromLeft(32).withSizeKeepingCentre(32, 32).translated(0, -2));
    area.removeFromLeft(margin);
    pitchTemperature.setBounds(area.removeFromLeft(knobWidth));
    durationTemperature.setBounds(area.removeFromLeft(knobWidth));
    topP.setBounds(area.removeFromLeft(knobWidth));
    area.removeFromLeft(margin);
    switches.setBounds(area.removeFromRight(136));
    area.removeFromRight(margin);
    scale.setBounds(area.removeFromLeft(std::min(area.getWidth(), 340)));
}

} // namespace organum::editor
