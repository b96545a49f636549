/* The engine's C interface: everything a plugin may know of neural networks.

   The library behind it holds LibTorch, the loaded weights, one queue and one worker thread for
   the whole process, whoever opened it. No exception and no C++ type crosses this line. Every
   function may be called from any thread except an audio thread; strings are UTF-8.
   Time is in ticks, ORGANUM_TICKS_PER_QUARTER to a quarter note; tempo plays no part. */
/* Names and layout are C's. */
/* clang-format off */
/* NOLINTBEGIN(readability-identifier-naming) */
#ifndef ORGANUM_ENGINE_H
#define ORGANUM_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(ORGANUM_ENGINE_BUILDING) && defined(__GNUC__)
#define ORGANUM_API __attribute__((visibility("default")))
#else
#define ORGANUM_API
#endif

/* Raised with every change that an older caller could not survive. */
#define ORGANUM_ENGINE_ABI 4u
/* 2^5 3^2 5 7: holds twelfths, septuplets and 128th notes exactly. */
#define ORGANUM_TICKS_PER_QUARTER 10080

typedef enum organum_status {
    ORGANUM_OK = 0,
    ORGANUM_PENDING = 1,
    ORGANUM_CANCELLED = 2,
    ORGANUM_BAD_ARGUMENT = -1, /* a request out of its range; the message says which */
    ORGANUM_BAD_FILE = -2,     /* missing, unreadable, damaged or hostile bundle */
    ORGANUM_BAD_VERSION = -3,  /* bundle or caller newer than this engine */
    ORGANUM_NO_MEMORY = -4,
    ORGANUM_FAILED = -5        /* anything else; the message says what */
} organum_status;

/* Filled whenever a status is negative; always ends in a zero byte. */
typedef struct organum_error {
    char message[512];
} organum_error;

typedef struct organum_client organum_client; /* one user of the engine, e.g. a plugin instance */
typedef struct organum_model organum_model;   /* a loaded bundle, shared by all its users */
typedef struct organum_job organum_job;       /* one request under way or done */

typedef struct organum_note {
    int32_t pitch;    /* MIDI 0..127 */
    int32_t velocity; /* 1..127; of new notes 96 on downbeats, 88 on beats, 80 between them */
    int64_t onset;    /* ticks */
    int64_t duration; /* ticks, > 0 */
    int32_t voice;    /* 0 = the highest, e.g. soprano; 0 where a model has one voice */
} organum_note;

enum { ORGANUM_SAMPLER_STREAM = 0, ORGANUM_SAMPLER_WINDOW = 1 };
enum { ORGANUM_EXPLAIN_PROBABILITIES = 1, ORGANUM_EXPLAIN_ATTENTION = 2 };

/* The knobs of a model with latent vectors ("latents" in its description): chords and style are
   common to all voices, melody and groove are each voice's own. A vector that changes with every
   bar is drawn from its seed and the bar's number. */
enum {
    ORGANUM_LATENT_CHORDS = 0, /* changes with every bar, the same for all voices */
    ORGANUM_LATENT_STYLE = 1,  /* one for all bars and voices */
    ORGANUM_LATENT_MELODY = 2, /* + voice: changes with every bar */
    ORGANUM_LATENT_GROOVE = 6, /* + voice: one for all bars */
    ORGANUM_LATENTS = 10
};
#define ORGANUM_ALL_LATENTS ((1u << ORGANUM_LATENTS) - 1u)
#define ORGANUM_VOICES 4
#define ORGANUM_MACROS 8

/* One knob between two ideas: the vector drawn with seed_a at morph 0, with seed_b at morph 1, and
   on the great circle between them otherwise. Equal seeds: that vector, whatever the morph. */
typedef struct organum_latent {
    uint64_t seed_a;
    uint64_t seed_b;
    double morph; /* 0..1 */
} organum_latent;

