#include "Plugin/EngineFile.h"

#if defined(__linux__)

#include <link.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>

namespace organum::plugin
{

namespace fs = std::filesystem;

namespace
{

using Header = ElfW(Ehdr);
using Segment = ElfW(Phdr);

bool read(std::ifstream& stream, std::uint64_t place, void* bytes, std::size_t size)
{
    stream.seekg(static_cast<std::streamoff>(place));
    return static_cast<bool>(
        stream.read(static_cast<char*>(bytes), static_cast<std::streamsize>(size)));
}

std::optional<Header> headerOf(std::ifstream& stream)
{
    Header header;
    if (!read(stream, 0, &header, sizeof(header)) ||
        std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return {};
    return header;
}

bool isForSameMachine(const Header& one, const Header& other)
{
    return one.e_ident[EI_CLASS] == other.e_ident[EI_CLASS] &&
           one.e_ident[EI_DATA] == other.e_ident[EI_DATA] && one.e_machine == other.e_machine;
}

bool isWithin(std::uint64_t size, std::uint64_t start, std::uint64_t length)
{
    return start <= size && length <= size - start;
}

/** Whether all that the loader maps is there. The table of sections, which it does not need, is the
    last thing in the file: without it the end is missing. */
bool isWhole(std::ifstream& stream, const Header& header, std::uint64_t size)
{
    const std::uint64_t sections = std::uint64_t{header.e_shnum} * header.e_shentsize;
    if (header.e_phentsize != sizeof(Segment) || !isWithin(size, header.e_shoff, sections))
        return false;
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        Segment segment;
        if (!read(stream, header.e_phoff + i * sizeof(segment), &segment, sizeof(segment)) ||
            (segment.p_type == PT_LOAD && !isWithin(size, segment.p_offset, segment.p_filesz)))
            return false;
    }
    return true;
}

} // namespace

std::string problemWithLibraryFile(const fs::path& file)
{
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    std::ifstream stream(file, std::ios::binary);
    if (error || !stream)
        return "the file cannot be read";
    const auto header = headerOf(stream);
    if (!header)
        return "the file is no library";
    std::ifstream ownProgram("/proc/self/exe", std::ios::binary);
    const auto own = headerOf(ownProgram);
    if (header->e_type != ET_DYN || (own && !isForSameMachine(*header, *own)))
        return "the file is no library for this kind of processor";
    if (!isWhole(stream, *header, size))
        return "the file is incomplete";
    return {};
}

} // namespace organum::plugin

#else

namespace organum::plugin
{

std::string problemWithLibraryFile(const std::filesystem::path&)
{
    return {};
}

} // namespace organum::plugin

#endif
