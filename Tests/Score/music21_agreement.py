#!/usr/bin/env python3
"""The share of (chord, duration) elements on which chordify_check.py and music21 agree.

Usage: music21_agreement.py [--snapped] FILE...
Differences stem from notes shorter than the grid: music21's reader of MIDI rounds a note's length
apart from its onset and never to nothing, so that fast neighbours overlap. With --snapped it gets
the notes as they lie on the grid, so that its chordify alone is compared.
Needs mido and music21 (pip install mido music21). The streams of a file are aligned by onset: an
element agrees when music21 has one of the same onset, pitches and duration.
"""
import sys
from fractions import Fraction

import music21

from chordify_check import NAMES, chordified, notes_of, snapped


def snapped_score(path):
    """One part a note that is still sounding, as chordify wants parts without overlaps."""
    parts = []
    for pitch, start, end in sorted(notes_of(path), key=lambda note: note[1:]):
        start, end = snapped(start), snapped(end)
        if start == end:
            continue
        free = next((part for part in parts if part.highestTime <= start), None)
        if free is None:
            free = music21.stream.Part()
            parts.append(free)
        free.insert(start, music21.note.Note(pitch, quarterLength=end - start))
    return music21.stream.Score(parts)


def music21_elements(path, read):
    chords = read(path).chordify()
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
    paths = sys.argv[1:]
    read = music21.converter.parse
    if "--snapped" in paths:
        paths.remove("--snapped")
        read = snapped_score
    agreed = total = 0
    for path in paths:
        ours = merged(chordified(path))
        theirs = set(merged(music21_elements(path, read)))
        same = sum(element in theirs for element in ours)
        print(f"{path}: {same} of {len(ours)}, music21 has {len(theirs)}", flush=True)
        agreed += same
        total += len(ours)
    print(f"{agreed} of {total} elements agree: {100 * agreed / total:.2f} %")