enum {
    ORGANUM_DECODER_ARGMAX = 0,   /* one note a voice: the likeliest pitch of each step */
    ORGANUM_DECODER_THRESHOLD = 1 /* every pitch that is on: a voice may be polyphonic. Voice
                                     leading is not looked at */
};

/* Where a run of one pitch is struck again. A model whose network says where notes begin needs no
   rule and ignores it. */
enum {
    ORGANUM_JOIN_HELD = 0,  /* nowhere: the run is one note */
    ORGANUM_JOIN_BEATS = 1, /* on every beat, as the book does */
    ORGANUM_JOIN_BARS = 2,  /* on every bar line */
    ORGANUM_JOIN_STRONG = 3 /* on every bar line, and in the middle of a bar of four beats or more
                               unless the note began with the bar; the default */
};

/* One chord of a wished harmony. */
typedef struct organum_chord {
    int64_t onset;             /* ticks from the start of the new music, >= 0 */
    int64_t length;            /* ticks, > 0 */
    uint32_t pitch_class_mask; /* its notes: bit 0 = C ... bit 11 = B; not 0 */
    int32_t bass;              /* pitch class that the lowest of several voices is drawn to, 0..11;
                                  -1: none in particular */
} organum_chord;

/* Where a take leaves the way it would go by itself: at this new element (0 = the first) its chord
   is the likeliest of those that hold the pitch, alone if may be; what comes after is composed anew
   from there, what is before stays as it is. */
typedef struct organum_branch {
    int32_t element;
    int32_t pitch; /* MIDI 0..127, -1 = a rest */
} organum_branch;

/* What is wished for. Fill with organum_request_init() first, so that fields added later have
   their defaults. */
typedef struct organum_request {
    uint32_t struct_size;
    uint64_t seed;
    int32_t bars;                /* 1..256 new bars */
    int32_t metre_numerator;     /* 1..32 */
    int32_t metre_denominator;   /* 1, 2, 4, 8, 16, 32 */
    double pitch_temperature;    /* 0.05..4; 1 = as learnt */
    double duration_temperature; /* 0.05..4 */
    double top_p;                /* 0.05..1; 1 = no cut */
    /* Scale and range take choices away before sampling; a chord is left when all its pitches are.
       When the model has no chord left the request is ORGANUM_BAD_ARGUMENT. Silence always is a
       choice, but lasts a bar at most (half a bar when one is asked for). */
    uint32_t pitch_class_mask;   /* bit 0 = C ... bit 11 = B; 0xFFF = all. Masks logits. */
    int32_t lowest_pitch;        /* MIDI 0..127, inclusive */
    int32_t highest_pitch;
    int32_t sampler;             /* ORGANUM_SAMPLER_... */
    int32_t explain;             /* ORGANUM_EXPLAIN_... bits */
    int32_t variations;          /* 1..16 takes; take i equals a request of its own with seed + i */
    int32_t urgency;             /* higher first in the queue; same urgency: first come */
    const organum_note* primer;  /* music to go on from, from tick 0; copied by submit */
    size_t primer_count;
    int64_t primer_length;       /* ticks the primer fills, bars of silence at its end included */

    /* What follows is for models with voices; others ignore it, as these ignore temperatures, top-p
       and sampler unless their description names them. Primer notes that all have voice 0 are dealt
       to the voices, the highest first. */
    uint32_t latent_mask;        /* bit k: latents[k] counts. A vector whose bit is 0 is drawn from
                                    `seed`; 0 or ORGANUM_ALL_LATENTS are common */
    organum_latent latents[ORGANUM_LATENTS];
    double macros[ORGANUM_MACROS]; /* -1..1 along the directions the description names; 0 = none */
    double rule_strength;        /* 0..1: how much voice leading may overrule the network; 0 = raw,
                                    0.5 = default */
    int32_t decoder;             /* ORGANUM_DECODER_... */
    int32_t joining;             /* ORGANUM_JOIN_... */
    /* Locked cells keep what `locked_notes` has there and condition the rest. One mask a bar of the
       new music, bit v = voice v is locked; NULL: nothing is. A note that begins in a locked bar
       of its voice is kept to the bit, even where it ends in an open bar: new notes of that voice
       begin after it. A note that only sounds on into a locked bar keeps its pitch there, tied to
       the new note before the bar line when that has the same pitch, else struck on the bar line.
       Notes elsewhere are ignored. Copied by submit. */
    const uint32_t* locked_voices;
    size_t locked_bars;          /* masks in locked_voices; bars beyond are open */
    const organum_note* locked_notes; /* onsets from 0 = start of the new music */
    size_t locked_note_count;

    /* For every model. Chords in order of time, none overlapping the next; between them, and in the
       primer, any note may sound. `chord_strength`:
       0     = they are left aside;
       1     = strict: a pitch that does not belong to the chord is never chosen, and no note sounds
               on into a chord to which it does not belong - it is given a duration that ends in
               time, or is cut where the chord changes. Every pitch at every moment is a chord tone.
               Locked notes are kept all the same. A chord of which a model (or one of its voices)
               has no note in scale and range is ORGANUM_BAD_ARGUMENT;
       between = soft: a note outside is less likely by 3 s / (1 - s) nats (with voices 6), half of
               that when it begins between beats and lasts half a beat at most.
       Silence is as likely as without chords. Models with voices read the harmony in steps of a
       sixteenth: a step has the chord that sounds in its middle. Copied by submit. */
    const organum_chord* chords;
    size_t chord_count;
    double chord_strength;       /* 0..1; default 0.5 */

    /* One byte a locked note; not 0: it is held, that is kept to the bit wherever it begins, in open
       bars too, and conditions the rest. NULL: none is. Copied by submit. */
    const uint8_t* held_notes;
    /* For models with elements; others ignore them. ORGANUM_BAD_ARGUMENT when the model has no chord
       with such a pitch in scale and range. Copied by submit. */
    const organum_branch* branches;
    size_t branch_count;
} organum_request;

