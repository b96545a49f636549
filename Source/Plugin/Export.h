#pragma once

// A take as a file: what kinds there are, what such a file is called, what is in it. The content is
// a plain value that is taken in one thread and may be written in another, since disks are slow.

#include "Player/Feel.h"
#include "Plugin/Take.h"
#include "Score/Score.h"

#include <filesystem>
#include <optional>
#include <string>

namespace organum::plugin
{

class Processor;

enum class ExportKind
{
    midi,         ///< type 1: a track for tempo, metre and key, then one a voice
    midiOneTrack, ///< type 0
    musicXml,
    sound ///< 16-bit WAV, see ExportSound.h
};

/** The take that plays, and all else that goes into its file. */
struct ExportContent
{
    TakePointer take; ///< never null
    Channels channels;
    double tempo = 120.0;     ///< of the host
    player::Feel feel;        ///< how it is heard
    bool writesFeel = false;  ///< MIDI files too; notation is always straight
    std::uint32_t muted = 0;  ///< bit v = voice v: not in the sound
    std::optional<int> voice; ///< that one alone
};

/** None when nothing has been composed, or when there is no such voice. Message thread. */
std::optional<ExportContent> exportContentOf(Processor& processor, std::optional<int> voice = {});

/** Whether a MIDI file of either would hold the same notes at the same tempo. */
bool givesSameMidi(const ExportContent& first, const ExportContent& second);

/** With key and title, for the kind. */
score::Score scoreOf(const ExportContent& content, ExportKind kind);

/** Without the ending: model, key, bars and seed, the voice if it is one alone; letters, digits,
   '-' and '_' alone, since hosts disagree on how to spell others in the address of a dragged file.
 */
std::string exportName(const ExportContent& content);

/** With the point. */
std::string endingOf(ExportKind kind);

/** `folder`/`name``ending`, or with "-2", "-3" ... behind the name: no file that is there. */
std::filesystem::path freeName(const std::filesystem::path& folder, const std::string& name,
                               const std::string& ending);

/** Any kind but sound, atomically. Throws what says what is wrong, for the user. Any thread but an
    audio thread. */
void writeExport(const ExportContent& content, ExportKind kind, const std::filesystem::path& file);

} // namespace organum::plugin
