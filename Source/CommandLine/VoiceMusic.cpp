#include "CommandLine/VoiceMusic.h"

#include <algorithm>
#include <numeric>

namespace organum::commandline
{
namespace
{

constexpr std::size_t drumChannel = 9;

/** The voice of each part, or nothing when they are not the model's voices. */
std::vector<int> voicesOfParts(const std::vector<const score::Part*>& parts,
                               const ModelDescription& model)
{
    std::vector<int> voices;
    for (const auto* part : parts) {
        const int voice = model.voiceNamed(part->name);
        if (voice < 0 || std::find(voices.begin(), voices.end(), voice) != voices.end()) {
            voices.clear();
            break;
        }
        voices.push_back(voice);
    }
    if (voices.empty() && parts.size() == model.voices.size()) {
        voices.resize(parts.size());
        std::iota(voices.begin(), voices.end(), 0);
    }
    return voices;
}

} // namespace

VoiceMusic voiceMusicOf(const score::Score& score, const ModelDescription& model)
{
    std::vector<const score::Part*> parts;
    for (const auto& part : score.parts)
        if (!part.isDrums() && !part.notes.empty())
            parts.push_back(&part);
    const auto voices = voicesOfParts(parts, model);
    std::vector<std::pair<score::Note, int>> all;
    for (std::size_t i = 0; i < parts.size(); ++i)
        for (const auto& note : parts[i]->notes)
            all.emplace_back(note, voices.empty() ? 0 : voices[i]);
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    VoiceMusic music;
    music.known = !voices.empty();
    for (const auto& [note, voice] : all) {
        music.notes.push_back(note);
        music.voices.push_back(voice);
    }
    return music;
}

std::vector<score::Part> partsOf(const std::vector<score::Note>& notes,
                                 const std::vector<int>& voices, const ModelDescription& model,
                                 int program)
{
    std::vector<score::Part> parts;
    for (std::size_t voice = 0; voice < model.voices.size(); ++voice) {
        score::Part part;
        part.name = model.voices[voice].name;
        part.channel = static_cast<int>(voice < drumChannel ? voice : voice + 1);
        part.program = program;
        for (std::size_t i = 0; i < notes.size(); ++i)
            if (static_cast<std::size_t>(voices[i]) == voice)
                part.notes.push_back(notes[i]);
        std::sort(part.notes.begin(), part.notes.end());
        parts.push_back(std::move(part));
    }
    return parts;
}

} // namespace organum::commandline
