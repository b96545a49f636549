#include "Plugin/MidiImport.h"

#include "Score/MidiFile.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace organum::plugin
{

namespace
{

double meanPitch(const score::Part& part)
{
    const double sum = std::accumulate(part.notes.begin(), part.notes.end(), 0.0,
                                       [](double before, const score::Note& note) {
                                           return before + static_cast<double>(note.pitch);
                                       });
    return sum / static_cast<double>(part.notes.size());
}

std::int64_t ticksOf(const score::Quarters& time)
{
    return time.toSteps(player::ticksPerQuarter);
}

/** Gives notes that begin together to the voices, the highest note to the highest voice. */
void deal(std::vector<TakeNote>& notes, int voices)
{
    std::sort(notes.begin(), notes.end(), [](const TakeNote& a, const TakeNote& b) {
        return std::tie(a.onset, b.pitch) < std::tie(b.onset, a.pitch);
    });
    int voice = 0;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        voice = i > 0 && notes[i].onset == notes[i - 1].onset ? std::min(voice + 1, voices - 1) : 0;
        notes[i].voice = voice;
    }
}

} // namespace

Take takeFromScore(const score::Score& score, const std::string& file,
                   const std::vector<std::string>& voices)
{
    std::vector<const score::Part*> parts;
    for (const score::Part& part : score.parts)
        if (!part.notes.empty() && !part.isDrums())
            parts.push_back(&part);
    if (parts.empty())
        throw ImportError("\"" + file +
                          "\" holds no notes but drums, if any. Choose another file.");
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto* a, const auto* b) { return meanPitch(*a) > meanPitch(*b); });
    Take take;
    take.voiceNames = voices;
    if (!score.metres.empty()) {
        take.metreNumerator = score.metres.front().numerator;
        take.metreDenominator = score.metres.front().denominator;
    }
    const bool isPartAVoice = parts.size() > 1 && parts.size() <= voices.size();
    std::int64_t end = 0;
    for (std::size_t place = 0; place < parts.size(); ++place)
        for (const score::Note& note : parts[place]->notes) {
            const std::int64_t onset = ticksOf(note.onset);
            const std::int64_t duration = std::max<std::int64_t>(1, ticksOf(note.end()) - onset);
            take.notes.push_back({onset, duration, note.pitch, note.velocity,
                                  isPartAVoice ? static_cast<int>(place) : 0});
            end = std::max(end, onset + duration);
        }
    if (take.hasVoices() && !isPartAVoice)
        deal(take.notes, take.voices());
    std::stable_sort(take.notes.begin(), take.notes.end(), [](const auto& a, const auto& b) {
        return std::tie(a.onset, a.pitch, a.voice) < std::tie(b.onset, b.pitch, b.voice);
    });
    const std::int64_t bars = (end + take.barLength() - 1) / take.barLength();
    if (bars > largestTakeBars || take.notes.size() > largestTakeNotes)
        throw ImportError("\"" + file + "\" is too long: " + std::to_string(bars) + " bars, " +
                          std::to_string(take.notes.size()) + " notes. A take has at most " +
                          std::to_string(largestTakeBars) + " bars and " +
                          std::to_string(largestTakeNotes) + " notes; cut the file.");
    take.bars = static_cast<int>(bars);
    if (const std::string problem = problemWith(take); !problem.empty())
        throw ImportError("\"" + file + "\" cannot be used: " + problem + ".");
    return take;
}

Take takeFromMidiFile(const std::filesystem::path& file, const std::vector<std::string>& voices)
{
    const std::string name = file.filename().string();
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error)
        throw ImportError("\"" + name + "\" cannot be read: " + error.message() + ".");
    if (size > largestImport)
        throw ImportError("\"" + name +
                          "\" is too large for a MIDI file: " + std::to_string(size >> 20) +
                          " MB, and " + std::to_string(largestImport >> 20) + " MB are the most.");
    try {
        const auto read = score::readMidiFile(file);
        Take take = takeFromScore(read.score, name, voices);
        take.name = shortName(file.stem().string());
        for (const std::string& warning : read.warnings)
            take.notice += (take.notice.empty() ? "" : " ") + warning;
        take.notice = take.notice.substr(0, 400);
        return take;
    } catch (const score::MidiFileError& problem) {
        throw ImportError(problem.what());
    }
}

} // namespace organum::plugin
