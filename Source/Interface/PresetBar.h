#pragma once

// The presets' menu in the window's header, and two settings A and B to compare.

#include "Interface/Parts.h"
#include "Interface/Question.h"
#include "Plugin/Processor.h"

#include <functional>
#include <memory>
#include <vector>

namespace organum::editor
{

class PresetBar : public juce::Component
{
public:
    static constexpr int width = 280;

    explicit PresetBar(plugin::Processor& processorIn);
    void resized() override;
    void refresh();

    /** The menu as it would open now; for the screen reader's tests, too. */
    juce::PopupMenu menu();
    /** Does what an item of that menu says. */
    void choose(int item);
    /** Saves the present settings under a name, but asks before it replaces a preset; what stands
       in the way is said in the status. */
    void saveAs(const juce::String& name);

    /** At first a box over the window. */
    Confirm confirm = confirmOver(*this);

    enum Item
    {
        save = 1,
        rename,
        remove,
        copyToOther,
        firstPreset = 100
    };

private:
    void ask(const juce::String& title, const juce::String& text,
             std::function<void(const juce::String&)> action);
    void saveNow(const juce::String& name);
    void attempt(const std::function<void()>& action, const std::string& done);
    const bundle::FoundPreset* own() const;

    plugin::Processor& processor;
    juce::TextButton presets{"Presets"};
    juce::Label caption;
    juce::TextButton a{"A"};
    juce::TextButton b{"B"};
    std::vector<bundle::FoundPreset> found; ///< as the menu last showed them
    juce::String chosen;                    ///< name of the last preset that was chosen or saved
    std::unique_ptr<juce::AlertWindow> question;
};

} // namespace organum::editor
