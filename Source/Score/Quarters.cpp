#include "Score/Quarters.h"

#include <charconv>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace organum::score
{
namespace
{

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

[[noreturn]] void throwOverflow()
{
    throw std::overflow_error("A musical time left the range of 64-bit fractions; the times in "
                              "this score are too large or too finely divided.");
}

/** The most negative integer is refused everywhere, so that negation is always safe. */
std::int64_t checked(std::int64_t value)
{
    if (value < -largest)
        throwOverflow();
    return value;
}

std::int64_t multiply(std::int64_t a, std::int64_t b)
{
    checked(a);
    checked(b);
    const auto absA = a < 0 ? -a : a;
    const auto absB = b < 0 ? -b : b;
    if (absA != 0 && absB > largest / absA)
        throwOverflow();
    return a * b;
}

std::int64_t add(std::int64_t a, std::int64_t b)
{
    if ((b > 0 && a > largest - b) || (b < 0 && a < -largest - b))
        throwOverflow();
    return a + b;
}

std::int64_t floorDivide(std::int64_t a, std::int64_t b)
{
    const auto quotient = a / b;
    return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

/** a/b < c/d for positive b, d, without products that might overflow: compare the integer parts,
    then the reciprocals of what remains. */
bool fractionLess(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d)
{
    bool inverted = false;
    for (;;) {
        const auto wholeLeft = floorDivide(a, b);
        const auto wholeRight = floorDivide(c, d);
        if (wholeLeft != wholeRight)
            return (wholeLeft < wholeRight) != inverted;
        const auto restLeft = a - wholeLeft * b;
        const auto restRight = c - wholeRight * d;
        if (restLeft == 0 || restRight == 0)
            return inverted ? restRight == 0 && restLeft != 0 : restLeft == 0 && restRight != 0;
        a = b;
        b = restLeft;
        c = d;
        d = restRight;
        inverted = !inverted;
    }
}

bool parseInteger(const char* first, const char* last, std::int64_t& value)
{
    const auto result = std::from_chars(first, last, value);
    return result.ec == std::errc{} && result.ptr == last && value >= -largest;
}

} // namespace

Quarters::Quarters(std::int64_t numeratorIn, std::int64_t denominatorIn)
    : num(checked(numeratorIn))
    , den(checked(denominatorIn))
{
    if (den == 0)
        throw std::invalid_argument("A musical time was given with denominator 0.");
    if (den < 0) {
        num = -num;
        den = -den;
    }
    if (den != 1) {
        const auto divisor = std::gcd(num, den);
        num /= divisor;
        den /= divisor;
    }
}

std::string Quarters::toString() const
{
    auto text = std::to_string(num);
    if (den != 1)
        text += "/" + std::to_string(den);
    return text;
}

Quarters Quarters::fromString(const std::string& text)
{
    const auto slash = text.find('/');
    const char* begin = text.data();
    const char* end = begin + text.size();
    const char* middle = slash == std::string::npos ? end : begin + slash;
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
    const bool readable = parseInteger(begin, middle, numerator) &&
                          (slash == std::string::npos ||
                           (parseInteger(middle + 1, end, denominator) && denominator > 0));
    if (!readable)
        throw std::invalid_argument("'" + text +
                                    "' is not a time in quarter notes; write it as "
                                    "\"3\" or \"3/4\".");
    return {numerator, denominator};
}

std::int64_t Quarters::floor() const
{
    return floorDivide(num, den);
}

std::int64_t Quarters::toSteps(std::int64_t stepsPerQuarter) const
{
    return (*this * Quarters(stepsPerQuarter) + Quarters(1, 2)).floor();
}

Quarters Quarters::roundedToGrid(std::int64_t stepsPerQuarter) const
{
    return {toSteps(stepsPerQuarter), stepsPerQuarter};
}

// Sums and products follow Knuth, The Art of Computer Programming, 4.5.1: dividing by common
// factors first keeps intermediate values small.
Quarters Quarters::operator+(const Quarters& other) const
{
    if (den == other.den) {
        if (den == 1) {
            Quarters sum;
            sum.num = add(num, other.num);
            return sum;
        }
        return {add(num, other.num), den};
    }
    const auto common = std::gcd(den, other.den);
    const auto top = add(multiply(num, other.den / common), multiply(other.num, den / common));
    const auto shared = std::gcd(top, common);
    Quarters sum;
    sum.num = top / shared;
    sum.den = multiply(den / common, other.den / shared);
    return sum;
}

Quarters Quarters::operator-() const
{
    Quarters negative = *this;
    negative.num = -num;
    return negative;
}

Quarters Quarters::operator-(const Quarters& other) const
{
    return *this + -other;
}

Quarters Quarters::operator*(const Quarters& other) const
{
    const auto first = std::gcd(num, other.den);
    const auto second = std::gcd(other.num, den);
    Quarters product;
    product.num = multiply(num / first, other.num / second);
    product.den = multiply(den / second, other.den / first);
    return product;
}

Quarters Quarters::operator/(const Quarters& other) const
{
    return *this * Quarters(other.den, other.num);
}

bool Quarters::operator<(const Quarters& other) const
{
    if (den == other.den)
        return num < other.num;
    return fractionLess(num, den, other.num, other.den);
}

} // namespace organum::score
