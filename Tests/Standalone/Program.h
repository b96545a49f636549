#pragma once

// The standalone without its program: processor, ports, sound, document and window, in a home of
// their own.

#include "Plugin/EditorParts.h"
#include "Plugin/Home.h"
#include "Standalone/Window.h"

namespace organum::test
{

struct Program
{
    Home home;
    Workbench bench;
    juce::PropertiesFile settings{juce::File((home.folder / "standalone.settings").string()),
                                  options()};
    plugin::Processor processor{plugin::Shape::instrument};
    standalone::MidiPorts ports;
    standalone::SoundEngine sound{processor, ports, &settings};
    standalone::Document document{processor, sound.transport(), settings};
    std::unique_ptr<standalone::Content> content;

    /** `greets`: as a user opens it for the first time. */
    explicit Program(const std::vector<std::string>& models = {"choir"}, bool greets = false)
        : bench(models)
    {
        setKnob(processor.parameters().bars, 8.0f);
        if (greets)
            processor.welcomeUser();
        sound.start(false);
        content = std::make_unique<standalone::Content>(processor, sound, ports, document);
    }

    editor::Editor& editor() const
    {
        return dynamic_cast<editor::Editor&>(*content->getChildComponent(1));
    }

private:
    static juce::PropertiesFile::Options options()
    {
        juce::PropertiesFile::Options made;
        made.millisecondsBeforeSaving = -1;
        return made;
    }
};

} // namespace organum::test
