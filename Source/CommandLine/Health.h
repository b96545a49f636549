#pragma once

// The examinations behind `organum doctor`. Each looks at one thing that was seen to go wrong on
// real machines, and names the cure.

#include <string>
#include <vector>

namespace organum::commandline
{

enum class Health
{
    ok,
    warning, ///< works, but slowly, silently or incompletely
    failure  ///< generating cannot work
};

struct HealthCheck
{
    std::string name;
    Health health = Health::ok;
    std::string finding;
    std::string advice; ///< empty when ok
};

/** Takes about a second: matrix products are measured. */
std::vector<HealthCheck> examineHealth();

/** A product of two 512 x 512 matrices at less than this is a sign of the reference BLAS:
    10 GFLOP/s, where it reaches 1 to 3 and an optimised one 30 or more on one core. */
HealthCheck judgeBlas(double gigaflops, const std::string& library);

} // namespace organum::commandline
