#include "Plugin/ModelDetails.h"

#include "Bundle/Bundle.h"

#include <juce_core/juce_core.h>

namespace organum::plugin
{

namespace
{

/** A file from anywhere must not flood the window. */
constexpr int longestFact = 300;
constexpr int mostMetrics = 12;

std::string sizeOf(const std::filesystem::path& file)
{
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    return error ? std::string()
                 : juce::File::descriptionOfSizeInBytes(static_cast<juce::int64>(bytes))
                       .toStdString();
}

juce::String number(const juce::var& value)
{
    return value.isDouble() ? juce::String(static_cast<double>(value), 4) : value.toString();
}

juce::String words(const juce::Identifier& name)
{
    return name.toString().replaceCharacter('_', ' ');
}

/** "validation pitch 0.856, ...", out of objects within objects. */
void addMetrics(const juce::var& metrics, const juce::String& before, juce::StringArray& found)
{
    auto* object = metrics.getDynamicObject();
    if (object == nullptr)
        return;
    for (const auto& each : object->getProperties()) {
        if (found.size() >= mostMetrics)
            return;
        const auto name = before + words(each.name);
        if (each.value.isObject())
            addMetrics(each.value, name + " ", found);
        else if (each.value.isDouble() || each.value.isInt() || each.value.isInt64())
            found.add(name + " " + number(each.value));
    }
}

juce::String kindOf(const juce::String& kind)
{
    return kind.contains("musegan") ? "Four voices at once (MuseGAN)"
           : kind.contains("lstm")  ? "One note after another (LSTM with attention)"
                                    : kind;
}

} // namespace

std::vector<std::pair<std::string, std::string>> detailsOf(const ModelEntry& model)
{
    std::vector<std::pair<std::string, std::string>> facts;
    const auto add = [&facts](const char* name, const juce::String& value) {
        if (value.trim().isNotEmpty())
            facts.emplace_back(name, value.trim().substring(0, longestFact).toStdString());
    };
    if (!model.problem.empty()) {
        add("Problem", juce::String::fromUTF8(model.problem.c_str()));
    } else {
        try {
            const auto metadata = bundle::readMetadata(model.file);
            const juce::var told =
                juce::JSON::parse(juce::String::fromUTF8(metadata.provenance.c_str()));
            add("Composes", kindOf(juce::String(metadata.kind)));
            add("Trained on", told["data"]["name"].toString());
            add("Licence", told["data"]["licence"].toString());
            juce::StringArray metrics;
            addMetrics(told["metrics"], {}, metrics);
            add("Metrics", metrics.joinIntoString(", "));
            if (const auto epoch = told["epoch"]; !epoch.isVoid())
                add("Training",
                    "best after " + epoch.toString() + " epochs, seed " + told["seed"].toString());
            add("Metre", told["metre"].toString());
            juce::StringArray macros;
            for (const ModelMacro& macro : model.macros)
                macros.add(juce::String::fromUTF8(macro.name.c_str()));
            add("Macros", macros.joinIntoString(", "));
        } catch (const std::exception& error) {
            add("Problem", juce::String::fromUTF8(error.what()));
        }
    }
    add("Size", juce::String(sizeOf(model.file)));
    add("File", juce::String::fromUTF8(model.file.string().c_str()));
    return facts;
}

} // namespace organum::plugin
