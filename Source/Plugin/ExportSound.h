#pragma once

// A take as a sound file: what one hears, rendered faster than it plays. The plugin's own quiet
// sound makes it, or what a program puts in its place (the standalone: the chosen SoundFont).

#include "Player/EventList.h"
#include "Plugin/Export.h"

#include <functional>
#include <memory>

namespace organum::plugin
{

/** Makes sound of events, block after block, at a rate it was made for. */
class OfflineSound
{
public:
    virtual ~OfflineSound() = default;
    /** Adds `samples` frames to channels[0] and [1]. One thread; may take memory. */
    virtual void render(const player::EventList& events, float* const* channels, int samples) = 0;
};

/** Makes one for a file; may throw what says why not, for the user. Any thread but an audio one. */
using MakeSound = std::function<std::unique_ptr<OfflineSound>(double sampleRate)>;

/** The preview synth. */
std::unique_ptr<OfflineSound> makePreviewSound(double sampleRate);

constexpr int exportRate = 48000; ///< Hz

/** 16-bit stereo: the take once, with swing and inaccuracies and without muted voices, then two
    seconds in which the last notes die away. Atomically. `goesOn` is asked now and then; when it
    says no, nothing stays. Throws what says what is wrong, for the user. */
void writeSound(const ExportContent& content, const std::filesystem::path& file,
                const MakeSound& make, const std::function<bool()>& goesOn = {});

} // namespace organum::plugin
