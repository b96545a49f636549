#include "Plugin/Export.h"

#include "Plugin/HarmonyReading.h"
#include "Plugin/Processor.h"
#include "Score/MidiFile.h"
#include "Score/MusicXml.h"
#include "Score/Scale.h"

#include <stdexcept>
#include <system_error>

namespace organum::plugin
{

namespace
{

/** Words joined by '-'; "C#" becomes "C-sharp". */
std::string slug(const std::string& text)
{
    std::string result;
    bool gap = false;
    const auto put = [&](const std::string& letters) {
        result += (gap && !result.empty() ? "-" : "") + letters;
        gap = false;
    };
    for (const char each : text) {
        const bool isPlain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                             (each >= '0' && each <= '9');
        if (isPlain) {
            put(std::string(1, each));
        } else if (each == '#') {
            gap = true;
            put("sharp");
        } else {
            gap = true;
        }
    }
    return result.substr(0, 60);
}

const score::Scale* scaleOf(const Take& take)
{
    // 0 is chromatic: no key was asked for.
    if (!take.settings || take.settings->scale < 1 ||
        take.settings->scale >= static_cast<int>(score::scales().size()))
        return nullptr;
    return &score::scales()[static_cast<std::size_t>(take.settings->scale)];
}

std::string keyText(const Take& take)
{
    const auto* scale = scaleOf(take);
    return scale == nullptr ? std::string()
                            : score::tonicName(take.settings->key) + " " + scale->name;
}

} // namespace

std::optional<ExportContent> exportContentOf(Processor& processor, std::optional<int> voice)
{
    ExportContent content;
    content.take = processor.takes().playing();
    if (content.take == nullptr || (voice && (*voice < 0 || *voice >= content.take->voices())))
        return {};
    auto& values = processor.parameters();
    content.channels = {values.channel->get() - 1, values.voices.channels()};
    content.tempo = processor.tempo();
    content.feel = values.playing.feel();
    content.writesFeel = values.playing.saveAsPlayed->get();
    content.muted = content.take->hasVoices() ? values.voices.mutedVoices() : 0u;
    content.voice = voice;
    return content;
}

bool givesSameMidi(const ExportContent& first, const ExportContent& second)
{
    return first.take == second.take && first.voice == second.voice &&
           first.channels == second.channels && first.tempo == second.tempo &&
           first.writesFeel == second.writesFeel &&
           (!first.writesFeel || first.feel == second.feel);
}

score::Score scoreOf(const ExportContent& content, ExportKind kind)
{
    const bool isFelt =
        kind == ExportKind::sound || (content.writesFeel && kind != ExportKind::musicXml);
    const Take& take = *content.take;
    auto score =
        scoreOf(isFelt ? asPlayed(take, content.feel) : take, content.channels, content.tempo);
    if (const auto* scale = scaleOf(take))
        if (const auto key = score::keySignatureOf(*scale, take.settings->key))
            score.keys.push_back(*key);
    if (content.voice) {
        score::Part part = score.parts[static_cast<std::size_t>(*content.voice)];
        score.parts = {std::move(part)};
    }
    return score;
}

std::string exportName(const ExportContent& content)
{
    const Take& take = *content.take;
    std::string name = slug(take.model);
    if (name.empty())
        name = "organum";
    const auto add = [&name](const std::string& word) {
        if (!word.empty())
            name += "_" + word;
    };
    add(slug(keyText(take)));
    add(std::to_string(take.bars) + (take.bars == 1 ? "-bar" : "-bars"));
    add("seed-" + std::to_string(seedOf(take)));
    if (content.voice && take.hasVoices())
        add(slug(take.voiceNames[static_cast<std::size_t>(*content.voice)]));
    return name;
}

std::string endingOf(ExportKind kind)
{
    switch (kind) {
    case ExportKind::musicXml:
        return ".musicxml";
    case ExportKind::sound:
        return ".wav";
    case ExportKind::midi:
    case ExportKind::midiOneTrack:
        break;
    }
    return ".mid";
}

std::filesystem::path freeName(const std::filesystem::path& folder, const std::string& name,
                               const std::string& ending)
{
    std::error_code problem;
    auto file = folder / (name + ending);
    for (int number = 2; std::filesystem::exists(file, problem); ++number)
        file = folder / (name + "-" + std::to_string(number) + ending);
    return file;
}

void writeExport(const ExportContent& content, ExportKind kind, const std::filesystem::path& file)
{
    switch (kind) {
    case ExportKind::midi:
    case ExportKind::midiOneTrack:
        score::writeMidiFile(file, scoreOf(content, kind),
                             {kind == ExportKind::midiOneTrack ? 0 : 1});
        return;
    case ExportKind::musicXml:
        score::writeMusicXml(file, scoreOf(content, kind), chordsOver(*content.take));
        return;
    case ExportKind::sound:
        break;
    }
    throw std::invalid_argument("sound is rendered, not written");
}

} // namespace organum::plugin
