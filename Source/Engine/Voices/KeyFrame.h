#pragma once

// Pitches counted from the tonic: conditional MuseGAN sees every piece as if its notes were the
// white keys, so that what it learnt of one key holds in all.

#include <array>
#include <cstdint>

namespace organum::engine
{

/** How many of these pitch classes (counts from C up) the major collection on a tonic holds. */
std::int64_t insideMajor(int tonic, const std::array<std::int64_t, 12>& counts);

/** The major collection that holds most of these pitch classes (counts from C up): its tonic, 0 =
    C; among equals the lowest. A minor key's is that of its relative major. */
int majorTonic(const std::array<std::int64_t, 12>& counts);

class KeyFrame
{
public:
    /** key: tonic of the major collection, 0 = C ... 11. */
    explicit KeyFrame(int keyIn)
        : key(keyIn)
        , shift(key < 6 ? -key : 12 - key)
    {
    }

    /** MIDI pitch, or -1 for silence -> the network's class of that voice; -1 when the voice has no
        class for it. */
    std::int64_t classOf(int voice, int pitch) const;
    /** The other way: a class, silence included -> MIDI pitch or -1. */
    int pitchOf(int voice, std::int64_t classId) const;

    const int key;
    /** Semitones from the piece to the white keys, -5..6. */
    const int shift;
};

} // namespace organum::engine
