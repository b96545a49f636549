#pragma once

// The thread that looks for models that came, went or changed, installs those that are brought, and
// reads what they tell about themselves: the window never waits for a disk. Its owner waits for it
// to end, since a host may unload the plugin's code right after.

#include "Plugin/ModelDetails.h"
#include "Plugin/ModelInstaller.h"
#include "Plugin/Processor.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace organum::editor
{

/** What is public is for the message thread. */
class ModelWatch : private juce::Thread
{
public:
    using Facts = std::vector<std::pair<std::string, std::string>>;
    struct Told
    {
        std::string id; ///< of the model
        Facts facts;
    };

    explicit ModelWatch(plugin::Processor& processorIn);
    /** Gives up what is being copied, and waits for the disk. */
    ~ModelWatch() override;

    /** Installs a bundle soon; what came of it is told by news(). */
    void install(const juce::File& bundle);
    /** What came of the last installation, once. */
    std::optional<plugin::Installed> news();
    bool isInstalling() const { return installing; }

    /** Reads soon what that model tells, in place of what was asked for before; told() has it. */
    void ask(const plugin::ModelEntry& model);
    /** The answer to the last question, once. */
    std::optional<Told> told();

private:
    void run() override;
    bool answer();
    bool installNext();

    plugin::Processor& processor;
    std::mutex mutex; // all below
    std::vector<std::filesystem::path> waiting;
    std::optional<plugin::Installed> result;
    std::optional<plugin::ModelEntry> asked;
    std::optional<Told> facts;
    std::atomic<bool> installing{false};
};

} // namespace organum::editor
