#include "Interface/VoicesPanel.h"

#include "Interface/Learning.h"

namespace organum::editor
{

namespace
{

constexpr int padding = 10;
constexpr int groupGap = 20;
constexpr int groupTitleHeight = 20;
constexpr int stripsHeight = 94;
constexpr int macrosHeight = 78;
constexpr int knobWidth = 72;
constexpr int lineHeight = 30;
/** So many stand beside the strips; with more they have a row of their own. */
constexpr std::size_t macrosBeside = 3;

} // namespace

VoicesPanel::VoicesPanel(plugin::Processor& processorIn, const plugin::ModelEntry& model)
    : processor(processorIn)
    , rules(*processor.parameters().voices.rules, "Rules",
            "How much voice leading may overrule the network: 0 = never, 1 = parallels are avoided "
            "wherever possible")
    , bars(*processor.parameters().bars, "Bars",
           "How many bars Generate writes or Continue adds, 2 to 64")
    , scale(processor.parameters())
    , switches(processor.parameters(), !processor.isMidiEffect())
{
    using namespace plugin;
    groups = {{"Chords", latent::chords, 1, {}},
              {"Style", latent::style, 1, {}},
              {"Melody", latent::melody, largestVoices, {}},
              {"Groove", latent::groove, largestVoices, {}}};
    addLatentKnobs(model);
    auto& values = processor.parameters().voices;
    for (std::size_t i = 0; i < values.voices.size(); ++i) {
        strips.push_back(
            std::make_unique<VoiceStrip>(values.voices[i], model.voices[i], colour::voices[i]));
        strips.back()->onReroll = [this, i] {
            processor.reroll(latent::ofVoice(static_cast<int>(i)));
        };
        addAndMakeVisible(*strips.back());
    }
    for (std::size_t i = 0; i < model.macros.size(); ++i) {
        const ModelMacro& macro = model.macros[i];
        const auto name = juce::String::fromUTF8(macro.name.c_str());
        const auto shown = name.substring(0, 1).toUpperCase() + name.substring(1);
        macros.push_back(std::make_unique<Knob>(
            *values.macros[i], shown,
            macro.meaning.empty() ? shown : juce::String::fromUTF8(macro.meaning.c_str())));
        macros.back()->control().setTitle(shown);
        belongsTo(macros.back()->control(), *values.macros[i]);
        addAndMakeVisible(*macros.back());
    }
    setUp(rerollAll, "Reroll all", "Another A for every knob, but not for locked voices (R)");
    rerollAll.onClick = [this] { throwDice(); };
    scale.setThirdLine(nullptr, &rerollAll);
    for (juce::Component* child :
         {static_cast<juce::Component*>(&rules), static_cast<juce::Component*>(&bars),
          static_cast<juce::Component*>(&scale), static_cast<juce::Component*>(&switches)})
        addAndMakeVisible(child);
}

void VoicesPanel::addLatentKnobs(const plugin::ModelEntry& model)
{
    const juce::String meanings[] = {"The harmony, which changes with every bar.",
                                     "The character of the whole take.",
                                     "The line of this voice, which changes with every bar.",
                                     "The rhythm and manner of this voice throughout the take."};
    auto& values = processor.parameters().voices;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const Group& group = groups[g];
        for (int i = 0; i < group.count; ++i) {
            const auto voice = static_cast<std::size_t>(i);
            const auto place = static_cast<std::size_t>(group.first) + voice;
            const bool isOfVoice = group.count > 1;
            const juce::String label = isOfVoice ? model.voices[voice] : "All voices";
            const juce::String name =
                group.title +
                (isOfVoice ? " " + juce::String(model.voices[voice]).toLowerCase() : "");
            latents.push_back(
                std::make_unique<LatentKnob>(values.latents[place], label, name, meanings[g],
                                             isOfVoice ? colour::voices[voice] : colour::accent));
            latents.back()->onReroll = [this, place] {
                processor.reroll(std::uint32_t{1} << place);
            };
            addAndMakeVisible(*latents.back());
        }
    }
}

