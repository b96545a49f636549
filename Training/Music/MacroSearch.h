#pragma once

// Finds macro knobs: directions in the noise of a trained network of voices that move one statistic
// of its music. Nobody taught the network what a piece's density is; a regression over pieces that
// it composed says which way its vectors must go for more, and pieces of other seeds say whether
// that is true.

#include "Bundle/Bundle.h"

#include <cstdint>

namespace organum::training
{

class Progress;

struct MacroRecipe
{
    int pieces = 768;     ///< composed to find directions; each bar is one observation
    int bars = 8;         ///< of each
    int pilots = 48;      ///< pieces, as long, composed at the ends to choose how far they are; not
                          ///< more than the checks
    int checks = 64;      ///< pieces composed at each of five places to see whether it is true
    int checkBars = 16;   ///< of each
    double ridge = 0.5;   ///< weight of the penalty, per observation
    double reach = 1.5;   ///< standard deviations of the statistic over pieces that -1 and 1 aim at
    double longest = 6.0; ///< a direction may go so far at 1; ten vectors of noise are 18 long
    double margin = 3.0;  ///< standard errors by which each place must lie above the one before
};

/** The bundle, of kind "musegan-conditional", with the macros that were found in place of those it
    had; its weights stay as they are. Looked for are macroStatistics(). A direction is tried in the
    vectors that are constant over a piece, style and groove, and where these move too little in
    all. One is kept when, on seeds that were not used to find it, the mean statistic rises from
    each of the places -1, -0.5, 0, 0.5 and 1 to the next by more than the margin, and the music at
    the ends is sound (see Soundness); for that the range is narrowed three times at most. The
    provenance gets all figures, those of rejected macros too, under "macros". The same bundle,
    recipe and seed give the same. Throws std::invalid_argument for another kind. */
bundle::Bundle withMacros(bundle::Bundle bundle, const MacroRecipe& recipe, std::uint64_t seed,
                          Progress& progress);

} // namespace organum::training
