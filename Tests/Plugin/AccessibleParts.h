#pragma once

// Walks what a screen reader would find in a window and checks that nothing in it is without a
// name.

#include <catch2/catch.hpp>
#include <juce_gui_basics/juce_gui_basics.h>

#include <memory>
#include <typeinfo>

namespace organum::test
{

// What JUCE would tell a screen reader is made by a private function, and otherwise only for
// windows on a screen. An explicit instantiation may name it, so no display is needed here.
using HandlerMaker = std::unique_ptr<juce::AccessibilityHandler> (juce::Component::*)();
HandlerMaker handlerMaker();
template <HandlerMaker maker>
struct Reveal
{
    friend HandlerMaker handlerMaker() { return maker; }
};
template struct Reveal<&juce::Component::createAccessibilityHandler>;

/** Of a component and all within it that is visible; returns how many elements there are. The
    insides of JUCE's own controls are spoken of by the controls. */
inline int checkNames(juce::Component& component, const juce::String& path = {})
{
    if (!component.isVisible() || !component.isAccessible())
        return 0;
    int count = 0;
    const auto handler = (component.*handlerMaker())();
    const auto role = handler != nullptr ? handler->getRole() : juce::AccessibilityRole::ignored;
    const bool isContainer =
        (role == juce::AccessibilityRole::unspecified && !component.getWantsKeyboardFocus()) ||
        role == juce::AccessibilityRole::ignored || role == juce::AccessibilityRole::scrollBar;
    const juce::String name = handler != nullptr ? handler->getTitle() : juce::String();
    const juce::String here =
        path + "/" + (name.isNotEmpty() ? name : juce::String(typeid(component).name()));
    if (!isContainer) {
        ++count;
        INFO(here);
        CHECK(name.trim().isNotEmpty());
    }
    const bool speaksForItself = dynamic_cast<juce::Slider*>(&component) != nullptr ||
                                 dynamic_cast<juce::ComboBox*>(&component) != nullptr ||
                                 dynamic_cast<juce::TextEditor*>(&component) != nullptr ||
                                 dynamic_cast<juce::ListBox*>(&component) != nullptr ||
                                 dynamic_cast<juce::Label*>(&component) != nullptr;
    if (!speaksForItself)
        for (juce::Component* child : component.getChildren())
            count += checkNames(*child, here);
    return count;
}

} // namespace organum::test
