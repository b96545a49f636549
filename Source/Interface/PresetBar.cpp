#include "Interface/PresetBar.h"

#include "Plugin/Presets.h"

#include <algorithm>
#include <map>

namespace organum::editor
{

namespace
{

juce::String text(const std::string& utf8)
{
    return juce::String::fromUTF8(utf8.c_str());
}

} // namespace

PresetBar::PresetBar(plugin::Processor& processorIn)
    : processor(processorIn)
{
    setTitle("Presets and comparison");
    setUp(presets, "Presets", "Settings under a name: choose, save, rename, delete");
    presets.onClick = [this] {
        menu().showMenuAsync(
            juce::PopupMenu::Options().withTargetComponent(&presets),
            [this, safe = juce::Component::SafePointer<PresetBar>(this)](int item) {
                if (safe != nullptr)
                    choose(item);
            });
    };
    const juce::String hint = "Two settings to compare: each keeps its own knobs";
    setUp(a, "Settings A", hint);
    setUp(b, "Settings B", hint);
    a.onClick = [this] { processor.compare(0); };
    b.onClick = [this] { processor.compare(1); };
    a.setConnectedEdges(juce::Button::ConnectedOnRight);
    b.setConnectedEdges(juce::Button::ConnectedOnLeft);
    setUpCaption(caption, "Compare");
    addAndMakeVisible(caption);
    for (juce::TextButton* each : {&presets, &a, &b})
        addAndMakeVisible(*each);
    refresh();
}

void PresetBar::refresh()
{
    chosen = text(processor.presetName());
    presets.setButtonText(chosen.isEmpty() ? juce::String("Presets") : chosen);
    a.setToggleState(processor.comparing() == 0, juce::dontSendNotification);
    b.setToggleState(processor.comparing() == 1, juce::dontSendNotification);
}

void PresetBar::resized()
{
    auto area = getLocalBounds();
    b.setBounds(area.removeFromRight(32));
    a.setBounds(area.removeFromRight(32));
    caption.setBounds(area.removeFromRight(60).withTrimmedLeft(gap));
    presets.setBounds(area);
}

const bundle::FoundPreset* PresetBar::own() const
{
    const auto place = std::find_if(found.begin(), found.end(), [this](const auto& each) {
        return each.isOwn && text(each.preset.name) == chosen;
    });
    return place != found.end() ? &*place : nullptr;
}

juce::PopupMenu PresetBar::menu()
{
    found = plugin::allPresets();
    std::map<juce::String, juce::PopupMenu> models;
    juce::PopupMenu whole;
    bool anyOwn = false;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& each = found[i];
        juce::PopupMenu::Item item(text(each.preset.name) +
                                   (each.problem.empty() ? "" : " (damaged)"));
        item.itemID = firstPreset + static_cast<int>(i);
        item.isTicked = text(each.preset.name) == chosen;
        if (each.isOwn) {
            whole.addItem(item);
            anyOwn = true;
        } else {
            models[text(each.preset.model.empty() ? "damaged" : each.preset.model)].addItem(item);
        }
    }
    if (anyOwn)
        whole.addSeparator();
    for (auto& [model, menuOfModel] : models)
        whole.addSubMenu(model, menuOfModel);
    whole.addSeparator();
    whole.addItem(save, "Save as...", processor.model().has_value());
    whole.addItem(rename, "Rename...", own() != nullptr);
    whole.addItem(remove, "Delete", own() != nullptr);
    whole.addSeparator();
    whole.addItem(copyToOther,
                  processor.comparing() == 0 ? "Copy settings A to B" : "Copy settings B to A");
    return whole;
}

void PresetBar::choose(int item)
{
    if (item == save) {
        ask("Save a preset",
            text(plugin::freePresetName(chosen.isEmpty() ? "My preset" : chosen.toStdString())),
            [this](const juce::String& name) { saveAs(name); });
    } else if (item == copyToOther) {
        processor.copyCompared();
    } else if (item == rename && own() != nullptr) {
        ask("Rename the preset", chosen, [this, preset = *own()](const juce::String& name) {
            attempt(
                [&] {
                    plugin::renamePreset(preset, name.toStdString());
                    processor.setPresetName(name.toStdString());
                },
                "Renamed \"" + preset.preset.name + "\" to \"" + name.toStdString() + "\".");
        });
    } else if (item == remove && own() != nullptr) {
        confirm("Delete the preset?",
                "\"" + chosen + "\" is deleted for good. Takes that were composed with it stay.",
                "Delete", [this, preset = *own()] {
                    attempt(
                        [&] {
                            plugin::deletePreset(preset);
                            processor.setPresetName({});
                        },
                        "Deleted the preset \"" + preset.preset.name + "\".");
                });
    } else if (const auto place = static_cast<std::size_t>(item - firstPreset);
               item >= firstPreset && place < found.size()) {
        processor.choosePreset(found[place]);
    }
    refresh();
}

void PresetBar::saveAs(const juce::String& name)
{
    if (plugin::ownPresetNamed(name.toStdString()))
        confirm("Replace the preset?",
                "There is a preset \"" + name + "\" already. Its settings would be lost.",
                "Replace", [this, name] { saveNow(name); });
    else
        saveNow(name);
}

void PresetBar::saveNow(const juce::String& name)
{
    attempt(
        [&] {
            if (const auto preset = processor.presetNamed(name.toStdString()))
                plugin::savePreset(*preset);
            processor.setPresetName(name.toStdString());
        },
        "Saved the preset \"" + name.toStdString() + "\".");
    found = plugin::allPresets();
    refresh();
}

void PresetBar::attempt(const std::function<void()>& action, const std::string& done)
{
    try {
        action();
        processor.generation().report(plugin::Phase::idle, done);
    } catch (const bundle::PresetError& problem) {
        processor.generation().report(plugin::Phase::failed, problem.what());
    }
    refresh();
}

void PresetBar::ask(const juce::String& title, const juce::String& text,
                    std::function<void(const juce::String&)> action)
{
    question =
        std::make_unique<juce::AlertWindow>(title, "Name:", juce::MessageBoxIconType::NoIcon, this);
    question->setLookAndFeel(&getLookAndFeel());
    question->addTextEditor("name", text);
    question->addButton("OK", 1, juce::KeyPress(juce::KeyPress::returnKey));
    question->addButton("Cancel", 0, juce::KeyPress(juce::KeyPress::escapeKey));
    question->enterModalState(
        true,
        juce::ModalCallbackFunction::create(
            [this, action = std::move(action),
             safe = juce::Component::SafePointer<PresetBar>(this)](int result) {
                if (safe == nullptr || question == nullptr)
                    return;
                const juce::String name = question->getTextEditorContents("name").trim();
                question->setVisible(false);
                if (result == 1 && name.isNotEmpty())
                    action(name);
            }),
        false);
    if (auto* line = question->getTextEditor("name")) { // what is typed is the name
        line->grabKeyboardFocus();
        line->selectAll();
    }
}

} // namespace organum::editor
