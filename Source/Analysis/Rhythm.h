#pragma once

// How long notes are, how alike the rhythms of neighbouring bars, and how often pitches change.

#include "Analysis/Piece.h"

namespace organum::analysis
{

/** Over all notes of a set. A note lasts until its voice begins another or falls silent. */
struct NoteLengths
{
    std::size_t notes = 0;
    double eighthPercent = 0;  ///< notes of an eighth or longer
    double quarterPercent = 0; ///< notes of a quarter or longer
};
NoteLengths measureNoteLengths(const Pieces& pieces);

/** How a piece's last bar counts for groove consistency. */
enum class LastBar
{
    filledUp, ///< a bar cut short at the end is filled up with silence
    /** As muspy counts, length / bar rounded down and one more: the same, and a piece that ends on
        a bar line is followed by an empty bar. */
    countedByMuspy
};

/** 1 less the share of a bar's steps at which one of two neighbouring bars has an onset, of
    whichever voice, and the other has none; mean over the pairs of a piece. NaN for one bar. */
double grooveConsistency(const Piece& piece, LastBar lastBar = LastBar::filledUp);
/** Over pieces of two bars or more. Bach's chorales give .8025 ± .0512 (train) and .8034 ± .0483
    (test); counted by muspy, as the published .802 ± .051 and .802 ± .048 are, .8020 ± .0509 and
    .8023 ± .0483. */
Average measureGroove(const Pieces& pieces, LastBar lastBar = LastBar::filledUp);

/** Over all (step, voice) cells of a set but each piece's first step, which has none before it.
    A cell changes when its pitch, or silence, is not that of the same voice one step earlier.
    Bach's chorales: 22.0 % (train), 21.4 % (valid), 23.0 % (test). Where the first step is counted
    as a change, as in published "change accuracies", they are 22.3, 21.7 and 23.3 %. */
struct ChangeMeasures
{
    std::size_t cells = 0, changed = 0;
    double percent = 0;
    std::vector<double> percentByVoice;                      ///< [voices]
    std::vector<double> percentByPlace;                      ///< [steps of a beat]
    std::vector<std::vector<double>> percentByVoiceAndPlace; ///< [voices][steps of a beat]
    double meanStep = 0; ///< semitones up or down, of changes between two pitches
    std::vector<double> meanStepByVoice;
};
ChangeMeasures measureChanges(const Pieces& pieces);

} // namespace organum::analysis
