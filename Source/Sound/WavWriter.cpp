#include "Sound/WavWriter.h"

#include "Score/AtomicFile.h"

#include <cerrno>
#include <cstring>
#include <string>

namespace organum::sound
{
namespace
{

void put(std::string& bytes, std::uint32_t value, int size)
{
    for (int i = 0; i < size; ++i)
        bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
}

} // namespace

WavWriter::WavWriter(const std::filesystem::path& file, int sampleRate, int channels,
                     const std::filesystem::path& shown)
    : path(shown.empty() ? file : shown)
    , out(file, std::ios::binary)
    , rate(sampleRate)
    , channelCount(channels)
{
    if (!out)
        fail();
    writeHeader();
}

void WavWriter::fail() const
{
    throw score::FileWriteError("Could not write the sound file " + path.string() + ": " +
                                (errno != 0 ? std::strerror(errno) : "unknown reason") +
                                "; free some space or choose another place.");
}

void WavWriter::writeHeader()
{
    const auto size = static_cast<std::uint32_t>(dataBytes);
    const auto frameBytes = static_cast<std::uint32_t>(2 * channelCount);
    std::string header = "RIFF";
    put(header, 36 + size, 4);
    header += "WAVEfmt ";
    put(header, 16, 4);
    put(header, 1, 2); // PCM
    put(header, static_cast<std::uint32_t>(channelCount), 2);
    put(header, static_cast<std::uint32_t>(rate), 4);
    put(header, static_cast<std::uint32_t>(rate) * frameBytes, 4);
    put(header, frameBytes, 2);
    put(header, 16, 2); // bits a sample
    header += "data";
    put(header, size, 4);
    errno = 0;
    out.seekp(0);
    out.write(header.data(), static_cast<std::streamsize>(header.size()));
    if (!out)
        fail();
}

void WavWriter::write(const std::vector<std::int16_t>& interleaved)
{
    std::string bytes;
    bytes.reserve(interleaved.size() * 2);
    for (const auto sample : interleaved)
        put(bytes, static_cast<std::uint16_t>(sample), 2);
    errno = 0;
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out)
        fail();
    dataBytes += bytes.size();
}

void WavWriter::finish()
{
    writeHeader();
    out.close();
    if (!out)
        fail();
}

} // namespace organum::sound
