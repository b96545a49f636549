#pragma once

// Opens the engine, which holds the neural networks, at run time and at most once: loading it costs
// half a second and 150 MB, so no scan and no silent instance may pay for it. Never closed again,
// since unloading LibTorch can crash the host.

#include "Engine/organum_engine.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::plugin
{

/** The engine's functions, as found in the opened library. */
struct EngineFunctions
{
    decltype(&organum_engine_abi) abi = nullptr;
    decltype(&organum_request_init) initialise = nullptr;
    decltype(&organum_create) create = nullptr;
    decltype(&organum_destroy) destroy = nullptr;
    decltype(&organum_load_within) load = nullptr;
    decltype(&organum_unload) unload = nullptr;
    decltype(&organum_generate) generate = nullptr;
    decltype(&organum_poll) poll = nullptr;
    decltype(&organum_wait) wait = nullptr;
    decltype(&organum_cancel) cancel = nullptr;
    decltype(&organum_take_of) takeOf = nullptr;
    decltype(&organum_heartbeat) heartbeat = nullptr;
    decltype(&organum_release) release = nullptr;
};

struct EngineResult
{
    const EngineFunctions* functions = nullptr; ///< null: not to be had; never freed otherwise
    std::filesystem::path file;
    std::string problem; ///< for the user, with what to do
};

/** Where the engine is looked for, first wins: the file named by ORGANUM_ENGINE (then nothing
    else), ~/.local/lib/organum, /usr/local/lib/organum, beside the binary this code is in, and the
    build tree. The installed copy comes before one beside a bundle, so that all plugins of a
    process share one. */
std::vector<std::filesystem::path> engineCandidates();

/** What to do when none of the candidates is there; empty when one is, be it whole or not. Looks at
    names only, so that it is cheap. */
std::string missingEngine(const std::vector<std::filesystem::path>& candidates);

/** Opens the first candidate that is there. Any thread but message and audio threads; takes up to
    a second the first time. A failure is not remembered: the user may repair it and try again. */
EngineResult openEngine(const std::vector<std::filesystem::path>& candidates);

} // namespace organum::plugin
