#include "CommandLine/ChordOptions.h"

#include "Analysis/ChordDetection.h"
#include "Analysis/Conformity.h"
#include "CommandLine/Command.h"
#include "CommandLine/Ranges.h"
#include "Score/Elements.h"
#include "Score/MidiFile.h"

#include <algorithm>
#include <cmath>

namespace organum::commandline
{
namespace
{

constexpr auto groupName = "Harmony";

score::ChordProgression readFrom(const std::filesystem::path& file, const score::ChordKey& key)
{
    const auto score = score::readMidiFile(file).score;
    const auto notes = score::selectedNotes(score, {});
    if (notes.empty())
        throw Failure("the file " + file.string() +
                      " holds no notes to hear chords in. Choose another one.");
    const auto metre = score.metres.empty() ? score::MetreChange{} : score.metres.front();
    score::Quarters end;
    for (const auto& note : notes)
        end = std::max(end, note.end());
    const auto bars = std::clamp<std::int64_t>(-(-(end / metre.barLength())).floor(), 1,
                                               score::ChordProgression::mostBars);
    const bool compound = metre.denominator >= 8 && metre.numerator % 3 == 0 && metre.numerator > 3;
    const int beats = std::clamp(compound ? metre.numerator / 3 : metre.numerator, 1,
                                 static_cast<int>(score::ChordProgression::mostInBar));
    return analysis::detectChords(notes, static_cast<int>(bars), beats, metre.barLength(), key);
}

} // namespace

void addChordOptions(CLI::App& command, ChordOptions& options)
{
    auto* text = command.add_option(
        "--chords", options.text,
        "Harmony by bars, repeated over the piece: \"| C | Am F | G7 . . C |\"; or numerals of "
        "--key: \"| I | vi IV | V7 . . I |\"");
    auto* from = command.add_option("--chords-from", options.from,
                                    "MIDI file whose chords, as they are heard, are the harmony");
    auto* strength =
        command
            .add_option("--chord-strength", options.strength,
                        "0: the harmony only measures; 1: strict, chord tones alone sound")
            ->capture_default_str()
            ->check(inRange(0.0, 1.0, "the strength of chords"));
    text->check(notEmpty());
    text->excludes(from);
    for (auto* option : {text, from, strength})
        option->group(groupName);
}

score::ChordProgression progressionFrom(const ChordOptions& options, const score::ChordKey& key)
{
    if (!options.from.empty())
        return readFrom(options.from, key);
    if (options.text.empty())
        return {};
    try {
        auto progression = score::ChordProgression::parse(options.text, key);
        if (progression.isEmpty())
            throw UsageError("--chords: there is no chord in it; write some, like \"| C | G7 |\".");
        return progression;
    } catch (const std::invalid_argument& error) {
        throw UsageError(std::string("--chords: ") + error.what());
    }
}

void fillChords(const score::ChordProgression& progression, double strength, int bars,
                const score::MetreChange& metre, organum_request& request, GivenMusic& given)
{
    for (const auto& span : progression.over(0, bars, metre.barLength())) {
        // Both ends rounded, so that neighbours meet.
        const auto onset = ticksFromQuarters(span.onset);
        given.chords.push_back({onset, ticksFromQuarters(span.onset + span.length) - onset,
                                span.chord.pitchClasses(), span.chord.bass});
    }
    request.chord_strength = strength;
}

std::optional<double> conformityPercent(const Take& take,
                                        const score::ChordProgression& progression, int bars,
                                        const score::MetreChange& metre)
{
    if (progression.isEmpty())
        return {};
    const auto percent =
        analysis::conformity(take.notes, progression.over(0, bars, metre.barLength())).percent();
    return std::isnan(percent) ? std::nullopt : std::optional<double>(percent);
}

} // namespace organum::commandline
