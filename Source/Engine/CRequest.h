#pragma once

// A request as it crosses the C interface, made into the engine's own: every pointer is followed
// once, here, and nothing of the caller's memory is needed afterwards.

#include "Engine/Request.h"
#include "Engine/organum_engine.h"

namespace organum::engine
{

/** Copies. Throws std::invalid_argument for what the C types allow and the engine's do not;
    Request::check() does the rest. */
Request requestFrom(const organum_request& raw);

} // namespace organum::engine
