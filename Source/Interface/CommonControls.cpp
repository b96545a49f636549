#include "Interface/CommonControls.h"

namespace organum::editor
{

namespace
{

constexpr int captionWidth = 60;
constexpr int menuHeight = 28;

/** Too low for lines below each other. */
bool isLow(juce::Rectangle<int> area)
{
    return area.getHeight() < 2 * menuHeight;
}

juce::ComboBox& filled(juce::ComboBox& menu, const juce::StringArray& choices)
{
    menu.addItemList(choices, 1);
    return menu;
}

} // namespace

ScaleMenus::ScaleMenus(plugin::Parameters& parameters)
    : keyAttachment(*parameters.key, filled(keyMenu, parameters.key->choices))
    , scaleAttachment(*parameters.scale, filled(scaleMenu, parameters.scale->choices))
{
    setUpCaption(keyLabel, "Key");
    setUpCaption(scaleLabel, "Scale");
    setUp(keyMenu, "Key", "The tonic of the scale");
    setUp(scaleMenu, "Scale", "Only notes of this scale are composed; Chromatic allows all");
    for (juce::Component* child :
         {static_cast<juce::Component*>(&keyLabel), static_cast<juce::Component*>(&keyMenu),
          static_cast<juce::Component*>(&scaleLabel), static_cast<juce::Component*>(&scaleMenu)})
        addAndMakeVisible(child);
}

void ScaleMenus::setThirdLine(juce::Label* caption, juce::Component* control)
{
    thirdLabel = caption;
    third = control;
    if (caption != nullptr)
        addAndMakeVisible(caption);
    addAndMakeVisible(control);
    resized();
}

void ScaleMenus::resized()
{
    auto area = getLocalBounds();
    if (isLow(area)) {
        // The scale's names are longer than those of keys.
        const int menus = area.getWidth() - 36 - 44 - 3 * gap;
        keyLabel.setBounds(area.removeFromLeft(36));
        keyMenu.setBounds(area.removeFromLeft(menus * 22 / 100));
        area.removeFromLeft(gap);
        scaleLabel.setBounds(area.removeFromLeft(44));
        scaleMenu.setBounds(area.removeFromLeft(menus * 48 / 100));
        area.removeFromLeft(2 * gap);
        if (third != nullptr)
            third->setBounds(area);
        return;
    }
    const int row = area.getHeight() / 3;
    const auto place = [&](juce::Label* label, juce::Component* control) {
        auto line = area.removeFromTop(row);
        const auto left = line.removeFromLeft(captionWidth);
        if (label != nullptr)
            label->setBounds(left);
        if (control != nullptr)
            control->setBounds(line.withSizeKeepingCentre(line.getWidth(), menuHeight));
    };
    place(&keyLabel, &keyMenu);
    place(&scaleLabel, &scaleMenu);
    place(thirdLabel, third);
}

HostSwitches::HostSwitches(plugin::Parameters& parameters, bool hasSound)
    : followAttachment(*parameters.follow, follow)
    , thruAttachment(*parameters.thru, thru)
    , previewAttachment(*parameters.preview, preview)
{
    setUp(follow, follow.getButtonText(), "The take plays when the host plays");
    setUp(thru, thru.getButtonText(), "What you play in also goes out; off: it is swallowed");
    setUp(preview, preview.getButtonText(),
          "A quiet sound of its own, until an instrument is connected");
    addAndMakeVisible(follow);
    addAndMakeVisible(thru);
    addChildComponent(preview);
    preview.setVisible(hasSound);
}

void HostSwitches::resized()
{
    auto area = getLocalBounds();
    if (isLow(area)) {
        const int width = area.getWidth() / (preview.isVisible() ? 3 : 2);
        for (juce::ToggleButton* each : {&follow, &thru, &preview})
            each->setBounds(area.removeFromLeft(width));
        return;
    }
    const int row = area.getHeight() / 3;
    for (juce::ToggleButton* each : {&follow, &thru, &preview})
        each->setBounds(area.removeFromTop(row));
}

} // namespace organum::editor
