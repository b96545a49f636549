#pragma once

// A loaded model as whoever wants music sees it. Some networks write one element after another,
// others bars of several voices at once; nothing outside this interface needs to know which.

#include "Engine/Request.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace organum::engine
{

/** A request under way. It advances in small steps, so that whoever runs it can stop it, or let a
    more urgent one pass, between any two of them. One thread at a time. */
class Composition
{
public:
    Composition() = default;
    virtual ~Composition() = default;
    Composition(const Composition&) = delete;
    Composition& operator=(const Composition&) = delete;

    /** Adds an element or a bar. Returns whether anything is left to do. Throws std::exception. */
    virtual bool step() = 0;
    /** The takes, complete once step() has returned false; to be asked for once. */
    virtual std::vector<Take> releaseTakes() = 0;
};

/** A loaded network and what is needed to make music with it. Immutable: share it freely between
    threads. */
class Model
{
public:
    Model() = default;
    virtual ~Model() = default;
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    /** Throws std::invalid_argument for a request this model cannot serve. Cheap: the network is
        not touched. */
    virtual void check(const Request& request) const = 0;
    /** Checks, and begins. What is returned may outlive the model. */
    virtual std::unique_ptr<Composition> begin(const Request& request) const = 0;

    virtual std::int64_t parameterCount() const = 0;
    /** What organum_describe() tells besides name, kind, version, parameters and provenance: a
        JSON object. */
    virtual std::string description() const = 0;
};

/** Runs a composition to its end on the calling thread; between steps `goOn` may say no, and the
    result is empty then. Throws std::exception. */
std::vector<Take> generate(Composition& composition, const std::function<bool()>& goOn = {});
std::vector<Take> generate(const Model& model, const Request& request,
                           const std::function<bool()>& goOn = {});

} // namespace organum::engine
