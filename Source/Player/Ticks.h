#pragma once

// Whole-number arithmetic of musical time that is right before the zero, too.

#include <cstdint>

namespace organum::player
{

/** divisor > 0. */
constexpr std::int64_t floorDivide(std::int64_t value, std::int64_t divisor)
{
    const std::int64_t quotient = value / divisor;
    return value % divisor < 0 ? quotient - 1 : quotient;
}

/** 0..divisor-1. */
constexpr std::int64_t floorModulo(std::int64_t value, std::int64_t divisor)
{
    return value - floorDivide(value, divisor) * divisor;
}

/** The first multiple of `step` (> 0) that is not before `value`. */
constexpr std::int64_t roundUp(std::int64_t value, std::int64_t step)
{
    return -floorDivide(-value, step) * step;
}

} // namespace organum::player
