#include "Training/Wrodl/WrodlModel.h"

#include "Training/Data/JsonText.h"
#include "Training/Run/RunFolder.h"

#include <cstring>
#include <stdexcept>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

bundle::Tensor tensorOf(const std::vector<std::int64_t>& values, std::vector<std::int64_t> shape)
{
    bundle::Tensor tensor;
    tensor.type = bundle::DataType::int64;
    tensor.shape = std::move(shape);
    tensor.bytes.resize(values.size() * sizeof(std::int64_t));
    std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
    return tensor;
}

std::vector<std::int64_t> valuesOf(const bundle::Bundle& bundle, const std::string& name)
{
    const auto found = bundle.tensors.find(name);
    if (found == bundle.tensors.end() || found->second.type != bundle::DataType::int64)
        throw std::invalid_argument("it has no whole numbers named \"" + name + "\"");
    std::vector<std::int64_t> values(found->second.bytes.size() / sizeof(std::int64_t));
    std::memcpy(values.data(), found->second.bytes.data(), values.size() * sizeof(std::int64_t));
    return values;
}

/** "counts_hair_style" of "hair style". */
std::string tensorName(const Feature& feature)
{
    auto name = "counts_" + feature.name;
    for (auto& c : name)
        c = c == ' ' ? '_' : c;
    return name;
}

WrodlModel modelFrom(const bundle::Bundle& bundle)
{
    WrodlModel model;
    model.name = bundle.metadata.name;
    const auto& kind = bundle.metadata.kind;
    if (kind == histogramName) {
        double pseudoCount = 0.0;
        readField(parseJson(bundle.metadata.config), "pseudo_count", pseudoCount);
        model.histogram.emplace(valuesOf(bundle, "counts"), pseudoCount);
    } else if (kind == naiveBayesName) {
        std::vector<std::vector<std::int64_t>> counts;
        for (const auto& feature : features())
            counts.push_back(valuesOf(bundle, tensorName(feature)));
        model.bayes.emplace(std::move(counts));
    } else if (kind == pixelName) {
        model.pixels.emplace(valuesOf(bundle, "counts"));
        const auto palette = valuesOf(bundle, "palette");
        if (palette.size() != model.palette.size())
            throw std::invalid_argument("its palette has not 256 colours");
        for (std::size_t i = 0; i < palette.size(); ++i) {
            if (palette[i] < 0 || palette[i] > 0xFFFFFF)
                throw std::invalid_argument("its palette has a colour that is none");
            model.palette[i] = static_cast<std::uint32_t>(palette[i]);
        }
    } else {
        throw std::invalid_argument("it is of the kind \"" + kind + "\"");
    }
    return model;
}

} // namespace

bundle::Bundle bundleOf(const WrodlModel& model)
{
    bundle::Bundle bundle;
    bundle.metadata.name = model.name;
    if (model.histogram) {
        bundle.metadata.kind = histogramName;
        bundle.metadata.config =
            nlohmann::json{{"pseudo_count", model.histogram->pseudoCount()}}.dump();
        bundle.tensors["counts"] = tensorOf(model.histogram->counts(), {7, 6, 3, 4, 8});
    } else if (model.bayes) {
        bundle.metadata.kind = naiveBayesName;
        for (std::size_t f = 0; f < featureCount; ++f) {
            const auto& counts = model.bayes->counts()[f];
            bundle.tensors[tensorName(features()[f])] =
                tensorOf(counts, {static_cast<std::int64_t>(counts.size())});
        }
    } else if (model.pixels) {
        bundle.metadata.kind = pixelName;
        bundle.tensors["counts"] = tensorOf(model.pixels->counts(), {picturePixels, paletteSize});
        bundle.tensors["palette"] =
            tensorOf({model.palette.begin(), model.palette.end()}, {paletteSize});
    }
    return bundle;
}

WrodlModel readWrodlModel(const fs::path& runOrBundle)
{
    const auto file = bundleIn(runOrBundle);
    const auto bundle = bundle::readBundle(file);
    try {
        return modelFrom(bundle);
    } catch (const std::invalid_argument& problem) {
        throw std::runtime_error(file.string() + " is no model of planet Wrodl: " + problem.what() +
                                 ". Train it anew.");
    }
}

} // namespace organum::training
