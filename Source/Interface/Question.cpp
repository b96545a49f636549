#include "Interface/Question.h"

namespace organum::editor
{

namespace
{

/** Return and Escape leave things as they are; only the button itself agrees. */
class Question : public juce::AlertWindow
{
public:
    Question(const juce::String& title, const juce::String& text, const juce::String& agree,
             juce::Component* owner)
        : AlertWindow(title, text, juce::MessageBoxIconType::NoIcon, owner)
    {
        addButton(agree, 1);
        addButton("Cancel", 0, juce::KeyPress(juce::KeyPress::escapeKey),
                  juce::KeyPress(juce::KeyPress::returnKey));
    }

    void focusLast()
    {
        // The buttons stand in the order in which they were added.
        for (int i = getNumChildComponents(); --i >= 0;)
            if (auto* button = dynamic_cast<juce::TextButton*>(getChildComponent(i));
                button != nullptr && button->getButtonText() == "Cancel")
                button->grabKeyboardFocus();
    }
};

} // namespace

Confirm confirmOver(juce::Component& owner)
{
    return [safe = juce::Component::SafePointer<juce::Component>(&owner)](
               const juce::String& title, const juce::String& text, const juce::String& button,
               const std::function<void()>& action) {
        auto* question = new Question(title, text, button, safe); // deletes itself when answered
        question->enterModalState(true,
                                  juce::ModalCallbackFunction::create([action, safe](int result) {
                                      if (safe != nullptr && result == 1)
                                          action();
                                  }),
                                  true);
        question->focusLast();
    };
}

} // namespace organum::editor
