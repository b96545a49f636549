#!/usr/bin/env python3
"""The share of (chord, duration) elements on which chordify_check.py and music21 agree.

Usage: music21_agreement.py FILE...
Differences stem from notes shorter than the grid: music21 rounds a note's length apart from its
onset and never to nothing, so that fast neighbours overlap.
Needs mido and music21 (pip install mido music21). The streams of a file are aligned by onset: an
element agrees when music21 has one of the same onset, pitches and duration.
"""
import sys
from fractions import Fraction

import music21

from chordify_check import NAMES, chordified


def music21_elements(path):
    chords = music21.converter.parse(path).chordify()
    for element in chords.flatten().notesAndRests:
        length = Fraction(element.duration.quarterLength).limit_denominator(48)
        onset = Fraction(element.offset).limit_denominator(48)
        pitches = [] if element.isRest else sorted({p.midi for p in element.pitches})
        if length > 0:
            name = ".".join(NAMES[p % 12] + str(p // 12 - 1) for p in pitches) or "rest"
            yield name, onset, length


def merged(elements):
    """Splits at bar lines are notation: tied pieces and neighbouring rests become one again."""
    result = []
    for name, onset, length in elements:
        if result and name == "rest" == result[-1][0]:
            result[-1] = (name, result[-1][1], result[-1][2] + length)
        else:
            result.append((name, onset, length))
    return result


if __name__ == "__main__":
    agreed = total = 0
    for path in sys.argv[1:]:
        ours = merged(chordified(path))
        theirs = set(merged(music21_elements(path)))
        same = sum(element in theirs for element in ours)
        print(f"{path}: {same} of {len(ours)}, music21 has {len(theirs)}", flush=True)
        agreed += same
        total += len(ours)
    print(f"{agreed} of {total} elements agree: {100 * agreed / total:.2f} %")
