#pragma once

// What the tests of the window share: opening it, pictures of it, and walks through its parts.

#include "Interface/Editor.h"
#include "Workbench.h"

#include <functional>
#include <set>

namespace organum::test
{

inline std::unique_ptr<editor::Editor> opened(plugin::Processor& processor)
{
    auto* made = dynamic_cast<editor::Editor*>(processor.createEditor());
    REQUIRE(made != nullptr);
    return std::unique_ptr<editor::Editor>(made);
}

/** Draws without a window and keeps the picture in the build folder. */
inline juce::Image snapshot(juce::Component& component, const juce::String& name,
                            float scale = 1.5f)
{
    const auto image = component.createComponentSnapshot(component.getLocalBounds(), true, scale);
    const juce::File folder(ORGANUM_SCREENSHOTS);
    folder.createDirectory();
    const juce::File file = folder.getChildFile(name + ".png");
    file.deleteFile();
    juce::FileOutputStream stream(file);
    juce::PNGImageFormat().writeImageToStream(image, stream);
    return image;
}

inline int coloursIn(const juce::Image& image)
{
    std::set<juce::uint32> colours;
    for (int y = 0; y < image.getHeight(); y += 3)
        for (int x = 0; x < image.getWidth(); x += 3)
            colours.insert(image.getPixelAt(x, y).getARGB());
    return static_cast<int>(colours.size());
}

inline void visit(juce::Component& component, const std::function<void(juce::Component&)>& action)
{
    for (juce::Component* child : component.getChildren()) {
        action(*child);
        visit(*child, action);
    }
}

/** The control of that title, which must be there. */
template <typename Control>
Control& control(juce::Component& window, const juce::String& title)
{
    Control* found = nullptr;
    visit(window, [&](juce::Component& component) {
        if (auto* each = dynamic_cast<Control*>(&component);
            each != nullptr && component.getTitle() == title && found == nullptr)
            found = each;
    });
    INFO("the control \"" << title << "\"");
    REQUIRE(found != nullptr);
    return *found;
}

/** No two visible children of any part overlap, and none leaves it; returns how many there are. */
inline int checkLayout(juce::Component& part)
{
    int count = 0;
    std::vector<juce::Component*> shown;
    for (juce::Component* child : part.getChildren())
        if (child->isVisible() && dynamic_cast<juce::TooltipWindow*>(child) == nullptr &&
            dynamic_cast<juce::ResizableCornerComponent*>(child) == nullptr)
            shown.push_back(child);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        INFO(shown[i]->getTitle() << " in " << part.getTitle() << ", window of " << part.getWidth()
                                  << " x " << part.getHeight());
        CHECK(part.getLocalBounds().contains(shown[i]->getBounds()));
        CHECK_FALSE(shown[i]->getBounds().isEmpty());
        for (std::size_t k = 0; k < i; ++k)
            CHECK_FALSE(shown[i]->getBounds().intersects(shown[k]->getBounds()));
        // The insides of sliders, menus and scrolled lists are JUCE's.
        const bool isOurs = dynamic_cast<juce::Slider*>(shown[i]) == nullptr &&
                            dynamic_cast<juce::Viewport*>(shown[i]) == nullptr &&
                            dynamic_cast<juce::ComboBox*>(shown[i]) == nullptr;
        count += 1 + (isOurs ? checkLayout(*shown[i]) : 0);
    }
    return count;
}

/** Every control has a name for a screen reader and takes the keyboard; returns how many. */
inline int checkControls(juce::Component& window)
{
    int controls = 0;
    visit(window, [&](juce::Component& component) {
        const bool isControl = dynamic_cast<juce::ComboBox*>(&component) != nullptr ||
                               dynamic_cast<juce::Button*>(&component) != nullptr ||
                               dynamic_cast<juce::Slider*>(&component) != nullptr;
        if (!isControl)
            return;
        ++controls;
        INFO(component.getName());
        CHECK(component.getTitle().isNotEmpty());
        CHECK((component.getWantsKeyboardFocus() || !component.isEnabled()));
    });
    return controls;
}

} // namespace organum::test