/* One (chord, duration) element of a take, in time order. */
typedef struct organum_element {
    int64_t onset;            /* ticks from the start of the new music; < 0 in the primer */
    int64_t duration;         /* ticks, as played: the last one is clipped at the end */
    int32_t first_note;       /* its notes in organum_take.notes; none for a rest or a primer element */
    int32_t note_count;
    float pitch_log_probability;    /* ln p of the chosen token as sampled, before any clipping;
                                       0 in the primer, which was not sampled */
    float duration_log_probability;
} organum_element;

/* One finished take. Pointers stay valid until the job is released. */
typedef struct organum_take {
    uint32_t struct_size;              /* filled by the caller: sizeof(organum_take) */
    uint64_t seed;
    int64_t length;                    /* ticks: exactly the asked bars */
    const organum_note* notes;         /* onsets from 0 = start of the new music */
    size_t note_count;
    const organum_element* elements;   /* primer_elements of the primer first, then the new ones */
    size_t element_count;
    size_t primer_elements;
    /* [new elements, 129]: chance that each MIDI pitch sounds, given all before and as sampled
       (after constraints, temperature and top-p); the last column is the chance of a rest. NULL
       unless asked for. A chord counts for each of its pitches. */
    const float* pitch_probabilities;
    /* [new elements, duration_count]; durations in ticks in `durations`. */
    const float* duration_probabilities;
    const int64_t* durations;
    size_t duration_count;
    /* [new elements, element_count]: weight of each earlier element; a row sums to 1 (0 for the first
       element of all, which has nothing before it). NULL unless asked for. */
    const float* attention;
    int32_t voice_count; /* 1, or the voices of a model with voices; it has no elements */
    /* [activation_steps, voice_count, 128]: how much each MIDI pitch was on before decoding and
       before scale and range; a row of a voice sums to 1 less the chance of silence. NULL unless
       probabilities are asked for, and for models without voices. A step is a sixteenth. */
    const float* activation;
    size_t activation_steps;
    double own_choice_share; /* share of (step, voice) cells that play the network's own argmax, scale
                                and range left aside; locked cells do not count. 1 for models
                                without voices and when all is locked */
    const char* notice; /* "" or what was changed, e.g. a primer chord mapped to the nearest known */
    /* [new elements, chord_count]: chance of each chord of the vocabulary, as sampled; a row sums to
       1, and the chosen chord's entry is the one whose logarithm the element has. NULL unless
       probabilities are asked for, and for models with voices. The pitches of chord c, none for a
       rest, are chord_pitches[chord_starts[c]] up to chord_pitches[chord_starts[c + 1]]. */
    const float* chord_probabilities;
    size_t chord_count;
    const int32_t* chord_pitches;
    const int32_t* chord_starts; /* chord_count + 1 of them */
} organum_take;

