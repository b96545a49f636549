#include "Interface/Question.h"

namespace organum::editor
{

Confirm confirmOver(juce::Component& owner)
{
    return [safe = juce::Component::SafePointer<juce::Component>(&owner)](
               const juce::String& title, const juce::String& text, const juce::String& button,
               const std::function<void()>& action) {
        const auto options = juce::MessageBoxOptions()
                                 .withIconType(juce::MessageBoxIconType::QuestionIcon)
                                 .withTitle(title)
                                 .withMessage(text)
                                 .withButton(button)
                                 .withButton("Cancel")
                                 .withAssociatedComponent(safe);
        juce::AlertWindow::showAsync(options, [action, safe](int result) {
            if (safe != nullptr && result == 1)
                action();
        });
    };
}

} // namespace organum::editor
