#pragma once

// Writes 16-bit PCM into a RIFF/WAVE file block by block, so that an hour of sound needs no memory.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

namespace organum::sound
{

/** Interleaved frames in; throws score::FileWriteError when the disk refuses. */
class WavWriter
{
public:
    /** `shown` is the name in messages; empty: `file`. */
    WavWriter(const std::filesystem::path& file, int sampleRate, int channels,
              const std::filesystem::path& shown = {});
    void write(const std::vector<std::int16_t>& interleaved);
    /** Fills in the sizes and closes; nothing may be written afterwards. */
    void finish();

private:
    void writeHeader();
    [[noreturn]] void fail() const;

    std::filesystem::path path;
    std::ofstream out;
    int rate;
    int channelCount;
    std::uint64_t dataBytes = 0;
};

} // namespace organum::sound