ORGANUM_API uint32_t organum_engine_abi(void);
ORGANUM_API void organum_request_init(organum_request* request);

/* Refuses a caller built for another ABI with ORGANUM_BAD_VERSION. */
ORGANUM_API organum_status organum_create(uint32_t abi, organum_client** client,
                                          organum_error* error);
/* Cancels the client's jobs, waits for the one running, frees them. NULL is allowed. */
ORGANUM_API void organum_destroy(organum_client* client);

/* Blocks while reading. The same real path gives the same shared model while it is unchanged on
   disk. */
ORGANUM_API organum_status organum_load(organum_client* client, const char* path,
                                        organum_model** model, organum_error* error);
/* The same, but waits at most that long. ORGANUM_PENDING: it is still being read; ask again with
   the same path. Asking for another one gives up the one before. */
ORGANUM_API organum_status organum_load_within(organum_client* client, const char* path,
                                               int32_t milliseconds, organum_model** model,
                                               organum_error* error);
ORGANUM_API void organum_unload(organum_model* model);
/* JSON: name, kind, format_version, parameters, vocabulary sizes, pitch range, provenance; of a
   model with voices also "voices" [{name, lowest, highest}], "latents" [the ten vectors' names, in
   the order of ORGANUM_LATENT_...], "macros" [{name, meaning, means}], "metres" ["4/4" ...] and
   "uses" [names of the organum_request fields it heeds that not every model with voices does:
   "locks", "primer", "macros", "pitch_temperature" ...].
   Writes at most capacity bytes with the final zero; `needed` gets the full size. */
ORGANUM_API organum_status organum_describe(const organum_model* model, char* text,
                                            size_t capacity, size_t* needed);

/* Checks and copies the request and queues it; never blocks on the network. */
ORGANUM_API organum_status organum_generate(organum_client* client, organum_model* model,
                                            const organum_request* request, organum_job** job,
                                            organum_error* error);
/* ORGANUM_PENDING until done; never blocks. */
ORGANUM_API organum_status organum_poll(organum_job* job, organum_error* error);
/* Waits at most that long. */
ORGANUM_API organum_status organum_wait(organum_job* job, int32_t milliseconds,
                                        organum_error* error);
/* Asks the job to stop; it ends as ORGANUM_CANCELLED within one element. */
ORGANUM_API void organum_cancel(organum_job* job);
/* Fills one take of a job that ended well. */
ORGANUM_API organum_status organum_take_of(const organum_job* job, int32_t variation,
                                           organum_take* take);
/* Grows with every step that the worker ends, for whomever. If it stands still for seconds while
   something is pending, the engine is stuck, and waiting for it without a limit may take for ever.
   Never blocks; 0 before the client's first use. */
ORGANUM_API uint64_t organum_heartbeat(organum_client* client);
/* Frees a job, cancelling it first if need be. NULL is allowed. */
ORGANUM_API void organum_release(organum_job* job);

#ifdef __cplusplus
}
#endif
#endif
/* NOLINTEND(readability-identifier-naming) */
