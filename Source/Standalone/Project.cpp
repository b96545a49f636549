#include "Standalone/Project.h"

#include "Plugin/Bytes.h"
#include "Standalone/Transport.h"

#include <cmath>

namespace organum::standalone
{

namespace
{

const std::string magic("ORGPROJ\0", 8);

std::uint32_t checksum(const std::string& bytes, std::size_t size)
{
    std::uint32_t hash = 2166136261u;
    for (std::size_t i = 0; i < size; ++i)
        hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 16777619u;
    return hash;
}

void decodeTransport(Project& project, const std::string& bytes)
{
    plugin::ByteReader reader(bytes.data(), bytes.size());
    const auto tempo = static_cast<double>(reader.real());
    project.numerator = reader.integerUpTo(32);
    project.denominator = reader.integerUpTo(32);
    project.loops = reader.byte() != 0;
    Transport check;
    check.setMetre(project.numerator, project.denominator);
    if (!std::isfinite(tempo) || tempo < Transport::slowest || tempo > Transport::fastest ||
        check.numerator() != project.numerator || check.denominator() != project.denominator)
        throw ProjectError("is damaged: its tempo or metre is out of range");
    project.tempo = tempo;
}

} // namespace

std::string encode(const Project& project)
{
    plugin::ByteWriter transport;
    transport.real(static_cast<float>(project.tempo));
    transport.integer(project.numerator);
    transport.integer(project.denominator);
    transport.byte(project.loops ? 1 : 0);
    plugin::ByteWriter writer;
    writer.bytes = magic;
    writer.u32(Project::version);
    writer.section("TRAN", transport.bytes);
    writer.section("STAT", project.state);
    plugin::ByteWriter sum;
    sum.u32(checksum(writer.bytes, writer.bytes.size()));
    writer.section("CSUM", sum.bytes);
    return writer.bytes;
}

Project decodeProject(const std::string& bytes)
{
    if (bytes.size() > Project::largestFile || bytes.compare(0, magic.size(), magic) != 0)
        throw ProjectError("is no Organum project");
    try {
        plugin::ByteReader reader(bytes.data() + magic.size(), bytes.size() - magic.size());
        if (const auto version = reader.u32(); version > Project::version)
            throw ProjectError("was saved by a newer Organum (version " + std::to_string(version) +
                               "); update Organum to open it");
        Project project;
        bool hasState = false;
        bool isWhole = false;
        while (reader.left() > 0) {
            const auto begin = static_cast<std::size_t>(reader.position() - bytes.data());
            const std::string tag = reader.raw(4);
            const std::string content = reader.raw(reader.u32());
            if (tag == "CSUM") {
                plugin::ByteReader sum(content.data(), content.size());
                isWhole = reader.left() == 0 && sum.u32() == checksum(bytes, begin);
            } else if (tag == "TRAN") {
                decodeTransport(project, content);
            } else if (tag == "STAT") {
                plugin::decode(content.data(), content.size());
                project.state = content;
                hasState = true;
            }
        }
        if (!isWhole || !hasState)
            throw ProjectError("is damaged: some of its bytes are missing or changed");
        return project;
    } catch (const plugin::StateError& error) {
        throw ProjectError(error.isNewer()
                               ? "was saved by a newer Organum; update Organum to open it"
                               : "is damaged: " + std::string(error.what()));
    }
}

} // namespace organum::standalone
