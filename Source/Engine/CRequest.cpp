#include "Engine/CRequest.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace organum::engine
{

namespace
{

// Keeps every time far from overflow; Request::check() draws the musical line.
constexpr std::int64_t mostTicks = std::int64_t{1} << 48;
constexpr std::size_t mostNotes = std::size_t{1} << 20;

static_assert(VoiceWishes::latentCount == ORGANUM_LATENTS);
static_assert(VoiceWishes::macroCount == ORGANUM_MACROS);
static_assert(VoiceWishes::mostVoices == ORGANUM_VOICES);

void require(bool condition, const char* what)
{
    if (!condition)
        throw std::invalid_argument(std::string("Calling the engine: ") + what + ".");
}

score::Quarters quarters(std::int64_t ticks)
{
    if (ticks < -mostTicks || ticks > mostTicks)
        throw std::invalid_argument("Checking the request: a time of " + std::to_string(ticks) +
                                    " ticks is far outside any music.");
    return {ticks, ORGANUM_TICKS_PER_QUARTER};
}

score::Note noteFrom(const organum_note& note)
{
    return {note.pitch, std::clamp(note.velocity, 1, 127), quarters(note.onset),
            quarters(note.duration)};
}

score::Joining joiningFrom(std::int32_t joining)
{
    switch (joining) {
    case ORGANUM_JOIN_HELD:
        return score::Joining::untilPitchChanges;
    case ORGANUM_JOIN_BEATS:
        return score::Joining::cutAtBeats;
    case ORGANUM_JOIN_BARS:
        return score::Joining::cutAtBars;
    case ORGANUM_JOIN_STRONG:
        return score::Joining::cutAtStrongBeats;
    default:
        break;
    }
    throw std::invalid_argument("Calling the engine: the request joins notes by a rule that this "
                                "engine does not know.");
}

void readPrimer(const organum_request& raw, Request& request)
{
    request.primerLength = quarters(raw.primer_length);
    require(raw.primer_count == 0 || raw.primer != nullptr,
            "the primer has notes but no pointer to them");
    // Before memory is taken for them.
    require(raw.primer_count <= mostNotes, "the primer has more than a million notes");
    request.primer.reserve(raw.primer_count);
    for (std::size_t i = 0; i < raw.primer_count; ++i) {
        request.primer.push_back(noteFrom(raw.primer[i]));
        request.voices.primerVoices.push_back(raw.primer[i].voice);
    }
}

void readLocks(const organum_request& raw, VoiceWishes& voices)
{
    require(raw.locked_bars == 0 || raw.locked_voices != nullptr,
            "there are locked bars but no pointer to them");
    require(raw.locked_bars <= mostNotes, "more than a million bars are locked");
    require(raw.locked_note_count == 0 || raw.locked_notes != nullptr,
            "there are locked notes but no pointer to them");
    require(raw.locked_note_count <= mostNotes, "there are more than a million locked notes");
    if (raw.locked_bars > 0)
        voices.lockedVoices.assign(raw.locked_voices, raw.locked_voices + raw.locked_bars);
    voices.lockedNotes.reserve(raw.locked_note_count);
    for (std::size_t i = 0; i < raw.locked_note_count; ++i)
        voices.lockedNotes.push_back({noteFrom(raw.locked_notes[i]), raw.locked_notes[i].voice});
    if (raw.held_notes != nullptr)
        voices.heldNotes.assign(raw.held_notes, raw.held_notes + raw.locked_note_count);
}

void readVoices(const organum_request& raw, VoiceWishes& voices)
{
    voices.latentMask = raw.latent_mask;
    for (std::size_t i = 0; i < VoiceWishes::latentCount; ++i)
        voices.latents[i] = {raw.latents[i].seed_a, raw.latents[i].seed_b, raw.latents[i].morph};
    std::copy(std::begin(raw.macros), std::end(raw.macros), voices.macros.begin());
    voices.ruleStrength = raw.rule_strength;
    require(raw.decoder == ORGANUM_DECODER_ARGMAX || raw.decoder == ORGANUM_DECODER_THRESHOLD,
            "the decoder is neither argmax nor threshold");
    voices.decoder =
        raw.decoder == ORGANUM_DECODER_THRESHOLD ? Decoder::threshold : Decoder::argmax;
    voices.joining = joiningFrom(raw.joining);
    readLocks(raw, voices);
}

void readChords(const organum_request& raw, ChordWishes& wishes)
{
    require(raw.chord_count == 0 || raw.chords != nullptr,
            "there are chords but no pointer to them");
    require(raw.chord_count <= mostNotes, "there are more than a million chords");
    wishes.strength = raw.chord_strength;
    wishes.chords.reserve(raw.chord_count);
    for (std::size_t i = 0; i < raw.chord_count; ++i) {
        const auto& chord = raw.chords[i];
        wishes.chords.push_back({quarters(chord.onset), quarters(chord.length),
                                 chord.pitch_class_mask & ChordWishes::anyPitchClass, chord.bass});
    }
}

/** Every one is checked with the request. */
std::vector<Branch> branchesFrom(const organum_request& raw)
{
    require(raw.branch_count == 0 || raw.branches != nullptr,
            "there are branches but no pointer to them");
    require(raw.branch_count <= mostNotes, "there are more than a million branches");
    std::vector<Branch> branches;
    for (std::size_t i = 0; i < raw.branch_count; ++i)
        branches.push_back({raw.branches[i].element, raw.branches[i].pitch});
    return branches;
}

} // namespace

Request requestFrom(const organum_request& raw)
{
    Request request;
    request.seed = raw.seed;
    request.bars = raw.bars;
    request.metre = {raw.metre_numerator, raw.metre_denominator};
    request.pitchTemperature = raw.pitch_temperature;
    request.durationTemperature = raw.duration_temperature;
    request.topP = raw.top_p;
    request.pitchClassMask = raw.pitch_class_mask;
    request.lowestPitch = raw.lowest_pitch;
    request.highestPitch = raw.highest_pitch;
    require(raw.sampler == ORGANUM_SAMPLER_STREAM || raw.sampler == ORGANUM_SAMPLER_WINDOW,
            "the sampler is neither stream nor window");
    request.sampler = raw.sampler == ORGANUM_SAMPLER_WINDOW ? Sampler::window : Sampler::stream;
    require((raw.explain & ~(ORGANUM_EXPLAIN_PROBABILITIES | ORGANUM_EXPLAIN_ATTENTION)) == 0,
            "the request asks for an explanation that this engine does not know");
    request.explainProbabilities = (raw.explain & ORGANUM_EXPLAIN_PROBABILITIES) != 0;
    request.explainAttention = (raw.explain & ORGANUM_EXPLAIN_ATTENTION) != 0;
    request.variations = raw.variations;
    readPrimer(raw, request);
    readVoices(raw, request.voices);
    readChords(raw, request.chords);
    request.branches = branchesFrom(raw);
    return request;
}

} // namespace organum::engine
