#include "Engine/Metre.h"

namespace organum::engine
{

score::BarPosition Metre::at(const score::Quarters& time) const
{
    const auto length = barLength();
    score::BarPosition position;
    position.bar = (time / length).floor();
    position.offset = time - length * score::Quarters(position.bar);
    position.barLength = length;
    position.numerator = numerator;
    position.denominator = denominator;
    return position;
}

int Metre::accent(const score::Quarters& time) const
{
    const auto offset = at(time).offset;
    if (offset == score::Quarters{})
        return 2;
    return (offset / beat()).denominator() == 1 ? 1 : 0;
}

bool Metre::isMiddle(const score::Quarters& time) const
{
    const auto beats = barLength() / beat();
    return beats.denominator() == 1 && beats.numerator() >= 4 && beats.numerator() % 2 == 0 &&
           at(time).offset + at(time).offset == barLength();
}

score::Quarters Metre::beat() const
{
    const bool compound = denominator >= 8 && numerator > 3 && numerator % 3 == 0;
    return {compound ? 12 : 4, denominator};
}

} // namespace organum::engine
