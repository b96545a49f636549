#pragma once

// Everything a music network trains on: pieces, their split, the vocabulary, transpositions and
// the rule by which "unknown" is learnt.
//
// The vocabulary comes from training pieces only, closed under the transpositions: every chord of
// theirs in every key. Recipes that do not transpose use the same one, so that all models and
// baselines score the same tokens. What a validation or test piece holds beyond it counts as one
// unknown token. To teach the chance of the unknown, chord shapes and durations that occur in a
// single training piece are shown as unknown in a share of that piece's turns; for the
// network they are as unforeseen as a stranger's chords will be.

#include "Engine/Metre.h"
#include "Engine/Vocabulary.h"
#include "Training/Data/MusicFolder.h"
#include "Training/Data/Split.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace organum::training
{

class MusicData
{
public:
    /** The pieces of a checked split. Pieces outside it are dropped. */
    MusicData(std::vector<Piece> piecesIn, Split splitIn);

    const std::vector<Piece>& pieces() const { return allPieces; }
    const Split& split() const { return theSplit; }
    const engine::Vocabulary& vocabulary() const { return theVocabulary; }
    /** Indices into pieces() of a split's part. */
    const std::vector<std::size_t>& part(const std::string& which) const;

    /** Semitones, ascending, by which a piece may be moved: 12 keys, from six down to five up,
        within the training pieces' range widened by six semitones. Always holds 0. */
    const std::vector<int>& shifts(std::size_t piece) const { return shiftsOf[piece]; }

    /** The piece's tokens in another key. */
    std::vector<engine::Token> encode(std::size_t piece, int shift = 0) const;

    /** As encode(), with rare chords and durations (see above) replaced by unknown, each with this
        chance, decided by a hash of (seed, turn, chord). Only for training pieces. */
    std::vector<engine::Token> encodeForTraining(std::size_t piece, int shift, double unknownChance,
                                                 std::uint64_t seed, std::uint64_t turn) const;

    /** The metre in which most training elements begin. */
    engine::Metre commonMetre() const;

    /** The General MIDI program of most training pieces. */
    int commonProgram() const;

    std::size_t elementCount(const std::string& which) const;

private:
    std::vector<Piece> allPieces;
    Split theSplit;
    engine::Vocabulary theVocabulary;
    std::vector<std::size_t> trainPieces, validationPieces, testPieces;
    std::vector<std::vector<int>> shiftsOf;
    std::set<std::vector<int>> rareShapes; ///< pitches above the lowest, in one training piece only
    std::set<score::Quarters> rareDurations;
};

} // namespace organum::training
