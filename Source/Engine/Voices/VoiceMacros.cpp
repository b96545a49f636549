#include "Engine/Voices/VoiceMacros.h"

#include "Engine/Tensors.h"
#include "Engine/Voices/ConfigReader.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstring>
#include <set>

namespace organum::engine
{

namespace
{

constexpr std::size_t longestName = 24;
constexpr std::size_t longestMeaning = 200;

/** A name is typed in NAME=VALUE and stands below a knob. */
bool isName(const std::string& name)
{
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == ' ';
    };
    return !name.empty() && name.size() <= longestName &&
           std::all_of(name.begin(), name.end(), fits);
}

/** Names are asked for without regard to case. */
std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool isMeaning(const std::string& text)
{
    return text.size() <= longestMeaning && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20;
           });
}

std::string textOf(const nlohmann::json& entry, const char* key)
{
    const auto found = entry.find(key);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Macro macroFrom(const ConfigReader& reader, const nlohmann::json& entry)
{
    if (!entry.is_object())
        reader.refuse("a macro is not an object");
    Macro macro;
    macro.name = textOf(entry, "name");
    macro.meaning = textOf(entry, "meaning");
    if (!isName(macro.name))
        reader.refuse("a macro's \"name\" must be 1 to 24 letters, digits, spaces or hyphens");
    if (!isMeaning(macro.meaning))
        reader.refuse("the meaning of the macro \"" + macro.name +
                      "\" is longer than 200 bytes or more than one line");
    const auto means = entry.find("means");
    if (means == entry.end() || !means->is_array() || means->size() != macro.means.size())
        reader.refuse("the macro \"" + macro.name + "\" has no five \"means\"");
    for (std::size_t i = 0; i < macro.means.size(); ++i) {
        const auto& mean = (*means)[i];
        macro.means[i] = mean.is_number() ? mean.get<double>() : std::nan("");
        if (!std::isfinite(macro.means[i]) || (i > 0 && macro.means[i] <= macro.means[i - 1]))
            reader.refuse("the \"means\" of the macro \"" + macro.name +
                          "\" are not rising numbers");
    }
    return macro;
}

[[noreturn]] void fail(const std::string& what)
{
    throw bundle::BundleError(bundle::BundleError::Reason::damaged,
                              "Loading a network's macros: " + what +
                                  ". Find the macros anew with `organum macros`.");
}

} // namespace

nlohmann::ordered_json macrosToJson(const std::vector<Macro>& macros)
{
    auto json = nlohmann::ordered_json::array();
    for (const auto& macro : macros)
        json.push_back({{"name", macro.name}, {"meaning", macro.meaning}, {"means", macro.means}});
    return json;
}

std::vector<Macro> readMacros(const ConfigReader& reader)
{
    std::vector<Macro> macros;
    const auto found = reader.json().find("macros");
    if (found == reader.json().end())
        return macros;
    if (!found->is_array() || found->size() > VoiceWishes::macroCount)
        reader.refuse("\"macros\" must be a list of " + std::to_string(VoiceWishes::macroCount) +
                      " macros at most");
    std::set<std::string> names;
    for (const auto& entry : *found) {
        macros.push_back(macroFrom(reader, entry));
        if (!names.insert(lowerCase(macros.back().name)).second)
            reader.refuse("two macros are named \"" + macros.back().name + "\"");
    }
    return macros;
}

bundle::Tensor macroTensor(const std::vector<Macro>& macros, std::size_t noise)
{
    std::vector<float> values;
    for (const auto& macro : macros)
        for (auto direction : macro.direction) {
            direction.resize(noise, 0.0f);
            values.insert(values.end(), direction.begin(), direction.end());
        }
    bundle::Tensor tensor;
    tensor.shape = {static_cast<std::int64_t>(macros.size()),
                    static_cast<std::int64_t>(VoiceWishes::latentCount),
                    static_cast<std::int64_t>(noise)};
    tensor.bytes.resize(values.size() * sizeof(float));
    if (!values.empty())
        std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
    return tensor;
}

void readDirections(const bundle::Bundle& bundle, std::size_t noise, std::vector<Macro>& macros)
{
    const auto found = bundle.tensors.find(macroTensorName);
    if (found == bundle.tensors.end()) {
        if (!macros.empty())
            fail("they are named, but the tensor \"macros\" with their directions is missing");
        return;
    }
    const auto& tensor = found->second;
    const std::vector<std::int64_t> shape{static_cast<std::int64_t>(macros.size()),
                                          static_cast<std::int64_t>(VoiceWishes::latentCount),
                                          static_cast<std::int64_t>(noise)};
    if (tensor.shape != shape)
        fail("the tensor \"macros\" has the shape " + shapeName(tensor.shape) +
             ", but what the bundle says of them needs " + shapeName(shape));
    if (tensor.type == bundle::DataType::int64)
        fail("the tensor \"macros\" holds integers, but directions are floats");
    const auto values = floatsOf(tensor);
    if (!std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); }))
        fail("a direction holds a value that is infinite or not a number");
    auto at = values.begin();
    for (auto& macro : macros)
        for (auto& direction : macro.direction) {
            const auto end = at + static_cast<std::ptrdiff_t>(noise);
            if (std::any_of(at, end, [](float x) { return x != 0.0f; }))
                direction.assign(at, end);
            at = end;
        }
}

} // namespace organum::engine
