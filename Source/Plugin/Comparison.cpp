#include "Plugin/Comparison.h"

#include "Plugin/Bytes.h"
#include "Plugin/TakeCodec.h"

#include <tuple>

namespace organum::plugin
{

bool ComparedSettings::operator==(const ComparedSettings& other) const
{
    return settings == other.settings && model == other.model;
}

bool Comparison::isEmpty() const
{
    return *this == Comparison{};
}

bool Comparison::operator==(const Comparison& other) const
{
    return std::tie(preset, compared, kept) == std::tie(other.preset, other.compared, other.kept);
}

std::string encodeComparison(const Comparison& comparison)
{
    ByteWriter writer;
    writer.text(comparison.preset);
    writer.byte(comparison.compared);
    for (const auto& kept : comparison.kept) {
        writer.byte(kept ? 1 : 0);
        if (!kept)
            continue;
        writer.text(kept->model);
        encodeSettings(writer, kept->settings);
        writer.text(kept->settings.harmony.chords);
        writer.real(kept->settings.harmony.strength);
    }
    // Behind all that earlier releases wrote.
    for (const auto& kept : comparison.kept)
        if (kept) {
            writer.integer(kept->settings.lowest);
            writer.integer(kept->settings.highest);
        }
    return writer.bytes;
}

Comparison decodeComparison(const std::string& bytes)
{
    ByteReader reader(bytes.data(), bytes.size());
    Comparison comparison;
    comparison.preset = reader.text();
    comparison.compared = reader.integerUpTo(1);
    for (auto& kept : comparison.kept) {
        if (reader.integerUpTo(1) == 0)
            continue;
        kept.emplace();
        kept->model = reader.text();
        kept->settings = decodeSettings(reader);
        kept->settings.harmony.chords = reader.text();
        kept->settings.harmony.strength = reader.real();
        const float strength = kept->settings.harmony.strength;
        if (!isInRange(kept->settings) || !(strength >= 0.0f && strength <= 1.0f))
            refuseState("one of the settings that are compared is out of range");
    }
    for (auto& kept : comparison.kept)
        if (kept && reader.left() != 0) {
            kept->settings.lowest = reader.integerUpTo(Settings::largestPitch);
            kept->settings.highest = reader.integerUpTo(Settings::largestPitch);
        }
    if (reader.left() != 0)
        refuseState("the settings that are compared are damaged");
    return comparison;
}

} // namespace organum::plugin
