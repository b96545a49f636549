#pragma once

// Which files may be dropped on the window, and what is done with each kind.

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <utility>
#include <vector>

namespace organum::editor
{

class DroppedFiles
{
public:
    /** `extensions` as juce::File::hasFileExtension() has them: "mid;midi". */
    void add(const juce::String& extensions, std::function<void(const juce::File&)> action)
    {
        kinds.push_back({extensions, std::move(action)});
    }
    /** What is done with a file of no known kind, e.g. saying so. */
    std::function<void(const juce::File&)> onForeign;

    void take(const juce::StringArray& paths) const
    {
        for (const juce::String& path : paths)
            take(juce::File(path));
    }

private:
    struct Kind
    {
        juce::String extensions;
        std::function<void(const juce::File&)> action;
    };
    void take(const juce::File& file) const
    {
        for (const Kind& kind : kinds)
            if (file.hasFileExtension(kind.extensions)) {
                kind.action(file);
                return;
            }
        if (onForeign)
            onForeign(file);
    }

    std::vector<Kind> kinds;
};

} // namespace organum::editor
