#pragma once

// Which pieces are learnt from, which choose between models, which judge. Always whole files, and
// written to a file before any training.

#include "Training/Data/MusicFolder.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace organum::training
{

/** Names of pieces. */
struct Split
{
    std::vector<std::string> train;
    std::vector<std::string> validation;
    std::vector<std::string> test;

    /** "train", "validation" or "test"; throws std::invalid_argument otherwise. */
    const std::vector<std::string>& part(const std::string& which) const;
    /** {"train": [...], "validation": [...], "test": [...]} */
    std::string toJson() const;
};

/** Throws std::invalid_argument, naming `source`, when the text is no split or names a piece twice.
 */
Split splitFromJson(const std::string& text, const std::string& source);
Split readSplitFile(const std::filesystem::path& file);

/** Draws about 72 % of the elements for training, 12 % for validation, 16 % for testing, by whole
    groups of near-duplicates, in an order that hashes of (seed, name) decide; so a piece keeps its
    side when others are added far from the borders. Throws DataError with fewer than 3 groups. */
Split drawSplit(const std::vector<Piece>& pieces,
                const std::vector<std::vector<std::size_t>>& groups, std::uint64_t seed);

/** Throws DataError when the split names a piece that is not there or has an empty side. */
void checkSplit(const Split& split, const std::vector<Piece>& pieces);

/** One sentence for each group that stands on two sides of the split. */
std::vector<std::string> straddling(const Split& split, const std::vector<Piece>& pieces,
                                    const std::vector<std::vector<std::size_t>>& groups);

} // namespace organum::training
