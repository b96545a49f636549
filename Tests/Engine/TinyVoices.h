#pragma once

// Small MuseGAN bundles with weights drawn from a fixed seed: enough to test everything that does
// not depend on what was learnt. Needs no LibTorch.

#include "Bundle/Bundle.h"
#include "Engine/Random.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

namespace organum::test
{

struct TinyMuseGan
{
    int bars = 2;
    int noise = 32;
    int width = 32;
    int tracks = 4;
    std::uint64_t seed = 1;
    float gain = 2.0f; ///< above 1: the noise is heard to the end

    bundle::Bundle make() const
    {
        bundle::Bundle made;
        made.metadata.kind = "musegan";
        made.metadata.name = "Tiny choir";
        made.metadata.config =
            nlohmann::json{{"bars", bars}, {"noise", noise}, {"generatorWidth", width}}.dump();
        made.metadata.provenance = R"({"data":{"name":"drawn from a seed"},"program":52})";
        const auto temporal = [&](const std::string& name) {
            transposed(made, name + ".first", noise, width, 2);
            norm(made, name + ".firstNorm", width);
            transposed(made, name + ".second", width, noise, bars - 1);
            norm(made, name + ".secondNorm", noise);
        };
        temporal("chords");
        for (int track = 1; track <= tracks; ++track) {
            temporal("melody" + std::to_string(track));
            const auto bar = "bar" + std::to_string(track);
            add(made, bar + ".dense.weight", {width, 4 * noise}, 4 * noise);
            add(made, bar + ".dense.bias", {width}, 200);
            norm(made, bar + ".norm0", width);
            const int shapes[][3] = {{width / 2, width / 2, 2},
                                     {width / 2, width / 4, 2},
                                     {width / 4, width / 4, 2},
                                     {width / 4, width / 4, 7},
                                     {width / 4, 1, 12}};
            for (int i = 0; i < 5; ++i) {
                transposed(made, bar + ".layer" + std::to_string(i + 1), shapes[i][0], shapes[i][1],
                           shapes[i][2]);
                if (i < 4)
                    norm(made, bar + ".norm" + std::to_string(i + 1), shapes[i][1]);
            }
        }
        return made;
    }

private:
    template <typename Value>
    static bundle::Tensor stored(bundle::DataType type, std::vector<std::int64_t> shape,
                                 const std::vector<Value>& values)
    {
        bundle::Tensor tensor{type, std::move(shape), {}};
        tensor.bytes.resize(values.size() * sizeof(Value));
        std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
        return tensor;
    }
    void add(bundle::Bundle& made, const std::string& name, std::vector<std::int64_t> shape,
             int inputs) const
    {
        std::size_t count = 1;
        for (const auto size : shape)
            count *= static_cast<std::size_t>(size);
        std::uint64_t place = 0;
        for (const char letter : name)
            place = place * 131 + static_cast<unsigned char>(letter);
        const float size = gain * std::sqrt(3.0f / static_cast<float>(inputs));
        std::vector<float> values(count);
        for (std::size_t i = 0; i < count; ++i)
            values[i] = size * static_cast<float>(2.0 * engine::uniform(engine::Purpose::pitch,
                                                                        seed, (place << 20) + i) -
                                                  1.0);
        made.tensors[name] = stored<float>(bundle::DataType::float32, std::move(shape), values);
    }
    void transposed(bundle::Bundle& made, const std::string& name, int in, int out,
                    int kernel) const
    {
        add(made, name + ".weight", {in, kernel * out}, in);
        add(made, name + ".bias", {out}, 200);
    }
    static void norm(bundle::Bundle& made, const std::string& name, int channels)
    {
        const auto fill = [&](const std::string& part, float value) {
            made.tensors[name + part] =
                stored<float>(bundle::DataType::float32, {channels},
                              std::vector<float>(static_cast<std::size_t>(channels), value));
        };
        fill(".weight", 1.0f);
        fill(".bias", 0.0f);
        fill(".running_mean", 0.0f);
        fill(".running_var", 1.0f);
        made.tensors[name + ".num_batches_tracked"] =
            stored<std::int64_t>(bundle::DataType::int64, {}, {0});
    }
};

} // namespace organum::test
