#include "Picture/Axis.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace organum::picture
{
namespace
{

double niceStep(double span, int wanted)
{
    const auto rough = span / std::max(1, wanted);
    const auto power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const auto factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * 0.999)
            return factor * power;
    return 10.0 * power;
}

std::string number(double value, int decimals)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value == 0.0 ? 0.0 : value);
    return text;
}

std::string powerOfTen(double value)
{
    char text[64];
    if (value >= 1e-4 && value < 1e6)
        std::snprintf(text, sizeof text, "%g", value);
    else
        std::snprintf(text, sizeof text, "%.0e", value);
    return text;
}

} // namespace

double AxisRange::fractionOf(double value) const
{
    if (logarithmic)
        return (std::log10(value) - std::log10(low)) / (std::log10(high) - std::log10(low));
    return (value - low) / (high - low);
}

std::vector<Mark> niceMarks(const AxisRange& range, int wanted, Scale scale)
{
    std::vector<Mark> marks;
    // Within less than a decade, powers of ten would leave the axis bare.
    if (range.logarithmic && range.high >= 10 * range.low) {
        const auto first = static_cast<int>(std::ceil(std::log10(range.low) - 1e-9));
        const auto last = static_cast<int>(std::floor(std::log10(range.high) + 1e-9));
        const bool finer = last - first < 2;
        for (int exponent = first - 1; exponent <= last; ++exponent)
            for (const auto factor : {1.0, 2.0, 5.0}) {
                const auto value = factor * std::pow(10.0, exponent);
                if ((finer || factor == 1.0) && value >= range.low * 0.999999 &&
                    value <= range.high * 1.000001)
                    marks.push_back({value, powerOfTen(value)});
            }
        return marks;
    }
    const auto step =
        std::max(niceStep(range.high - range.low, wanted), scale == Scale::counted ? 1.0 : 0.0);
    const auto decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
    const auto first = std::ceil(range.low / step - 1e-6);
    for (double i = first; i * step <= range.high + step * 1e-6; ++i)
        marks.push_back({i * step, number(i * step, decimals)});
    return marks;
}

AxisRange niceRange(double low, double high, bool logarithmic, int wantedMarks)
{
    if (logarithmic) {
        low = std::max(low, 1e-300);
        if (high <= low * 1.000001)
            return {low / 2, low * 2, true};
        const auto margin = std::pow(high / low, 0.04);
        return {low / margin, high * margin, true};
    }
    if (high - low <= 1e-12 * std::max(1.0, std::abs(low)))
        return {low - 0.5, low + 0.5, false};
    const auto step = niceStep(high - low, wantedMarks);
    return {std::floor(low / step + 1e-6) * step, std::ceil(high / step - 1e-6) * step, false};
}

int labelStep(int count, int room)
{
    room = std::max(1, room);
    for (int power = 1;; power *= 10)
        for (const int factor : {1, 2, 4, 5})
            if ((count + factor * power - 1) / (factor * power) <= room)
                return factor * power;
}

} // namespace organum::picture
