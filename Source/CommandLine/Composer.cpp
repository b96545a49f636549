#include "CommandLine/Composer.h"

#include "CommandLine/Command.h"

#include <algorithm>

namespace organum::commandline
{
namespace
{

constexpr std::int32_t waitMilliseconds = 100;
constexpr std::size_t pitchColumns = 129;

struct JobDeleter
{
    void operator()(organum_job* job) const { organum_release(job); }
};
using Job = std::unique_ptr<organum_job, JobDeleter>;

void check(organum_status status, const organum_error& error)
{
    if (status == ORGANUM_BAD_ARGUMENT)
        throw UsageError(error.message);
    if (status < 0)
        throw Failure(error.message);
}

score::Note noteFrom(const organum_note& note)
{
    return {note.pitch, note.velocity, quartersFromTicks(note.onset),
            quartersFromTicks(note.duration)};
}

std::vector<organum_note> notesTo(const std::vector<score::Note>& notes,
                                  const std::vector<int>& voices)
{
    std::vector<organum_note> made;
    for (std::size_t i = 0; i < notes.size(); ++i)
        made.push_back({notes[i].pitch, notes[i].velocity, ticksFromQuarters(notes[i].onset),
                        std::max<std::int64_t>(1, ticksFromQuarters(notes[i].duration)),
                        voices.empty() ? 0 : voices[i]});
    return made;
}

Take takeFrom(const organum_take& raw)
{
    Take take;
    take.seed = raw.seed;
    take.length = quartersFromTicks(raw.length);
    std::vector<organum_note> notes(raw.notes, raw.notes + raw.note_count);
    std::stable_sort(notes.begin(), notes.end(),
                     [](const auto& a, const auto& b) { return noteFrom(a) < noteFrom(b); });
    for (const auto& note : notes) {
        take.notes.push_back(noteFrom(note));
        take.voices.push_back(note.voice);
    }
    take.voiceCount = raw.voice_count;
    take.ownChoiceShare = raw.own_choice_share;
    take.elements.assign(raw.elements, raw.elements + raw.element_count);
    take.primerElements = raw.primer_elements;
    const auto rows = take.newElements();
    if (raw.pitch_probabilities != nullptr)
        take.pitchProbabilities.assign(raw.pitch_probabilities,
                                       raw.pitch_probabilities + rows * pitchColumns);
    if (raw.attention != nullptr)
        take.attention.assign(raw.attention, raw.attention + rows * raw.element_count);
    take.activationSteps = raw.activation_steps;
    if (raw.activation != nullptr)
        take.activation.assign(raw.activation,
                               raw.activation + raw.activation_steps * 128u *
                                                    static_cast<std::size_t>(raw.voice_count));
    take.notice = raw.notice != nullptr ? raw.notice : "";
    return take;
}

} // namespace

double Take::meanNegativeLogLikelihood() const
{
    double sum = 0.0;
    for (std::size_t i = primerElements; i < elements.size(); ++i)
        sum -= elements[i].pitch_log_probability + elements[i].duration_log_probability;
    return newElements() == 0 ? 0.0 : sum / static_cast<double>(newElements());
}

score::Quarters quartersFromTicks(std::int64_t ticks)
{
    return score::Quarters::fromSteps(ticks, ORGANUM_TICKS_PER_QUARTER);
}

std::int64_t ticksFromQuarters(const score::Quarters& time)
{
    return time.toSteps(ORGANUM_TICKS_PER_QUARTER);
}

Composer::Composer(const std::filesystem::path& bundle)
{
    organum_error error{};
    organum_client* rawClient = nullptr;
    check(organum_create(ORGANUM_ENGINE_ABI, &rawClient, &error), error);
    client.reset(rawClient);
    organum_model* rawModel = nullptr;
    check(organum_load(client.get(), bundle.string().c_str(), &rawModel, &error), error);
    model.reset(rawModel);
}

std::string Composer::description() const
{
    std::size_t needed = 0;
    organum_describe(model.get(), nullptr, 0, &needed);
    std::string text(needed, '\0');
    if (needed == 0 || organum_describe(model.get(), text.data(), needed, &needed) != ORGANUM_OK)
        return "{}";
    text.resize(needed - 1);
    return text;
}

std::vector<Take> Composer::compose(organum_request request, const GivenMusic& given,
                                    const std::function<void()>& pulse)
{
    const auto orNull = [](const std::vector<organum_note>& notes) {
        return notes.empty() ? nullptr : notes.data();
    };
    const auto primer = notesTo(given.primer, given.primerVoices);
    request.primer = orNull(primer);
    request.primer_count = primer.size();
    request.primer_length = ticksFromQuarters(given.primerLength);
    const auto locked = notesTo(given.lockedNotes, given.lockedNoteVoices);
    request.locked_notes = orNull(locked);
    request.locked_note_count = locked.size();
    request.locked_voices = given.lockedVoices.empty() ? nullptr : given.lockedVoices.data();
    request.locked_bars = given.lockedVoices.size();
    request.chords = given.chords.empty() ? nullptr : given.chords.data();
    request.chord_count = given.chords.size();

    organum_error error{};
    organum_job* rawJob = nullptr;
    check(organum_generate(client.get(), model.get(), &request, &rawJob, &error), error);
    const Job job(rawJob);
    auto status = ORGANUM_PENDING;
    while (status == ORGANUM_PENDING) {
        pulse(); // a throw releases the job, which cancels it
        status = organum_wait(job.get(), waitMilliseconds, &error);
    }
    check(status, error);
    if (status == ORGANUM_CANCELLED)
        throw Failure("the generation was cancelled.");

    std::vector<Take> takes;
    for (std::int32_t i = 0; i < request.variations; ++i) {
        organum_take raw{};
        raw.struct_size = sizeof(raw);
        if (organum_take_of(job.get(), i, &raw) != ORGANUM_OK)
            throw Failure("the engine gave no take " + std::to_string(i + 1) +
                          "; reinstall Organum, so that program and engine are of one version.");
        takes.push_back(takeFrom(raw));
    }
    return takes;
}

} // namespace organum::commandline
