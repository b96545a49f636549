#pragma once

// The built engine library, opened as a plugin opens it: by path, symbols kept local, C functions
// found by name. It stays open until the process ends, as in a host.

#include "Engine/organum_engine.h"

#include <catch2/catch.hpp>

#include <dlfcn.h>

#include <string>

namespace organum::test
{

struct EngineLibrary
{
    static const EngineLibrary& instance()
    {
        static const EngineLibrary library;
        return library;
    }

    decltype(&organum_engine_abi) abi;
    decltype(&organum_request_init) requestInit;
    decltype(&organum_create) create;
    decltype(&organum_destroy) destroy;
    decltype(&organum_load) load;
    decltype(&organum_load_within) loadWithin;
    decltype(&organum_heartbeat) heartbeat;
    decltype(&organum_unload) unload;
    decltype(&organum_describe) describe;
    decltype(&organum_generate) generate;
    decltype(&organum_poll) poll;
    decltype(&organum_wait) wait;
    decltype(&organum_cancel) cancel;
    decltype(&organum_take_of) takeOf;
    decltype(&organum_release) release;
    void* handle = nullptr;

    organum_request request() const
    {
        organum_request made;
        requestInit(&made);
        return made;
    }

private:
    EngineLibrary()
        : handle(dlopen(ORGANUM_ENGINE_LIBRARY, RTLD_NOW | RTLD_LOCAL))
    {
        INFO((handle == nullptr ? dlerror() : ""));
        REQUIRE(handle != nullptr);
        find(abi, "organum_engine_abi");
        find(requestInit, "organum_request_init");
        find(create, "organum_create");
        find(destroy, "organum_destroy");
        find(load, "organum_load");
        find(loadWithin, "organum_load_within");
        find(heartbeat, "organum_heartbeat");
        find(unload, "organum_unload");
        find(describe, "organum_describe");
        find(generate, "organum_generate");
        find(poll, "organum_poll");
        find(wait, "organum_wait");
        find(cancel, "organum_cancel");
        find(takeOf, "organum_take_of");
        find(release, "organum_release");
    }

    template <typename Function>
    void find(Function& function, const char* name)
    {
        function = reinterpret_cast<Function>(dlsym(handle, name));
        INFO(name);
        REQUIRE(function != nullptr);
    }
};

} // namespace organum::test
