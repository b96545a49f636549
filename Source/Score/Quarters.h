#pragma once

// Exact musical time: a rational number of quarter notes. Ticks, samples and seconds exist only at
// the edges (files, hosts), so no note ever drifts by rounding.

#include <cstdint>
#include <string>

namespace organum::score
{

/** A time or a length in quarter notes, always in lowest terms with a positive denominator.
    Arithmetic throws std::overflow_error when a result does not fit 64 bits. Any thread. */
class Quarters
{
public:
    constexpr Quarters() = default;
    /** Throws std::invalid_argument when the denominator is 0. */
    Quarters(std::int64_t numeratorIn, std::int64_t denominatorIn = 1);

    std::int64_t numerator() const { return num; }
    std::int64_t denominator() const { return den; }
    double toDouble() const { return static_cast<double>(num) / static_cast<double>(den); }

    /** "3/4", "1", "-1/12". */
    std::string toString() const;
    /** Reads what toString() writes; throws std::invalid_argument on anything else. */
    static Quarters fromString(const std::string& text);

    /** Largest integer not above this value. */
    std::int64_t floor() const;
    /** The nearest multiple of 1/stepsPerQuarter; a tie goes up. */
    Quarters roundedToGrid(std::int64_t stepsPerQuarter) const;
    /** This value in steps of 1/stepsPerQuarter, rounded to the nearest; a tie goes up. */
    std::int64_t toSteps(std::int64_t stepsPerQuarter) const;
    static Quarters fromSteps(std::int64_t steps, std::int64_t stepsPerQuarter)
    {
        return {steps, stepsPerQuarter};
    }

    Quarters operator+(const Quarters& other) const;
    Quarters operator-(const Quarters& other) const;
    Quarters operator*(const Quarters& other) const;
    Quarters operator/(const Quarters& other) const;
    Quarters operator-() const;
    Quarters& operator+=(const Quarters& other) { return *this = *this + other; }
    Quarters& operator-=(const Quarters& other) { return *this = *this - other; }

    bool operator==(const Quarters& other) const { return num == other.num && den == other.den; }
    bool operator!=(const Quarters& other) const { return !(*this == other); }
    bool operator<(const Quarters& other) const;
    bool operator>(const Quarters& other) const { return other < *this; }
    bool operator<=(const Quarters& other) const { return !(other < *this); }
    bool operator>=(const Quarters& other) const { return !(*this < other); }

private:
    std::int64_t num = 0;
    std::int64_t den = 1;
};

} // namespace organum::score