int VoicesPanel::preferredHeight() const
{
    return 3 * padding + groupTitleHeight + LatentKnob::height + stripsHeight +
           (macros.empty() ? 0 : (hasMacrosBeside() ? lineHeight : macrosHeight) + padding);
}

bool VoicesPanel::hasMacrosBeside() const
{
    return !macros.empty() && macros.size() <= macrosBeside;
}

void VoicesPanel::throwDice()
{
    std::uint32_t chosen = plugin::latent::all;
    const std::uint32_t locked = processor.parameters().voices.lockedVoices();
    for (int voice = 0; voice < plugin::largestVoices; ++voice)
        if ((locked >> voice & 1u) != 0)
            chosen &= ~plugin::latent::ofVoice(voice);
    processor.reroll(chosen);
}

void VoicesPanel::paint(juce::Graphics& g)
{
    g.setFont(fontOf(13.5f, true));
    for (const Group& group : groups) {
        auto title = group.area.withHeight(groupTitleHeight);
        g.setColour(colour::text);
        g.drawText(group.title, title, juce::Justification::centredLeft, true);
        g.setColour(colour::line);
        g.fillRect(title.removeFromBottom(1));
    }
}

void VoicesPanel::resized()
{
    auto area = getLocalBounds().reduced(margin, padding);
    placeKnobs(area.removeFromTop(groupTitleHeight + LatentKnob::height));
    area.removeFromTop(padding);
    if (hasMacrosBeside()) {
        // The scale and the switches lie below, in one line, which leaves more room for the roll.
        auto line = area.removeFromBottom(lineHeight);
        area.removeFromBottom(padding);
        switches.setBounds(line.removeFromRight(processor.isMidiEffect() ? 264 : 396));
        line.removeFromRight(margin);
        scale.setBounds(line.withWidth(std::min(line.getWidth(), 520)));
    } else if (!macros.empty()) {
        auto line = area.removeFromBottom(macrosHeight);
        area.removeFromBottom(padding);
        const int width = std::min(110, line.getWidth() / plugin::macroCount);
        for (auto& macro : macros)
            macro->setBounds(line.removeFromLeft(width));
    }
    placeStrips(area);
}

void VoicesPanel::placeKnobs(juce::Rectangle<int> area)
{
    const int gaps = static_cast<int>(groups.size()) - 1;
    const int cell = (area.getWidth() - gaps * groupGap) / plugin::latentCount;
    // What does not divide evenly goes to the gaps.
    const int space = area.getWidth() - cell * plugin::latentCount;
    int index = 0;
    for (Group& group : groups) {
        group.area = area.withLeft(area.getX() + cell * group.first + space * index++ / gaps)
                         .withWidth(cell * group.count);
        auto cells = group.area.withTrimmedTop(groupTitleHeight);
        for (int i = 0; i < group.count; ++i)
            latents[static_cast<std::size_t>(group.first) + static_cast<std::size_t>(i)]->setBounds(
                cells.removeFromLeft(cell).reduced(2, 0).withTrimmedTop(4));
    }
}

void VoicesPanel::placeStrips(juce::Rectangle<int> area)
{
    if (hasMacrosBeside()) {
        for (std::size_t i = macros.size(); i-- > 0;)
            macros[i]->setBounds(area.removeFromRight(knobWidth + gap));
    } else {
        switches.setBounds(area.removeFromRight(132));
        area.removeFromRight(gap);
        scale.setBounds(area.removeFromRight(196));
    }
    area.removeFromRight(gap);
    bars.setBounds(area.removeFromRight(knobWidth));
    rules.setBounds(area.removeFromRight(knobWidth));
    area.removeFromRight(gap);
    const auto count = static_cast<int>(strips.size());
    const int width = std::min(132, (area.getWidth() - (count - 1) * margin) / count);
    for (auto& strip : strips) {
        strip->setBounds(area.removeFromLeft(width));
        area.removeFromLeft(margin);
    }
}

} // namespace organum::editor
