#pragma once

// From a knob to new notes: what four voices cost on one thread.

/** Prints a table. Uses the shipped chorales where they are, else a network of the same size with
    drawn weights. */
void benchmarkVoices(bool quick);
