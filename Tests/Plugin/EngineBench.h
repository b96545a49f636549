#pragma once

// An environment with the fake engine and models of its own, for all tests in which something is
// composed.

#include "Bundle/Bundle.h"
#include "Support/Paths.h"

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace organum::test
{

inline void setVariable(const char* name, const std::string& value)
{
    setenv(name, value.c_str(), 1);
}

/** For as long as it lives the fake engine is the engine, and the named models come first. */
class Workbench
{
public:
    explicit Workbench(const std::vector<std::string>& modelNames = {"plain"})
    {
        setVariable("ORGANUM_ENGINE", ORGANUM_FAKE_ENGINE);
        setVariable("ORGANUM_MODELS", folder.path().string());
        setVariable("XDG_DATA_HOME", (folder / "data").string());
        setVariable("XDG_CONFIG_HOME", (folder / "config").string());
        for (const std::string& name : modelNames)
            addModel(name);
    }
    ~Workbench()
    {
        unsetenv("ORGANUM_ENGINE");
        unsetenv("ORGANUM_MODELS");
        unsetenv("ORGANUM_NO_SHARED_MODELS");
        unsetenv("XDG_DATA_HOME");
        unsetenv("XDG_CONFIG_HOME");
    }

    void addModel(const std::string& name) const
    {
        bundle::Bundle model;
        const auto has = [&name](const char* word) { return name.find(word) != std::string::npos; };
        model.metadata.kind = has("choir") ? "musegan" : "attention-lstm";
        model.metadata.name = "Model " + name;
        if (has("macros"))
            model.metadata.config =
                R"({"macros":[{"name":"Density","meaning":"More notes or fewer"},
                              {"name":"Register","meaning":"Higher or lower"}]})";
        bundle::writeBundle(folder / (name + ".organum"), model);
    }

    /** Hides the models that ship, too. */
    static void hideSharedModels() { setVariable("ORGANUM_NO_SHARED_MODELS", "1"); }

    TemporaryFolder folder;
};

/** Waits until what is asked holds; false after twenty seconds, which is long for a first opening
    of the real engine on a busy machine. */
template <typename Question>
bool eventually(Question&& holds)
{
    for (int i = 0; i < 4000; ++i) {
        if (holds())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

} // namespace organum::test
