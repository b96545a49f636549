#!/usr/bin/env python3
"""Prints the (chord, duration) elements of MIDI files, written independently of the C++ code.

Usage: chordify_check.py FILE...
Prints one line an element: file, chord name, onset, duration (exact fractions of a quarter note).
Needs mido (Debian: python3-mido).
"""
import collections
import os
import sys
from fractions import Fraction

import mido

NAMES = "C C# D E- E F F# G G# A B- B".split()


def snapped(time):
    # round() takes halves to the even neighbour
    grids = [Fraction(round(time * steps), steps) for steps in (4, 3)]
    return min(grids, key=lambda grid: abs(time - grid))


def notes_of(path):
    midi = mido.MidiFile(path)
    for track in midi.tracks:
        tick, open_notes = 0, collections.defaultdict(list)
        for message in track:
            tick += message.time
            if message.type not in ("note_on", "note_off") or message.channel == 9:
                continue
            key = (message.channel, message.note)
            if message.type == "note_on" and message.velocity > 0:
                open_notes[key].append(tick)
            elif open_notes[key]:
                start = open_notes[key].pop(0)
                yield message.note, Fraction(start, midi.ticks_per_beat), \
                    Fraction(max(tick, start + 1), midi.ticks_per_beat)


def chordified(path):
    changes = collections.defaultdict(list)
    for pitch, start, end in notes_of(path):
        start, end = snapped(start), snapped(end)
        if start < end:
            changes[start].append((pitch, 1))
            changes[end].append((pitch, -1))
    sounding = collections.Counter()
    moments = sorted({Fraction(0)} | set(changes))
    for start, end in zip(moments, moments[1:]):
        for pitch, change in changes[start]:
            sounding[pitch] += change
        names = [NAMES[p % 12] + str(p // 12 - 1) for p in sorted(+sounding)]
        yield ".".join(names) or "rest", start, end - start


if __name__ == "__main__":
    for path in sys.argv[1:]:
        for element in chordified(path):
            print(os.path.basename(path), *element, sep="\t")
