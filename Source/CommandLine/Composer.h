#pragma once

// The engine's C interface as C++ values. The command line asks the same library the plugin opens,
// so that a seed gives the same notes in both.

#include "Engine/organum_engine.h"
#include "Score/Score.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace organum::commandline
{

/** One generated take; times in quarters from the start of the new music. */
struct Take
{
    std::uint64_t seed = 0;
    std::vector<score::Note> notes;
    score::Quarters length;
    std::vector<organum_element> elements; ///< the primer's first, then the new ones
    std::size_t primerElements = 0;
    std::vector<float> pitchProbabilities; ///< [new elements, 129]; empty unless explained
    std::vector<float> attention;          ///< [new elements, elements]; empty unless explained
    int voiceCount = 1;
    std::vector<int> voices;       ///< of each note, 0 = the highest
    std::vector<float> activation; ///< [activationSteps, voiceCount, 128]; empty unless explained
    std::size_t activationSteps = 0;
    double ownChoiceShare = 1.0; ///< see organum_take
    std::string notice;          ///< what was changed, e.g. in the primer; often empty

    std::size_t newElements() const { return elements.size() - primerElements; }
    /** Mean over the new elements of -ln p(pitch) - ln p(duration), in nats. */
    double meanNegativeLogLikelihood() const;
};

score::Quarters quartersFromTicks(std::int64_t ticks);
/** Rounded to the nearest engine tick. */
std::int64_t ticksFromQuarters(const score::Quarters& time);

/** Music that a request goes on from or keeps; times in quarters. */
struct GivenMusic
{
    std::vector<score::Note> primer; ///< from quarter 0
    std::vector<int> primerVoices;   ///< of each; empty: all 0
    score::Quarters primerLength;
    std::vector<std::uint32_t> lockedVoices; ///< see organum_request
    std::vector<score::Note> lockedNotes;    ///< from the start of the new music
    std::vector<int> lockedNoteVoices;       ///< of each
    std::vector<organum_chord> chords;       ///< from the start of the new music
};

/** One loaded model. Not thread-safe. Errors of the engine are thrown as Failure with its message;
    a request out of range as UsageError. */
class Composer
{
public:
    explicit Composer(const std::filesystem::path& bundle);

    /** The engine's description of the model, a JSON text. */
    std::string description() const;

    /** The request's own pointers to notes are ignored. `pulse` is called several times a second
        meanwhile; what it throws ends the work. Returns request.variations takes. */
    std::vector<Take> compose(organum_request request, const GivenMusic& given,
                              const std::function<void()>& pulse);

private:
    struct ClientDeleter
    {
        void operator()(organum_client* client) const { organum_destroy(client); }
    };
    struct ModelDeleter
    {
        void operator()(organum_model* model) const { organum_unload(model); }
    };
    std::unique_ptr<organum_client, ClientDeleter> client;
    std::unique_ptr<organum_model, ModelDeleter> model;
};

} // namespace organum::commandline
