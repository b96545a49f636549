#include "Plugin/Explanation.h"

#include "Plugin/EditedNotes.h"
#include "Plugin/EngineRequest.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace organum::plugin
{

namespace
{

/** Chances below this are surprises without bound; 20 bits are as good as never. */
constexpr float smallestChance = 1.0f / (1 << 20);

float bits(float chance)
{
    return -std::log2(std::max(chance, smallestChance));
}

auto musicOf(const TakeNote& note)
{
    return std::make_tuple(note.onset, note.pitch, note.voice, note.duration, note.velocity);
}

/** Whether two takes sound the same, whatever is marked as edited. */
bool isSameMusic(const Take& a, const Take& b)
{
    const auto sorted = [](const Take& take) {
        std::vector<decltype(musicOf({}))> notes;
        for (const TakeNote& note : take.notes)
            notes.push_back(musicOf(note));
        std::sort(notes.begin(), notes.end());
        return notes;
    };
    return a.length() == b.length() && sorted(a) == sorted(b);
}

void fillCells(const organum_take& taken, std::size_t row, ExplainedElement& element)
{
    const float* chances = taken.chord_probabilities + row * taken.chord_count;
    std::vector<float> byPitch(129, 0.0f);
    for (std::size_t chord = 0; chord < taken.chord_count; ++chord) {
        const float chance = chances[chord];
        if (chance <= 0.0f)
            continue;
        element.uncertainty += chance * bits(chance);
        const auto from = taken.chord_starts[chord];
        const auto to = taken.chord_starts[chord + 1];
        if (from == to)
            byPitch[128] += chance;
        for (auto i = from; i < to; ++i)
            byPitch[static_cast<std::size_t>(taken.chord_pitches[i])] +=
                chance / static_cast<float>(to - from);
    }
    for (int pitch = 0; pitch <= 128; ++pitch)
        if (const float value = byPitch[static_cast<std::size_t>(pitch)]; value > 0.0f)
            element.cells.push_back({pitch == 128 ? HeatCell::rest : pitch, value});
    std::stable_sort(element.cells.begin(), element.cells.end(),
                     [](const HeatCell& a, const HeatCell& b) { return a.value > b.value; });
}

void fillElements(const organum_take& taken, Explanation& explanation)
{
    explanation.heardElements = taken.primer_elements;
    const std::size_t created = taken.element_count - taken.primer_elements;
    for (std::size_t i = 0; i < taken.element_count; ++i) {
        const organum_element& from = taken.elements[i];
        ExplainedElement element;
        element.onset = explanation.start + from.onset;
        element.duration = from.duration;
        element.pitchChance = std::exp(from.pitch_log_probability);
        element.durationChance = std::exp(from.duration_log_probability);
        for (int k = 0; k < from.note_count; ++k)
            element.pitches.push_back(taken.notes[from.first_note + k].pitch);
        if (i >= taken.primer_elements && taken.chord_probabilities != nullptr)
            fillCells(taken, i - taken.primer_elements, element);
        explanation.elements.push_back(std::move(element));
    }
    if (taken.attention != nullptr)
        explanation.attention.assign(taken.attention,
                                     taken.attention + created * taken.element_count);
}

void explainElementNotes(Explanation& explanation)
{
    const auto& notes = explanation.take->notes;
    const auto& elements = explanation.elements;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const int place = explanation.elementAt(notes[i].onset);
        if (place < static_cast<int>(explanation.heardElements))
            continue;
        const ExplainedElement& element = elements[static_cast<std::size_t>(place)];
        // An edited note in the place of a chosen one was chosen by nobody.
        if (element.onset != notes[i].onset || notes[i].isEdited ||
            std::find(element.pitches.begin(), element.pitches.end(), notes[i].pitch) ==
                element.pitches.end())
            continue;
        explanation.elementOfNote[i] = place;
        explanation.surprise[i] = bits(element.pitchChance);
        explanation.uncertainty[i] = element.uncertainty;
    }
}

void explainVoiceNotes(Explanation& explanation)
{
    const auto& notes = explanation.take->notes;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const TakeNote& note = notes[i];
        if (note.onset < explanation.start || note.isEdited)
            continue;
        float sum = 0.0f;
        float entropy = 0.0f;
        for (int pitch = 0; pitch < 128; ++pitch) {
            const float chance = explanation.activationAt(note.voice, note.onset, pitch);
            sum += chance;
            if (chance > 0.0f)
                entropy += chance * bits(chance);
        }
        const float silence = std::max(0.0f, 1.0f - sum);
        explanation.surprise[i] =
            bits(explanation.activationAt(note.voice, note.onset, note.pitch));
        explanation.uncertainty[i] = entropy + (silence > 0.0f ? silence * bits(silence) : 0.0f);
    }
}

} // namespace

float Explanation::activationAt(int voice, std::int64_t tick, int pitch) const
{
    if (take == nullptr || tick < start || pitch < 0 || pitch > 127)
        return 0.0f;
    const auto step = static_cast<std::size_t>((tick - start) / activationStep);
    const std::size_t place =
        (step * static_cast<std::size_t>(take->voices()) + static_cast<std::size_t>(voice)) * 128 +
        static_cast<std::size_t>(pitch);
    return place < activation.size() ? activation[place] : 0.0f;
}

const float* Explanation::attentionOf(int element) const
{
    const int row = element - static_cast<int>(heardElements);
    if (row < 0 || attention.size() < (static_cast<std::size_t>(row) + 1) * elements.size())
        return nullptr;
    return attention.data() + static_cast<std::size_t>(row) * elements.size();
}

int Explanation::elementAt(std::int64_t tick) const
{
    const auto after = std::upper_bound(
        elements.begin(), elements.end(), tick,
        [](std::int64_t time, const ExplainedElement& element) { return time < element.onset; });
    if (after == elements.begin())
        return -1;
    const auto found = after - 1;
    return tick < found->onset + found->duration ? static_cast<int>(found - elements.begin()) : -1;
}

Explanation explanationOf(const organum_take& taken, const Wish& wish)
{
    Explanation explanation;
    explanation.take = wish.about;
    const Take again = takeOf(taken, wish);
    if (!isSameMusic(again, *wish.about)) {
        explanation.problem =
            hasEditedNotes(*wish.about)
                ? "Notes of this take were moved, added or deleted by hand, so that what the "
                  "network considered is no longer about them. Undo the edits to see it."
                : "Composed again, this take comes out differently: notes were deleted by hand, or "
                  "its model, its chords or its locks are not what they were.";
        return explanation;
    }
    const std::size_t count = wish.about->notes.size();
    explanation.elementOfNote.assign(count, -1);
    explanation.surprise.assign(count, -1.0f);
    explanation.uncertainty.assign(count, -1.0f);
    explanation.start = again.length() - taken.length;
    if (taken.voice_count > 1) {
        if (taken.activation != nullptr)
            explanation.activation.assign(
                taken.activation,
                taken.activation +
                    taken.activation_steps * static_cast<std::size_t>(taken.voice_count) * 128);
        explainVoiceNotes(explanation);
    } else {
        fillElements(taken, explanation);
        explainElementNotes(explanation);
    }
    if (explanation.activation.empty() && explanation.elements.empty())
        explanation.problem = "This take is too long to be explained.";
    return explanation;
}

} // namespace organum::plugin
