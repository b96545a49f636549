#include "Plugin/EngineLibrary.h"

#include "Plugin/EngineFile.h"
#include "Plugin/OpeningMark.h"

#include <juce_core/juce_core.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#if !JUCE_WINDOWS
#include <dlfcn.h>
#endif

namespace organum::plugin
{

namespace fs = std::filesystem;

namespace
{

#if JUCE_MAC
constexpr auto libraryName = "liborganum_engine.dylib";
#elif JUCE_WINDOWS
constexpr auto libraryName = "organum_engine.dll";
#else
constexpr auto libraryName = "liborganum_engine.so";
#endif

/** Sets an environment variable for as long as the object lives, then restores what was there. */
class ScopedVariable
{
public:
    ScopedVariable(const char* nameIn, const char* value)
        : name(nameIn)
    {
        if (const char* old = std::getenv(name))
            before = old;
        set(value);
    }
    ~ScopedVariable() { set(before ? before->c_str() : nullptr); }
    ScopedVariable(const ScopedVariable&) = delete;
    ScopedVariable& operator=(const ScopedVariable&) = delete;

private:
    void set(const char* value) const
    {
#if JUCE_WINDOWS
        _putenv_s(name, value != nullptr ? value : "");
#else
        if (value != nullptr)
            setenv(name, value, 1);
        else
            unsetenv(name);
#endif
    }
    const char* name;
    std::optional<std::string> before;
};

template <typename Function>
bool find(juce::DynamicLibrary& library, Function& function, const char* name)
{
    function = reinterpret_cast<Function>(library.getFunction(name));
    return function != nullptr;
}

bool findAll(juce::DynamicLibrary& library, EngineFunctions& functions)
{
    return find(library, functions.initialise, "organum_request_init") &&
           find(library, functions.create, "organum_create") &&
           find(library, functions.destroy, "organum_destroy") &&
           find(library, functions.load, "organum_load_within") &&
           find(library, functions.unload, "organum_unload") &&
           find(library, functions.generate, "organum_generate") &&
           find(library, functions.poll, "organum_poll") &&
           find(library, functions.wait, "organum_wait") &&
           find(library, functions.cancel, "organum_cancel") &&
           find(library, functions.takeOf, "organum_take_of") &&
           find(library, functions.heartbeat, "organum_heartbeat") &&
           find(library, functions.release, "organum_release");
}

std::string lastLoaderMessage()
{
#if JUCE_WINDOWS
    return {};
#else
    const char* message = dlerror();
    return message != nullptr ? std::string(": ") + message : std::string();
#endif
}

constexpr auto remedy = " Install Organum again, or set ORGANUM_ENGINE to the engine's file.";

/** Throws what the library's own code may throw while it is being opened. */
EngineResult openWhole(const fs::path& file)
{
    EngineResult result;
    result.file = file;
    // The BLAS behind LibTorch starts a thread for every core while it is being loaded and keeps
    // them; one generation thread needs none of them.
    const ScopedVariable openBlas("OPENBLAS_NUM_THREADS", "1");
    const ScopedVariable openMp("OMP_NUM_THREADS", "1");
    auto library = std::make_unique<juce::DynamicLibrary>();
    if (!library->open(file.string())) {
        result.problem = "The engine " + file.string() + " could not be opened" +
                         lastLoaderMessage() + "." + remedy;
        return result;
    }
    auto functions = std::make_unique<EngineFunctions>();
    if (!find(*library, functions->abi, "organum_engine_abi")) {
        result.problem = file.string() + " is not Organum's engine." + remedy;
        return result;
    }
    if (functions->abi() != ORGANUM_ENGINE_ABI) {
        result.problem = "The engine " + file.string() + " has interface " +
                         std::to_string(functions->abi()) + ", and this plugin needs " +
                         std::to_string(ORGANUM_ENGINE_ABI) + "; install both anew.";
        return result;
    }
    if (!findAll(*library, *functions)) {
        result.problem = "The engine " + file.string() + " lacks functions." + remedy;
        return result;
    }
    // Its destructor would close it; kept where a leak checker finds it, under openEngine()'s
    // mutex.
    static auto* kept = new std::vector<std::unique_ptr<juce::DynamicLibrary>>();
    kept->push_back(std::move(library));
    result.functions = functions.release();
    return result;
}

/** A crash may have had another reason, and somebody may have killed the host meanwhile; twice is
   no accident. */
constexpr int mostCrashes = 2;

EngineResult openFile(const fs::path& file)
{
    EngineResult result;
    result.file = file;
    std::string problem = problemWithLibraryFile(file);
    const OpeningMark mark(file);
    if (problem.empty() && mark.crashes() >= mostCrashes) {
        result.problem = "The engine " + file.string() +
                         " crashed its host each time it was opened and is left alone. Install "
                         "Organum again; to try once more, delete " +
                         openingMarks().string() + ".";
        return result;
    }
    if (problem.empty()) {
        mark.set();
        try {
            result = openWhole(file);
        } catch (const std::exception& error) {
            problem = error.what();
        } catch (...) {
            problem = "it fails in an unknown way";
        }
        mark.clear(result.functions != nullptr);
    }
    if (!problem.empty())
        result.problem =
            "The engine " + file.string() + " could not be opened: " + problem + "." + remedy;
    return result;
}

} // namespace

std::vector<fs::path> engineCandidates()
{
    if (const char* named = std::getenv("ORGANUM_ENGINE"); named != nullptr && *named != 0)
        return {fs::path(named)};
    std::vector<fs::path> candidates;
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != 0)
        candidates.push_back(fs::path(home) / ".local/lib/organum" / libraryName);
    candidates.push_back(fs::path("/usr/local/lib/organum") / libraryName);
    const auto binary =
        juce::File::getSpecialLocation(juce::File::currentExecutableFile).getParentDirectory();
    candidates.push_back(fs::path(binary.getFullPathName().toStdString()) / libraryName);
    const auto program =
        juce::File::getSpecialLocation(juce::File::hostApplicationPath).getParentDirectory();
    candidates.push_back(fs::path(program.getFullPathName().toStdString()) / libraryName);
    candidates.push_back(fs::path(ORGANUM_BUILD_LIB) / libraryName);
    return candidates;
}

std::string missingEngine(const std::vector<fs::path>& candidates)
{
    std::error_code error;
    for (const fs::path& candidate : candidates)
        if (fs::exists(candidate, error))
            return {};
    return "The engine was not found" +
           (candidates.size() == 1 ? " at " + candidates.front().string() : std::string()) + "." +
           remedy;
}

EngineResult openEngine(const std::vector<fs::path>& candidates)
{
    static std::mutex mutex;
    static auto* opened = new std::map<fs::path, EngineResult>(); // as long-lived as the engine
    const std::lock_guard<std::mutex> lock(mutex);
    EngineResult failure;
    for (const fs::path& candidate : candidates) {
        std::error_code error;
        const fs::path file = fs::weakly_canonical(candidate, error);
        if (error)
            continue;
        // In memory it works on, even if its file has gone.
        if (const auto known = opened->find(file); known != opened->end())
            return known->second;
        if (!fs::exists(file, error))
            continue;
        EngineResult result = openFile(file);
        if (result.functions != nullptr) {
            (*opened)[file] = result;
            return result;
        }
        if (failure.problem.empty())
            failure = result;
    }
    if (failure.problem.empty())
        failure.problem = missingEngine(candidates);
    return failure;
}

} // namespace organum::plugin
