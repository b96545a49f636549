#pragma once

// Chord symbols as MusicXML writes them.

#include "Score/ChordSymbol.h"

#include <string>

namespace organum::score
{

/** A <harmony> element; "N.C." of no chord. */
std::string harmonyElement(const ChordSymbol& chord);

} // namespace organum::score
