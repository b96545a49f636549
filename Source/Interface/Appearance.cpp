#include "Interface/Appearance.h"

#include "Score/AtomicFile.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace organum::editor
{

namespace
{

constexpr juce::int64 largestFile = 65536;
constexpr int largestSide = 8192;

} // namespace

juce::File Appearance::file()
{
    const char* named = std::getenv("XDG_CONFIG_HOME");
    const auto folder =
        named != nullptr && juce::File::isAbsolutePath(juce::String::fromUTF8(named))
            ? juce::File(juce::String::fromUTF8(named))
            : juce::File::getSpecialLocation(juce::File::userApplicationDataDirectory);
    return folder.getChildFile("organum").getChildFile("window.json");
}

Appearance Appearance::load()
{
    Appearance kept;
    const juce::File source = file();
    if (!source.existsAsFile() || source.getSize() > largestFile)
        return kept;
    const juce::var values = juce::JSON::parse(source.loadFileAsString());
    const auto number = [&values](const char* name, int usual, int largest) {
        const juce::var& value = values[name];
        if (!value.isInt() && !value.isInt64())
            return usual;
        const auto wide = static_cast<juce::int64>(value);
        return wide >= 0 && wide <= largest ? static_cast<int>(wide) : usual;
    };
    const auto flag = [&values](const char* name, bool usual) {
        const juce::var& value = values[name];
        return value.isBool() ? static_cast<bool>(value) : usual;
    };
    kept.light = flag("light", kept.light);
    kept.scale = number("scale", kept.scale, scales.back());
    if (std::find(scales.begin(), scales.end(), kept.scale) == scales.end())
        kept.scale = 100;
    kept.width = number("width", 0, largestSide);
    kept.height = number("height", 0, largestSide);
    kept.showsKnobs = flag("knobs", kept.showsKnobs);
    kept.knowsRouting = flag("knows_routing", kept.knowsRouting);
    return kept;
}

bool Appearance::save() const
{
    auto values = std::make_unique<juce::DynamicObject>();
    values->setProperty("light", light);
    values->setProperty("scale", scale);
    values->setProperty("width", width);
    values->setProperty("height", height);
    values->setProperty("knobs", showsKnobs);
    values->setProperty("knows_routing", knowsRouting);
    const std::string text = juce::JSON::toString(juce::var(values.release())).toStdString();
    const juce::File target = file();
    target.getParentDirectory().createDirectory(); // if it cannot be made, writing fails
    try {
        score::writeFileAtomically(target.getFullPathName().toStdString(), text.data(), text.size(),
                                   "the window's settings");
        return true;
    } catch (const score::FileWriteError&) {
        return false;
    }
}

bool Appearance::operator==(const Appearance& other) const
{
    const auto all = [](const Appearance& each) {
        return std::tie(each.light, each.scale, each.width, each.height, each.showsKnobs,
                        each.knowsRouting);
    };
    return all(*this) == all(other);
}

} // namespace organum::editor
