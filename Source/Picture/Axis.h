#pragma once

// Where the marks of an axis stand and what they say. Kept apart from drawing so that it can be
// tested as numbers.

#include <string>
#include <vector>

namespace organum::picture
{

struct Mark
{
    double value = 0;
    std::string label;
};

/** A range of values along an axis; `logarithmic` needs low > 0. */
struct AxisRange
{
    double low = 0;
    double high = 1;
    bool logarithmic = false;

    /** 0 at low, 1 at high. */
    double fractionOf(double value) const;
};

/** What an axis measures, which says where marks may stand. */
enum class Scale
{
    continuous,
    counted ///< whole numbers alone, as epochs are
};

/** Marks at 1, 2 or 5 times a power of ten (powers of ten alone on a logarithmic axis of two or
    more), about `wanted` of them, inside the range. Labels carry equal numbers of decimals. */
std::vector<Mark> niceMarks(const AxisRange& range, int wanted, Scale scale = Scale::continuous);

/** The range widened to nice marks, so that curves do not touch the frame. A range of no width
    becomes one around its value. */
AxisRange niceRange(double low, double high, bool logarithmic, int wantedMarks);

/** The distance between labels 0, d, 2d ... so that at most `room` of `count` are shown:
    1, 2, 4, 5, 10, 20 ... */
int labelStep(int count, int room);

} // namespace organum::picture
