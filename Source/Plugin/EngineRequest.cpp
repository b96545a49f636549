#include "Plugin/EngineRequest.h"

#include "Plugin/EditedNotes.h"

#include <algorithm>
#include <utility>

namespace organum::plugin
{

static_assert(largestVoices == ORGANUM_VOICES && latentCount == ORGANUM_LATENTS &&
                  macroCount == ORGANUM_MACROS,
              "plugin and engine count alike");
static_assert(latent::chords == ORGANUM_LATENT_CHORDS && latent::style == ORGANUM_LATENT_STYLE &&
                  latent::melody == ORGANUM_LATENT_MELODY &&
                  latent::groove == ORGANUM_LATENT_GROOVE,
              "plugin and engine order the knobs alike");

namespace
{

organum_note engineNote(const TakeNote& note)
{
    organum_note result = {};
    result.pitch = note.pitch;
    result.velocity = note.velocity;
    result.onset = note.onset;
    result.duration = note.duration;
    result.voice = note.voice;
    return result;
}

/** What is locked in the new music: one mask a bar. */
std::vector<std::uint32_t> cellsOf(const Wish& wish)
{
    if (!wish.voices || wish.voices->kept == nullptr)
        return {};
    return lockedCells(wish.voices->locks, *wish.voices->kept, wish.bars);
}

} // namespace

EngineRequest::EngineRequest(const Wish& wish, decltype(&organum_request_init) initialise)
{
    request.struct_size = sizeof(request);
    initialise(&request);
    request.seed = wish.seed;
    request.bars = wish.bars;
    request.metre_numerator = wish.metreNumerator;
    request.metre_denominator = wish.metreDenominator;
    request.pitch_temperature = wish.pitchTemperature;
    request.duration_temperature = wish.durationTemperature;
    request.top_p = wish.topP;
    request.pitch_class_mask = wish.pitchClassMask;
    request.lowest_pitch = wish.lowestPitch;
    request.highest_pitch = wish.highestPitch;
    if (const auto& before = wish.continues != nullptr ? wish.continues : wish.answers;
        before != nullptr) {
        for (const TakeNote& note : before->notes)
            primer.push_back(engineNote(note));
        request.primer = primer.data();
        request.primer_count = primer.size();
        request.primer_length = before->length();
    }
    if (wish.explains)
        request.explain = ORGANUM_EXPLAIN_PROBABILITIES | ORGANUM_EXPLAIN_ATTENTION;
    for (const WishBranch& branch : wish.branches)
        branches.push_back({branch.element, branch.pitch});
    request.branches = branches.data();
    request.branch_count = branches.size();
    for (const ChordPlace& place : wish.chords)
        chords.push_back({place.onset, place.length, place.pitchClasses, place.bass});
    request.chords = chords.data();
    request.chord_count = chords.size();
    request.chord_strength = wish.chordStrength;
    if (wish.voices) {
        const std::int64_t bar =
            4 * player::ticksPerQuarter * wish.metreNumerator / wish.metreDenominator;
        addVoices(wish, bar * wish.bars);
    }
}

void EngineRequest::addVoices(const Wish& wish, std::int64_t length)
{
    const VoicesWish& voices = *wish.voices;
    request.latent_mask = latent::all;
    for (std::size_t i = 0; i < voices.latents.size(); ++i)
        request.latents[i] = {voices.latents[i].a, voices.latents[i].b, voices.latents[i].morph};
    std::copy(voices.macros.begin(), voices.macros.end(), request.macros);
    request.rule_strength = voices.rules;
    const TakePointer& before = voices.kept != nullptr ? voices.kept : wish.edited;
    if (before == nullptr)
        return;
    cells = cellsOf(wish);
    for (TakeNote note : before->notes) {
        if (note.onset >= length)
            continue;
        note.duration = std::min(note.duration, length - note.onset);
        kept.push_back(engineNote(note));
        held.push_back(note.isEdited ? 1 : 0);
    }
    request.locked_voices = cells.data();
    request.locked_bars = cells.size();
    request.locked_notes = kept.data();
    request.locked_note_count = kept.size();
    request.held_notes = held.data();
}

Take takeOf(const organum_take& taken, const Wish& wish)
{
    Take take;
    take.model = wish.modelName;
    take.seed = wish.seed;
    take.bars = wish.bars;
    take.metreNumerator = wish.metreNumerator;
    take.metreDenominator = wish.metreDenominator;
    take.notice = taken.notice != nullptr ? taken.notice : "";
    take.settings = wish.settings;
    for (int voice = 0; taken.voice_count > 1 && voice < taken.voice_count; ++voice) {
        const auto place = static_cast<std::size_t>(voice);
        take.voiceNames.push_back(wish.voices && place < wish.voices->names.size()
                                      ? wish.voices->names[place]
                                      : "Voice " + std::to_string(voice + 1));
    }
    for (std::size_t i = 0; i < taken.note_count; ++i) {
        const organum_note& note = taken.notes[i];
        take.notes.push_back({note.onset, note.duration, note.pitch, note.velocity, note.voice});
    }
    if (wish.edited != nullptr)
        keepEdited(take, *wish.edited, cellsOf(wish));
    // Music with voices cannot go on in music without, or the other way round: it stands alone.
    if (wish.continues != nullptr && wish.continues->voices() == take.voices())
        take = joined(*wish.continues, take);
    if (wish.about != nullptr) {
        keepEdited(take, *wish.about, {});
        markEdited(take, *wish.about);
    }
    return take;
}

std::string problemWith(const Take& take, const Wish& wish)
{
    if (std::string problem = problemWith(take); !problem.empty())
        return problem;
    const TakePointer& edited = wish.about != nullptr ? wish.about : wish.edited;
    if (edited != nullptr && !keepsEdited(take, *edited))
        return "an edited note was changed";
    if (!wish.voices || wish.voices->kept == nullptr)
        return {};
    return lockProblem(take, *wish.voices->kept, cellsOf(wish));
}

} // namespace organum::plugin
