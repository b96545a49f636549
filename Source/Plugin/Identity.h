#pragma once

// What hosts remember a plugin by. None of this may ever change: a saved project finds its plugin,
// its parameters and its music by these. A test holds each of them fixed.

namespace organum::plugin
{

/** Two shapes of one product: hosts disagree on where a MIDI generator belongs. */
enum class Shape
{
    instrument, ///< stereo out, MIDI in and out: goes on an instrument track anywhere
    midiEffect  ///< no audio at all: for hosts with a place for MIDI effects
};

namespace identity
{
constexpr auto manufacturer = "Organum";
constexpr auto manufacturerCode = "Orgn";
constexpr auto instrumentName = "Organum";
constexpr auto instrumentCode = "Orga";
constexpr auto instrumentUri = "https://organum.audio/lv2/organum";
constexpr auto midiEffectName = "Organum MIDI";
constexpr auto midiEffectCode = "OrgM";
constexpr auto midiEffectUri = "https://organum.audio/lv2/organum-midi";
} // namespace identity

/** Parameter ids, in the order in which a host sees them; introduced with the version hint 1. */
namespace parameter_id
{
constexpr int versionHint = 1;
constexpr auto model = "model";
constexpr auto bars = "bars";
constexpr auto seed = "seed";
constexpr auto pitchTemperature = "pitch_temperature";
constexpr auto durationTemperature = "duration_temperature";
constexpr auto topP = "top_p";
constexpr auto key = "key";
constexpr auto scale = "scale";
constexpr auto channel = "channel";
constexpr auto follow = "follow";
constexpr auto thru = "thru";
constexpr auto preview = "preview";
constexpr auto generate = "generate";
constexpr auto continueTake = "continue";

// What follows came with the version hint 2: the knobs of models with voices.
constexpr int voicesVersionHint = 2;
/** Each with "_seed_a", "_seed_b" and "_morph" behind it. */
constexpr const char* latents[] = {"chords",       "style",       "melody_soprano", "melody_alto",
                                   "melody_tenor", "melody_bass", "groove_soprano", "groove_alto",
                                   "groove_tenor", "groove_bass"};
constexpr auto rules = "rule_strength";
/** Each with "_lock", "_mute" and "_channel" behind it. */
constexpr const char* voices[] = {"soprano", "alto", "tenor", "bass"};
/** With "1" to "8" behind it. */
constexpr auto macro = "macro_";

// What follows came with the version hint 3: how a take is played.
constexpr int playingVersionHint = 3;
constexpr auto mode = "mode";
constexpr auto triggerGrid = "trigger_grid";
constexpr auto callBars = "call_bars";
constexpr auto runFree = "run_free";
constexpr auto freeTempo = "free_tempo";
constexpr auto swing = "swing";
constexpr auto swingStep = "swing_step";
constexpr auto humaniseTiming = "humanise_timing";
constexpr auto humaniseVelocity = "humanise_velocity";
constexpr auto saveAsPlayed = "save_as_played";
constexpr auto panic = "panic";
constexpr auto previousTake = "previous_take";
constexpr auto nextTake = "next_take";

// What follows came with the version hint 4: the range of music without voices.
constexpr int rangeVersionHint = 4;
constexpr auto lowest = "lowest_pitch";
constexpr auto highest = "highest_pitch";
} // namespace parameter_id

} // namespace organum::plugin
