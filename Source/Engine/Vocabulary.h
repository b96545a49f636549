#pragma once

// The two vocabularies of the book's music model: chord names and durations, each mapped to ids.
// Made from training files only, stored in the bundle.

#include "Score/Elements.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace organum::engine
{

/** One stream element as ids. */
struct Token
{
    std::int64_t pitch = 0;
    std::int64_t duration = 0;
    bool operator==(const Token& other) const
    {
        return pitch == other.pitch && duration == other.duration;
    }
};

/** Ids of both streams. In each, id 0 is what precedes a piece (START; duration 0) and id 1 stands
    for everything unknown; neither is ever sampled. Immutable after construction; any thread. */
class Vocabulary
{
public:
    static constexpr std::int64_t start = 0;
    static constexpr std::int64_t unknown = 1;

    Vocabulary() = default;
    /** Names without START and unknown: chord names as score::chordName() writes them and
        durations > 0; both are sorted and made unique here. Throws std::invalid_argument. */
    Vocabulary(std::vector<std::vector<int>> chords, std::vector<score::Quarters> durations);

    /** From every element given. */
    static Vocabulary fromElements(const std::vector<std::vector<score::Element>>& pieces);
    /** From and to the bundle's JSON text; throws std::invalid_argument when damaged. */
    static Vocabulary fromJson(const std::string& text);
    std::string toJson() const;

    std::int64_t pitchCount() const { return static_cast<std::int64_t>(chordsById.size()); }
    std::int64_t durationCount() const { return static_cast<std::int64_t>(durationsById.size()); }

    /** `unknown` when not in the vocabulary. */
    std::int64_t pitchId(const std::vector<int>& chord) const;
    std::int64_t durationId(const score::Quarters& duration) const;
    Token encode(const score::Element& element) const;
    std::vector<Token> encode(const std::vector<score::Element>& elements) const;

    /** Pitches of an id, ascending; empty for a rest, START and unknown. */
    const std::vector<int>& chord(std::int64_t id) const { return chordsById.at(id); }
    /** Duration of an id; 0 for START and unknown. */
    const score::Quarters& duration(std::int64_t id) const { return durationsById.at(id); }
    std::string pitchName(std::int64_t id) const;
    std::string durationName(std::int64_t id) const;
    bool operator==(const Vocabulary& other) const;

private:
    std::vector<std::vector<int>> chordsById;
    std::vector<score::Quarters> durationsById;
    std::map<std::vector<int>, std::int64_t> idOfChord;
    std::map<score::Quarters, std::int64_t> idOfDuration;
};

} // namespace organum::engine
