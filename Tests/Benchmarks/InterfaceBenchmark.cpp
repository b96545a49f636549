// What a musician waits for: the window to open, and the message thread while the engine composes.
// The window draws itself into a picture 30 times a second, all of it, which is more than a screen
// would ask for. One process, one table.

#include "Interface/Editor.h"
#include "Plugin/Processor.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using namespace organum;

namespace
{

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0.0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void row(const char* what, const std::vector<double>& values, const char* aim)
{
    std::printf("%-52s %7.1f %7.1f %7.1f ms  %s\n", what, percentile(values, 0.5),
                percentile(values, 0.99), percentile(values, 1.0), aim);
}

std::unique_ptr<juce::AudioProcessorEditor> opened(plugin::Processor& processor)
{
    std::unique_ptr<juce::AudioProcessorEditor> window(processor.createEditor());
    window->createComponentSnapshot(window->getLocalBounds(), true, 1.0f);
    return window;
}

/** Beats as often as it can and notes how long the thread did not get round to it. */
class Heart : private juce::Timer
{
public:
    explicit Heart(juce::Component& windowIn)
        : window(windowIn)
    {
        startTimer(1);
    }
    std::vector<double> gaps, frames;

private:
    void timerCallback() override
    {
        if (hasBeaten)
            gaps.push_back(milliseconds(last));
        if (milliseconds(lastFrame) > 33.0) {
            lastFrame = Clock::now();
            window.createComponentSnapshot(window.getLocalBounds(), true, 1.0f);
            frames.push_back(milliseconds(lastFrame));
        }
        last = Clock::now();
        hasBeaten = true;
    }

    juce::Component& window;
    Clock::time_point last = Clock::now();
    Clock::time_point lastFrame = Clock::now();
    bool hasBeaten = false;
};

bool choose(plugin::Processor& processor, const std::string& id)
{
    const auto entries = processor.models().entries();
    for (std::size_t i = 0; i < entries->size(); ++i)
        if ((*entries)[i].id == id) {
            *processor.parameters().model = static_cast<int>(i);
            return true;
        }
    std::fprintf(stderr, "There is no model %s.\n", id.c_str());
    return false;
}

/** Composes one take after another for so long, the engine's opening and the model's reading
    included. */
bool composeFor(plugin::Processor& processor, double seconds, const char* what)
{
    const auto window = opened(processor);
    Heart heart(*window);
    const auto started = Clock::now();
    int takes = 0;
    while (milliseconds(started) < 1000.0 * seconds || takes == 0) {
        if (processor.generation().isIdle()) {
            processor.generate();
            ++takes;
        }
        juce::MessageManager::getInstance()->runDispatchLoopUntil(5);
        if (processor.status().phase == plugin::Phase::failed) {
            std::fprintf(stderr, "%s\n", processor.status().message.c_str());
            return false;
        }
    }
    std::printf("%s: %d takes\n", what, takes);
    row("  all of the window drawn", heart.frames, "");
    row("  message thread, from one turn to the next", heart.gaps, "(aim of the longest: 30)");
    return true;
}

} // namespace

int main(int argumentCount, char** arguments)
{
    const bool quick = argumentCount > 1 && std::strcmp(arguments[1], "--quick") == 0;
    setenv("ORGANUM_ENGINE", ORGANUM_BENCH_ENGINE, 1);
    setenv("ORGANUM_MODELS", ORGANUM_BENCH_MODELS, 1);
    const juce::ScopedJuceInitialiser_GUI juceLives;
    std::printf("%-52s %7s %7s %7s\n", "", "p50", "p99", "longest");
    plugin::Processor processor(plugin::Shape::instrument);
    processor.prepareToPlay(48000.0, 256);
    for (const std::string model : {"bach-cello", "bach-chorales"}) {
        if (!choose(processor, model))
            return 1;
        std::vector<double> first, again;
        for (int i = 0; i < (quick ? 2 : 20); ++i) {
            const auto started = Clock::now();
            opened(processor);
            (i == 0 ? first : again).push_back(milliseconds(started));
        }
        std::printf("%s\n", model.c_str());
        row("  window opened and drawn, first time", first, "(aim: 300)");
        row("  window opened and drawn, again", again, "(aim: 300)");
        if (!composeFor(processor, quick ? 0.2 : 8.0, "  composing without a pause"))
            return 1;
    }
    return 0;
}
